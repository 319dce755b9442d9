"""`mochocho documents unsure` and `card`: pages of which the machine was not sure, as people say."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.decisions.documents_command import (
    PARAMETERS,
    District,
    Reason,
    codes_of,
    documents,
)
from mochocho.app.commands.decisions.recording import By, recorder_of, refusals_told, tell
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import progress_bars, say, show
from mochocho.app.terminal.redact import redact

if TYPE_CHECKING:
    from mochocho.app.cards.unsure_pages import Unsure
    from mochocho.storage.home import Home


@under(
    documents,
    """แสดงภาพที่เครื่องไม่แน่ใจว่ามีบัตรประจำตัว ซึ่งรอคนวินิจฉัย

    ดูทุกภาพของเอกสารที่ระบุตัวบุคคล ภาพที่หาเลขประจำตัวไม่พบ หรือพบหลายเลข ถูกปกปิดทั้งหน้าจนกว่าจะมีผู้วินิจฉัยด้วย `documents card`
    ด้วย --xlsx เขียนไฟล์ Excel กับภาพลงโฟลเดอร์ กรอกแล้วนำกลับด้วย `documents import`
    ไฟล์และภาพมีข้อมูลส่วนบุคคล ให้ลบเมื่อนำเข้าแล้ว
    """,
)
@District
@option(
    "--xlsx",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    th="เขียนไฟล์ Excel ที่กรอกได้กับภาพลงโฟลเดอร์นี้",
    en="Write an Excel file to fill in, and the pictures, into this folder.",
)
@pass_invocation
def unsure(invocation: Invocation, districts: tuple[str, ...], folder: Path | None) -> None:
    """Show the pages of which a person is asked if a card is on them.

    Every page of documents that identify somebody is looked at. One without a number that was found, or with
    several, stays covered whole until somebody decides with `documents card`. With --xlsx an Excel file and
    the pictures are written into a folder, to be filled in and read back with `documents import`; all of it
    is personal data: delete it after that.
    """
    from mochocho.app.cards.unsure_pages import all_looked_at

    home = invocation.home
    with progress_bars() as progress:
        found = all_looked_at(home, codes_of(home, districts), progress)
    if folder is not None and found:
        _write(home, folder, found)
    for each in found:
        application, document = each.one.application, each.one.document
        show(redact(f"{document.th} หน้า {each.number}, {application.name}, อำเภอ{each.one.district}"))
        show(f"    {application.key} {each.page.place}")
    say(f"รอคนวินิจฉัย {len(found)} ภาพ", f"pages that wait for a person: {len(found)}")


@under(
    documents,
    """วินิจฉัยภาพที่เครื่องไม่แน่ใจว่ามีบัตรประจำตัว

    ภาพที่ไม่มีบัตรแสดงได้ทั้งหน้าในพอร์ทัลและแฟ้มผู้สมัคร ภาพอื่นปกปิดทั้งหน้าต่อไป คำวินิจฉัยใช้กับภาพนี้เท่านั้น
    รหัสผู้สมัคร (KEY) และรหัสภาพ (PAGE) อยู่ใน `documents unsure`
    """,
)
@click.argument("key")
@click.argument("page")
@option(
    "--card/--no-card",
    "on_it",
    required=True,
    th="มีบัตรหรือข้อมูลของบุคคล หรือไม่มี",
    en="Whether a card, or what else identifies somebody, is on it.",
)
@Reason
@By
@pass_invocation
def card(invocation: Invocation, key: str, page: str, on_it: bool, reason: str, by: str) -> None:
    """Decide whether an ID card is on a page.

    Without a card it is shown whole in the portal and in the dossier, else it stays covered whole. What is
    decided holds for these bytes alone. `documents unsure` has KEY and PAGE.
    """
    from mochocho.app.cards.judging import judge

    recorder = recorder_of(invocation.home, by)
    with refusals_told({**PARAMETERS, "about": "PAGE"}):
        new = judge(invocation.home, key, page, card=on_it, reason=reason, by=recorder)
    tell(new)


def _write(home: "Home", folder: Path, found: "Sequence[Unsure]") -> None:
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.cards import cards_workbook

    for key in sorted({each.one.application.key for each in found}):
        note_at_the_command_line(home, "export", key, "mochocho documents unsure --xlsx")
    path = cards_workbook.write(home, folder, found)
    say(f"เขียน {path}", f"wrote {path}")
