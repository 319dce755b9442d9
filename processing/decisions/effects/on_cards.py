"""A page of a file that may show an ID card, how a decision names it, and what that must say. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from processing.decisions.decision import Decision

_PLACE = re.compile(r"([0-9a-f]{64})\.(\d{1,4})")


@dataclass(frozen=True, slots=True, order=True)
class CardPage:
    """A stored picture, or one page (`sheet`, from 1) of a stored PDF; 0 = it is no PDF."""

    sha256: str
    sheet: int = 0

    @property
    def place(self) -> str:
        """What a decision is about: it holds for these bytes alone."""
        return f"{self.sha256}.{self.sheet}"

    @classmethod
    def of(cls, place: str) -> "CardPage | None":
        """The page that is named so; None where it is no such name."""
        named = _PLACE.fullmatch(place)
        return cls(named[1], int(named[2])) if named else None


def wrong_with(decision: Decision, files: Collection[str]) -> Iterator[tuple[Literal["about", "pages"], str]]:
    """What is to be put right in a decision about a page: which part, and in Thai what to do. `files`: the
    sha256 of each page of the applicant's present documents; where one is replaced, it is asked about anew.
    """
    page = CardPage.of(decision.about)
    if page is None or page.sha256 not in files:
        yield (
            "about",
            "ไม่มีภาพนี้ในเอกสารของผู้สมัครรายนี้ หรือถูกแทนที่แล้ว ให้ดูรหัสภาพด้วย `mochocho documents unsure`",
        )
    elif decision.seen.files != (page.sha256,):
        yield "pages", "ภาพที่เปิดดูไม่ใช่ภาพนี้ ให้เปิดดูแล้ววินิจฉัยอีกครั้ง"
