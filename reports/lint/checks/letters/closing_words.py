"""How the body of a letter begins and ends: ตามที่ … นั้น, จึงเรียนมา … (thai-papers.md 2; rules.md 42). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import PAPERS, plain

NONE = warning(
    "letter.no_closing",
    "42",
    Sentence(
        "ข้อความของ{paper}ไม่มีภาคสรุป เช่น จึงเรียนมาเพื่อพิจารณา", "the body of the letter ({paper}) has no closing"
    ),
    Sentence("ให้เพิ่มย่อหน้าสุดท้ายที่ขึ้นต้นด้วย จึง", "add a last paragraph, as “จึงเรียนมาเพื่อพิจารณา”"),
)
TWICE = warning(
    "letter.closing_twice",
    "42",
    Sentence("“{written}” เป็นภาคสรุปที่สองของหนังสือ", "“{written}” is a second closing of the letter"),
    Sentence("ให้เหลือ จึงเรียนมา ย่อหน้าเดียว", "leave one paragraph “จึงเรียนมา”"),
)
CAUSE = warning(
    "letter.cause_words",
    "42",
    Sentence(
        "ย่อหน้า “{written}” ขึ้นต้นด้วย {begins} แต่{what}", "“{written}” begins with “{begins}”, but {what_en}"
    ),
    Sentence("ให้เขียนคู่กันแบบ ตามที่ … นั้น หรือขึ้นต้นด้วย ด้วย โดยไม่มี นั้น", "write “ตามที่ … นั้น”, or “ด้วย” without “นั้น”"),
)
ENTRIES = (NONE, TWICE, CAUSE)
_CLOSING = re.compile("จึงเรียน(?:มา)?")
_SAID = re.compile(" จึงเรียน")  # within a paragraph
_PURPOSE = "จึง"  # a short letter ends with its purpose
_ENDS = re.compile(r"นั้น[ .]*$|นั้น(?= )|ดังนี้|ดังกล่าว|ความแจ้งแล้ว")
_SHOWN = 40  # letters


def check(looked: Examined) -> Iterator[Found]:
    """The letters whose whole body the office wrote."""
    for name in ("letter", "circular", "memo"):
        body = tuple(map(plain, getattr(looked.meeting, name).paragraphs))
        closings = [at for at, text in enumerate(body, 1) if _CLOSING.match(text)]
        if body and not closings and _PURPOSE not in body[-1] and not any(map(_SAID.search, body)):
            yield NONE.at(Place(PAPERS[name], f"{name}.paragraphs"), paper=PAPERS[name])
        for at in closings[1:]:
            yield TWICE.at(Place(PAPERS[name], f"{name}.paragraphs.{at}"), written=body[at - 1][:_SHOWN])
        for at, text in enumerate(body, 1):
            if wrong := _cause(text, first=at == 1):
                begins, what, what_en = wrong
                values = {"begins": begins, "what": what, "what_en": what_en}
                yield CAUSE.at(
                    Place(PAPERS[name], f"{name}.paragraphs.{at}"), written=text[:_SHOWN], **values
                )


def _cause(text: str, *, first: bool) -> tuple[str, str, str] | None:
    """What is wrong with the words that frame the cause; ตามที่ frames it in the first paragraph."""
    if first and text.startswith("ตามที่ ") and not _ENDS.search(text):
        return "ตามที่", "ไม่ลงท้ายด้วย นั้น", "does not end in “นั้น”"
    if re.match("ด้วย(?=[ก-๙ ])", text) and re.search("[ ]นั้น[ .]*$", text):
        return "ด้วย", "ลงท้ายด้วย นั้น", "ends in “นั้น”"
    return None
