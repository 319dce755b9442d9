"""mochocho.toml as Windows' editors save it, and the messages where it is not TOML."""

import codecs
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.settings.config import FILE_NAME, load_settings
from mochocho.words.errors import Terminal

_THAI = re.compile("[ก-๙]")
GOOD = 'home = "home"\nprovince = "เชียงราย"\npack = "2568-sample"\n'


def refusal(folder: Path, content: str | bytes) -> str:
    path = folder / FILE_NAME
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Terminal) as refused:
        load_settings(path)
    said = refused.value.th
    assert said.startswith(str(path))
    assert refused.value.en.startswith(str(path))
    assert not _THAI.search(refused.value.en.removeprefix(str(path)))
    return said.removeprefix(str(path))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_it_is_read_as_notepad_saves_it(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(GOOD.replace("\n", end).encode(encoding))
    settings = load_settings(path)
    assert (settings.home, settings.province) == (tmp_path / "home", "เชียงราย")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a = 1\nprovince = "\xff"\n', " บรรทัดที่ 2: มีอักขระที่ไม่ใช่ UTF-8 ให้เปิดใน Notepad"),
        (GOOD.encode("utf-16-le"), " บรรทัดที่ 1: มีอักขระที่ไม่ใช่ข้อความ"),
        (codecs.BOM_UTF16_BE + b"x", " บรรทัดที่ 1: ไฟล์นี้บันทึกเป็น Unicode"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    assert refusal(tmp_path, content).startswith(said)


ONE_LINE = {
    # Paths of Windows: some letters after \ mean something, and then the file is even TOML.
    r'home = "C:\Users\somchai"': r"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่มีความหมายพิเศษ ให้ใช้เครื่องหมายคำพูดเดี่ยว",
    r'home = "D:\มชช"': r"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่",
    r'home = "\\server\share\mochocho"': r"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่",
    # Quotation marks.
    "province = เชียงราย": "ค่าที่เขียนได้: ข้อความในเครื่องหมายคำพูด",
    "province = “เชียงราย”": "เครื่องหมายคำพูดโค้ง (จาก Word หรือ LINE) ใช้ไม่ได้",
    "province = ‘เชียงราย’": "เครื่องหมายคำพูดโค้ง",
    'province = "เชียงราย': "ลืมปิดเครื่องหมายคำพูด",
    "province = 'เชียงราย": "ลืมปิดเครื่องหมายคำพูดเดี่ยว",
    'place = """ห้อง': "ลืมปิดเครื่องหมายคำพูด",
    'province = "เชียง" "ราย"': "มีข้อความเกินอยู่หลังค่า",
    # What is no line of TOML.
    'province: "เชียงราย"': "หลังชื่อการตั้งค่าต้องเป็นเครื่องหมาย =",
    "province": "หลังชื่อการตั้งค่าต้องเป็นเครื่องหมาย =",
    'จังหวัด = "เชียงราย"': "บรรทัดนี้ต้องเป็น ชื่อภาษาอังกฤษ = ค่า",
    "-- หมายเหตุ": "หลังชื่อการตั้งค่าต้องเป็นเครื่องหมาย =",
    "[meeting": "ลืมปิดวงเล็บเหลี่ยม ] ของหัวข้อ",
    'presentation_order = ["ฝาง"': "ลืมปิดวงเล็บเหลี่ยม ] ของรายการ",
    'orders = { number = "1/2568"': "ลืมปิดวงเล็บปีกกา }",
    # Values.
    "port = ๘๔๒๐": "ตัวเลขอารบิก 8420",
    "cycle_open = True": "true หรือ false (ตัวเล็ก)",
    "starts = 9:00": 'เวลาและเลขที่ต้องอยู่ในเครื่องหมายคำพูด เช่น starts = "09:00"',
    "number = 1/2568": "เวลาและเลขที่ต้องอยู่ในเครื่องหมายคำพูด",
    "date = 1/5/2568": "วันที่ 2025-05-01",
    "home =": "ค่าที่เขียนได้",
    # What is copied along and not seen.
    'province = "เชียงราย"\u00a0': "มีอักขระที่มองไม่เห็น",
    '\u200bprovince = "เชียงราย"': "มีอักขระที่มองไม่เห็น",
    'province\u00a0= "เชียงราย"': "มีอักขระที่มองไม่เห็น",
    'province = "เชียง\x01ราย"': "มีอักขระที่มองไม่เห็น",
}


@pytest.mark.parametrize(
    "behind", ["", "\n", "\ncycle_open = true\n"], ids=["last", "with its end", "another behind"]
)
@pytest.mark.parametrize(("line", "words"), ONE_LINE.items())
def test_a_line_that_is_no_toml_is_named_with_what_to_do(
    tmp_path: Path, line: str, words: str, behind: str
) -> None:
    said = refusal(tmp_path, f"# หมายเหตุ\n\n{line}{behind}")
    assert words in said
    assert said.startswith(" บรรทัดที่ 3: ")


@pytest.mark.parametrize("time", ["09:00", "09:00:00"])  # the first is a time of TOML since Python 3.15
def test_a_time_without_quotes_is_told_to_get_them(tmp_path: Path, time: str) -> None:
    meeting = (
        f'[meeting]\nnumber = "1/2568"\ndate = 2025-05-01\nstarts = {time}\nends = "12:00"\nplace = "ก"\n'
    )
    assert re.search(r'(?:เช่น starts = |ต้องเป็นเวลาแบบ )"09:00"', refusal(tmp_path, meeting))


def test_what_stands_twice(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'province = "ก"\n\nprovince = "ข"').startswith(" บรรทัดที่ 3: ชื่อการตั้งค่าซ้ำ")
    assert refusal(tmp_path, "[papers]\n[forms]\n[papers]\n").startswith(" บรรทัดที่ 3: หัวข้อในวงเล็บเหลี่ยมซ้ำ")


@pytest.mark.parametrize(
    "line",
    [
        r'home = "C:\temp\new"',
        r'home = "C:\backups"',
        r'home = "C:\forms\reports"',
        '[[folders]]\nkey = "a"\n' + r'path = "C:\from\new"',
        "[forms]\n" + r'villages = "C:\tables\new.xlsx"',
        "[papers]\n" + r'templates = "C:\templates"',
        "[backup]\n" + r'folder = "D:\backups"',
        r'pack = "C:\new.yaml"',
        'home = "C:\u00data"',  # C:\xdata, since Python 3.15
    ],
)
def test_a_path_that_toml_reads_as_something_else(tmp_path: Path, line: str) -> None:
    said = refusal(tmp_path, line)
    assert r"กลายเป็นอักขระพิเศษ" in said
    assert "ให้ใช้เครื่องหมายคำพูดเดี่ยว เช่น 'D:" in said
    assert said.endswith('เช่น "D:/งาน/mochocho"')


@pytest.mark.parametrize("home", [r"'D:\งาน\mochocho'", r'"C:\\Users\\somchai"', '"C:/temp/new"'])
def test_the_ways_that_are_advised_are_read(tmp_path: Path, home: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(f"home = {home}\n", "utf-8")
    assert str(load_settings(path).home).endswith(("mochocho", "somchai", "new"))


def test_no_line_is_quoted_for_it_may_hold_a_password(tmp_path: Path) -> None:
    for end in ("", '"', " x"):
        assert "swordfish" not in refusal(tmp_path, f'database_url = "postgres://u:swordfish@db/m\\{end}')


@given(st.text(alphabet="homeprvinc[]{}=\"'\\.,#: \n\tก“x1", max_size=40))
def test_any_text_is_settings_or_told_with_file_and_reason(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / FILE_NAME
    path.write_text(text, "utf-8")
    try:
        load_settings(path)
    except Terminal as refused:
        told = str(refused)
    else:
        told = str(path)
    assert told.startswith(str(path))
