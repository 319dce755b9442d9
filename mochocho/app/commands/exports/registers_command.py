"""`mochocho export registers`: registers and statistics for other programs."""

from pathlib import Path

import click

from mochocho.app.commands.exports.export_group import export
from mochocho.app.commands.help import OutFolder, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show


@under(
    export,
    """เขียนทะเบียนและสถิติของปี เป็นไฟล์ Excel และ CSV

    ทะเบียนผู้สมัคร ผลการดำเนินงาน ทะเบียนหนังสือรับรอง และสถิติ ข้อความทุกช่องเป็นข้อความเสมอ ไม่กลายเป็นสูตร
    เลข 13 หลักอยู่ครบ ในไฟล์ CSV ข้อความที่ Excel จะคำนวณหรือแปลงเป็นตัวเลขมีเครื่องหมาย ' นำหน้า
    มีชื่อคน ให้เฉพาะผู้เกี่ยวข้อง การเขียนทุกครั้งบันทึกไว้ในบันทึกการเข้าถึง
    """,
)
@OutFolder
@pass_invocation
def registers(invocation: Invocation, folder: Path) -> None:
    """Write the year's registers and statistics as Excel and CSV files.

    The register of applicants, the results, the register of certificates, statistics. Every text stays text,
    never a formula; 13 digits stay 13 digits. In CSV an apostrophe stands before a text that Excel would
    compute or make a number of. They hold names: hand them to whom they concern. Each time is logged.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from reports.packet.exports import registers as written

    home = invocation.writable_home
    note_at_the_command_line(home, "export", "registers", "mochocho export registers")
    count = 0
    for path in written.write(home, folder):
        show(str(path))
        count += 1
    say(f"ทะเบียนและสถิติ {count} ไฟล์", f"registers and statistics: {count} files")


@under(
    export,
    """เขียนแบบ Excel ตั้งต้นของทะเบียนหรือสถิติ ให้หน่วยงานแก้เป็นแบบของตนเอง

    NAME คือ ทะเบียนผู้สมัคร ผลการดำเนินงาน ทะเบียนหนังสือรับรอง หรือ สถิติ ใน FILE.xlsx ทุกช่องที่ใช้ได้อยู่ในที่ของตนแล้ว เช่น
    {{ชื่อ}} แก้ใน Excel แล้วเก็บไว้ในโฟลเดอร์ที่ `templates` ใน [papers] ระบุ โดยใช้ชื่อเดิมเป็นชื่อไฟล์
    """,
)
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def template(invocation: Invocation, name: str, file: Path) -> None:
    """Write an Excel template of a register to change.

    NAME is ทะเบียนผู้สมัคร, ผลการดำเนินงาน, ทะเบียนหนังสือรับรอง or สถิติ. FILE.xlsx has every placeholder in its
    place, such as {{ชื่อ}}. Change it in Excel, and keep it under that name in the folder that `templates` in
    [papers] names.
    """
    from reports.packet.exports import registers as written

    written.write_template(invocation.home, name, file)
    show(str(file))
