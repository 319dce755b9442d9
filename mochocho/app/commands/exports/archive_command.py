"""`mochocho export archive`: the packet as tagged PDF/A."""

from pathlib import Path

from mochocho.app.commands.exports.export_group import export
from mochocho.app.commands.help import OutFolder, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show


@under(
    export,
    """เขียนเอกสารประกอบการประชุมสำหรับเก็บถาวร (PDF/A-2a)

    เล่มละไม่เกิน 60 หน่วยงาน มีโครงสร้างให้โปรแกรมอ่านออกเสียงอ่านได้ (PDF/UA-1) หน้าเหมือนเล่มที่ใช้ในที่ประชุม
    เอกสารแนบ 1 ถึง 3 เป็นไฟล์ของหน่วยงานเอง จึงแยกไฟล์ไว้และไม่รับรองว่าเป็น PDF/A
    มีชื่อคน ให้เฉพาะผู้เกี่ยวข้อง การเขียนทุกครั้งบันทึกไว้ในบันทึกการเข้าถึง
    """,
)
@OutFolder
@pass_invocation
def archive(invocation: Invocation, folder: Path) -> None:
    """Write the packet for an archive (PDF/A-2a).

    Volumes of 60 units at most, tagged so that they can be read aloud (PDF/UA-1), with the pages of the
    packet. Annexes 1 to 3 are the office's own files: they stand beside, and are not said to be PDF/A. It
    holds names: hand it to whom it concerns. Each time is logged.
    """
    from mochocho.app.portal.access_chain import note_at_the_command_line
    from reports.packet.exports import archive_volumes

    home = invocation.writable_home
    note_at_the_command_line(home, "export", "archive", "mochocho export archive")
    count = 0
    for path in archive_volumes.write(home, folder):
        show(str(path))
        count += 1
    say(f"เอกสารสำหรับเก็บถาวร {count} ไฟล์", f"files for the archive: {count}")
