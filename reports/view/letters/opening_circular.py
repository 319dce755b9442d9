"""หนังสือแจ้งแนวทางและกำหนดเวลาของปี: the wording of source 001, its errors corrected (rules.md 30, 31)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from processing.meetings.passages import Passage
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import DISTRICTS, Convened, letter_head, paragraphs, signed
from reports.view.letters.greetings import RESPECTFULLY
from reports.view.letters.standard_texts import all_said, said

TITLE = "หนังสือแจ้งกำหนดการของปี"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One round of the cycle: from when, if a day can be too early, and by when; None = not set yet."""

    what: str
    first: date | None = None
    due: date | None = None


def opening_circular(c: Convened, deadlines: Sequence[Deadline]) -> Paper:
    """The letter that opens the cycle, with its deadlines before the closing sentence."""
    letter = c.meeting.circular
    *said, closing = paragraphs(_body(c))
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.LETTER,
            head=letter_head(c, letter, f"การดำเนินงานตาม{c.programme} ประจำปี {c.year}", DISTRICTS),
            blocks=(*said, *_table(c, deadlines), closing),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=c.owner(letter),
        )
    )


def _body(c: Convened) -> tuple[str, ...]:
    if own := c.meeting.circular.paragraphs:
        return all_said(c, own)
    return (
        said(c, Passage.CIRCULAR_OPENING),
        said(c, Passage.CIRCULAR_REQUEST),
        said(c, Passage.CIRCULAR_CLOSING),
    )


def _table(c: Convened, deadlines: Sequence[Deadline]) -> Iterator[Block]:
    if any(one.first for one in deadlines):
        head = ("การดำเนินงาน", "เริ่มวันที่", "ภายในวันที่")
        rows = [(one.what, c.date(one.first) if one.first else "-", c.date(one.due)) for one in deadlines]
        yield Block(Kind.TABLE, cells=(head, *rows), widths=(8, 4, 4))
    elif deadlines:
        plain = ((one.what, c.date(one.due)) for one in deadlines)
        yield Block(Kind.TABLE, cells=(("การดำเนินงาน", "ภายในวันที่"), *plain), widths=(10, 6))
