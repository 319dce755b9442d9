"""The Excel file of rulings: what waits for one, every applicant, and what holds; written and read back."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session
from xlsxwriter.worksheet import Worksheet

from mochocho.excel.filled_sheet import HEADING, KEY, NAME
from mochocho.excel.typed import Mistake, Wrong
from mochocho.excel.writing import new_book
from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.progress import ProgressCall, silent
from mochocho.words.sentences import Sentence
from processing.decisions.decision import Decision, Registered
from processing.decisions.office import rulings_sheet as columns
from processing.decisions.office.filled_file import FilledFile, ImportReport
from processing.decisions.office.rulings_sheet import COLUMNS, SHEET, RulingRow
from processing.decisions.office.verdict_files import names_of, read_file
from processing.decisions.recorder import weighed
from processing.rulings import waiting_rows
from processing.rulings.read_rulings import Reading
from processing.rulings.waiting_rows import Waiting

WIDTHS = (16, 20, 32, 60, 22, 14, 44, 38, 14)
ADVICE = (
    "เลือกคำวินิจฉัยเฉพาะแถวที่ตัดสินแล้ว และให้เหตุผล (จับคู่และให้เลขทะเบียนไม่ต้องมี) ค่า: คำตอบที่นับ (ปรับคะแนน) "
    "รหัสผู้สมัครอีกราย (รวม, ไม่ใช่รายเดียวกัน, รายเดิมของปีก่อน) เลขทะเบียน หรือเลขที่ที่เพิกถอน แถวอื่นให้เว้นว่าง"
)


def write(home: Home, path: Path) -> None:
    """Write the file, by district, type and name."""
    with reading(home.engine) as session:
        rows = list(waiting_rows.of_home(home, session))
    write_file(path, _book(home, rows))


def import_xlsx(home: Home, path: Path, recorded_by: str) -> ImportReport:
    """Record every ruling of a filled-in file, or, if it has any mistake, none. Raises as `read_xlsx`."""
    return read_xlsx(home, path, recorded_by).record(home)


def read_xlsx(home: Home, path: Path, recorded_by: str, progress: ProgressCall = silent) -> FilledFile:
    """Every ruling of a filled-in file. Raises BadInput as `read_file`."""

    def read(rows: Sequence[RulingRow]) -> tuple[list[Decision], list[Mistake]]:
        with reading(home.engine) as session:
            decisions, mistakes = _read(home, session, rows, recorded_by, progress)
        return sorted(decisions, key=_turn), mistakes

    return read_file(path, RulingRow, progress, read)


def _read(
    home: Home, session: Session, typed: Sequence[RulingRow], recorded_by: str, progress: ProgressCall
) -> tuple[list[Decision], list[Mistake]]:
    names = names_of(session, {row[KEY].text for row in typed})
    mistakes = [wrong for row in typed for wrong in row.unread(names)]
    bad = {one.row for one in mistakes if one.column == columns.VERDICT}
    readable = [(row, row.typed(recorded_by)) for row in typed if row.number not in bad]
    read = Reading(home, session, (one for _, one in readable))
    made = list[tuple[RulingRow, Decision]]()
    for row, one in readable:
        try:
            made.append((row, read.decision(one)))
        except Wrong as wrong:
            mistakes.append(row.mistake(columns.VALUE, wrong.said))
        except BadInput as wrong:
            mistakes.append(row.unasked(wrong.message))
    decisions = [one for _, one in made]
    looked = weighed(session, decisions, home.pack, progress)
    for (row, _), weighs in zip(made, looked, strict=True):
        mistakes += row.refused(weighs.refusals)
    return decisions, [*mistakes, *_twice(made)]


def _turn(decision: Decision) -> int:
    """Numbers of the register are given in their order, wherever their rows stand."""
    return decision.content.number if isinstance(decision.content, Registered) else 0


_AGAIN = Sentence("เรื่องนี้ซ้ำกับแถวก่อนหน้า ให้เหลือแถวเดียว", "an earlier row is of this matter; keep one of them")


def _twice(made: Sequence[tuple[RulingRow, Decision]]) -> Iterator[Mistake]:
    seen = set[object]()
    for row, one in made:
        matter = one.undoes if one.undoes is not None else one.matter
        if matter in seen:
            yield row.mistake(columns.VERDICT, _AGAIN)
        seen.add(matter)


def _book(home: Home, rows: Sequence[Waiting]) -> bytes:
    buffer = io.BytesIO()
    with new_book(buffer) as book:
        sheet = book.add_worksheet(SHEET)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        bold = book.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True})
        sheet.write_string(0, 0, SHEET, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, ADVICE, book.add_format({"italic": True, "font_color": "#5F6B78"}))
        for place, (column, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(HEADING, place, column, bold)
        for number, row in enumerate(rows, start=HEADING + 1):
            for place, value in enumerate(_values(home, row)):
                sheet.write_string(number, place, value, text)
            _choices(sheet, number, row.words)
        sheet.freeze_panes(HEADING + 1, 3)
        sheet.autofilter(HEADING, 0, HEADING + max(len(rows), 1), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING)
    return buffer.getvalue()


def _values(home: Home, row: Waiting) -> tuple[str, ...]:
    given = {
        columns.DISTRICT: row.district,
        columns.TYPE: home.pack.standard(row.type).th if row.type else "",
        NAME: row.name,
        columns.FOUND: row.found,
        columns.VALUE: row.value,
        KEY: row.key,
        columns.ABOUT: row.about,
    }
    return tuple(given.get(column, "") for column in COLUMNS)


def _choices(sheet: Worksheet, number: int, words: Sequence[str]) -> None:
    place = COLUMNS.index(columns.VERDICT)
    options = {"validate": "list", "source": list(words), "error_title": columns.VERDICT}
    sheet.data_validation(number, place, number, place, options)
