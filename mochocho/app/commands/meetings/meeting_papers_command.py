"""`mochocho meeting papers`: the papers before a meeting."""

from pathlib import Path

import click

from mochocho.app.commands.help import OutFolder, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say, show


@under(
    meeting,
    """เขียนหนังสือ คำสั่ง และแบบก่อนการประชุม เป็นไฟล์ PDF

    หนังสือแจ้งกำหนดการของปี บันทึกข้อความ หนังสือเชิญประชุม คำสั่งแต่งตั้งคณะกรรมการ แบบตอบรับและสรุปการตอบรับ
    บัญชีลงลายมือชื่อ แบบตรวจประเมินสำหรับกรอกด้วยมือของผู้สมัครแต่ละราย และข้อที่กรรมการให้คะแนนต่างกัน

    KEY คือการประชุม เช่น 1/2568 หรือ แม่จัน:1/2568 ถ้าไม่ใส่ คือการประชุมของเอกสารชุดนี้
    สิ่งที่ยังไม่ทราบพิมพ์เป็นจุดไข่ปลา ในไฟล์มีชื่อบุคคล ให้เฉพาะผู้เกี่ยวข้อง
    """,
)
@click.argument("key", required=False)
@OutFolder
@pass_invocation
def papers(invocation: Invocation, key: str | None, folder: Path) -> None:
    """Write letters, orders and forms before a meeting as PDFs.

    The circular of the cycle, memo, invitation, orders that appoint the committees, reply form and tally, the
    sheet to sign, a sheet to score by hand for each applicant, and where assessors differ.

    KEY is a meeting, like 1/2568 or แม่จัน:1/2568; without it the meeting that
    the packet is for. What is not known yet is printed as dots. The files hold names: hand them to whom they
    concern.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.meetings.named_meeting import named
    from reports.packet import before_meeting

    home = invocation.home
    found = named(home, key or "")
    note_at_the_command_line(home, "export", found.key, "mochocho meeting papers")
    count = 0
    for path in before_meeting.write(home, found, folder):
        show(str(path))
        count += 1
    say(f"เอกสารก่อนการประชุม {count} ไฟล์", f"papers before the meeting: {count} files")
