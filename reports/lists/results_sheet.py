"""The year's results as an Excel file, beside the report on paper (rules.md 30)."""

from collections.abc import Sequence
from pathlib import Path

from mochocho.storage.files import write_file
from mochocho.words import numbers, thai
from mochocho.words.model import Resolution
from processing.decisions.meetings.outcomes import OUTCOMES
from reports.formats.table import Table
from reports.lists.office_sheet import book_of
from reports.view.after.resolved_units import ResolvedUnit
from reports.view.printed_words import TYPE

COLUMNS = {
    "อำเภอ": 18,
    "ประเภท": 22,
    "ชื่อ": 40,
    "ร้อยละ": 10,
    "มติระดับอำเภอ": 20,
    "ครั้งที่ระดับอำเภอ": 16,
    "มติระดับจังหวัด": 20,
    "ครั้งที่ระดับจังหวัด": 16,
    "เหตุผล": 40,
    "เงื่อนไข": 30,
    "หนังสือรับรองเลขที่": 18,
    "รหัสผู้สมัคร": 38,
}


def write(path: Path, units: Sequence[ResolvedUnit]) -> None:
    """Write these applicants in their order, one a row; every cell is text."""
    write_file(path, book_of([table(units)]))


def table(units: Sequence[ResolvedUnit]) -> Table:
    """These applicants in their order, one a row."""
    return Table("ผลการดำเนินงาน", COLUMNS, [_row(unit) for unit in units], frozen=3)


def _row(unit: ResolvedUnit) -> tuple[str, ...]:
    last = unit.resolution or unit.of_district
    return (
        unit.district,
        TYPE[unit.type],
        thai.cover_national_ids(thai.normalise(unit.name)),
        "" if unit.percent is None else numbers.hundredths(unit.percent),
        *_told(unit.of_district),
        *_told(unit.resolution),
        last.reason if last else "",
        last.condition if last else "",
        unit.certificate,
        unit.key,
    )


def _told(resolution: Resolution | None) -> tuple[str, str]:
    return (OUTCOMES[resolution.outcome], resolution.meeting_no) if resolution else ("", "")
