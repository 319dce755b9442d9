"""`mochocho documents`: the office's verdict on each document."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.decisions.recording import By, recorder_of, refusals_told, refuse_mistakes, tell
from mochocho.app.commands.help import group, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show
from mochocho.app.terminal.redact import redact

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.decisions.acceptable import Part
    from processing.decisions.decision import Kind
    from processing.decisions.office.filled_file import FilledFile
    from processing.documents.desk.on_desk import OnDesk


@group("ตรวจเอกสารของผู้สมัคร: รับ ยกเว้น หรือส่งคืน")
def documents() -> None:
    """The documents of applicants: accept, waive or return them."""


District = option(
    "--district",
    "districts",
    multiple=True,
    th="เฉพาะอำเภอนี้ ชื่อไทยหรือรหัส 4 หลัก ใส่ได้หลายครั้ง",
    en="Only this district, its Thai name or 4-digit code; may be given several times.",
)
PARAMETERS: Mapping["Part", str] = {
    "key": "KEY",
    "about": "DOCUMENT",
    "pages": "--pages",
    "reason": "--reason",
    "seen_by": "--seen-by",
}
Reason = option(
    "--reason",
    default="",
    th="เหตุผล ของเอกสารที่ส่งคืนจะถึงพื้นที่ตามที่พิมพ์",
    en="Why; of a returned document the field reads it as it is typed.",
)
Pages = option(
    "--pages",
    default="",
    metavar="CODE",
    th="รหัสภาพที่ `documents list` แสดง ถ้าเอกสารถูกแทนที่หลังจากนั้น จะไม่บันทึก",
    en="The code that `documents list` shows: nothing is recorded if the document was replaced since.",
)


@under(
    documents,
    """แสดงเอกสาร สถานะ สิ่งที่ระบบพบ และคำวินิจฉัย

    เอกสารที่รอคนตรวจคือภาพที่น่าสงสัย และเอกสารที่ถูกแทนที่หลังจากที่มีผู้วินิจฉัย
    """,
    name="list",
)
@District
@option("--needs-person", is_flag=True, th="เฉพาะที่รอคนตรวจ", en="Only those that wait for a person.")
@pass_invocation
def list_documents(invocation: Invocation, districts: tuple[str, ...], needs_person: bool) -> None:
    """Show documents, what was found and what was decided.

    A document waits for a person when a page looks wrong, or was replaced after somebody decided about it.
    What is listed is in Thai, in the papers' own words.
    """
    from processing.documents.desk.on_desk import lying

    home = invocation.home
    found = lying(home, codes_of(home, districts), needs_person=needs_person)
    for one in found:
        _show(one)
    waiting = sum(one.needs_person for one in found)
    say(
        f"เอกสาร {len(found)} รายการ รอคนตรวจ {waiting}",
        f"documents: {len(found)}; waiting for a person: {waiting}",
    )


@under(
    documents,
    """รับเอกสารตามที่มีอยู่

    แม้ระบบจะสงสัยหรือเปิดไม่ได้ ที่เปิดไม่ได้ต้องมีเหตุผล รหัสผู้สมัคร (KEY) และรหัสเอกสารอยู่ใน `documents list`
    """,
)
@click.argument("key")
@click.argument("document")
@Reason
@By
@Pages
@pass_invocation
def accept(invocation: Invocation, /, **given: str) -> None:
    """Accept a document as it is.

    Whatever the checks found; what cannot be opened needs a reason. `documents list` has KEY and DOCUMENT.
    """
    from processing.decisions.decision import Kind

    _decide(invocation.home, Kind.DOCUMENT_ACCEPT, **given)


@under(
    documents,
    """ยกเว้นเอกสาร เพราะมีผู้เห็นตัวจริงแล้ว

    เฉพาะเอกสารที่เกณฑ์ของปีให้ยกเว้นได้ ต้องมีชื่อผู้เห็นตัวจริงและเหตุผล
    """,
)
@click.argument("key")
@click.argument("document")
@Reason
@By
@option("--seen-by", default="", th="ผู้ที่เห็นเอกสารตัวจริง", en="Who saw the original.")
@Pages
@pass_invocation
def waive(invocation: Invocation, /, **given: str) -> None:
    """Waive a document, as somebody saw the original.

    Only those that the standards let be waived; who saw it and why must be named.
    """
    from processing.decisions.decision import Kind

    _decide(invocation.home, Kind.DOCUMENT_WAIVE, **given)


@under(documents, "ส่งเอกสารคืนให้พื้นที่แก้ไข พร้อมเหตุผล", name="return")
@click.argument("key")
@click.argument("document")
@Reason
@By
@Pages
@pass_invocation
def return_document(invocation: Invocation, /, **given: str) -> None:
    """Send a document back to the field to be mended, with the reason."""
    from processing.decisions.decision import Kind

    _decide(invocation.home, Kind.DOCUMENT_RETURN, **given)


@under(
    documents,
    """เขียนไฟล์ Excel ของเอกสารที่รอคนตรวจ พร้อมภาพ

    อำเภอละไฟล์ กรอกแล้วนำกลับด้วย `documents import`

    ไฟล์และโฟลเดอร์ภาพมีข้อมูลส่วนบุคคล ให้ลบเมื่อ `documents import` แล้ว
    """,
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@District
@pass_invocation
def export(invocation: Invocation, folder: Path, districts: tuple[str, ...]) -> None:
    """Write Excel files of what waits, with the pictures.

    One a district, to be filled in and read back with `documents import`.

    They and the folder of pictures hold personal data: delete them after `documents import`.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.documents.desk import desk_workbooks

    home = invocation.home
    note_at_the_command_line(home, "export", " ".join(districts) or "all", "mochocho documents export")
    paths = desk_workbooks.write(home, folder, codes_of(home, districts))
    for path in paths:
        say(f"เขียน {path}", f"wrote {path}")
    if not paths:
        say("ไม่มีเอกสารที่รอคนตรวจ", "no document waits for a person")


@under(
    documents,
    """อ่านไฟล์ Excel ที่กรอกแล้วกลับเข้ามา

    ไฟล์ของ `documents export` หรือของ `documents unsure --xlsx` ถ้ามีที่ผิดแม้แห่งเดียว จะไม่บันทึกอะไร
    """,
    name="import",
)
@click.argument("filled", type=click.Path(dir_okay=False, path_type=Path))
@By
@pass_invocation
def import_documents(invocation: Invocation, filled: Path, by: str) -> None:
    """Read a filled-in Excel file back.

    One of `documents export` or of `documents unsure --xlsx`. With any mistake in it, nothing is recorded.
    """
    home = invocation.home
    report = _read(home, invocation.handed_in(filled), recorder_of(home, by)).record(home)
    refuse_mistakes(filled, report)
    say(
        f"บันทึก {report.recorded} รายการ มีอยู่แล้ว {report.unchanged} ยังไม่ตัดสิน {report.undecided}",
        f"recorded {report.recorded} decisions; {report.unchanged} stood already, {report.undecided} open",
    )


def codes_of(home: "Home", districts: Sequence[str]) -> list[str] | None:
    """The codes of the districts that were named; None where none was."""
    from sync.officers import checked_districts

    return checked_districts(home, [home.province.code_of(one) for one in districts]) if districts else None


def _read(home: "Home", filled: Path, by: str) -> "FilledFile":
    """By the sheet that it has."""
    from mochocho.app.cards import cards_workbook
    from mochocho.words.errors import BadInput
    from processing.documents.desk import desk_workbooks

    try:
        return desk_workbooks.read_xlsx(home, filled, by)
    except BadInput as neither:
        try:
            return cards_workbook.read_xlsx(home, filled, by)
        except BadInput:
            raise neither from None


def _decide(home: "Home", kind: "Kind", by: str, **given: str) -> None:
    from processing.documents.desk.typed_verdicts import Typed, record

    with refusals_told(PARAMETERS):
        new = record(home, [Typed(kind, **given)], recorder_of(home, by))
    tell(new)


def _show(one: "OnDesk") -> None:
    from reports.view.printed_words import document_state

    application, state = one.application, document_state(one.verdict)
    show(redact(f"{state}  {one.document.th} · {application.name} · {one.type_th} · อำเภอ{one.district}"))
    show(f"    {application.key} {one.document.code} {one.code}".rstrip())
    for found in one.found:
        show(redact(f"    {found}"))
    if one.decided:
        show(redact(f"    {one.decided}"))
