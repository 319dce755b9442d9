"""The pages of one document as a screen shows them: what was found on each, and where. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mochocho.words.model import DocumentAnswer, Finding, Measurement
from mochocho.words.numbers import THAI_DIGITS
from processing.decisions.on_documents import Submitted
from processing.findings.entry import Audience
from processing.findings.saying import said
from reports.explaining.line_tree import SCREEN

MOST = 100  # pages of one document
WHOLE = (0, 0, 100, 100)
_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_NOT_ARRIVED = "ภาพหน้านี้ยังมาไม่ถึง"
_NOT_LOOKED_AT = "ระบบยังไม่ได้ตรวจไฟล์นี้ ให้กลับมาดูอีกครั้งหลังประมวลผลรอบถัดไป"
_CANNOT_BE_SHOWN = "แสดงไฟล์นี้เป็นภาพไม่ได้ เหตุผลอยู่ในสิ่งที่เครื่องพบ"


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page. `sha256`: '' = there is no picture, and `instead` says why; `sheet`: of a PDF, from 1.
    `regions`: (left, top, right, bottom) in hundredths, where something was found.
    """

    sha256: str
    sheet: int = 0
    instead: str = ""
    regions: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def doubted(self) -> bool:
        return bool(self.regions)


def pages_shown(one: Submitted, measured: Mapping[str, Measurement]) -> tuple[PageShown, ...]:
    """The pages in order; `measured`: by sha256. At most `MOST`."""
    found = _regions(one.verdict.findings)
    return tuple(_pages(one.answer, measured, found))[:MOST]


def findings_told(one: Submitted) -> tuple[str, ...]:
    """What the checks found, with number and threshold, in a screen's digits."""
    reader = Audience.COMMITTEE if one.verdict.settled else Audience.OFFICE
    return tuple(
        dict.fromkeys(SCREEN.text(said(found, reader)).translate(_ARABIC) for found in one.verdict.findings)
    )


def _pages(
    answer: DocumentAnswer,
    measured: Mapping[str, Measurement],
    found: Mapping[tuple[str, int], tuple[tuple[int, int, int, int], ...]],
) -> Iterator[PageShown]:
    for page in answer.pages:
        known = measured.get(page.sha256 or "")
        if not page.sha256 or known is None:
            yield PageShown("", instead=_NOT_LOOKED_AT if page.sha256 else _NOT_ARRIVED)
        elif known.problem:
            yield PageShown("", instead=_CANNOT_BE_SHOWN)
        else:
            sheets = range(1, known.pages + 1) if known.kind == "pdf" else (0,)
            for sheet in sheets:
                yield PageShown(page.sha256, sheet, regions=found.get((page.sha256, sheet), ()))


def _regions(
    findings: tuple[Finding, ...],
) -> dict[tuple[str, int], tuple[tuple[int, int, int, int], ...]]:
    """Where something was found, by sha256 and sheet; a finding without a place is about the whole page."""
    regions: dict[tuple[str, int], tuple[tuple[int, int, int, int], ...]] = {}
    for one in findings:
        values = dict(one.values)
        if one.read_from.sha256 and "sheet" in values:
            where, sheet = values.get("where"), values["sheet"]
            place = (one.read_from.sha256, sheet if isinstance(sheet, int) else 0)
            regions[place] = (*regions.get(place, ()), _region(where))
    return regions


def _region(where: object) -> tuple[int, int, int, int]:
    if not isinstance(where, tuple) or len(where) != len(WHOLE):
        return WHOLE
    left, top, right, bottom = (int(edge) for edge in where)
    return left, top, right, bottom
