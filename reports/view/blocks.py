"""What letter-like papers are made of, whether typeset or made as an editable file. Pure."""

from dataclasses import dataclass
from enum import Enum

from reports.view.pictures import Code


class Kind(Enum):
    """How a block is typeset."""

    ITEM = "item"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    DASH = "dash"
    CENTRE = "centre"
    RESOLUTION = "resolution"
    STEPS = "steps"
    COUNTS = "counts"
    TABLE = "table"
    FIELDS = "fields"
    CHECK = "check"
    CODE = "code"
    ENCLOSURE = "enclosure"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a paper; `lines`: dotted lines to write on, of a table how many lines its rows are high,
    of fields how many lines stand empty above each row, to sign in.

    `cells`: for steps one column each (step, its parts…, months), for counts one row each (type, number), for
    a table one row each, its heading first; for fields to fill in one line each (label, what is known of it,
    label, …). `widths`: of a table's columns, as shares of the line; none = alike. `text`: beside a box to
    tick, of a check; under a code, of a code. `spare`: how many of a table's last rows are empty, for whoever
    was not expected; on pages there are as many as fill the page that is begun.
    An enclosure begins what is sent with a letter, on pages of its own; `text`: the lines of its title.
    """

    kind: Kind
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    lines: int = 0
    widths: tuple[int, ...] = ()
    code: Code | None = None
    spare: int = 0


class Form(Enum):
    """The official form that a paper has (thai-papers.md 1-3)."""

    LETTER = "letter"  # หนังสือภายนอก
    MEMO = "memo"  # บันทึกข้อความ
    ORDER = "order"  # คำสั่ง
    ANNOUNCEMENT = "announcement"  # ประกาศ
    MEETING = "meeting"  # ระเบียบวาระ, รายงานการประชุม
    PLAIN = "plain"  # a form to fill in, a list


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: name, then the lines below it (position, on whose behalf). No name = dots."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter-like paper. `head`: its labelled fields in order, such as ("เรื่อง", "เชิญประชุม"); what the form
    puts at a place of its own has a label of its own: "ชั้นความเร็ว", "ที่", "ส่วนราชการ", "วันที่".

    `closing`: the line above the signature. `foot`: who made it, bottom left. `recipient`: whose it is of
    several papers of one name.
    """

    name: str  # of the file, of its template and of the outline
    form: Form
    blocks: tuple[Block, ...]
    title: tuple[str, ...] = ()
    head: tuple[tuple[str, str], ...] = ()
    closing: str = ""
    signatures: tuple[Signature, ...] = ()
    foot: tuple[str, ...] = ()
    sample: str = ""
    recipient: str = ""  # behind the name, in the file's
