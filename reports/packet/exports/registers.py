"""The registers and statistics of the year, as Excel and as CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.sentences import Sentence, about, joined
from processing.meetings import packet_meeting
from reports.formats.office_books.cell_marks import EACH_ROW, Content
from reports.formats.office_books.filled_book import WrongBookError, filled_book
from reports.formats.table import Table
from reports.formats.table_csv import csv_file
from reports.lists import certificates_sheet, register_sheet, results_sheet, statistics_tables
from reports.lists.office_sheet import book_of
from reports.lists.year_results import YearResults, year_results
from reports.view.after.results_report import counted
from reports.view.arrange import district_order

STATISTICS = "สถิติ"


def files(home: Home, year: YearResults | None = None) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file: a workbook a register, one of all statistics, every table as CSV.

    A workbook has the office's own look where its folder of templates has a file of that name. `year`: as
    read already. Raises Terminal with every mistake of every template.
    """
    made, wrong = list[tuple[str, bytes]](), list[Sentence]()
    for name, tables in books(home, year):
        file = f"{name}.xlsx"
        try:
            made.append((file, _book(home, file, tables)))
        except BadInput as error:
            wrong.append(about(file, error.message))
        except WrongBookError as error:
            wrong += (about(file, one.told) for one in error.mistakes)
        for table in tables:
            made.append((f"{name if len(tables) == 1 else f'{name} {table.title}'}.csv", csv_file(table)))
    if wrong:
        said = joined(wrong)
        raise Terminal(
            f"แบบ Excel ใน papers.templates ใช้ไม่ได้ ยังไม่ได้เขียนไฟล์ใด ให้แก้ใน Excel แล้วสั่งอีกครั้ง\n{said.th}",
            f"Excel templates in papers.templates cannot be used; no file was written\n{said.en}",
        )
    yield from made


def books(home: Home, year: YearResults | None = None) -> list[tuple[str, list[Table]]]:
    """Each workbook's name with its tables; districts in the order of the packet's meeting."""
    order = district_order(home.province, packet_meeting.order_of(home))
    year = year.in_order(order) if year else year_results(home, order)
    districts = {one.code: one.name_th for one in home.province.districts}
    registers = [
        register_sheet.table(home),
        results_sheet.table(year.units),
        certificates_sheet.table(year.given, districts),
    ]
    blocks = counted(home.pack.fiscal_year_be, year.units, [name for name, _ in order], year.former)
    return [*((one.title, [one]) for one in registers), (STATISTICS, list(statistics_tables.tables(blocks)))]


def _book(home: Home, file: str, tables: Sequence[Table]) -> bytes:
    folder = home.settings.papers.templates
    if folder is None or not (folder / file).is_file():
        return book_of(tables)
    general = {
        "จังหวัด": home.province.name_th,
        "ปี": str(home.pack.fiscal_year_be),
        "โครงการ": home.pack.programme_th,
    }
    return filled_book(folder / file, Content(tables, general))


def write_template(home: Home, name: str, path: Path) -> None:
    """Write a template to begin with: our own look, every placeholder in its place. Raises Terminal where no
    workbook is called so.
    """
    every = dict(books(home))
    if name not in every:
        there = ", ".join(every)
        raise Terminal(f"ไม่มีไฟล์ชื่อ {name} ที่มีคือ {there}", f"no workbook is called {name}; there are: {there}")
    write_file(path, book_of([_asked(table) for table in every[name]]))


def _asked(table: Table) -> Table:
    """A table with placeholders for its row."""
    first, *others = [f"{{{{{column}}}}}" for column in table.columns]
    return replace(table, rows=[(f"{{{{{EACH_ROW}ของ{table.title}}}}}{first}", *others)])


def write(home: Home, folder: Path) -> Iterator[Path]:
    """Write each file, yielding its path. What is not one of these stays in the folder."""
    made = list(files(home))  # before anything is written
    private_dir(folder)
    for name, content in made:
        write_file(folder / name, content)
        yield folder / name
