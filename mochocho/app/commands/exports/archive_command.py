"""`mochocho export archive`: the packet as tagged PDF/A."""

from pathlib import Path

from mochocho.app.commands.exports.export_group import OfRelease, export
from mochocho.app.commands.help import OutFolder, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show


@under(
    export,
    """เขียนเอกสารประกอบการประชุมสำหรับเก็บถาวร (PDF/A-2a)

    เล่มละไม่เกิน 30 หน่วยงาน มีโครงสร้างให้โปรแกรมอ่านออกเสียงอ่านได้ (PDF/UA-1) หน้าเหมือนเล่มที่ใช้ในที่ประชุม
    เอกสารแนบ 1 ถึง 3 เป็นไฟล์ของหน่วยงานเอง จึงแยกไฟล์ไว้และไม่รับรองว่าเป็น PDF/A
    --release เขียนไฟล์ของชุดที่ออกแล้วพร้อมใบแทรกแทน ตรงกับที่ออกทุกไบต์ เล่ม PDF/A คือ archive.pdf
    ซึ่งมีเมื่อออกด้วย `mochocho packet release --archive`
    มีชื่อคน ให้เฉพาะผู้เกี่ยวข้อง การเขียนทุกครั้งบันทึกไว้ในบันทึกการเข้าถึง
    """,
)
@OutFolder
@OfRelease
@pass_invocation
def archive(invocation: Invocation, folder: Path, number: int | None) -> None:
    """Write the packet for an archive (PDF/A-2a).

    Volumes of 30 units at most, tagged so that they can be read aloud (PDF/UA-1), with the pages of the
    packet. Annexes 1 to 3 are the office's own files: they stand beside, and are not said to be PDF/A.
    --release writes the files of a released packet and its addenda instead, byte for byte; the volumes of
    PDF/A are archive.pdf, which `mochocho packet release --archive` makes. It holds names: hand it to whom it
    concerns. Each time is logged.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.meetings.named_meeting import named
    from reports.packet.exports import archive_volumes, released_files

    home = invocation.writable_home
    release = released_files.released(home, named(home, ""), number) if number else None
    about = release.release.name if release else "archive"
    note_at_the_command_line(home, "export", about, "mochocho export archive")
    files = released_files.write(home, release, folder) if release else archive_volumes.write(home, folder)
    count = 0
    for path in files:
        show(str(path))
        count += 1
    say(f"เอกสารสำหรับเก็บถาวร {count} ไฟล์", f"files for the archive: {count}")
