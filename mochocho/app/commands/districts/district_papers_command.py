"""`mochocho districts papers`: a folder for each district."""

from pathlib import Path

from mochocho.app.commands.districts.districts_group import Day, District, codes_of, day_of, districts
from mochocho.app.commands.help import OutFolder, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show


@under(
    districts,
    """เขียนโฟลเดอร์เอกสารของแต่ละอำเภอ ส่งให้อำเภอเปิดได้โดยไม่ต้องมีโปรแกรมนี้

    ในโฟลเดอร์ของอำเภอมี index.html สำหรับเปิดอ่าน กำหนดเวลา หนังสือเร่งรัดเมื่อเกินกำหนด ประกาศรับสมัคร ทะเบียนผู้สมัคร
    ใบตรวจหลักฐาน สรุปรายชื่อผู้สมัคร และสรุปผลการตรวจประเมิน เป็น PDF และ Word กับใบสมัคร แผน สรุปผลการประเมินตนเอง
    และใบแจ้งรายการที่ขอเพิ่มเติมของผู้สมัครแต่ละราย ชื่อไฟล์เป็นชื่อหน่วยงาน ไม่เขียนทับโฟลเดอร์ที่มีอยู่
    มีชื่อคน ให้เฉพาะผู้เกี่ยวข้อง การเขียนทุกครั้งบันทึกไว้ในบันทึกการเข้าถึง
    """,
    "papers",
)
@District
@Day
@OutFolder
@pass_invocation
def papers(invocation: Invocation, names: tuple[str, ...], day: str, folder: Path) -> None:
    """Write a folder of papers for each district.

    It is opened without this program, by index.html. In it are the deadlines, a letter that reminds where
    something is late, the notice that invites to apply, the register, the sheet to check evidence, the list
    of applicants and the summary of results, as PDF and Word; and of each applicant the application, plan,
    summary of self-assessments and correction slip, named by unit. A folder that is there already stays.
    They hold names: hand them to whom they concern. Each time is logged.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from reports.districts import district_folders

    home = invocation.writable_home
    asked, codes = day_of(day), codes_of(home, names)
    note_at_the_command_line(home, "export", " ".join(codes or ["districts"]), "mochocho districts papers")
    count = 0
    for path in district_folders.write(home, folder, asked, codes):
        show(str(path))
        count += path.is_dir()
    say(f"โฟลเดอร์ของอำเภอ {count} โฟลเดอร์", f"folders of districts: {count}")
