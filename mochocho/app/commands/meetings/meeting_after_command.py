"""`mochocho meeting after`: the papers after a committee's meeting."""

from pathlib import Path

import click

from mochocho.app.commands.certificates.issue_command import typed_day
from mochocho.app.commands.decisions.recording import refusals_told
from mochocho.app.commands.help import OutFolder, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.editable_command import show_written
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say, show


@under(
    meeting,
    """เขียนเอกสารหลังการประชุม เป็นไฟล์ PDF

    รายงานการประชุม ประกาศรายชื่อ หนังสือแจ้งผลถึงอำเภอและผู้ที่ยังไม่ได้รับการรับรอง หนังสือรับรองที่ออกแล้ว รายงานผลการดำเนินงาน
    (PDF และ Excel) สถิติ บัญชีเพื่อคัดเลือกกิจกรรมดีเด่น และรวมบันทึกองค์ความรู้ มติมาจากที่บันทึกด้วย `mochocho decide`
    สิ่งที่ยังไม่ทราบพิมพ์เป็นจุดไข่ปลา KEY คือการประชุม เช่น 1/2568 ถ้าไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    การประชุมอำเภอ เช่น แม่จัน:1/2568 มีรายงานการประชุมอย่างเดียว
    """,
)
@click.argument("key", required=False)
@OutFolder
@option("--announced", default="", th="วันที่ของประกาศ", en="The day of the announcement.")
@option(
    "--docx",
    "word",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    th="เขียนเป็นไฟล์ Word ที่แก้ไขได้ในโฟลเดอร์นี้ด้วย ยกเว้นหนังสือรับรองและรวมบันทึกองค์ความรู้",
    en="Also write them into this folder as Word files to edit, but for certificates and the booklet.",
)
@pass_invocation
def after(invocation: Invocation, key: str | None, folder: Path, announced: str, word: Path | None) -> None:
    """Write the papers after a meeting as PDFs.

    Minutes, announcement, letters with results to districts and to units not certified, the certificates that
    were given, the report of results (also as Excel), statistics, the list to choose outstanding work from,
    and the booklet of knowledge. Resolutions are those recorded with `mochocho decide`; what is not known is
    printed as dots. KEY is a meeting, like 1/2568; without it, the one that the packet is
    for. Of a district's meeting, like แม่จัน:1/2568, there are minutes alone.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.meetings.meeting import Level
    from processing.meetings.named_meeting import named
    from reports.packet import after_meeting
    from reports.single import editable_files

    home = invocation.home
    found = named(home, key or "")
    with refusals_told():
        day = typed_day(announced)
    note_at_the_command_line(home, "export", found.key, "mochocho meeting after")
    year = after_meeting.results(home, found) if found.level is Level.PROVINCE else None
    count = 0
    for path in after_meeting.write(home, found, folder, day, year):
        show(str(path))
        count += 1
    if word:
        papers = after_meeting.papers(home, found, day, year)
        files = editable_files.write(home.settings.papers, papers, word)
        show_written(files)
        count += len(files)
    say(f"เอกสารหลังการประชุม {count} ไฟล์", f"papers after the meeting: {count} files")
