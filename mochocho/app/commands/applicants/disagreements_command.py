"""The command that writes where assessors differ."""

from pathlib import Path

import click

from mochocho.app.commands.help import command, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say


@command(
    """เขียนตัวบ่งชี้ที่กรรมการให้คะแนนต่างกัน เป็นไฟล์ Excel หรือหน้าสำหรับฉายในที่ประชุม

    FILE.xlsx มีหนึ่งแถวต่อหนึ่งตัวบ่งชี้ของผู้สมัครหนึ่งราย: คำตอบของกรรมการแต่ละคน ต่ำสุด สูงสุด ต่างกันเท่าใด
    ใช้ค่าใด เพราะเหตุใด ข้อที่รอประมวลอยู่ต้นไฟล์

    FILE.pdf เป็นหน้าจอแนวนอนสำหรับฉาย: คะแนนเป็นจุดโดยไม่บอกชื่อกรรมการ ช่วงคะแนน ค่ากลาง ผู้ที่ประเมินไม่ได้
    เฉพาะข้อที่ต่างกันเกินเกณฑ์ของปี (ถ้าเกณฑ์ไม่ได้กำหนด ทุกข้อที่ต่างกัน)
    """
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def disagreements(invocation: Invocation, file: Path) -> None:
    """Write where assessors differ, as Excel or as pages to project.

    FILE.xlsx has a row for each such indicator of each applicant: every assessor's answer, the lowest and the
    highest points, how far apart they are, what counts and why. What waits for a person comes first.

    FILE.pdf has landscape pages for a projector: points as dots without names, the range, the median and who
    could not assess, of what is further apart than the pack allows (everything that differs, where it says
    nothing).
    """
    rows, waiting = _written(invocation, file)
    say(
        f"{file}: คะแนนต่างกัน {rows} ข้อ รอประมวล {waiting} ข้อ",
        f"{file}: {rows} indicators in which assessors differ, {waiting} wait to be reconciled",
    )


def _written(invocation: Invocation, file: Path) -> tuple[int, int]:
    """Write what the name asks for; how many indicators are in it, and how many of them wait."""
    from mochocho.app.access_chain import note_at_the_command_line

    note_at_the_command_line(invocation.home, "export", "disagreements", "mochocho disagreements")
    match file.suffix.lower():
        case ".xlsx":
            from reports.lists import disagreements_sheet

            return disagreements_sheet.write(invocation.home, file)
        case ".pdf":
            from reports.single import disagreements_paper

            return disagreements_paper.write(invocation.home, file)
    raise wrong_call(
        f"{file}: ตั้งชื่อไฟล์ให้ลงท้ายด้วย .xlsx (Excel) หรือ .pdf (สำหรับฉาย)",
        f"{file}: give a name that ends in .xlsx (Excel) or .pdf (to project)",
    )
