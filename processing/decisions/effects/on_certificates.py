"""What a certificate must be before it is recorded: a new number, for a resolution that stands. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mochocho.words.model import Outcome
from mochocho.words.sentences import Sentence
from processing.decisions.decision import Certified

Wrong = tuple[Literal["number", "outcome"], Sentence]

_CONDITIONAL = Sentence(
    "มติรับรองแบบมีเงื่อนไข ออกหนังสือรับรองได้เมื่อครบเงื่อนไขแล้ว "
    "ให้บันทึกมติรับรองของคณะกรรมการระดับจังหวัดแทนก่อน ด้วย mochocho decide",
    "it is certified on a condition, and a certificate can be given when that is met; "
    "record the provincial committee's resolution that certifies it first, with mochocho decide",
)
_NOT_PASSED = Sentence(
    "ไม่มีมติรับรองของคณะกรรมการระดับจังหวัดที่มีผลอยู่ จึงออกหนังสือรับรองไม่ได้",
    "no resolution of the provincial committee that certifies it holds, so no certificate can be given",
)


@dataclass(frozen=True, slots=True)
class Certificates:
    """What is known when one is given. `given`: every number ever given, with the applicant's key;
    `holds`: the applicant's own that holds, `outcome`: of the provincial resolution that holds; None = none.
    """

    given: Mapping[int, str] = field(default_factory=dict)
    holds: int | None = None
    outcome: Outcome | None = None


def wrong_with(certified: Certified, undoes: int | None, known: Certificates) -> Iterator[Wrong]:
    """Each part that is to be put right, and what to do."""
    if certified.number < 1 or certified.number in known.given:
        used = Sentence(
            f"หนังสือรับรองเลขที่ {certified.number} ให้ไปแล้วหรือใช้ไม่ได้ เลขที่หนึ่งให้ครั้งเดียว ไม่ใช้ซ้ำ",
            f"the certificate number {certified.number} was given or cannot be; a number is given once",
        )
        yield "number", used
    if known.holds is not None and undoes is None:
        held = Sentence(
            f"ผู้สมัครรายนี้มีหนังสือรับรองเลขที่ {known.holds} แล้ว ให้ออกใหม่แทนด้วย mochocho certificates reissue",
            f"this applicant has the certificate number {known.holds}; "
            "replace it with mochocho certificates reissue",
        )
        yield "number", held
    if known.outcome is Outcome.CONDITIONAL:
        yield "outcome", _CONDITIONAL
    elif known.outcome is not Outcome.PASS:
        yield "outcome", _NOT_PASSED
