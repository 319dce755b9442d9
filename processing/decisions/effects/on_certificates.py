"""What a certificate must be before it is recorded: a new number, for a resolution that stands. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mochocho.words.model import Outcome
from processing.decisions.decision import Certified

Wrong = tuple[Literal["number", "outcome"], str]

CONDITIONAL = (
    "มติรับรองแบบมีเงื่อนไข ออกหนังสือรับรองได้เมื่อครบเงื่อนไขแล้ว "
    "ให้บันทึกมติรับรองของคณะกรรมการระดับจังหวัดแทนก่อน ด้วย mochocho decide"
)
NOT_PASSED = "ไม่มีมติรับรองของคณะกรรมการระดับจังหวัดที่มีผลอยู่ จึงออกหนังสือรับรองไม่ได้"


@dataclass(frozen=True, slots=True)
class Certificates:
    """What is known when one is given. `given`: every number ever given, with the applicant's key;
    `holds`: the applicant's own that holds, `outcome`: of the provincial resolution that holds; None = none.
    """

    given: Mapping[int, str] = field(default_factory=dict)
    holds: int | None = None
    outcome: Outcome | None = None


def wrong_with(certified: Certified, undoes: int | None, known: Certificates) -> Iterator[Wrong]:
    """Each part that is to be put right, and in Thai what to do."""
    if certified.number < 1 or certified.number in known.given:
        yield "number", f"หนังสือรับรองเลขที่ {certified.number} ให้ไปแล้วหรือใช้ไม่ได้ เลขที่หนึ่งให้ครั้งเดียว ไม่ใช้ซ้ำ"
    if known.holds is not None and undoes is None:
        told = f"ผู้สมัครรายนี้มีหนังสือรับรองเลขที่ {known.holds} แล้ว"
        yield "number", f"{told} ให้ออกใหม่แทนด้วย mochocho certificates reissue"
    if known.outcome is Outcome.CONDITIONAL:
        yield "outcome", CONDITIONAL
    elif known.outcome is not Outcome.PASS:
        yield "outcome", NOT_PASSED
