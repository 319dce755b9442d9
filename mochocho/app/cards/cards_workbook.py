"""The Excel file of pages that may show an ID card, with their pictures beside it; written and read back."""

from collections.abc import Sequence
from pathlib import Path

from mochocho.app.cards import cards_sheet as columns
from mochocho.app.cards.cards_sheet import CARD, COLUMNS, CardRow
from mochocho.app.cards.judging import of_the_machine
from mochocho.app.cards.unsure_pages import Unsure, every_noted
from mochocho.excel.filled_sheet import KEY, NAME
from mochocho.excel.form_to_fill import Form, Row, book_of
from mochocho.storage.db import reading
from mochocho.storage.file_names import folders_of
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall, silent
from processing.decisions.acceptable import Refusal
from processing.decisions.decision import Decision
from processing.decisions.office.filled_file import FilledFile
from processing.decisions.office.verdict_files import read_file, read_matters
from reports.typesetting.document_picture import document_picture

PICTURES = "pictures"
ADVICE = (
    "เปิดภาพแล้วเลือก: มีบัตร (หรือข้อมูลของบุคคล ปกปิดทั้งหน้าต่อไป) หรือ ไม่มีบัตร (แสดงได้ทั้งหน้า) และให้เหตุผล "
    "แถวที่ยังไม่ตัดสินให้เว้นว่าง ไฟล์นี้กับโฟลเดอร์ภาพมีข้อมูลส่วนบุคคล ให้ลบเมื่อนำเข้าแล้ว"
)
_WIDTHS = (16, 14, 26, 24, 7, 10, 12, 40, 38, 70)


def write(home: Home, folder: Path, pages: Sequence[Unsure]) -> Path:
    """The file in this folder, and the picture of each page; the path of the file."""
    path = folder / f"{CardRow.SHEET}.xlsx"
    folders = folders_of(each.one.application.key for each in pages)
    rows = [_row(each, _picture(home, folder, folders[each.one.application.key], each)) for each in pages]
    write_file(private_dir(folder) / path.name, book_of(_FORM, rows))
    return path


def write_noted(home: Home, path: Path) -> None:
    """The pages that were come upon, without pictures: for whoever has them on a screen."""
    with reading(home.engine) as session:
        pages = every_noted(home, session)
    write_file(path, book_of(_FORM, [_row(each, "") for each in pages]))


def read_xlsx(home: Home, path: Path, recorded_by: str, progress: ProgressCall = silent) -> FilledFile:
    """Every decision of a filled-in file. Raises BadInput as `read_file`."""

    def decided(rows: Sequence[CardRow]) -> list[Decision]:
        return [row.decision(recorded_by) for row in rows]

    def found_by_machine(row: CardRow) -> tuple[Refusal, ...]:
        return of_the_machine(home, row.page)

    return read_file(
        path, CardRow, progress, lambda rows: read_matters(home, rows, decided, progress, found_by_machine)
    )


def _picture(home: Home, folder: Path, of_applicant: str, each: Unsure) -> str:
    """Put the page beside the file; where it is from there, '' where it cannot be shown."""
    content = document_picture(home, each.page.sha256, each.page.sheet)
    if content is None:
        return ""
    below = Path(PICTURES) / of_applicant
    name = f"{each.one.document.code} {each.number}.jpg"
    write_file(private_dir(folder / below) / name, content)
    return (below / name).as_posix()


def _row(each: Unsure, picture: str) -> Row:
    given = {
        columns.DISTRICT: each.one.district,
        columns.TYPE: each.one.type_th,
        NAME: each.one.application.name,
        columns.DOCUMENT: each.one.document.th,
        columns.PAGE: str(each.number),
        KEY: each.one.application.key,
        columns.PLACE: each.page.place,
    }
    return Row([given.get(column, "") for column in COLUMNS], picture, "เปิดภาพ")


_FORM = Form(
    CardRow.SHEET,
    CardRow.SHEET,
    ADVICE,
    COLUMNS,
    _WIDTHS,
    chosen=columns.VERDICT,
    choices=list(CARD),
    kept=columns.PAGE,
    printed=columns.REASON,
    link=columns.PICTURE,
)
