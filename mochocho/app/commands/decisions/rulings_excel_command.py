"""`mochocho decisions template` and `import`: the office's rulings as an Excel file."""

from pathlib import Path

import click

from mochocho.app.commands.decisions.decisions_command import decisions
from mochocho.app.commands.decisions.recording import By, recorder_of, refuse_mistakes
from mochocho.app.commands.help import under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say


@under(
    decisions,
    """เขียนไฟล์ Excel ของเรื่องที่รอวินิจฉัย

    คุณสมบัติที่ยังไม่ครบ คะแนนที่กรรมการให้ต่างกัน แบบให้คะแนนที่รออยู่ ใบที่อาจซ้ำหรือเป็นรายเดิมของปีก่อน แบบฟอร์มที่พิมพ์ชื่อผู้สมัคร
    เลขทะเบียนที่จะให้ ผู้สมัครทุกราย และคำวินิจฉัยที่มีผลอยู่ กรอกแล้วนำกลับด้วย `decisions import`
    """,
)
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def template(invocation: Invocation, path: Path) -> None:
    """Write an Excel file of what waits for a ruling.

    Rules of eligibility that are not met, indicators on which assessors differ, score sheets that are
    awaited, applicants that may be one or may have applied last year, forms with a typed name, numbers of the
    register to be given, every applicant, and what holds.

    Fill it in and read it back with `decisions import`.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.rulings import rulings_workbook

    note_at_the_command_line(invocation.home, "export", "rulings", "mochocho decisions template")
    rulings_workbook.write(invocation.home, path)
    say(f"เขียน {path} แล้ว", f"wrote {path}")


@under(
    decisions,
    """อ่านไฟล์ Excel ที่กรอกแล้วกลับเข้ามา

    ถ้ามีที่ผิดแม้แห่งเดียว จะไม่บันทึกอะไร
    """,
    name="import",
)
@click.argument("filled", type=click.Path(dir_okay=False, path_type=Path))
@By
@pass_invocation
def import_decisions(invocation: Invocation, filled: Path, by: str) -> None:
    """Read a filled-in Excel file back.

    With any mistake in it, nothing is recorded.
    """
    from processing.rulings import rulings_workbook

    home = invocation.home
    report = rulings_workbook.import_xlsx(home, invocation.handed_in(filled), recorder_of(home, by))
    refuse_mistakes(filled, report)
    say(
        f"บันทึก {report.recorded} ข้อ มีอยู่แล้ว {report.unchanged} ข้อ",
        f"recorded {report.recorded} decisions; {report.unchanged} stood already",
    )
