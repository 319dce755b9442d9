"""The door for what committees resolve: by hand, or by the clerk's Excel file, written and read here."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from xlsxwriter.worksheet import Worksheet

from mochocho.excel import layout_faults
from mochocho.excel.cells import Sheet
from mochocho.excel.filled_sheet import no_heading
from mochocho.excel.row_counts import telling
from mochocho.excel.typed import Mistake
from mochocho.excel.workbooks import read_workbook
from mochocho.excel.writing import new_book
from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, Gate, Resolution
from mochocho.words.progress import ProgressCall, silent
from mochocho.words.sentences import Sentence
from processing.chunks import batched
from processing.decisions import clerks_sheet as columns
from processing.decisions import recorded as decisions
from processing.decisions.clerks_sheet import COLUMNS, NEEDED, SHEETS, Layout, Row, written
from processing.decisions.decision import Kind, of_resolution
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.meetings.unlike_kept import unlike
from processing.decisions.office.filled_file import FilledFile, ImportReport
from processing.decisions.recorder import record, weighed
from processing.meetings import packet_meeting
from processing.meetings.committee_name import of_district
from processing.tables import ApplicantRow

__all__ = ["ImportReport", "Mistake", "import_xlsx", "record", "template_xlsx"]

READ_AT_ONCE = 500  # applicants
WIDTHS = (38, 16, 22, 40, 20, 60, 10, 20, 40, 40, 20, 14, 10, 10, 10, 10, 30, 30, 40)
TYPED = "เช่น 1 พฤษภาคม 2568 หรือ 1/5/2568"


def template_xlsx(home: Home, path: Path, gate: Gate = Gate.DISTRICT) -> None:
    """Write the file a clerk fills in: one row an applicant, with what is already recorded."""
    with reading(home.engine) as session:
        write_file(path, _template(home, listed(home, session, gate), gate))


def import_xlsx(home: Home, path: Path, recorded_by: str) -> ImportReport:
    """Record every resolution of a filled-in file, or, if it has any mistake, none. Raises as `read_xlsx`."""
    return read_xlsx(home, path, recorded_by).record(home)


def read_xlsx(home: Home, path: Path, recorded_by: str, progress: ProgressCall = silent) -> FilledFile:
    """Every resolution of a filled-in file.

    Raises BadInput when it is no Excel file (excel.*) or has none of our sheets (decision.no_sheet).
    """
    return read_sheets(home, read_workbook(path, telling(path, progress)), recorded_by, progress)


def read_sheets(
    home: Home, filled: Sequence[Sheet], recorded_by: str, progress: ProgressCall = silent
) -> FilledFile:
    """As `read_xlsx`, of sheets that were read or typed elsewhere."""
    districts = {district.name_th for district in home.province.districts}
    sheets = columns.ours(filled, districts)
    if not sheets:
        named = [f"“{name}”" for name in SHEETS.values()]
        wanted = Sentence(" หรือ ".join(named), " or ".join(named))
        raise BadInput(
            "decision.no_sheet",
            f"ไฟล์นี้ไม่มีแผ่นงานชื่อ {wanted.th} ให้ใช้ไฟล์ที่ระบบสร้างให้",
            f"the file has no sheet {wanted.en}; use the file that the program makes",
        )
    rows = [(gate, row) for gate, sheet, layout in sheets for row in _rows(sheet, layout)]
    read = [(gate, row) for gate, row in rows if row.readable]
    resolutions = [(row[columns.KEY].text, row.resolution(gate, recorded_by)) for gate, row in read]
    with reading(home.engine) as session:
        names = dict(session.execute(select(ApplicantRow.key, ApplicantRow.name)).all())
        others = unlike(session, resolutions, home.province)
        decisions = [of_resolution(key, one) for key, one in resolutions]
        looked = weighed(session, decisions, home.pack, progress)
    found = {row.place: one.against for (_, row), one in zip(read, looked, strict=True)}
    decided = [(gate, row) for gate, row in rows if not row.undecided]
    mistakes = [m for _, sheet, layout in sheets for m in _of_table(sheet, layout)]
    mistakes += _twice(decided)
    for gate, row in decided:
        mistakes += row.mistakes(names, gate, home.pack.fiscal_year_be, found.get(row.place, ()))
    for (_, row), one in zip(read, looked, strict=True):
        mistakes += row.not_presented(one.refusals)
    warnings = tuple(row.warning(found[row.place]) for _, row in read if found[row.place])
    undecided = sum(1 for _, row in rows if row.undecided and not row[columns.KEY].empty)
    if mistakes:
        order = {sheet.name: place for place, (_, sheet, _) in enumerate(sheets)}
        mistakes.sort(key=lambda one: (order.get(one.sheet, -1), one.row))
        return FilledFile((), undecided, tuple(dict.fromkeys(mistakes)))
    told = tuple(dict.fromkeys(filter(None, others)))
    return FilledFile(tuple(decisions), undecided, warnings=warnings, unlike=told)


def _rows(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    if _missing(layout):
        return
    first = (layout.heading or 0) + 1
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        yield Row(sheet.name, number, cells, layout)


def _missing(layout: Layout) -> list[str]:
    return [column for column in NEEDED if column not in layout.columns and column not in layout.once]


def _of_table(sheet: Sheet, layout: Layout) -> Iterator[Mistake]:
    heading = layout.heading or 0
    for column in _missing(layout):
        yield no_heading(sheet, heading, column)
    yield from layout_faults.twice(sheet, heading, columns.READ)
    yield from layout_faults.joined(sheet, heading, columns.READ)


_AGAIN = Sentence("รหัสนี้ซ้ำกับแถวก่อนหน้า ให้เหลือแถวเดียว", "an earlier row has this key; keep one of them")


def _twice(decided: Sequence[tuple[Gate, Row]]) -> Iterator[Mistake]:
    seen = set[tuple[Gate, str]]()
    for gate, row in decided:
        key = row[columns.KEY].text
        if (gate, key) in seen:
            yield row.mistake(columns.KEY, _AGAIN)
        seen.add((gate, key))


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the file: an applicant, and what is recorded of it at this gate."""

    key: str
    type: ApplicantType
    name: str
    district: str  # its name, or its code where the province has no such district
    resolution: Resolution | None


def listed(
    home: Home, session: Session, gate: Gate, *, district: str | None = None, also_aside: bool = False
) -> list[Listed]:
    """Every applicant as it stands in the file, by district, type and name.

    `district`: the code of the only one that is asked for; `also_aside`: also who withdrew or was merged,
    about whom no committee decides.
    """
    keys = select(ApplicantRow.key)
    wanted = keys if district is None else keys.where(ApplicantRow.district == district)
    return sorted(_every(home, session, gate, wanted, also_aside), key=_order)


def _every(
    home: Home, session: Session, gate: Gate, wanted: Select[str], also_aside: bool
) -> Iterator[Listed]:
    query = select(ApplicantRow.key, ApplicantRow.type, ApplicantRow.name, ApplicantRow.district)
    for chunk in batched(session.scalars(wanted), READ_AT_ONCE):
        resolved = decisions.latest_resolutions(session, chunk)
        aside = decisions.holding(session, () if also_aside else (Kind.WITHDRAW, Kind.MERGE), chunk)
        chunk = sorted({*chunk} - {one.applicant_key for one in aside})
        for key, type_, name, code in session.execute(query.where(ApplicantRow.key.in_(chunk))):
            district = home.province.district(code)
            resolution = next((r for r in resolved.get(key, ()) if r.gate is gate), None)
            yield Listed(key, ApplicantType(type_), name, district.name_th if district else code, resolution)


def _order(one: Listed) -> tuple[object, ...]:
    type_ = list(ApplicantType).index(one.type)
    return (thai.sort_key(one.district), type_, thai.sort_key(one.name), one.key)


def _template(home: Home, applicants: Sequence[Listed], gate: Gate) -> bytes:
    buffer, called = io.BytesIO(), committees(home, gate)
    with new_book(buffer) as book:
        sheet = book.add_worksheet(SHEETS[gate])
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1})
        for place, (column, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, column, bold)
        for number, applicant in enumerate(applicants, start=1):
            for place, value in enumerate(_values(home, applicant, called(applicant.district))):
                sheet.write_string(number, place, value, text)
        last = max(len(applicants), 1)
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        outcome, *days = (COLUMNS.index(c) for c in (columns.OUTCOME, columns.DAY, columns.DUE))
        guide_typing(sheet, (1, outcome, last, outcome), *((1, day, last, day) for day in days))
    return buffer.getvalue()


Cells = tuple[int, int, int, int]  # first row and column, last row and column


def guide_typing(sheet: Worksheet, outcomes: Cells, *days: Cells) -> None:
    """Outcomes are chosen from a list, and whoever types a day is shown how."""
    choices = {"validate": "list", "source": list(OUTCOMES.values()), "error_title": columns.OUTCOME}
    sheet.data_validation(*outcomes, choices)
    hint_days(sheet, *days)


def hint_days(sheet: Worksheet, *days: Cells) -> None:
    """Show how a day is typed."""
    hint = {"validate": "any", "input_title": "วันที่", "input_message": TYPED}
    for cells in days:
        sheet.data_validation(*cells, hint)


def _values(home: Home, one: Listed, committee: str) -> tuple[str, ...]:
    given = {
        columns.KEY: one.key,
        columns.DISTRICT: one.district,
        columns.TYPE: home.pack.standard(one.type).th,
        columns.NAME: one.name,
        columns.COMMITTEE: committee,
        **(written(one.resolution) if one.resolution else {}),
    }
    return tuple(given.get(column, "") for column in COLUMNS)


def committees(home: Home, gate: Gate) -> Callable[[str], str]:
    """How the committee that decides at this gate is called on paper, by the name of a district."""
    if gate is Gate.DISTRICT:
        return partial(of_district, home.settings.committees.district_th)
    provincial = packet_meeting.committee_of(home, packet_meeting.of_home(home))
    return lambda _: provincial
