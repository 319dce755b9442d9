"""A workbook for each district: what is known of each unit stands in it, the meeting is typed once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution, Votes
from processing.assessment import assess
from processing.decisions import record_resolutions, recorded
from processing.decisions.clerks_sheet import (
    BEFORE,
    COMMITTEE,
    CONDITION,
    DAY,
    DEFERRED_TO,
    DUE,
    IN_FAVOUR,
    KEY,
    MEETING,
    NAME,
    NOTE,
    OPPOSED,
    OUTCOME,
    PRESENT,
    REASON,
    RECUSED,
    SHEETS,
)
from processing.decisions.committees import district_workbooks
from processing.decisions.committees.district_workbooks import (
    AGAINST,
    DOCUMENTS,
    HEADING,
    HEADING_UNDER_COVER,
    LINE,
    PERCENT,
)
from processing.register import register_forms
from tests.integration import province_mirror as mirror
from tests.prepared_homes import Copy

KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3)]
BY = "นางบันทึก ตัวอย่าง"
FIRST = HEADING + 2  # the first unit's row, as Excel counts


def settle(home: Home) -> None:
    """Two units of one district, the second with low marks and without its list; one unit of another."""
    here, elsewhere = (district.code for district in home.province.districts[:2])
    forms = [mirror.application(home, n, district=code) for n, code in ((1, here), (2, here), (3, elsewhere))]
    lacking = next(name for name in forms[1].files if name.startswith("lead_team_list"))
    forms[1].files[lacking] = None
    standard = home.pack.standard(ApplicantType.GROUP)
    poor = {i.code: 0 if i.measure.kind != "rubric" else 1 for i in standard.indicators}
    mirror.send(home, *forms)
    mirror.send(home, mirror.sheet(home, 1), mirror.sheet(home, 2, answers=poor))
    register_forms.run(home)
    assess.do(home, assess.due(home))


@pytest.fixture
def province(any_copy: Copy) -> Home:
    return any_copy(settle)


def written(home: Home, folder: Path, gate: Gate = Gate.DISTRICT) -> list[Path]:
    return district_workbooks.write(home, folder, gate)


def columns(sheet: Worksheet, heading: int = HEADING) -> dict[str, int]:
    return {str(cell.value): place for place, cell in enumerate(sheet[heading + 1], start=1)}


def of_units(path: Path, heading: int = HEADING, sheets: slice = slice(None)) -> dict[str, dict[str, str]]:
    rows = []
    for sheet in load_workbook(path).worksheets[sheets]:
        places = columns(sheet, heading)
        rows += [
            {column: str(sheet.cell(number, place).value or "") for column, place in places.items()}
            for number in range(heading + 2, sheet.max_row + 1)
        ]
    return {row[KEY]: row for row in rows}


def fill(
    path: Path, rows: Mapping[str, Mapping[str, object]], meeting: str = "๑/๒๕๖๘", heading: int = HEADING
) -> None:
    """Type the meeting once, on the first sheet, and into the rows of these keys."""
    book = load_workbook(path)
    typed = {MEETING: meeting, DAY: "๑๐ เมษายน ๒๕๖๘"}
    for number in range(1, HEADING + 1):
        if (label := str(book.worksheets[0].cell(number, 1).value)) in typed:
            book.worksheets[0].cell(number, 2).value = typed[label]
    for sheet in book.worksheets[heading != HEADING :]:
        places = columns(sheet, heading)
        for number in range(heading + 2, sheet.max_row + 1):
            for column, value in rows.get(str(sheet.cell(number, places[KEY]).value), {}).items():
                sheet.cell(number, places[column]).value = value  # type: ignore[assignment]
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
    report = record_resolutions.import_xlsx(province, path, BY)
    assert (report.recorded, report.mistakes, len(report.warnings)) == (2, (), 1)
    with reading(province.engine) as session:
        found = {key: one[0] for key, one in recorded.latest_resolutions(session, KEYS).items()}
    assert [found[key].meeting_no for key in KEYS[:2]] == ["1/2568", "2/2568"]
    assert {one.meeting_date for one in found.values()} == {date(2025, 4, 10)}
    assert all(province.province.districts[0].name_th in one.committee for one in found.values())
    again = next(p for p in written(province, tmp_path) if p == path)
    assert record_resolutions.import_xlsx(province, again, BY).unchanged == 2


def test_what_is_typed_wrongly_above_is_told_once_where_it_stands(province: Home, tmp_path: Path) -> None:
    path = next(p for p in written(province, tmp_path) if province.province.districts[0].name_th in p.name)
    fill(path, {key: {OUTCOME: "ไม่ผ่าน", REASON: "เหตุ"} for key in KEYS[:2]}, meeting="1/68")
    (mistake,) = record_resolutions.import_xlsx(province, path, BY).mistakes
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
    found = record_resolutions.import_xlsx(province, path, BY).mistakes
    assert {(m.row, m.column) for m in found} == {(row, reported)}


def in_province(home: Home, folder: Path) -> Path:
    (path,) = written(home, folder, Gate.PROVINCE)
    return path


def test_the_province_has_one_workbook_with_a_sheet_a_district(province: Home, tmp_path: Path) -> None:
    committee = "คณะกรรมการรับรองมาตรฐานจังหวัด"
    resolution = Resolution(
        Gate.PROVINCE, Outcome.FAIL, committee, "1/2568", date(2025, 5, 1), "ขาดเอกสาร", BY
    )
    record_resolutions.record(province, {KEYS[2]: resolution})
    path = in_province(province, tmp_path / "not" / "there")  # the folder is made
    names = [district.name_th for district in province.province.districts[:2]]
    assert load_workbook(path).sheetnames == [SHEETS[Gate.PROVINCE], *sorted(names, key=thai.sort_key)]
    units = of_units(path, HEADING_UNDER_COVER, slice(1, None))
    assert set(units) == set(KEYS)
    assert (units[KEYS[2]][OUTCOME], units[KEYS[2]][MEETING]) == ("ไม่รับรอง", "1/2568")
    assert "ยังไม่มีมติผ่านของคณะกรรมการระดับอำเภอ" in units[KEYS[0]][AGAINST]
    assert record_resolutions.import_xlsx(province, path, BY).unchanged == 1


OF_EACH: Mapping[str, Mapping[str, object]] = {
    KEYS[0]: {OUTCOME: "รับรองแบบมีเงื่อนไข", CONDITION: "ส่งระเบียบกลุ่ม", DUE: "๓๑/๕/๒๕๖๘", NOTE: "ประชุมทางไกล"},
    KEYS[1]: {OUTCOME: "เลื่อนพิจารณา", REASON: "ผู้แทนไม่มา", DEFERRED_TO: "ครั้งที่ ๒/๒๕๖๘"},
    KEYS[2]: {
        OUTCOME: "รับรอง",
        REASON: "อำเภอมีมติแล้ว",
        IN_FAVOUR: 6,
        OPPOSED: "๑",
        PRESENT: 8,
        RECUSED: "นายหนึ่ง ใจดี",
    },
}


def test_the_provinces_meeting_is_typed_once_for_every_district(province: Home, tmp_path: Path) -> None:
    path = in_province(province, tmp_path)
    fill(path, OF_EACH, heading=HEADING_UNDER_COVER)
    report = record_resolutions.import_xlsx(province, path, "นางบันทึก ตัวอย่าง")
    assert (report.mistakes, report.recorded) == ((), 3)
    with reading(province.engine) as session:
        found = {key: one[-1] for key, one in recorded.latest_resolutions(session, KEYS).items()}
    assert {(one.gate, one.meeting_no, one.meeting_date) for one in found.values()} == {
        (Gate.PROVINCE, "1/2568", date(2025, 4, 10))
    }
    owed, put_off, passed = (found[key] for key in KEYS)
    assert (owed.outcome, owed.condition, owed.due) == (
        Outcome.CONDITIONAL,
        "ส่งระเบียบกลุ่ม",
        date(2025, 5, 31),
    )
    assert owed.note == "ประชุมทางไกล"
    assert (put_off.outcome, put_off.deferred_to) == (Outcome.DEFERRED, "2/2568")
    assert (passed.votes, passed.present, passed.recused) == (Votes(6, 1, 0), 8, ("นายหนึ่ง ใจดี",))

    again = in_province(province, tmp_path)
    unit = of_units(again, HEADING_UNDER_COVER, slice(1, None))[KEYS[1]]
    assert (unit[OUTCOME], unit[REASON]) == ("", "")  # it comes again
    assert "ครั้งที่ 1/2568" in unit[BEFORE]
    assert "ผู้แทนไม่มา" in unit[BEFORE]
    report = record_resolutions.import_xlsx(province, again, BY)
    assert (report.recorded, report.unchanged, report.undecided) == (0, 2, 1)
    fill(again, {KEYS[1]: {OUTCOME: "ไม่รับรอง", REASON: "ไม่มา"}}, "2/2568", HEADING_UNDER_COVER)
    report = record_resolutions.import_xlsx(province, again, BY)
    assert (report.recorded, report.unchanged, report.mistakes) == (1, 2, ())


def test_a_mistake_names_its_sheet_and_what_is_typed_once_is_told_once(
    province: Home, tmp_path: Path
) -> None:
    path = in_province(province, tmp_path)
    names = [district.name_th for district in province.province.districts[:2]]
    fill(path, {**OF_EACH, KEYS[2]: {OUTCOME: "เลื่อน"}}, heading=HEADING_UNDER_COVER)
    (mistake,) = record_resolutions.import_xlsx(province, path, BY).mistakes
    assert (mistake.sheet, mistake.row, mistake.column) == (names[1], HEADING_UNDER_COVER + 2, OUTCOME)
    fill(path, OF_EACH, "1/68", HEADING_UNDER_COVER)
    (mistake,) = record_resolutions.import_xlsx(province, path, BY).mistakes
    assert (mistake.sheet, mistake.row, mistake.column) == (SHEETS[Gate.PROVINCE], 3, MEETING)


def test_a_districts_sheet_that_lost_its_headings_is_told_and_one_of_the_clerks_own_is_not_read(
    province: Home, tmp_path: Path
) -> None:
    path = in_province(province, tmp_path)
    fill(path, OF_EACH, heading=HEADING_UNDER_COVER)
    book = load_workbook(path)
    book.create_sheet("บันทึกช่วยจำ")["A1"] = "โทรนัดประธาน"
    book.save(path)
    assert record_resolutions.import_xlsx(province, path, BY).mistakes == ()
    damaged = book.worksheets[1]
    damaged.delete_rows(HEADING_UNDER_COVER + 1)
    book.save(path)
    found = record_resolutions.import_xlsx(province, path, BY).mistakes
    assert {(m.sheet, m.column) for m in found} == {(damaged.title, c) for c in (KEY, NAME, OUTCOME)}


def test_rows_are_as_high_as_what_is_shown_in_them(province: Home, tmp_path: Path) -> None:
    committee = "คณะกรรมการตรวจประเมิน" * 12  # in a column that is folded away
    passed = Resolution(Gate.DISTRICT, Outcome.PASS, committee, "1/2568", date(2025, 4, 1), "เหตุ", BY)
    record_resolutions.record(province, {KEYS[0]: passed})
    path = next(p for p in written(province, tmp_path) if province.province.districts[0].name_th in p.name)
    sheet = load_workbook(path).worksheets[0]
    place = columns(sheet)[COMMITTEE]
    assert sheet.column_dimensions[get_column_letter(place)].hidden
    row = next(n for n in range(FIRST, sheet.max_row + 1) if sheet.cell(n, place).value)
    assert (sheet.row_dimensions[row].height or 0) <= 3 * LINE


def test_details_without_an_outcome_are_not_passed_over(province: Home, tmp_path: Path) -> None:
    path = next(p for p in written(province, tmp_path) if province.province.districts[0].name_th in p.name)
    fill(path, {KEYS[0]: {CONDITION: "ส่งระเบียบกลุ่ม"}})
    (mistake,) = record_resolutions.import_xlsx(province, path, BY).mistakes
    assert mistake.column == OUTCOME
    assert "“รับรองแบบมีเงื่อนไข”" in mistake.said.th
