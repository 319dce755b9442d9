"""`mochocho meeting after`: the papers after a meeting of the province's committee."""

from pathlib import Path

import click

from mochocho.app.commands.certificates.issue_command import typed_day
from mochocho.app.commands.decisions.recording import refusals_told
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say, show
from mochocho.words.errors import Terminal


@under(
    meeting,
    """เขียนเอกสารหลังการประชุมจังหวัด เป็นไฟล์ PDF

    รายงานการประชุม ประกาศรายชื่อ หนังสือแจ้งผลถึงอำเภอและผู้ที่ยังไม่ได้รับการรับรอง หนังสือรับรองที่ออกแล้ว รายงานผลการดำเนินงาน
    (PDF และ Excel) สถิติ บัญชีเพื่อคัดเลือกกิจกรรมดีเด่น และรวมบันทึกองค์ความรู้ มติมาจากที่บันทึกด้วย `mochocho decide`
    สิ่งที่ยังไม่ทราบพิมพ์เป็นจุดไข่ปลา KEY คือการประชุม เช่น 1/2568 ถ้าไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    """,
)
@click.argument("key", required=False)
@option(
    "--out",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    th="โฟลเดอร์ที่จะเขียน",
    en="Folder to write into.",
)
@option("--announced", default="", th="วันที่ของประกาศ", en="The day of the announcement.")
@pass_invocation
def after(invocation: Invocation, key: str | None, folder: Path, announced: str) -> None:
    """Write the papers after a meeting as PDFs.

    Minutes, announcement, letters with results to districts and to units not certified, the certificates that
    were given, the report of results (also as Excel), statistics, the list to choose outstanding work from,
    and the booklet of knowledge. Resolutions are those recorded with `mochocho decide`; what is not known is
    printed as dots. KEY is a meeting, like 1/2568; without it, the one that the packet is
    for.
    """
    from processing.meetings.meeting import Level
    from processing.meetings.named_meeting import named
    from reports.packet import after_meeting

    home = invocation.home
    found = named(home, key or "")
    if found.level is not Level.PROVINCE:
        raise Terminal(
            "เอกสารหลังการประชุมทำให้การประชุมระดับจังหวัด ให้ใส่ครั้งที่ของจังหวัด เช่น 1/2568",
            "these papers are of the province's meetings; give the number of one, such as 1/2568",
        )
    with refusals_told():
        day = typed_day(announced)
    count = 0
    for path in after_meeting.write(home, found, folder, day):
        show(str(path))
        count += 1
    say(f"เอกสารหลังการประชุม {count} ไฟล์", f"papers after the meeting: {count} files")
