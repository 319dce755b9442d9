"""All mistakes of a workbook are reported at once, by cell; a workbook of another kind is refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mochocho.excel.typed import Mistake
from mochocho.standards.load import load_pack
from mochocho.standards.sheets import pack_sheets
from mochocho.standards.sheets.export import workbook_of
from mochocho.standards.sheets.read_pack import Reading, read_pack
from mochocho.words.errors import BadInput
from tests.workbooks import Edits, formula, replaced, typed, written

EXPORTED = workbook_of(load_pack("2568-sample").pack)
PACK, STANDARDS, RULES = "ข้อมูลชุด", "ประเภท", "คุณสมบัติ"
CHOICES, DOCUMENTS, INDICATORS = "ตัวเลือก", "เอกสาร", "ตัวบ่งชี้"
LEVELS, GATES = "ระดับคะแนน", "ขั้นการรับรอง"


def read(folder: Path, content: bytes) -> Reading:
    return read_pack(written(folder, content))


def mistakes(folder: Path, content: bytes) -> dict[tuple[str, str], Mistake]:
    reading = read(folder, content)
    assert (reading.pack is None) == bool(reading.mistakes)
    return {(m.sheet, m.cell): m for m in reading.mistakes}


# One workbook with all of these: sheet, cell, what is typed, words of the answer.
WRONG: list[tuple[str, str, object, str]] = [
    (PACK, "B2", "ชุดของเรา", "“รหัสชุด” ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ -"),
    (PACK, "B3", 2025, "“ปีงบประมาณ (พ.ศ.)” ต้องไม่น้อยกว่า 2540"),
    (PACK, "B4", "ใช่ครับ", "“เป็นทางการ” “ใช่ครับ” ใช้ไม่ได้ ต้องเป็น “ใช่” หรือ “ไม่ใช่”"),
    (PACK, "B6", "31 เมษายน 2568", "“วันที่หนังสือแจ้ง” ไม่มีวันนี้ในปฏิทิน"),
    (PACK, "B7", None, "“ชื่อระบบ” ยังไม่ได้กรอก"),
    (PACK, "B9", 101, "“เกณฑ์ผ่าน (ร้อยละ)” ต้องไม่เกิน 100"),
    (STANDARDS, "B3", None, "ยังไม่ได้กรอก"),
    (STANDARDS, "C4", "ก" * 501, "ต้องยาวไม่เกิน 500 ตัวอักษร (ช่องนี้มี 501)"),
    (RULES, "B3", "residence_1y", "“residence_1y” ใช้ไปแล้ว เปลี่ยนเป็นรหัสที่ไม่ซ้ำ (ซ้ำกับ B2)"),
    (RULES, "B4", "ถิ่นที่อยู่", "อักษรอังกฤษตัวเล็ก"),
    (RULES, "D2", "เดือน", "ใช้ไม่ได้ ต้องเป็น “จำนวนเดือน”"),
    (RULES, "F6", "ใบอื่น", "อักษรอังกฤษตัวเล็ก"),
    (RULES, "F7", "no_such_document", "ไม่มีเอกสารรหัส “no_such_document” ในประเภทนี้ แก้เป็นรหัสหนึ่งใน"),
    (RULES, "E8", 12, "ไม่ใช้ช่องนี้"),
    (CHOICES, "C3", "formal", "“formal” ใช้ไปแล้ว เปลี่ยนเป็นรหัสที่ไม่ซ้ำ (ซ้ำกับ C2)"),
    (CHOICES, "D2", None, "ยังไม่ได้กรอก"),
    (CHOICES, "B4", "no_such_rule", "ไม่มีคุณสมบัติรหัสนี้ที่ตรวจแบบ “เลือกหนึ่งข้อ”"),
    (DOCUMENTS, "B3", "application_form", "“application_form” ใช้ไปแล้ว"),
    (DOCUMENTS, "D2", "ไม่ใช่", "ใบสมัครเป็นเอกสารบังคับเสมอ"),
    (DOCUMENTS, "E5", "รูปถ่าย", "portrait มีได้รายการเดียวในหนึ่งประเภท"),
    (DOCUMENTS, "G5", "ก\n" + "ข" * 501, "ข้อที่ 2 ต้องยาวไม่เกิน 500 ตัวอักษร"),
    (DOCUMENTS, "A9", "กลุ่มลับ", "“กลุ่มลับ” ใช้ไม่ได้ ต้องเป็น “ผู้นำชุมชน” หรือ"),
    (DOCUMENTS, "C9", None, "ยังไม่ได้กรอก"),
    (INDICATORS, "F3", "L1.1.1", "“L1.1.1” ใช้ไปแล้ว เปลี่ยนเป็นรหัสที่ไม่ซ้ำ (ซ้ำกับ F2)"),
    (INDICATORS, "F4", "L1.9.1", "“L1.9.1” ต้องเป็น L1.2. ตามด้วยเลข เช่น L1.2.1"),
    (INDICATORS, "F6", "1.3.1", "เช่น L1, L1.2, L1.2.3"),
    (INDICATORS, "C7", "ด้านอื่น", "ต้องเหมือนกับช่อง C2 เพราะเป็นรหัส L1 เดียวกัน หรือเว้นว่าง"),
    (INDICATORS, "G8", None, "ยังไม่ได้กรอก"),
    (INDICATORS, "H9", "ระตับ", "(หมายถึง “ระดับ 1-5” หรือไม่)"),
    (INDICATORS, "I10", 5, "วิธีวัด “ระดับ 1-5” ไม่ใช้ช่องนี้"),
    (INDICATORS, "I12", 0, "ต้องไม่น้อยกว่า 1"),
    (INDICATORS, "K13", "ห้า", "“ห้า” ไม่ใช่จำนวนเต็ม"),
    (INDICATORS, "I14", None, "ยังไม่ได้กรอก"),
    (INDICATORS, "K15", 5.5, "“5.5” ไม่ใช่จำนวนเต็ม"),
    (INDICATORS, "G16", date(2568, 2, 1), "Excel เปลี่ยนข้อความเป็นวันที่"),
    (INDICATORS, "K17", date(1900, 1, 5), "Excel เปลี่ยนตัวเลขเป็นวันที่"),
    (INDICATORS, "O18", "ใช่", "ใช้ได้กับตัวบ่งชี้แบบร้อยละ"),
    (INDICATORS, "J19", "คน" * 251, "ต้องยาวไม่เกิน 500 ตัวอักษร"),
    (INDICATORS, "K20", 101, "ต้องไม่เกิน 100"),
    (INDICATORS, "D21", "G9.1", "“G9.1” ต้องเป็น G2. ตามด้วยเลข"),
    (LEVELS, "A4", 2, "มีแถวนี้แล้วที่ A3 ให้เหลือแถวเดียว"),
    (LEVELS, "B6", None, "ยังไม่ได้กรอก"),
    (GATES, "A9", "g9", "“g9” ใช้ไม่ได้"),
]
# What follows from them, in cells nobody typed into.
FOLLOWS = {
    (PACK, "B5"): "“เลขที่หนังสือแจ้ง” ยังไม่ได้กรอก",
    (INDICATORS, "F21"): "ต้องเป็น G9.1. ตามด้วยเลข",
    (LEVELS, ""): "“3” ไม่มีแถวนี้ ให้เพิ่มกลับ",
    (GATES, ""): "“g8” ไม่มีแถวนี้ ให้เพิ่มกลับ",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Mistake]:
    edits: dict[str, dict[str, object]] = {}
    for sheet, cell, value, _ in WRONG:
        edits.setdefault(sheet, {})[cell] = value
    edits[RULES]["D7"] = "มีมติ"
    edits[CHOICES] |= {"A4": "ผู้นำ", "C4": "x", "D4": "x"}
    return mistakes(tmp_path_factory.mktemp("wrong"), typed(EXPORTED, edits))


class TestAllAtOnce:
    @pytest.mark.parametrize(
        ("sheet", "cell", "words"), [(r[0], r[1], r[3]) for r in WRONG], ids=[f"{r[0]} {r[1]}" for r in WRONG]
    )
    def test_each_is_named_by_its_cell(
        self, found: dict[tuple[str, str], Mistake], sheet: str, cell: str, words: str
    ) -> None:
        assert (sheet, cell) in found, sorted(str(m) for m in found.values())
        assert words in str(found[sheet, cell])

    def test_and_nothing_else_is_said(self, found: dict[tuple[str, str], Mistake]) -> None:
        others = {key: str(m) for key, m in found.items() if key not in {(r[0], r[1]) for r in WRONG}}
        for key, words in FOLLOWS.items():
            assert words in others.pop(key)
        assert others == {}

    def test_a_sentence_names_sheet_row_column_and_cell(self, found: dict[tuple[str, str], Mistake]) -> None:
        assert str(found[INDICATORS, "I14"]) == ("แผ่นงาน “ตัวบ่งชี้” แถว 14 คอลัมน์ “เกณฑ์” (I14): ยังไม่ได้กรอก")

    def test_they_stand_in_the_order_of_the_file(self, tmp_path: Path) -> None:
        edits: Edits = {INDICATORS: {"K20": 101, "G8": None, "K8": 0}, PACK: {"B9": 101}}
        found = read(tmp_path, typed(EXPORTED, edits)).mistakes
        assert [(m.sheet, m.cell) for m in found] == [
            (PACK, "B9"),
            (INDICATORS, "G8"),
            (INDICATORS, "K8"),
            (INDICATORS, "K20"),
        ]


def delete(sheet: str, first: int, last: int) -> Callable[[Workbook], object]:
    return lambda book: book[sheet].delete_rows(first, last - first + 1)


def only_first_names(book: Workbook) -> None:
    """What rows 2 and 3 say of dimension and component is said there alone."""
    for row in book[INDICATORS].iter_rows(min_row=3):
        for place in (2, 4, *range(18, 20), *range(22, 28)):
            if row[1].value == "L1" and (row[3].value == "L1.1" or place in (2, 18, 22, 23, 24)):
                row[place].value = None


class TestOfTheWhole:
    def test_a_code_that_is_its_own_ancestor(self, tmp_path: Path) -> None:
        edits: Edits = {INDICATORS: {"B2": "L1.1.1", "D2": "L1.1", "F2": "L1"}}
        found = mistakes(tmp_path, typed(EXPORTED, edits))
        assert "“L1.1.1” ต้องเป็น อักษรกับเลขที่ไม่มีจุด" in str(found[INDICATORS, "B2"])
        assert "“L1.1” ต้องเป็น L1.1.1. ตามด้วยเลข" in str(found[INDICATORS, "D2"])
        assert "“L1” ต้องเป็น L1.1. ตามด้วยเลข" in str(found[INDICATORS, "F2"])

    def test_an_official_pack_needs_its_circular(self, tmp_path: Path) -> None:
        found = mistakes(tmp_path, typed(EXPORTED, {PACK: {"B4": "ใช่"}}))
        assert {key: m.said.th for key, m in found.items()} == {
            (PACK, "B5"): "“เลขที่หนังสือแจ้ง” ยังไม่ได้กรอก",
            (PACK, "B6"): "“วันที่หนังสือแจ้ง” ยังไม่ได้กรอก",
        }

    @pytest.mark.parametrize("day", ["1/10/2569", "1/10/2482", "2111-01-01"])
    def test_a_circular_of_an_impossible_year(self, tmp_path: Path, day: str) -> None:
        edits: Edits = {PACK: {"B4": "ใช่", "B5": "ชร 0019/ว 1", "B6": day}}
        found = mistakes(tmp_path, typed(EXPORTED, edits))
        assert "ปีของหนังสือแจ้งต้องอยู่ในปี 2540 ถึงปีงบประมาณ 2568" in str(found[PACK, "B6"])

    def test_what_no_text_may_hold_is_found_wherever_texts_stand(self, tmp_path: Path) -> None:
        columns = {
            STANDARDS: "B3 C3 D3 E3 G3 H3",
            RULES: "C3 G3 I3 J3",
            CHOICES: "D3 E3",
            DOCUMENTS: "C5 G5 H5 J5 K5",
            INDICATORS: "G5 J5 M5 P5 R5 U5 V5 C2 E2 S2 T2 W2 Y2 Z2 AB2",
            LEVELS: "B3 C3 E3 F3",
            GATES: "B3 C3 E3",
            PACK: "B7 B8 B10 B12",
        }
        wanted = {(sheet, cell) for sheet, names in columns.items() for cell in names.split()}
        edits: dict[str, dict[str, str]] = {}
        for sheet, cell in wanted:
            edits.setdefault(sheet, {})[cell] = "ก ${applicant_name}"
        reading = read(tmp_path, typed(EXPORTED, edits, only_first_names))
        assert {(m.sheet, m.cell) for m in reading.mistakes} == wanted
        assert all("“${” ไม่ได้" in m.said.th for m in reading.mistakes)

    def test_a_type_without_indicators_and_without_documents(self, tmp_path: Path) -> None:
        def cut(book: Workbook) -> None:
            for title in (INDICATORS, DOCUMENTS):
                sheet = book[title]
                for number in range(sheet.max_row, 1, -1):
                    if sheet.cell(number, 1).value == "ชุมชน":
                        sheet.delete_rows(number)

        reading = read(tmp_path, typed(EXPORTED, {RULES: {"D9": "เจ้าหน้าที่รับรอง", "F9": None}}, cut))
        assert [str(m) for m in reading.mistakes] == [
            "แผ่นงาน “เอกสาร”: ประเภทชุมชน: ยังไม่มีเอกสารแม้แต่รายการเดียว",
            "แผ่นงาน “ตัวบ่งชี้”: ประเภทชุมชน: ยังไม่มีตัวบ่งชี้แม้แต่ข้อเดียว",
        ]

    def test_no_signed_form(self, tmp_path: Path) -> None:
        found = read(tmp_path, typed(EXPORTED, {DOCUMENTS: {"E2": "ถ่ายทีละหน้า"}})).mistakes
        assert [str(m) for m in found] == [
            "แผ่นงาน “เอกสาร”: ประเภทผู้นำชุมชน: ต้องมีใบสมัครที่ลงลายมือชื่อ (signed_form) หนึ่งรายการ และเป็นเอกสารบังคับ"
        ]

    def test_a_rule_without_its_choices(self, tmp_path: Path) -> None:
        found = mistakes(tmp_path, typed(EXPORTED, {}, delete(CHOICES, 2, 3)))
        assert "ยังไม่มีตัวเลือกของข้อนี้ในแผ่น “ตัวเลือก”" in str(found[RULES, "D5"])

    def test_a_dimension_of_two_types(self, tmp_path: Path) -> None:
        edits: Edits = {INDICATORS: {f"{c}{n}": None for c in "BD" for n in range(17, 20)}}
        edits[INDICATORS] |= {"F17": "L1.8.1", "F18": "L1.8.2", "F19": "L1.8.3"}  # type: ignore[operator]
        found = mistakes(tmp_path, typed(EXPORTED, edits))
        assert "“L1” ใช้ไปแล้ว" in str(found[INDICATORS, "F17"])
        assert "(ซ้ำกับ B2)" in str(found[INDICATORS, "F17"])

    def test_a_fixed_row_that_is_gone(self, tmp_path: Path) -> None:
        found = read(tmp_path, typed(EXPORTED, {}, delete(LEVELS, 3, 3))).mistakes
        assert [str(m) for m in found] == ["แผ่นงาน “ระดับคะแนน” คอลัมน์ “ระดับ”: “2” ไม่มีแถวนี้ ให้เพิ่มกลับ"]

    def test_a_sheet_a_column_an_item_that_is_gone(self, tmp_path: Path) -> None:
        def cut(book: Workbook) -> None:
            book.remove(book[GATES])
            book[INDICATORS].delete_cols(9)
            book[PACK]["A3"] = "ปี"

        found = {str(m) for m in read(tmp_path, typed(EXPORTED, {}, cut)).mistakes}
        assert "แผ่นงาน “ขั้นการรับรอง”: ไม่พบแผ่นงานนี้ ให้ใช้ชื่อแผ่นงานตามไฟล์ที่ระบบสร้างให้" in found
        assert "แผ่นงาน “ตัวบ่งชี้” แถว 1 คอลัมน์ “เกณฑ์”: ไม่พบหัวคอลัมน์นี้ ให้พิมพ์หัวคอลัมน์ตามไฟล์ที่ระบบสร้างให้" in found
        assert "แผ่นงาน “ข้อมูลชุด”: “ปีงบประมาณ (พ.ศ.)” ไม่พบรายการนี้ในคอลัมน์แรก ให้ใช้ไฟล์ที่ระบบสร้างให้" in found
        assert len(found) == 3

    def test_one_heading_twice(self, tmp_path: Path) -> None:
        found = mistakes(tmp_path, typed(EXPORTED, {INDICATORS: {"AC1": "เกณฑ์", "AC2": 7}}))
        assert "หัวคอลัมน์ซ้ำกับคอลัมน์ I" in str(found[INDICATORS, "AC1"])

    def test_cells_merged_across_columns(self, tmp_path: Path) -> None:
        found = mistakes(tmp_path, typed(EXPORTED, {}, lambda b: b[INDICATORS].merge_cells("G8:H9")))
        assert "เซลล์ G8:H9 ผสานข้ามคอลัมน์" in str(found[INDICATORS, "G8"])

    def test_formulas_without_a_value_and_with_an_error(self, tmp_path: Path) -> None:
        content = formula(EXPORTED, INDICATORS, "I5", None)
        content = formula(content, INDICATORS, "K6", "#REF!", "e")
        found = mistakes(tmp_path, formula(content, INDICATORS, "G7", "", "str"))
        assert "เป็นสูตรที่ไม่มีค่าบันทึกไว้" in str(found[INDICATORS, "I5"])
        assert "ข้อผิดพลาด #REF! ของสูตร" in str(found[INDICATORS, "K6"])
        assert "เป็นสูตรที่ไม่มีค่าบันทึกไว้" in str(found[INDICATORS, "G7"])

    def test_the_id_of_an_earlier_pack(self, tmp_path: Path) -> None:
        reading = read_pack(written(tmp_path, EXPORTED), {"2568-sample"})
        assert [m.cell for m in reading.mistakes] == ["B2"]
        assert "เป็นรหัสของชุดเดิม" in str(reading.mistakes[0])


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def blank() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def tall() -> bytes:
    return typed(EXPORTED, {INDICATORS: {"G20005": "ไกลมาก"}})


ODS = b"application/vnd.oasis.opendocument.spreadsheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("empty", lambda: b"", "excel.not_excel", ".xlsx"),
    ("csv", lambda: "ประเภท,รหัส\nผู้นำ,L1\n".encode(), "excel.not_excel", ".csv"),
    ("xls", lambda: OLE, "excel.not_excel", "รุ่นเก่า (.xls)"),
    ("password", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "excel.not_excel", "รหัสผ่าน"),
    ("xlsb", lambda: zipped(**{"xl__workbook.bin": b"x"}), "excel.not_excel", ".xlsb"),
    ("ods", lambda: zipped(mimetype=ODS), "excel.not_excel", ".ods"),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "excel.not_excel", "ชนิดอื่น"),
    ("another zip", lambda: zipped(word__document=b"<x/>"), "excel.not_excel", "ชนิดอื่น"),
    ("cut off", lambda: EXPORTED[:-400], "excel.not_excel", "อาจเสีย"),
    ("zip bomb", lambda: zipped(**{"xl__a.xml": bytes(70 << 20)}), "excel.too_large", "ใหญ่"),
    ("many parts", lambda: zipped(**{f"a{n}": b"" for n in range(600)}), "excel.too_large", "ใหญ่"),
    ("entities", lambda: zipped(**{"a.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'}), "excel.not_excel", "ชนิดอื่น"),
    ("tall", tall, "excel.too_large", "20000 แถว"),
    ("another workbook", blank, "pack.no_sheet", "mochocho standards export"),
]  # fmt: skip


class TestWhatIsNoPackAtAll:
    @pytest.mark.parametrize(("what", "content", "code", "words"), REFUSED, ids=[row[0] for row in REFUSED])
    def test_is_refused_with_what_to_do(
        self, tmp_path: Path, what: str, content: Callable[[], bytes], code: str, words: str
    ) -> None:
        with pytest.raises(BadInput) as caught:
            read(tmp_path, content())
        assert caught.value.code == code, what
        assert words in caught.value.message_th

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput) as caught:
            read_pack(tmp_path / "none.xlsx")
        assert caught.value.code == "excel.unreadable"

    def test_a_strict_workbook_says_how_to_save_it(self, tmp_path: Path) -> None:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        strict = replaced(EXPORTED, "xl/workbook.xml", main, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        with pytest.raises(BadInput, match="Strict"):
            read(tmp_path, strict)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12),
    st.dates(date(1950, 1, 1), date(2600, 1, 1)),
    st.sampled_from(
        ["L1", "L1.1", "L1.1.1", "ใช่", "ร้อยละ", "ผู้นำ", "ชุมชน", "application_form", "choice", "=1+1"]
    ),
)


class TestAnyTyping:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_is_a_pack_or_names_cells_and_never_fails(self, tmp_path: Path, data: st.DataObject) -> None:
        book = load_workbook(io.BytesIO(EXPORTED))
        for _ in range(data.draw(st.integers(1, 12))):
            table = data.draw(st.sampled_from(pack_sheets.TABLES))
            sheet = book[table.title]
            match data.draw(st.sampled_from(["cell", "cell", "cell", "row", "column", "merge"])):
                case "row":
                    sheet.delete_rows(data.draw(st.integers(1, sheet.max_row + 1)))
                case "column":
                    sheet.delete_cols(data.draw(st.integers(1, sheet.max_column + 1)))
                case "merge":
                    top, left = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 8))
                    sheet.merge_cells(
                        start_row=top,
                        start_column=left,
                        end_row=top + data.draw(st.integers(0, 3)),
                        end_column=left + data.draw(st.integers(0, 2)),
                    )
                case _:
                    at = data.draw(st.integers(1, 12)), data.draw(st.integers(1, len(table.columns)))
                    if type(sheet.cell(*at)).__name__ == "Cell":
                        sheet.cell(*at).value = data.draw(cells)
        out = io.BytesIO()
        book.save(out)
        try:
            reading = read(tmp_path, out.getvalue())
        except BadInput as refused:
            if refused.code != "pack.no_sheet":
                raise
            return
        assert (reading.pack is None) == bool(reading.mistakes)
        for mistake in reading.mistakes:
            assert mistake.sheet
            assert "ใช้ค่านี้ไม่ได้" not in mistake.said.th
