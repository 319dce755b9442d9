"""A workbook for each district: what is known of each unit stands in it, the meeting is typed once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from processing.assessment import assess
from processing.decisions import district_workbooks, record_resolutions, recorded
from processing.decisions.clerks_sheet import COMMITTEE, DAY, KEY, MEETING, NAME, OUTCOME, REASON
from processing.decisions.district_workbooks import AGAINST, DOCUMENTS, HEADING, PERCENT
from processing.register import register_forms
from tests.integration import province_mirror as mirror

KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3)]
FIRST = HEADING + 2  # the first unit's row, as Excel counts


@pytest.fixture
def province(any_home: Home) -> Home:
    """Two units of one district, the second with low marks and without its list; one unit of another."""
    here, elsewhere = (district.code for district in any_home.province.districts[:2])
    forms = [
        mirror.application(any_home, n, district=code) for n, code in ((1, here), (2, here), (3, elsewhere))
    ]
    lacking = next(name for name in forms[1].files if name.startswith("lead_team_list"))
    forms[1].files[lacking] = None
    standard = any_home.pack.standard(ApplicantType.GROUP)
    poor = {i.code: 0 if i.measure.kind != "rubric" else 1 for i in standard.indicators}
    mirror.send(any_home, *forms)
    mirror.send(any_home, mirror.sheet(any_home, 1), mirror.sheet(any_home, 2, answers=poor))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    return any_home


def written(home: Home, folder: Path, gate: Gate = Gate.DISTRICT) -> list[Path]:
    return district_workbooks.write(home, folder, gate)


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): place for place, cell in enumerate(sheet[HEADING + 1], start=1)}


def of_units(path: Path) -> dict[str, dict[str, str]]:
    sheet = load_workbook(path).worksheets[0]
    places = columns(sheet)
    rows = [
        {column: str(sheet.cell(number, place).value or "") for column, place in places.items()}
        for number in range(FIRST, sheet.max_row + 1)
    ]
    return {row[KEY]: row for row in rows}


def fill(path: Path, rows: Mapping[str, Mapping[str, str]], meeting: str = "๑/๒๕๖๘") -> None:
    """Type the meeting once, and into the rows of these keys."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    places = columns(sheet)
    typed = {MEETING: meeting, DAY: "๑๐ เมษายน ๒๕๖๘"}
    for number in range(1, HEADING + 1):
        if (label := str(sheet.cell(number, 1).value)) in typed:
            sheet.cell(number, 2).value = typed[label]
    for number in range(FIRST, sheet.max_row + 1):
        for column, value in rows.get(str(sheet.cell(number, places[KEY]).value), {}).items():
            sheet.cell(number, places[column]).value = value
    book.save(path)


def test_each_district_has_a_workbook_with_what_is_known_of_its_units(province: Home, tmp_path: Path) -> None:
    paths = written(province, tmp_path)
    names = [district.name_th for district in province.province.districts[:2]]
    assert sorted(p.name for p in paths) == sorted(f"มติระดับอำเภอ อำเภอ{name}.xlsx" for name in names)
    mine = next(path for path in paths if names[0] in path.name)
    units = of_units(mine)
    assert set(units) == set(KEYS[:2])
    assert (units[KEYS[0]][DOCUMENTS], units[KEYS[0]][AGAINST]) == ("ครบ", "")
    assert units[KEYS[1]][DOCUMENTS] == "ยังไม่มี 1"
    assert "ต่ำกว่าเกณฑ์ร้อยละ ๗๐" in units[KEYS[1]][AGAINST]
    assert "ยังไม่มีเอกสารบังคับ" in units[KEYS[1]][AGAINST]
    assert float(units[KEYS[1]][PERCENT]) < 70 <= float(units[KEYS[0]][PERCENT])
    before = mine.read_bytes()
    written(province, tmp_path)
    assert mine.read_bytes() == before


def test_the_meeting_is_typed_once_for_all_rows(province: Home, tmp_path: Path) -> None:
    path = next(p for p in written(province, tmp_path) if province.province.districts[0].name_th in p.name)
    reason = {OUTCOME: "ผ่าน", REASON: "ตรวจต้นฉบับแล้ว"}
    fill(path, {KEYS[0]: {OUTCOME: "ผ่าน"}, KEYS[1]: {**reason, MEETING: "2/2568"}})
    report = record_resolutions.import_xlsx(province, path)
    assert (report.recorded, report.mistakes, len(report.warnings)) == (2, (), 1)
    with reading(province.engine) as session:
        found = {key: one[0] for key, one in recorded.latest_resolutions(session, KEYS).items()}
    assert [found[key].meeting_no for key in KEYS[:2]] == ["1/2568", "2/2568"]
    assert {one.meeting_date for one in found.values()} == {date(2025, 4, 10)}
    assert all(province.province.districts[0].name_th in one.committee for one in found.values())
    again = next(p for p in written(province, tmp_path) if p == path)
    assert record_resolutions.import_xlsx(province, again).unchanged == 2


def test_what_is_typed_wrongly_above_is_told_once_where_it_stands(province: Home, tmp_path: Path) -> None:
    path = next(p for p in written(province, tmp_path) if province.province.districts[0].name_th in p.name)
    fill(path, {key: {OUTCOME: "ไม่ผ่าน", REASON: "เหตุ"} for key in KEYS[:2]}, meeting="1/68")
    (mistake,) = record_resolutions.import_xlsx(province, path).mistakes
    assert (mistake.row, mistake.column) == (3, MEETING)


@pytest.mark.parametrize(
    ("column", "value", "reported"),
    [
        (OUTCOME, "ผ่าน", REASON),  # against the evidence, without a reason
        (OUTCOME, "อาจจะ", OUTCOME),
        (KEY, "ไม่มีจริง", KEY),
        (NAME, "ชื่อของแถวอื่น", NAME),
        (COMMITTEE, "x", COMMITTEE),
        (DAY, "เมื่อวาน", DAY),
    ],
)
def test_what_is_wrong_in_a_row_is_told_by_its_row(
    province: Home, tmp_path: Path, column: str, value: str, reported: str
) -> None:
    path = next(p for p in written(province, tmp_path) if province.province.districts[0].name_th in p.name)
    fill(
        path,
        {
            KEYS[1]: {OUTCOME: "ไม่ผ่าน", REASON: "", column: value}
            | ({} if reported == REASON else {REASON: "เหตุ"})
        },
    )
    row = FIRST + list(of_units(path)).index(KEYS[1] if column != KEY else value)
    found = record_resolutions.import_xlsx(province, path).mistakes
    assert {(m.row, m.column) for m in found} == {(row, reported)}


def test_the_province_has_one_workbook_in_which_a_recorded_resolution_stands(
    province: Home, tmp_path: Path
) -> None:
    committee = "คณะกรรมการรับรองมาตรฐานจังหวัด"
    resolution = Resolution(Gate.PROVINCE, Outcome.FAIL, committee, "1/2568", date(2025, 5, 1), "ขาดเอกสาร")
    record_resolutions.record(province, {KEYS[2]: resolution})
    (path,) = written(province, tmp_path, Gate.PROVINCE)
    units = of_units(path)
    assert set(units) == set(KEYS)
    assert (units[KEYS[2]][OUTCOME], units[KEYS[2]][MEETING]) == ("ไม่ผ่าน", "1/2568")
    assert record_resolutions.import_xlsx(province, path).unchanged == 1
