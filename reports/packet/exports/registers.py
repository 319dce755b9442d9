"""The registers and statistics of the year, as Excel and as CSV."""

from collections.abc import Iterator
from pathlib import Path

from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from processing.meetings import packet_meeting
from reports.formats.table_csv import csv_file
from reports.lists import certificates_sheet, register_sheet, results_sheet, statistics_tables
from reports.lists.office_sheet import book_of
from reports.lists.year_results import year_results
from reports.view.after.results_report import counted
from reports.view.arrange import district_order

STATISTICS = "สถิติ"


def files(home: Home) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file: a workbook a register, one of all statistics, every table as CSV."""
    order = district_order(home.province, packet_meeting.order_of(home))
    year = year_results(home, order)
    districts = {one.code: one.name_th for one in home.province.districts}
    registers = [
        register_sheet.table(home),
        results_sheet.table(year.units),
        certificates_sheet.table(year.given, districts),
    ]
    blocks = counted(home.pack.fiscal_year_be, year.units, [name for name, _ in order], year.former)
    books = [*((one.title, [one]) for one in registers), (STATISTICS, list(statistics_tables.tables(blocks)))]
    for name, tables in books:
        yield f"{name}.xlsx", book_of(tables)
        for table in tables:
            yield f"{name if len(tables) == 1 else f'{name} {table.title}'}.csv", csv_file(table)


def write(home: Home, folder: Path) -> Iterator[Path]:
    """Write each file, yielding its path. What is not one of these stays in the folder."""
    made = list(files(home))  # before anything is written
    private_dir(folder)
    for name, content in made:
        write_file(folder / name, content)
        yield folder / name
