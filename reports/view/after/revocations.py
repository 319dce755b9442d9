"""The papers of certificates that were revoked: a letter to each holder, and the announcement. Pure.

Why one was revoked stands in its holder's letter alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from processing.certificates.certificate import Certificate
from processing.meetings.filled_places import filled
from reports.view.after.announcement import announced
from reports.view.after.results_letters import letter_of, of_meeting, recipient
from reports.view.blocks import Block, Kind, Paper
from reports.view.letters.convened import Convened, paragraphs
from reports.view.printed_words import LONG_DOTS, TYPE
from reports.wording.typed_points import set_apart
from reports.wording.wordings import Revocation

TO_HOLDER, ANNOUNCED = "หนังสือแจ้งเพิกถอนหนังสือรับรอง", "ประกาศเพิกถอนหนังสือรับรอง"
NOT_NAMED = "ไม่ประสงค์ให้เผยแพร่ชื่อ"
_HEAD = ("ลำดับ", "หนังสือรับรองเลขที่", "ชื่อ", "ประเภท", "อำเภอ")
_WIDTHS = (7, 17, 32, 20, 16)


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that was revoked, and why. `published`: whether its holder's name may be published."""

    certificate: Certificate
    why: str
    published: bool


def letters_to_holders(c: Convened, revoked: Iterable[Revoked], wording: Revocation) -> Iterator[Paper]:
    """The letter to each holder: the reason, and the right to object."""
    for one in revoked:
        given = one.certificate
        known = {
            **of_meeting(c),
            "number": given.no,
            "day": c.date(given.day),
            "name": given.name,
            "recipient": recipient(given.type, given.name),
            "type": TYPE[given.type],
            "district": given.district,
            "reason": set_apart(one.why) or LONG_DOTS,
        }
        yield letter_of(c, (TO_HOLDER, given.name), wording.letter, known, (), wording.objection)


def announcement_of_revoked(c: Convened, revoked: Sequence[Revoked], wording: Revocation) -> Paper:
    """The announcement, which lists them. Its day is not known: it is none of the meeting's announcement."""
    said = wording.announcement
    known = {**of_meeting(c), "counts": f"จำนวน {len(revoked)} ฉบับ"}
    rows = tuple(_row(number, one) for number, one in enumerate(revoked, 1))
    listed = Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)
    blocks = (*paragraphs(filled(text, known) for text in said.paragraphs), listed)
    return announced(c, ANNOUNCED, filled(said.subject, known), blocks, None)


def _row(number: int, one: Revoked) -> tuple[str, ...]:
    given = one.certificate
    name = given.name if one.published else NOT_NAMED
    return str(number), given.no, name, TYPE[given.type], given.district
