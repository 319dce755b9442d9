"""The Excel files of the desk: what waits for a person in a district, with its pictures beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from mochocho.excel.filled_sheet import KEY, NAME
from mochocho.excel.form_to_fill import Form, Row, book_of
from mochocho.storage.db import reading
from mochocho.storage.file_names import folders_of, safe
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.model import Measurement
from mochocho.words.progress import ProgressCall, silent
from processing.decisions.decision import Decision
from processing.decisions.office.filled_file import FilledFile, ImportReport
from processing.decisions.office.verdict_files import read_file, read_matters
from processing.documents import measure
from processing.documents.desk import desk_sheet as columns
from processing.documents.desk.desk_sheet import COLUMNS, KINDS, SHEET, DeskRow
from processing.documents.desk.on_desk import OnDesk, lying, present_pages
from processing.documents.desk.typed_verdicts import decision_of
from processing.documents.virus_scan import held_back
from processing.findings.value_words import DOCUMENT_STATES

DISTRICT = "อำเภอ"
OF_PROVINCE = (DISTRICT, *(one for one in COLUMNS if one != columns.PICTURE))
WIDTHS = dict(zip(COLUMNS, (14, 26, 20, 13, 46, 10, 12, 34, 22, 38, 26, 14), strict=True)) | {DISTRICT: 18}
PICTURES = "pictures"
_ANSWERS = "รับ, ยกเว้น (ต้องมีชื่อผู้เห็นตัวจริง) หรือ ส่งคืน (เหตุผลจะถึงพื้นที่ตามที่พิมพ์) แถวที่ยังไม่ตัดสินให้เว้นว่าง"
ADVICE = f"เปิดภาพแล้วเลือกคำวินิจฉัย: {_ANSWERS} ไฟล์นี้กับโฟลเดอร์ภาพมีข้อมูลส่วนบุคคล ให้ลบเมื่อนำเข้าแล้ว"
ADVICE_OF_PROVINCE = f"ดูภาพในหน้าตรวจเอกสารแล้วเลือกคำวินิจฉัย: {_ANSWERS} ไฟล์นี้มีข้อมูลส่วนบุคคล ให้ลบเมื่อนำเข้าแล้ว"
_ENDINGS = {"jpeg": "jpg"}


def write(home: Home, folder: Path, districts: Sequence[str] | None = None) -> list[Path]:
    """One file for each district that has such documents, and the pictures; the paths of the files."""
    waiting = lying(home, districts, needs_person=True)
    with reading(home.engine) as session:
        measured = measure.of(session, {one.application.key for one in waiting})
    paths, folders = [], folders_of(one.application.key for one in waiting)
    for district in dict.fromkeys(one.district for one in waiting):
        own = [one for one in waiting if one.district == district]
        rows = [
            _row(one, COLUMNS, _pictures(home, folder, folders[one.application.key], one, measured))
            for one in own
        ]
        paths.append(folder / f"{SHEET} อำเภอ{district}.xlsx")
        form = _form(f"{SHEET} อำเภอ{district}", ADVICE, COLUMNS)
        write_file(private_dir(folder) / paths[-1].name, book_of(form, rows))
    return paths


def write_province(home: Home, path: Path) -> None:
    """One file of every district, without pictures: for whoever has them on a screen."""
    form = _form(f"{SHEET} จังหวัด{home.province.name_th}", ADVICE_OF_PROVINCE, OF_PROVINCE)
    write_file(path, book_of(form, [_row(one, OF_PROVINCE) for one in lying(home, needs_person=True)]))


def import_xlsx(home: Home, path: Path, recorded_by: str) -> ImportReport:
    """Record every decision of a filled-in file, or, if it has any mistake, none. Raises as `read_xlsx`."""
    return read_xlsx(home, path, recorded_by).record(home)


def read_xlsx(home: Home, path: Path, recorded_by: str, progress: ProgressCall = silent) -> FilledFile:
    """Every decision of a filled-in file. Raises BadInput as `read_file`."""

    def decided(rows: Sequence[DeskRow]) -> list[Decision]:
        present = present_pages(home, {row[KEY].text for row in rows})
        return [decision_of(row.typed, present, recorded_by) for row in rows]

    return read_file(path, DeskRow, progress, lambda rows: read_matters(home, rows, decided, progress))


def _pictures(
    home: Home, folder: Path, of_applicant: str, one: OnDesk, measured: Mapping[str, Measurement]
) -> str:
    """Put the pages that open beside the file, in place of one that is held back why; where they are from it:
    one file, or a folder of them. `of_applicant`: what the folder of all that is theirs is called.
    """
    below = Path(PICTURES) / of_applicant / safe(one.document.code)
    names = []
    for number, page in enumerate(one.verdict.pages, start=1):
        if page.sha256 and (known := measured.get(page.sha256)):
            why = held_back(home, page.sha256)
            names.append(f"{number}.{'txt' if why else _ENDINGS.get(known.kind, known.kind)}")
            content = why.th.encode() if why else home.store.read(page.sha256)
            write_file(private_dir(folder / below) / names[-1], content)
    if not names:
        return ""
    return (below / names[0] if len(names) == 1 else below).as_posix()


def _form(title: str, advice: str, headings: Sequence[str]) -> Form:
    widths = [WIDTHS[one] for one in headings]
    kept = headings[headings.index(NAME) + 1]
    return Form(
        SHEET,
        title,
        advice,
        headings,
        widths,
        chosen=columns.VERDICT,
        choices=list(KINDS),
        kept=kept,
        printed=columns.SEEN_BY,
        link=columns.PICTURE,
    )


def _row(one: OnDesk, headings: Sequence[str], where: str = "") -> Row:
    """`where`: its pictures are, from the file, "" = nowhere."""
    shown = "เปิดภาพ" if "." in Path(where).name else f"{len(one.verdict.pages)} หน้า"
    return Row(_values(one, headings), where, shown)


def _values(one: OnDesk, headings: Sequence[str]) -> list[str]:
    given = {
        DISTRICT: one.district,
        columns.TYPE: one.type_th,
        NAME: one.application.name,
        columns.DOCUMENT: one.document.th,
        columns.STATE: DOCUMENT_STATES[one.verdict.state],
        columns.FOUND: "\n".join(f"• {found}" for found in one.found),
        KEY: one.application.key,
        columns.CODE: one.document.code,
        columns.PAGES: one.code,
    }
    return [given.get(column, "") for column in headings]
