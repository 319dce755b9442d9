"""The clerk's Excel file: written, filled in as people do, imported completely or not at all."""

import io
import stat
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from mochocho.excel.cells import Cell
from mochocho.excel.typed import day_of
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import BadInput
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions import record_resolutions, recorded
from processing.decisions.clerks_sheet import COLUMNS, SHEETS
from processing.register import register_forms
from processing.tables import DecisionRow
from tests.integration import province_mirror as mirror
from tests.prepared_homes import Copy

COMMITTEE = "คณะกรรมการตัวอย่าง"
KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3)]
BY = "นางบันทึก ตัวอย่าง"
FILLED = {"มติ": "ผ่าน", "ครั้งที่": "๑/๒๕๖๘", "วันที่ประชุม": "๑๐ เมษายน ๒๕๖๘"}


def three(home: Home) -> None:
    """Three applicants: the third's name begins like a formula."""
    forms = [mirror.application(home, n) for n in (1, 2, 3)]
    forms[2].fields["applicant_name"] = '=HYPERLINK("http://example.invalid")'
    mirror.send(home, *forms)
    register_forms.run(home)


@pytest.fixture
def filled_home(any_copy: Copy) -> Home:
    return any_copy(three)


@pytest.fixture
def template(filled_home: Home, tmp_path: Path) -> Path:
    path = tmp_path / "มติ.xlsx"
    record_resolutions.template_xlsx(filled_home, path)
    return path


def fill(path: Path, rows: dict[str, dict[str, object]]) -> None:
    """Type into the rows of these keys, as Excel would save it."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        for column, value in rows.get(str(row[0].value), {}).items():
            row[COLUMNS.index(column)].value = value  # type: ignore[assignment]
    book.save(path)


def standing(home: Home) -> dict[str, tuple[Resolution, ...]]:
    with reading(home.engine) as session:
        return recorded.latest_resolutions(session, KEYS)


def rows(home: Home) -> int:
    with reading(home.engine) as session:
        return session.scalar(select(func.count()).select_from(DecisionRow)) or 0


def test_the_template_lists_every_applicant_as_text(filled_home: Home, template: Path) -> None:
    assert stat.S_IMODE(template.stat().st_mode) == 0o600
    sheet = load_workbook(template).worksheets[0]
    assert sheet.title == "มติระดับอำเภอ"
    assert [c.value for c in sheet[1]] == list(COLUMNS)
    assert sorted(str(row[0].value) for row in sheet.iter_rows(min_row=2)) == KEYS
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    assert {row[5].value for row in sheet.iter_rows(min_row=2)} == {
        filled_home.settings.committees.district_th + filled_home.province.districts[0].name_th
    }
    first = template.read_bytes()
    record_resolutions.template_xlsx(filled_home, template)
    assert template.read_bytes() == first


def test_districts_and_names_are_in_dictionary_order(any_home: Home, tmp_path: Path) -> None:
    districts = any_home.province.districts
    for n in range(6):
        mirror.send(
            any_home,
            mirror.application(any_home, n, district=districts[n % 3].code, applicant_name="เแโกขค"[n]),
        )
    register_forms.run(any_home)
    record_resolutions.template_xlsx(any_home, tmp_path / "x.xlsx")
    found = [
        (str(r[1].value), str(r[3].value))
        for r in load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows(min_row=2)
    ]
    assert found == sorted(found, key=lambda pair: (thai.sort_key(pair[0]), thai.sort_key(pair[1])))


def test_filled_rows_are_recorded_once_and_blank_ones_left_alone(filled_home: Home, template: Path) -> None:
    fill(
        template,
        {
            KEYS[0]: FILLED,
            KEYS[2]: {**FILLED, "มติ": "ไม่ผ่าน", "เหตุผล": "=ไม่ครบ", "วันที่ประชุม": date(2025, 4, 10)},
        },
    )
    # openpyxl writes what begins with "=" as a formula; Excel's own text cells do not.
    fill(template, {KEYS[2]: {"เหตุผล": "ไม่ครบ"}})
    report = record_resolutions.import_xlsx(filled_home, template, "นางเสมียน ตัวอย่าง")
    assert (report.recorded, report.unchanged, report.undecided, report.mistakes) == (2, 0, 1, ())
    first, third = standing(filled_home)[KEYS[0]][0], standing(filled_home)[KEYS[2]][0]
    assert (first.outcome, first.meeting_no, first.meeting_date) == (
        Outcome.PASS,
        "1/2568",
        date(2025, 4, 10),
    )
    assert (first.recorded_by, first.instance_id) == ("นางเสมียน ตัวอย่าง", "app-1-v1")
    assert (third.outcome, third.reason, third.meeting_date) == (Outcome.FAIL, "ไม่ครบ", date(2025, 4, 10))
    again = record_resolutions.import_xlsx(filled_home, template, "นางคนอื่น ตัวอย่าง")
    assert (again.recorded, again.unchanged, rows(filled_home)) == (0, 2, 2)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ไม่มีบัญชี\r\n  ไม่มีแผน \n\n   \n", "ไม่มีบัญชี\nไม่มีแผน"),
        ("ไม่มีบัญชี_x000D_\nไม่มีแผน", "ไม่มีบัญชี\nไม่มีแผน"),
        ("\nไม่มีบัญชี  ไม่มีแผน\n", "ไม่มีบัญชี ไม่มีแผน"),
        ("1) ไม่มีบัญชี\n2) ไม่มีแผน", "1) ไม่มีบัญชี\n2) ไม่มีแผน"),
        ("ไม่มีบัญชี", "ไม่มีบัญชี"),
        (" \n \r\n", ""),
    ],
)
def test_what_is_printed_keeps_the_lines_that_a_clerk_typed_and_names_do_not(
    filled_home: Home, template: Path, tmp_path: Path, typed: str, kept: str
) -> None:
    owed = {"มติ": "รับรองแบบมีเงื่อนไข", "ครบกำหนดเงื่อนไข": "30 มิถุนายน 2568", "เงื่อนไข": f"ส่งบัญชี\n{typed}"}
    lines = {"คณะกรรมการ": "คณะกรรมการ\nตัวอย่าง", "ครั้งที่": "1/\n2568", "เหตุผล": typed, "หมายเหตุ": typed}
    fill(template, {KEYS[0]: {**FILLED, **owed, **lines, "ผู้ไม่ร่วมพิจารณา": "นายหนึ่ง ตัวอย่าง\nนายสอง ตัวอย่าง"}})
    report = record_resolutions.import_xlsx(filled_home, template, BY)
    assert (report.recorded, report.mistakes) == (1, ())
    (one,) = standing(filled_home)[KEYS[0]]
    assert (one.reason, one.note, one.condition) == (kept, kept, f"ส่งบัญชี\n{kept}".strip())
    assert (one.committee, one.meeting_no) == ("คณะกรรมการ ตัวอย่าง", "1/2568")
    assert one.recused == ("นายหนึ่ง ตัวอย่าง", "นายสอง ตัวอย่าง")
    record_resolutions.template_xlsx(filled_home, tmp_path / "next.xlsx")
    again = record_resolutions.import_xlsx(filled_home, tmp_path / "next.xlsx", BY)
    assert (again.recorded, again.unchanged, again.mistakes) == (0, 1, ())
    assert standing(filled_home)[KEYS[0]] == (one,)


def test_what_was_recorded_comes_out_in_the_next_template_and_reads_the_same(
    filled_home: Home, tmp_path: Path
) -> None:
    resolution = Resolution(
        Gate.DISTRICT, Outcome.FAIL, "คณะกรรมการอำเภอ", "12/2568", date(2025, 2, 28), "เหตุ", BY
    )
    record_resolutions.record(filled_home, {KEYS[1]: resolution})
    record_resolutions.template_xlsx(filled_home, tmp_path / "t.xlsx")
    report = record_resolutions.import_xlsx(filled_home, tmp_path / "t.xlsx", BY)
    assert (report.recorded, report.unchanged, report.undecided) == (0, 1, 2)


@pytest.mark.parametrize("number_format", [14, 31, 57, 71, 77, 81])
def test_a_day_that_thai_excel_saves_with_a_format_of_its_own(
    filled_home: Home, template: Path, number_format: int
) -> None:
    fill(template, {KEYS[0]: FILLED})
    book = load_workbook(template)
    for row in book.worksheets[0].iter_rows(min_row=2):
        cell = row[COLUMNS.index("วันที่ประชุม")]
        if row[0].value == KEYS[0]:
            cell.value, cell.number_format = 45_767.375, "0"
            cell._style.numFmtId = number_format
    book.save(template)
    assert record_resolutions.import_xlsx(filled_home, template, BY).recorded == 1
    assert standing(filled_home)[KEYS[0]][0].meeting_date == date(2025, 4, 20)


BUDDHIST = datetime(2568, 4, 20, 9)  # noqa: DTZ001 - Excel knows no zones


@pytest.mark.parametrize("typed", ["20 เม.ย 2568", "20 เม.ย. 2568 09.00 น.", BUDDHIST])
def test_a_day_with_a_dot_missing_or_a_time_behind(filled_home: Home, template: Path, typed: object) -> None:
    fill(template, {KEYS[0]: {**FILLED, "วันที่ประชุม": typed}})
    assert record_resolutions.import_xlsx(filled_home, template, BY).recorded == 1
    assert standing(filled_home)[KEYS[0]][0].meeting_date == date(2025, 4, 20)


def test_a_later_decision_stands_and_an_earlier_one_may_be_decided_again(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1))
    register_forms.run(any_home)
    for outcome in (Outcome.PASS, Outcome.PASS, Outcome.FAIL, Outcome.PASS):
        record_resolutions.record(
            any_home,
            {KEYS[0]: Resolution(Gate.DISTRICT, outcome, COMMITTEE, "1/2568", date(2025, 4, 1), "เหตุ", BY)},
        )
        assert standing(any_home)[KEYS[0]][0].outcome is outcome
    assert rows(any_home) == 3


def test_the_province_has_a_sheet_of_its_own(filled_home: Home, tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    record_resolutions.template_xlsx(filled_home, path, Gate.PROVINCE)
    fill(path, {KEYS[0]: FILLED})
    assert record_resolutions.import_xlsx(filled_home, path, BY).recorded == 1
    assert [r.gate for r in standing(filled_home)[KEYS[0]]] == [Gate.PROVINCE]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("มติ", "ผ่านมั้ง"),
        ("มติ", "=IF(1,2,3)"),
        ("คณะกรรมการ", None),
        ("คณะกรรมการ", "ก" * 1001),
        ("คณะกรรมการ", "x"),
        ("คณะกรรมการ", "๑/๒๕๖๘"),
        ("ครั้งที่", None),
        ("ครั้งที่", "1"),
        ("ครั้งที่", "1/68"),
        ("ครั้งที่", "1/2025"),
        ("ครั้งที่", "1/2558"),
        ("ครั้งที่", "0/2568"),
        ("ครั้งที่", date(2025, 1, 25)),
        ("วันที่ประชุม", None),
        ("วันที่ประชุม", "เมื่อวาน"),
        ("วันที่ประชุม", "31 เมษายน 2568"),
        ("วันที่ประชุม", "1/5/68"),
        ("วันที่ประชุม", "5/13/2568"),
        ("วันที่ประชุม", "1 พฤษภาคม 2558"),
        ("วันที่ประชุม", 45000),
        ("รหัสผู้สมัคร", "ไม่มีจริง"),
        ("ชื่อ", "ชื่อของแถวอื่น"),
    ],
)
def test_every_mistake_is_named_by_sheet_row_and_column_and_nothing_is_recorded(
    filled_home: Home, template: Path, column: str, value: object
) -> None:
    fill(template, {KEYS[0]: FILLED, KEYS[1]: {**FILLED, column: value}})
    report = record_resolutions.import_xlsx(filled_home, template, BY)
    assert {(m.sheet, m.column) for m in report.mistakes} == {(SHEETS[Gate.DISTRICT], column)}
    assert {m.row for m in report.mistakes} == {3}
    assert f"แถว 3 คอลัมน์ “{column}”" in str(report.mistakes[0])
    assert (report.recorded, rows(filled_home)) == (0, 0)


def test_what_cannot_be_read_hides_no_other_mistake_of_its_row(filled_home: Home, template: Path) -> None:
    conditional = {**FILLED, "มติ": "รับรองแบบมีเงื่อนไข", "เงื่อนไข": "ส่งเอกสาร", "ครบกำหนดเงื่อนไข": "30/5/2568"}
    fill(
        template,
        {
            KEYS[0]: {**conditional, "ครบกำหนดเงื่อนไข": "สิ้นเดือน", "เงื่อนไข": None, "ครั้งที่": "1"},
            KEYS[1]: {**conditional, "วันที่ประชุม": "เมื่อวาน", "ผู้มาประชุม": 0},
            KEYS[2]: {**conditional, "มติ": "ผ่านมั้ง", "คณะกรรมการ": "x"},  # of no outcome no condition is wrong
        },
    )
    found = record_resolutions.import_xlsx(filled_home, template, BY).mistakes
    assert sorted((one.row, one.column) for one in found) == sorted(
        [
            *((2, column) for column in ("ครบกำหนดเงื่อนไข", "เงื่อนไข", "ครั้งที่")),
            *((3, column) for column in ("วันที่ประชุม", "ผู้มาประชุม")),
            *((4, column) for column in ("มติ", "คณะกรรมการ")),
        ]
    )


@pytest.mark.parametrize("reason", [None, "  ", "\u200b", "-", "..."])
def test_what_did_not_pass_needs_a_reason(filled_home: Home, template: Path, reason: str | None) -> None:
    fill(template, {KEYS[0]: {**FILLED, "มติ": "ไม่ผ่าน", "เหตุผล": reason}})
    report = record_resolutions.import_xlsx(filled_home, template, BY)
    assert [(m.row, m.column) for m in report.mistakes] == [(2, "เหตุผล")]
    fill(template, {KEYS[0]: {**FILLED, "มติ": "ไม่ผ่าน", "เหตุผล": "ขาดการจดทะเบียน"}})
    assert record_resolutions.import_xlsx(filled_home, template, BY).recorded == 1


def test_one_key_twice_and_a_missing_column(filled_home: Home, template: Path) -> None:
    fill(template, {KEYS[0]: FILLED, KEYS[1]: {**FILLED, "รหัสผู้สมัคร": KEYS[0], "ชื่อ": "กลุ่มทอผ้าตัวอย่าง 1"}})
    assert [m.column for m in record_resolutions.import_xlsx(filled_home, template, BY).mistakes] == [
        "รหัสผู้สมัคร"
    ]
    book = load_workbook(template)
    book.worksheets[0].delete_cols(COLUMNS.index("ครั้งที่") + 1)
    book.save(template)
    mistakes = record_resolutions.import_xlsx(filled_home, template, BY).mistakes
    assert [(m.row, m.column) for m in mistakes] == [(1, "ครั้งที่")]


def test_cells_joined_over_rows_and_a_heading_twice_lose_no_resolution(
    filled_home: Home, template: Path
) -> None:
    fill(template, dict.fromkeys(KEYS, FILLED))
    book = load_workbook(template)
    sheet = book.worksheets[0]
    sheet.merge_cells("E2:E4")  # one มติ for three units: Excel keeps the first row's alone
    sheet.merge_cells("B2:B4")  # the district's name, which is not read
    book.save(template)
    [joined] = record_resolutions.import_xlsx(filled_home, template, BY).mistakes
    assert (joined.row, joined.column) == (2, "มติ")
    assert "E2:E4" in joined.said.th
    sheet.unmerge_cells("E2:E4")
    sheet["AB1"], sheet["AB2"] = "มติ", "ไม่ผ่าน"
    book.save(template)
    [twice] = record_resolutions.import_xlsx(filled_home, template, BY).mistakes
    assert (twice.row, twice.column, twice.cell) == (1, "มติ", "AB1")
    assert rows(filled_home) == 0


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name}.xml", content)
    return out.getvalue()


def other_workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "excel.not_excel"),
        (lambda: b"a,b,c\n1,2,3\n", "excel.not_excel"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "excel.not_excel"),
        (lambda: zipped(a=b"<x/>"), "excel.not_excel"),
        (lambda: zipped(a=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "excel.not_excel"),
        (lambda: zipped(a=bytes(70 << 20)), "excel.too_large"),
        (lambda: other_workbook()[:-300], "excel.not_excel"),
        (other_workbook, "decision.no_sheet"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(
    home: Home, tmp_path: Path, content: Callable[[], bytes], code: str
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content())
    with pytest.raises(BadInput) as caught:
        record_resolutions.import_xlsx(home, path, BY)
    assert caught.value.code == code
    assert caught.value.said.th


def test_a_file_that_is_not_there(home: Home, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        record_resolutions.import_xlsx(home, tmp_path / "none.xlsx", BY)
    assert caught.value.code == "excel.unreadable"


@pytest.mark.parametrize(
    ("gate", "committee", "meeting_no", "key", "code"),
    [
        (Gate.PLAN, COMMITTEE, "1/2568", 0, "decision.gate"),
        (Gate.DISTRICT, " ", "1/2568", 0, "decision.committee"),
        (Gate.DISTRICT, COMMITTEE, "2568/1", 0, "decision.meeting_no"),
        (Gate.DISTRICT, COMMITTEE, "1/2568", None, "decision.unknown_applicant"),
    ],
)
def test_a_decision_by_hand_is_checked_too(
    home: Home, gate: Gate, committee: str, meeting_no: str, key: int | None, code: str
) -> None:
    mirror.send(home, mirror.application(home, 1), mirror.application(home, 2))
    register_forms.run(home)
    good = Resolution(Gate.DISTRICT, Outcome.PASS, COMMITTEE, "1/2568", date(2025, 4, 1), "", BY)
    bad = Resolution(gate, Outcome.PASS, committee, meeting_no, date(2025, 4, 1), "", BY)
    with pytest.raises(BadInput) as caught:
        record_resolutions.record(home, {KEYS[1]: good, "ไม่มี" if key is None else KEYS[key]: bad})
    assert caught.value.code == code
    assert rows(home) == 0


@given(
    st.dates(date(2023, 11, 1), date(2026, 12, 31)).filter(lambda d: abs(d.year + 543 - 2568) <= 1),
    st.booleans(),
)
def test_a_day_reads_back_in_every_way_it_is_written(day: date, in_thai: bool) -> None:
    be = thai.be(day.year)
    written = [
        thai.date_words(day, in_thai),
        thai.date_words(day, in_thai, weekday=True),
        thai.date_short(day, in_thai),
        f"{day.day}/{day.month}/{be}",
        f"{day.day:02}-{day.month:02}-{be}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        thai.date_words(day).replace(thai.digits(be), f"พ.ศ. {thai.digits(be)}"),
    ]
    assert {day_of(Cell(text=text)) for text in written} == {day}
    assert day_of(Cell(day=day)) == day
