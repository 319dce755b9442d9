"""A pack exported to Excel is imported as the same pack, however offices save and arrange the file."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mochocho.excel.workbooks import read_workbook
from mochocho.standards.load import load_pack, parse_pack
from mochocho.standards.schema import Pack
from mochocho.standards.sheets import pack_sheets
from mochocho.standards.sheets.export import workbook_of
from mochocho.standards.sheets.read_pack import Reading, read_pack
from mochocho.standards.written import yaml_of
from mochocho.words.model import ApplicantType
from tests.libreoffice import convert
from tests.pack_strategies import large_pack, packs
from tests.workbooks import Edits, formula, part_of, replaced, typed, written

SAMPLE = load_pack("2568-sample").pack
EXPORTED = workbook_of(SAMPLE)
INDICATORS = pack_sheets.INDICATORS.title
PACK = pack_sheets.PACK.title
few = settings(max_examples=8, suppress_health_check=list(HealthCheck))


def read(folder: Path, content: bytes) -> Reading:
    return read_pack(written(folder, content))


def same(folder: Path, content: bytes) -> Reading:
    """It is the sample, with nothing to put right."""
    reading = read(folder, content)
    assert [str(m) for m in reading.mistakes] == []
    assert reading.pack == SAMPLE
    return reading


def in_thai(reading: Reading) -> tuple[str, ...]:
    """What a person should know of a file, as the office reads it."""
    return tuple(one.th for one in reading.notices)


def indicator(reading: Reading, code: str) -> Any:
    assert [str(m) for m in reading.mistakes] == []
    assert reading.pack
    return next(i for s in reading.pack.standards for i in s.indicators if i.code == code)


class TestRoundTrip:
    def test_the_sample_comes_back_with_nothing_to_say(self, tmp_path: Path) -> None:
        reading = same(tmp_path, EXPORTED)
        assert reading.notices == ()
        assert yaml_of(reading.pack or SAMPLE) == yaml_of(SAMPLE)
        assert parse_pack(yaml_of(SAMPLE).replace("id: 2568-sample", "id: other").encode()).pack == (
            SAMPLE.model_copy(update={"id": "other"})
        )

    @few
    @given(packs())
    def test_any_pack_comes_back(self, tmp_path: Path, pack: Pack) -> None:
        reading = read(tmp_path, workbook_of(pack))
        assert [str(m) for m in reading.mistakes] == []
        assert reading.pack == pack

    @few
    @given(packs())
    def test_any_pack_is_the_same_in_yaml(self, pack: Pack) -> None:
        assert parse_pack(yaml_of(pack).encode()).pack == pack

    def test_the_same_pack_gives_the_same_bytes(self) -> None:
        assert workbook_of(SAMPLE) == EXPORTED

    def test_saved_by_another_program(self, tmp_path: Path) -> None:
        same(tmp_path, typed(EXPORTED, {}))

    def test_saved_by_libreoffice(self, tmp_path: Path) -> None:
        source = written(tmp_path, EXPORTED)
        convert([source], "xlsx", tmp_path / "saved", tmp_path / "profile")
        assert read_pack(tmp_path / "saved" / source.name).pack == SAMPLE

    def test_five_hundred_indicators_long_labels_and_an_emoji(self, tmp_path: Path) -> None:
        pack = large_pack(500)
        reading = read(tmp_path, workbook_of(pack))
        assert reading.pack == pack
        assert len(reading.pack.standards[0].indicators) == 500


class TestWhatTheOfficerSees:
    def test_the_sheets_in_order_and_the_guide_first(self) -> None:
        assert load_workbook(io.BytesIO(EXPORTED)).sheetnames == [
            "คำแนะนำ",
            "ข้อมูลชุด",
            "ประเภท",
            "คุณสมบัติ",
            "ตัวเลือก",
            "เอกสาร",
            "ตัวบ่งชี้",
            "ระดับคะแนน",
            "ขั้นการรับรอง",
        ]

    @pytest.mark.parametrize("table", pack_sheets.TABLES, ids=lambda t: t.title)
    def test_every_column_is_explained_and_headings_stay_in_sight(self, table: Any) -> None:
        sheet = load_workbook(io.BytesIO(EXPORTED))[table.title]
        assert sheet.freeze_panes
        if table is pack_sheets.PACK:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            assert [(row[0], row[2]) for row in rows] == [(c.heading, c.hint) for c in table.columns]
            return
        assert [c.value for c in sheet[1]] == [column.heading for column in table.columns]
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert cell.comment
            assert cell.comment.text == column.hint
        assert sheet.print_title_rows == "$1:$1"

    @pytest.mark.parametrize(
        "table", [t for t in pack_sheets.TABLES if t is not pack_sheets.PACK], ids=lambda t: t.title
    )
    def test_what_few_need_stands_to_the_right_and_is_not_printed(self, table: Any) -> None:
        apart = [column.apart for column in table.columns]
        assert apart == sorted(apart)
        printed = load_workbook(io.BytesIO(EXPORTED))[table.title].print_area.split("$")[3]
        assert printed == "ABCDEFGHIJKLMNOPQR"[(table.printed or apart.count(False)) - 1]

    def test_words_are_chosen_from_lists(self) -> None:
        sheet = load_workbook(io.BytesIO(EXPORTED))[INDICATORS]
        lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
        assert lists["H2"] == '"นับจำนวน,ร้อยละ,มี/ไม่มี,ระดับ 1-5"'
        assert lists["A2"].startswith('"ผู้นำชุมชน,')

    def test_codes_that_never_change_are_locked(self) -> None:
        book = load_workbook(io.BytesIO(EXPORTED))
        for title in ("ประเภท", "ระดับคะแนน", "ขั้นการรับรอง", "ข้อมูลชุด"):
            sheet = book[title]
            assert sheet.protection.sheet
            assert sheet["A2"].protection.locked
            assert not sheet["B2"].protection.locked
        assert not book[INDICATORS].protection.sheet  # rows are added and deleted there

    def test_no_text_becomes_a_formula(self, tmp_path: Path) -> None:
        pack = SAMPLE.model_copy(update={"programme_th": '=HYPERLINK("http://example.invalid")'})
        sheet = load_workbook(written(tmp_path, workbook_of(pack)))[PACK]
        assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n"}
        assert read(tmp_path, workbook_of(pack)).pack == pack


NO_MEASURE = {"I5": None, "J5": None}
PERCENT = {"H5": "ร้อยละ", "I5": "70%", "J5": "ร้อยละ"}
# What is typed into the exported sample, and what an indicator then holds.
SPELLINGS: list[tuple[str, Edits, str, str, object]] = [
    ("a number as text", {INDICATORS: {"I5": "4"}}, "L1.2.2", "measure.threshold", 4),
    ("Thai digits", {INDICATORS: {"I5": "๑๒"}}, "L1.2.2", "measure.threshold", 12),
    ("a fraction of nothing", {INDICATORS: {"K5": 7.0}}, "L1.2.2", "full_marks", 7),
    ("5.0 as text", {INDICATORS: {"K5": "5.0"}}, "L1.2.2", "full_marks", 5),
    ("thousands", {INDICATORS: {"I5": "1,000"}}, "L1.2.2", "measure.threshold", 1000),
    ("odd spaces", {INDICATORS: {"G5": "\u00a0มี จิต\u200bอาสา\u00a0 จริง "}}, "L1.2.2", "th", "มี จิตอาสา จริง"),
    ("decomposed", {INDICATORS: {"G5": "ท\u0e4dา"}}, "L1.2.2", "th", "ทำ"),
    ("a number for a text", {INDICATORS: {"J5": 12.0}}, "L1.2.2", "measure.unit_th", "12"),
    ("empty marks", {INDICATORS: {"K5": None}}, "L1.2.2", "full_marks", 5),
    ("only spaces", {INDICATORS: {"K5": "  \u200b"}}, "L1.2.2", "full_marks", 5),
    ("a tick", {INDICATORS: {"L5": "✓"}}, "L1.2.2", "required_to_pass", True),
    ("TRUE", {INDICATORS: {"L5": True}}, "L1.2.2", "required_to_pass", True),
    ("a kind by its code", {INDICATORS: {"H5": " COUNT "}}, "L1.2.2", "measure.kind", "count"),
    ("a dash of books", {INDICATORS: {"H5": "ระดับ 1–5"} | NO_MEASURE}, "L1.2.2", "measure.kind", "rubric"),
    ("percent typed", {INDICATORS: PERCENT}, "L1.2.2", "measure.threshold", 70),
    ("lines", {INDICATORS: {"M5": "ก\r\n\n ข \n"}}, "L1.2.2", "evidence_th", ("ก", "ข")),
    ("Thai digits in a code", {INDICATORS: {"F5": "l๑. ๒.๒"}}, "L1.2.2", "code", "L1.2.2"),
    ("a type by its short name", {INDICATORS: {"A5": "ผู้นำ"}}, "L1.2.2", "code", "L1.2.2"),
    ("no English", {INDICATORS: {"U5": None}}, "L1.2.2", "en", "มีจิตอาสา เสียสละเพื่อส่วนรวม"),
    ("justify", {INDICATORS: {"N5": "เมื่อได้ต่ำสุดหรือสูงสุด"}}, "L1.2.2", "justify", "extremes"),
]  # fmt: skip


class TestHowPeopleWrite:
    @pytest.mark.parametrize(
        ("what", "edits", "code", "part", "value"), SPELLINGS, ids=[row[0] for row in SPELLINGS]
    )
    def test_one_meaning_has_many_spellings(
        self, tmp_path: Path, what: str, edits: Edits, code: str, part: str, value: object
    ) -> None:
        found = indicator(read(tmp_path, typed(EXPORTED, edits)), code)
        for name in part.split("."):
            found = getattr(found, name)
        assert found == value, what

    def test_seventy_per_cent_in_a_cell_of_percentages(self, tmp_path: Path) -> None:
        def show(book: Workbook) -> None:
            book[PACK]["B9"].number_format = "0%"

        reading = read(tmp_path, typed(EXPORTED, {PACK: {"B9": 0.07}}, show))
        assert reading.pack
        assert reading.pack.pass_rule.percent == 7

    @settings(few, max_examples=2)
    @given(st.dates(date(1997, 1, 1), date(2025, 12, 31)))
    def test_days_of_both_calendars(self, tmp_path: Path, day: date) -> None:
        be = day.year + 543
        cells = [day, f"{day.day}/{day.month}/{be}", day.isoformat(), f"{day.day}/{day.month}/{day.year}"]
        if (day.month, day.day) != (2, 29):
            cells.append(day.replace(year=be))  # typed in Buddhist years into Excel of the other calendar
        for cell in cells:
            edits = {PACK: {"B4": "ใช่", "B5": "ชร 0019/ว 1", "B6": cell}}
            reading = read(tmp_path, typed(EXPORTED, edits))
            assert reading.pack, [str(m) for m in reading.mistakes]
            assert reading.pack.circular
            assert reading.pack.circular.date == day

    @pytest.mark.parametrize(
        ("source", "trust", "expected"),
        [
            (None, "ตามเอกสาร", ("หนังสือที่ ชร 0019/ว 123 ลงวันที่ 1 ตุลาคม 2567", "official")),
            ("เอกสารแนบ ๑", "ตามเอกสาร", ("เอกสารแนบ ๑", "official")),
            (None, None, ("none", "reconstructed")),
            ("เอกสารแนบ ๑", None, ("เอกสารแนบ ๑", "reconstructed")),
        ],
    )
    def test_an_item_of_an_official_pack_is_official_where_it_says_so(
        self, tmp_path: Path, source: str | None, trust: str | None, expected: tuple[str, str]
    ) -> None:
        official = {PACK: {"B4": "ใช่", "B5": "ชร 0019/ว 123", "B6": "1 ตุลาคม 2567"}}
        content = typed(EXPORTED, {**official, INDICATORS: {"P5": source, "Q5": trust}})
        reading = read(tmp_path, content)
        found = indicator(reading, "L1.2.2")
        assert (found.source, found.confidence) == expected
        assert [notice for notice in reading.notices if "ยังพิมพ์คำว่า เกณฑ์ตัวอย่าง" in notice.th]


class TestHowOfficesSave:
    def test_formulas_give_what_was_saved_with_them(self, tmp_path: Path) -> None:
        content = formula(formula(EXPORTED, INDICATORS, "I5", "9"), INDICATORS, "G5", "จากสูตร", "str")
        found = indicator(read(tmp_path, content), "L1.2.2")
        assert (found.measure.threshold, found.th) == (9, "จากสูตร")

    def test_cells_merged_downwards_repeat_their_value(self, tmp_path: Path) -> None:
        def merge(book: Workbook) -> None:
            sheet = book[INDICATORS]
            for column in "ABC":
                sheet.merge_cells(f"{column}2:{column}10")
            sheet.merge_cells("D2:D3")

        same(tmp_path, typed(EXPORTED, {}, merge))

    def test_names_of_dimensions_written_once_and_codes_left_out(self, tmp_path: Path) -> None:
        def thin(book: Workbook) -> None:
            sheet = book[INDICATORS]
            seen = set()
            for row in sheet.iter_rows(min_row=2):
                for places, key in (((2, 18, 22, 23, 24), row[1].value), ((4, 19, 25, 26, 27), row[3].value)):
                    if key in seen:
                        for place in places:
                            row[place].value = None
                    seen.add(key)
            for row in sheet.iter_rows(min_row=2):
                row[1].value = row[3].value = None

        same(tmp_path, typed(EXPORTED, {}, thin))

    def test_empty_rows_between_and_a_type_dragged_too_far(self, tmp_path: Path) -> None:
        def spread(book: Workbook) -> None:
            for title in (INDICATORS, "เอกสาร", "คุณสมบัติ"):
                book[title].insert_rows(4, 3)
                for row in range(book[title].max_row + 1, book[title].max_row + 40):
                    book[title].cell(row, 1).value = "ชุมชน"

        same(tmp_path, typed(EXPORTED, {}, spread))

    def test_columns_in_another_order_and_columns_of_ones_own(self, tmp_path: Path) -> None:
        def shuffle(book: Workbook) -> None:
            sheet = book[INDICATORS]
            columns = [[cell.value for cell in column] for column in sheet.iter_cols()][::-1]
            columns.insert(3, ["ผู้รับผิดชอบ", "ก", *[None] * (len(columns[0]) - 2)])
            for place, column in enumerate(columns, start=1):
                for number, value in enumerate(column, start=1):
                    sheet.cell(number, place).value = value

        reading = same(tmp_path, typed(EXPORTED, {}, shuffle))
        assert in_thai(reading) == ("ไม่ได้อ่านคอลัมน์ “ผู้รับผิดชอบ” ในแผ่นงาน “ตัวบ่งชี้”",)

    def test_rows_sorted_by_code_backwards(self, tmp_path: Path) -> None:
        def backwards(book: Workbook) -> None:
            for title in ("ระดับคะแนน", "ขั้นการรับรอง", "ประเภท"):
                sheet = book[title]
                rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)][::-1]
                for number, row in enumerate(rows, start=2):
                    for place, value in enumerate(row, start=1):
                        sheet.cell(number, place).value = value

        same(tmp_path, typed(EXPORTED, {}, backwards))

    def test_titles_above_and_headings_with_stars(self, tmp_path: Path) -> None:
        def titled(book: Workbook) -> None:
            sheet = book[INDICATORS]
            sheet.insert_rows(1, 2)
            sheet["A1"] = "หลักเกณฑ์จังหวัด ประจำปี"
            sheet.merge_cells("A1:H1")
            sheet["G3"] = "ตัว บ่งชี้ *"

        same(tmp_path, typed(EXPORTED, {}, titled))

    def test_a_sheet_under_another_name_is_known_by_its_headings(self, tmp_path: Path) -> None:
        def rename(book: Workbook) -> None:
            book[INDICATORS].title = "เกณฑ์ 69"
            book[PACK].title = " ข้อมูล"
            book["เอกสาร"].title = "เอกสาร "

        reading = same(tmp_path, typed(EXPORTED, {}, rename))
        assert sorted(in_thai(reading)) == [
            "อ่านแผ่นงาน “ข้อมูล” เป็นแผ่น “ข้อมูลชุด” เพราะหัวคอลัมน์ตรงกัน",
            "อ่านแผ่นงาน “เกณฑ์ 69” เป็นแผ่น “ตัวบ่งชี้” เพราะหัวคอลัมน์ตรงกัน",
        ]

    def test_hidden_rows_are_read_and_told(self, tmp_path: Path) -> None:
        def hide(book: Workbook) -> None:
            for number in (5, 6, 900):
                book[INDICATORS].row_dimensions[number].hidden = True

        reading = same(tmp_path, typed(EXPORTED, {}, hide))
        assert in_thai(reading) == ("แผ่นงาน “ตัวบ่งชี้” มีแถวที่ซ่อนอยู่ 2 แถว (5, 6) อ่านรวมด้วย",)

    def test_a_sheet_of_ones_own_is_told(self, tmp_path: Path) -> None:
        def add(book: Workbook) -> None:
            book.create_sheet("ร่าง")["A1"] = "จดไว้"
            book.create_sheet("Sheet1")

        assert in_thai(same(tmp_path, typed(EXPORTED, {}, add))) == ("ไม่ได้อ่านแผ่นงาน “ร่าง”",)

    def test_a_file_that_says_it_is_smaller_than_it_is(self, tmp_path: Path) -> None:
        part = part_of(EXPORTED, INDICATORS)
        same(tmp_path, replaced(EXPORTED, part, '<dimension ref="[^"]*"', '<dimension ref="A1:C3"'))

    def test_columns_that_may_be_missing(self, tmp_path: Path) -> None:
        def cut(book: Workbook) -> None:
            book[INDICATORS].delete_cols(14)
            book.remove(book[pack_sheets.GUIDE])

        reading = same(tmp_path, typed(EXPORTED, {}, cut))
        assert {i.justify for i in (reading.pack or SAMPLE).standards[0].indicators} == {"none"}

    def test_no_choices_no_sheet_of_choices(self, tmp_path: Path) -> None:
        def cut(book: Workbook) -> None:
            book.remove(book["ตัวเลือก"])
            sheet = book["คุณสมบัติ"]
            sheet["D5"] = "เจ้าหน้าที่รับรอง"

        reading = read(tmp_path, typed(EXPORTED, {}, cut))
        assert reading.pack
        leader = reading.pack.standard(ApplicantType.LEADER)
        assert [rule.check.type for rule in leader.eligibility].count("declaration") == 3


def test_the_workbook_is_an_ordinary_zip_without_macros_or_links() -> None:
    with zipfile.ZipFile(io.BytesIO(EXPORTED)) as archive:
        names = archive.namelist()
        assert not [n for n in names if "vba" in n or "externalLink" in n or "hyperlink" in n.lower()]
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_sheet_is_small(tmp_path: Path) -> None:
    for sheet in read_workbook(written(tmp_path, EXPORTED)):
        assert len(sheet.rows) < 60, sheet.name
