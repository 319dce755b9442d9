"""Tables as CSV and Excel: no cell becomes a formula, a number or a day, and every text comes back."""

import csv
import io
import re
from pathlib import Path

import openpyxl
from hypothesis import example, given
from hypothesis import strategies as st

from reports.formats.table import Table
from reports.formats.table_csv import csv_file
from reports.lists.office_sheet import book_of
from tests.libreoffice import convert

RISKY = [
    "=1+1",
    "+66",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
    '=cmd|"/c calc"!A1',
    "'ยกคำพูด",
    "1000000000009",
    "1234567890123",
    "007",
    "1/2568",
    "1E5",
    'กลุ่ม, “ทอผ้า” "จักสาน"',
    "บรรทัดหนึ่ง\nบรรทัดสอง",
    "{{7*7}} #panic() <w:br/>",
    "_x000D_",
    "_x0041_x0042_",
    "<r>&</r>",
]
COLUMNS = {"ชื่อ": 20, "=จำนวน": 10}


def read_back(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def bare(cell: str) -> str:
    return cell.removeprefix("'")


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 10**6))))
@example([(text, 1) for text in RISKY])
def test_a_csv_gives_every_text_back_and_none_begins_as_a_formula(rows: list[tuple[str, int]]) -> None:
    content = csv_file(Table("ทะเบียน", COLUMNS, rows))
    assert content.startswith(b"\xef\xbb\xbf")
    head, *cells = read_back(content)
    assert [bare(one) for one in head] == list(COLUMNS)
    assert [(bare(text), int(count)) for text, count in cells] == rows
    for text, _ in cells:
        assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", text)
        assert not re.fullmatch(r"[\d./,-]*\d[\d./,-]*", text)


def test_libreoffice_shows_what_was_typed(tmp_path: Path) -> None:
    table = Table("ทะเบียน", COLUMNS, [(text, number) for number, text in enumerate(RISKY)])
    files = {"a.csv": csv_file(table), "b.xlsx": book_of([table])}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    as_text = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"  # what its window offers: comma, ", UTF-8
    for name, words in (("a.csv", [as_text]), ("b.xlsx", [])):
        kind = "xlsx:Calc MS Excel 2007 XML"
        convert([tmp_path / name], kind, tmp_path / "out", tmp_path / "profile", *words)
    for name in ("a", "b"):
        book = openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx")
        cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
        shown = [str(cell.value) for cell in cells]
        counts = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)]
        book.close()
        assert {cell.data_type for cell in cells} == {"s"}
        assert counts == list(range(len(RISKY)))
        if name == "a":
            shown = [bare(text) for text in shown]
        assert [plain(text) for text in shown] == [plain(text) for text in RISKY]


def plain(text: str) -> str:
    """Without what programs tell apart only by how a file writes the end of a line."""
    return re.sub(r"_x000D_|[\r\n\t]", " ", text).strip()


def test_the_same_table_has_the_same_bytes() -> None:
    table = Table("ทะเบียน", COLUMNS, [("ก", 1), ("ข", 2)])
    assert book_of([table]) == book_of([table])
    assert csv_file(table) == csv_file(table)
