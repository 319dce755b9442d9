"""An office's list of villages: accepted as it is, or refused with its line."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from mochocho.standards.load import load_pack
from mochocho.words.errors import Terminal
from mochocho.words.places import Province
from tests.libreoffice import convert
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.villages import read_villages

CHIANG_RAI = Province.named("เชียงราย")
GOOD = '﻿label,name,note,subdistrict\r\nบ้านดอน แก้ว,v1,x,570101\r\n"บ้าน ""ก""",v2,,570102\r\n'


def file(folder: Path, content: str | bytes) -> Path:
    path = folder / "villages.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_in_any_order_become_the_list_that_forms_read(tmp_path: Path) -> None:
    content = read_villages(file(tmp_path, GOOD), CHIANG_RAI)
    assert content.decode() == ('name,label,subdistrict\nv1,บ้านดอน แก้ว,570101\nv2,"บ้าน ""ก""",570102\n')


def as_ansi(text: str) -> str:
    """UTF-8 as Windows' Thai code page shows it; bytes that have no letter there are C1 controls."""
    return "".join(bytes([b]).decode("cp874", "ignore") or chr(b) for b in text.encode())


HEAD = "name,label,subdistrict\n"
WRONG = {
    "no column": ("name,label\nv1,บ้าน", "ไม่พบหัวคอลัมน์ “subdistrict” .*ที่พบคือ “name”, “label”"),
    "empty": ("", "ไม่พบหัวคอลัมน์ “name” “label” “subdistrict” .*ไฟล์นี้ว่าง"),
    "a heading twice": ("รหัส,name,label,subdistrict\n1,1,ก,570101", "มีหัวคอลัมน์ “name” สองคอลัมน์"),
    "headings alone": (HEAD + ",,\n", "ไม่มีหมู่บ้านสักแถว"),
    "no label": (HEAD + "v1,,570101", "แถว 2 คอลัมน์ “label”: ยังไม่ได้กรอก"),
    "a short line": (HEAD + "v1,บ้าน", "แถว 2 คอลัมน์ “subdistrict”: ยังไม่ได้กรอก"),
    "a space": (HEAD + "v 1,บ้าน,570101", "แถว 2 คอลัมน์ “name”: รหัส “v 1” มีช่องว่าง"),
    "twice": (HEAD + "v,บ้าน,570101\nv,บ้าน,570102", "แถว 3 คอลัมน์ “name”: รหัส “v” ซ้ำกับแถวก่อนหน้า"),
    "twice in Thai digits": (HEAD + "v1,บ้าน,570101\nv๑,บ้าน,570102", "แถว 3 คอลัมน์ “name”: รหัส “v1” ซ้ำ"),
    "another province": (HEAD + "v,บ้าน,500101", "แถว 2 คอลัมน์ “subdistrict”: ไม่มีตำบล “500101”"),
    "no such name": (HEAD + "v,บ้าน,ตำบลไม่มีจริง", "ไม่มีตำบล “ตำบลไม่มีจริง” ในจังหวัดนี้"),
    "a name of several": (
        HEAD + "v,บ้าน,เวียง",
        r"มีหลายแห่ง.*: 570101 \(อำเภอเมืองเชียงราย\), ",
    ),
    "no text": (HEAD.encode() + b"v,\xff\xfe,570101", "แถว 2: มีอักขระที่ไม่ใช่ UTF-8 .*Notepad.*Excel"),
    "no CSV": (HEAD + 'v,"' + "ก" * 200_000, "อ่านแบบ CSV ไม่ได้"),
    "too large": (b"x" * ((20 << 20) + 1), "ไฟล์ใหญ่เกิน 20 MB"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"Excel รุ่นเก่า \(.xls\)"),
    # What Excel makes of a code, before anybody sees it.
    "scientific": (
        HEAD + "5.70101E+07,ก,570101\n5.70102E+07,ข,570101",
        "แถว 2 .*Excel ย่อรหัสเหลือ 5.70101E\\+07",
    ),
    "scientific in Thai": (HEAD + "๕.๗E+๐๗,ก,570101", "Excel ย่อรหัสเหลือ 5.7E\\+07"),
    "scientific subdistrict": (HEAD + "v,ก,5.7E+05", "คอลัมน์ “subdistrict”: Excel ย่อรหัส"),
    "a date": (HEAD + "1-ม.ค.,ก,570101", "“1-ม.ค.” น่าจะเป็นรหัสที่ Excel เปลี่ยนเป็นวันที่"),
    "a date in English": (HEAD + "Jan-25,ก,570101", "“Jan-25” น่าจะเป็นรหัสที่ Excel เปลี่ยนเป็นวันที่"),
    "too narrow": (HEAD + "########,ก,570101", "ช่องนี้แสดง ######## แทนค่า ให้ขยายคอลัมน์"),
    "letters lost": (HEAD + "v,????????,570101", "แถว 2 คอลัมน์ “label”: อักษรไทยเสียหายตอนบันทึก .*CSV UTF-8"),
    "letters lost with a number": (HEAD + "v,???? 2,570101", "อักษรไทยเสียหายตอนบันทึก"),
    "headings lost": ("????,????????,????\nv,????????,570101", "อักษรไทยเสียหายตอนบันทึก .*CSV UTF-8"),
    "read as ANSI": (HEAD + f"v,{as_ansi('บ้านหนึ่ง')},570101", "อักษรไทยเสียหายตอนบันทึก"),
    "a formula's error": (HEAD + "v,#N/A,570101", "คอลัมน์ “label”: ช่องนี้แสดง #N/A แทนค่า"),
}


@pytest.mark.parametrize(("content", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_list_is_refused_with_its_line(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    with pytest.raises(Terminal) as refused:
        read_villages(file(tmp_path, content), CHIANG_RAI)
    assert re.search(sentence, refused.value.th)
    assert all(side.startswith(str(tmp_path)) for side in refused.value.said)
    assert not re.search("[ก-๎]", re.sub(r"“[^”]*”|\(อำเภอ[^)]*\)", "", refused.value.en))


EXPECTED = "name,label,subdistrict\n57010101,บ้านหนึ่ง,570101\n57010102,บ้านสอง,570102\n"
ROWS = [["57010101", "บ้านหนึ่ง", "570101"], ["57010102", "บ้านสอง", "570102"]]


def text(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    return "".join(separator.join(row) + end for row in rows)


NAMED = [["name", "label", "subdistrict"], *ROWS]
AS_EXCEL_WRITES = {
    "rows of commas behind": text(NAMED) + ",,\r\n" * 3,
    "columns of commas behind": text([[*row, "", ""] for row in NAMED]),
    "rows of commas between": text([NAMED[0], ["", "", ""], NAMED[1], ["", " ", ""], NAMED[2]]),
    "empty lines": "\r\n\r\n" + text(NAMED, end="\r\n\r\n"),
    "a title above": "รายชื่อหมู่บ้าน,,\r\n,,\r\n" + text(NAMED),
    "semicolons": text(NAMED, ";"),
    "tabs": text(NAMED, "\t"),
    "sep= and semicolons": "sep=;\r\n" + text(NAMED, ";"),
    "sep= and commas": "sep=,\r\n" + text(NAMED),
    "sep= and tabs": "sep=\t\r\n" + text(NAMED, "\t"),
    "sep= in quotes": '"sep=|"\n' + text(NAMED, "|"),
    "old line ends": text(NAMED, end="\n"),
    "a mark": "\ufeff" + text(NAMED),
    "a mark and sep=": "\ufeffsep=,\r\n" + text(NAMED),
    "Unicode text": text(NAMED, "\t").encode("utf-16"),
    "ANSI": text(NAMED).encode("cp874"),
    "ANSI and semicolons": text(NAMED, ";").encode("cp874"),
    "Thai headings": text([["รหัสหมู่บ้าน", "ชื่อหมู่บ้าน", "ตำบล"], *ROWS]),
    "other Thai headings": text([["รหัส", "หมู่บ้าน", "รหัสตำบล"], *ROWS]),
    "headings of people": text([["Village_Code", " LABEL ", "Sub-district"], *ROWS]),
    "headings of a form": text([["name", "label::Thai (th)", "tambon"], *ROWS]),
    "Thai digits": text([NAMED[0], ["๕๗๐๑๐๑๐๑", "บ้านหนึ่ง", "๕๗๐๑๐๑"], ROWS[1]]),
    "names of subdistricts": text([NAMED[0], ROWS[0], ["57010102", "บ้านสอง", "ต.รอบเวียง"]]),
    "a column of their own": text([["ลำดับ", *NAMED[0]], *([str(n), *row] for n, row in enumerate(ROWS))]),
}


@pytest.mark.parametrize("content", AS_EXCEL_WRITES.values(), ids=AS_EXCEL_WRITES)
def test_a_list_as_excel_writes_it(tmp_path: Path, content: str | bytes) -> None:
    assert read_villages(file(tmp_path, content), CHIANG_RAI).decode() == EXPECTED


def test_a_label_may_hold_other_separators_and_line_breaks(tmp_path: Path) -> None:
    content = 'name;label;subdistrict\r\nv1;"บ้าน ก, ข; ค\nหมู่ 2";570101\r\nv2;;570101\r\n'
    with pytest.raises(Terminal, match="row 3, column “label”: is not filled in"):
        read_villages(file(tmp_path, content), CHIANG_RAI)
    good = content.replace("v2;;", "v2;ก|ข,ค\tง|จ,ฉ;")
    assert read_villages(file(tmp_path, good), CHIANG_RAI).decode() == (
        'name,label,subdistrict\nv1,"บ้าน ก, ข; ค หมู่ 2",570101\nv2,"ก|ข,ค ง|จ,ฉ",570101\n'
    )


THAI: list[object] = ["รหัส", "ชื่อ", "ตำบล"]


def workbook(rows: list[list[object]]) -> bytes:
    out, book = io.BytesIO(), Workbook()
    book.worksheets[0].append(["อ่านก่อน"])
    sheet = book.create_sheet("หมู่บ้าน")
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["villages.xlsx", "villages.csv"])  # what it is called does not count
def test_a_list_as_a_workbook_with_its_codes_as_numbers(tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [
        ["รหัส", "ชื่อ", "ตำบล"],
        [57010101, "บ้านหนึ่ง", 570101.0],
        [],
        [57010102.0, "บ้านสอง", "570102"],
    ]
    (tmp_path / name).write_bytes(workbook(rows))
    assert read_villages(tmp_path / name, CHIANG_RAI).decode() == EXPECTED


def test_everything_wrong_in_a_workbook_is_named_by_sheet_row_and_column(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["รหัส", "ชื่อ", "ตำบล"],
        [date(2025, 1, 1), "ก", 570101],
        ["v2", None, 570101],
        ["5.7E+07", "ข", 1],
    ]
    path = file(tmp_path, workbook(rows))
    with pytest.raises(Terminal) as refused:
        read_villages(path, CHIANG_RAI)
    first, second, third = refused.value.th.split("\n")
    assert first.startswith(f"{path}: แผ่นงาน “หมู่บ้าน” แถว 2 คอลัมน์ “รหัส”: Excel เปลี่ยนข้อความเป็นวันที่")
    assert second == f"{path}: แผ่นงาน “หมู่บ้าน” แถว 3 คอลัมน์ “ชื่อ”: ยังไม่ได้กรอก"
    assert third.startswith(f"{path}: แผ่นงาน “หมู่บ้าน” แถว 4 คอลัมน์ “รหัส”: Excel ย่อรหัสเหลือ 5.7E+07")


def test_of_very_many_mistakes_the_first_are_shown(tmp_path: Path) -> None:
    with pytest.raises(Terminal) as refused:
        read_villages(file(tmp_path, HEAD + ",ก,570101\n" * 500), CHIANG_RAI)
    assert [len(side.split("\n")) for side in refused.value.said] == [21, 21]
    assert refused.value.th.endswith("และอีก 480 แห่ง")


# Its words for: semicolons, quotation marks, a character set by number, the second sheet.
CSV = "csv:Text - txt - csv (StarCalc):59,34,{},1,,0,false,true,false,false,false,2"


def test_a_list_saved_by_libreoffice(tmp_path: Path) -> None:
    source = tmp_path / "source.xlsx"
    source.write_bytes(workbook([THAI, [57010101, "บ้านหนึ่ง", 570101], [57010102, "บ้านสอง", 570102]]))
    for number, kind in enumerate(("xlsx", CSV.format(32), CSV.format(76))):  # MS-874, UTF-8
        folder = tmp_path / str(number)
        convert([source], kind, folder, tmp_path / "profile")
        (saved,) = folder.iterdir()
        assert read_villages(saved, CHIANG_RAI).decode() == EXPECTED


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Terminal, match="cannot be opened"):
        read_villages(tmp_path / "none.csv", CHIANG_RAI)


def test_villages_are_chosen_where_there_is_a_list_and_typed_where_there_is_none(tmp_path: Path) -> None:
    pack = load_pack("2568-sample").pack
    content = read_villages(file(tmp_path, GOOD), CHIANG_RAI)
    without, with_list = (
        next(f for f in build_forms(pack, CHIANG_RAI, "odk", villages=v) if f.form_id == names.APPLICATION)
        for v in (None, content)
    )
    assert with_list.media == {"villages.csv": content}
    assert without.media == {}
    assert "jr://file-csv/villages.csv" not in without.xform
