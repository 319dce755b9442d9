"""A province whose office works a year by the guide, and what people do in it that no command does."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import func, select

from mochocho.app.demo import field_day
from mochocho.app.demo.field_day import Officer
from mochocho.app.demo.sample_province import Counts, Fault, Plan, from_table
from mochocho.settings.config import FILE_NAME, load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType
from processing.decisions.clerks_sheet import KEY, OUTCOME, REASON
from processing.decisions.committees.district_workbooks import AGAINST
from processing.tables import ApplicantRow
from tests import qr_reader
from tests.e2e.written_guide import Command, Set, Step, Typed

EXAMPLE, EACH, LATE = "ลำพูน", "แม่ทา", "ลี้"  # names that the guide's reader exchanges for their own
ORDER = "อำเภอตามลำดับนำเสนอ"
SINGLE = ("รายการ", "ค่า")
PHONES_ADDRESS, OFFICES_ADDRESS = "192.168.137.1:8420", ("0.0.0.0", "8420")
SCANS = ("criteria", "provincial-order", "district-order")
_HEADING_WITHIN = 10  # rows
_WAIT = 900  # seconds until a phone's posts are worked on, at the most


@dataclass(frozen=True)
class Office:
    """A province that works by the guide; `values`: what it types in place of the example's."""

    province: str
    counts: dict[str, Counts]  # of every district, in order of presentation
    late: str
    values: dict[str, str]
    port: int = 0

    @property
    def districts(self) -> tuple[str, ...]:
        """Those that have applicants."""
        return tuple(name for name, counts in self.counts.items() if any(counts))

    @property
    def plan(self) -> Plan:
        """What its phones send: all of `counts`, and one leader more who scores too low."""
        first = self.districts[0]
        plan = from_table(self.province, self.counts, [(first, ApplicantType.LEADER, Fault.LOW, "")])
        return replace(plan, photo_width=320)

    def own(self, step: Step) -> Iterator[Step]:
        """The step as this office does it: with its own names, for each of its districts."""
        if isinstance(step, Typed) and ORDER in step.rows[0]:
            yield self._ordered(step)
            return
        each = EACH in _text_of(step)
        for district in self.districts if each else ("",):
            yield self._named(step, district)

    def _ordered(self, step: Typed) -> Typed:
        head, first, *_ = step.rows
        rest = ("",) * (len(head) - 1)
        rows = [(name, *(first[1:] if i == 0 else rest)) for i, name in enumerate(self.counts)]
        return replace(step, rows=(head, *rows))

    def _named(self, step: Step, district: str) -> Step:
        def own(text: str) -> str:
            return self._address(text.replace(EACH, district).replace(EXAMPLE, self.province))

        if isinstance(step, Set):
            return Set(own(step.toml))
        if isinstance(step, Command):
            return Command(tuple(self.late if word == LATE else own(word) for word in step.words))
        rows = tuple((row[0], *(self.values.get(row[0], own(cell)) for cell in row[1:])) for row in step.rows)
        return Typed(own(step.file), own(step.sheet), rows)

    def _address(self, text: str) -> str:
        """Its own machine in place of the hotspot."""
        told = text.replace(PHONES_ADDRESS, f"127.0.0.1:{self.port}")
        everywhere, port = OFFICES_ADDRESS
        return {everywhere: "127.0.0.1", port: str(self.port)}.get(told, told)


def _text_of(step: Step) -> str:
    match step:
        case Command(words):
            return " ".join(words)
        case Set(toml):
            return toml
        case Typed(file, sheet, rows):
            return " ".join((file, sheet, *(cell for row in rows for cell in row)))


def type_into(step: Typed) -> None:
    """Type a table into its sheet: beside the labels in the first column, or below the headings."""
    book = openpyxl.load_workbook(step.file)
    sheet = book[step.sheet]
    head, *rows = step.rows
    if head == SINGLE:
        for label, value in rows:
            sheet.cell(_row_of(sheet, label), 2).value = value
    else:
        top = next(n for n in range(1, _HEADING_WITHIN) if head[0] in _headings(sheet, n))
        places = _headings(sheet, top)
        for number, row in enumerate(rows, start=top + 1):
            for heading, value in zip(head, row, strict=True):
                if value:
                    _cell(sheet, number, places[heading]).value = value
    book.save(step.file)
    book.close()


def resolve(file: str) -> None:
    """Choose what the committee resolved about everyone: whoever has nothing against a pass is certified."""
    book = openpyxl.load_workbook(file)
    for sheet in book.worksheets:
        tops = [n for n in range(1, _HEADING_WITHIN) if KEY in _headings(sheet, n)]
        for top in tops:
            places = _headings(sheet, top)
            for number in range(top + 1, sheet.max_row + 1):
                if not sheet.cell(number, places[KEY]).value:
                    continue
                against = sheet.cell(number, places[AGAINST]).value
                _cell(sheet, number, places[OUTCOME]).value = "ไม่รับรอง" if against else "รับรอง"
                if against:
                    _cell(sheet, number, places[REASON]).value = "คะแนนต่ำกว่าเกณฑ์ ให้พัฒนาตามแผนและสมัครใหม่"
    book.save(file)
    book.close()


def _headings(sheet: Worksheet, number: int) -> dict[str, int]:
    return {str(cell.value): place for place, cell in enumerate(sheet[number], start=1)}


def _row_of(sheet: Worksheet, label: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == label)


def _cell(sheet: Worksheet, row: int, column: int) -> Any:
    return sheet.cell(row, column)


def scan_annexes(folder: Path) -> None:
    """The office's own papers, scanned."""
    folder.mkdir()
    for name in SCANS:
        with pikepdf.new() as scan:
            scan.add_blank_page(page_size=(595, 842))
            scan.save(folder / f"{name}.pdf")


def field_work(folder: Path, office: Office) -> None:
    """Officers scan their sealed letters, and send applications, then score sheets, to the endpoint."""
    home = open_home(load_settings(folder / FILE_NAME))
    codes = {district.name_th: district.code for district in home.province.districts}
    staff = tuple(
        Officer(name, codes[name], _scanned(folder / f"officer-{name}.pdf")) for name in office.districts
    )
    plan = office.plan
    field_day.send_applications(home, plan, staff, None)
    _until(home, len(plan.units), ApplicantRow.assessment_id.is_not(None))
    field_day.send_sheets(home, plan, staff, None)
    home.engine.dispose()


def _scanned(letter: Path) -> str:
    told = qr_reader.settings_in(qr_reader.text_in(qr_reader.page_of(letter.read_bytes())))
    return str(told["general"]["server_url"])


def _until(home: Home, count: int, condition: Any) -> None:
    deadline = time.monotonic() + _WAIT
    while True:
        with reading(home.engine) as session:
            found = session.scalar(select(func.count()).select_from(ApplicantRow).where(condition))
        if found == count:
            return
        assert time.monotonic() < deadline, f"{found} of {count}"
        time.sleep(0.1)


SLOT = re.compile(r"(\d\d)\.(\d\d) - (\d\d)\.(\d\d)  (.+)")


def day_of(said: str) -> list[tuple[int, int, str]]:
    """The printed plan of a day: begin and end in minutes, and who presents, or the break."""
    return [
        (60 * int(h) + int(m), 60 * int(to_h) + int(to_m), what)
        for h, m, to_h, to_m, what in SLOT.findall(said)
    ]
