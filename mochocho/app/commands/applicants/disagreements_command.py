"""The command that writes where assessors differ."""

from pathlib import Path

import click

from mochocho.app.commands.help import command
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say


@command(
    """เขียนตัวบ่งชี้ที่กรรมการให้คะแนนต่างกัน เป็นไฟล์ Excel

    FILE.xlsx มีหนึ่งแถวต่อหนึ่งตัวบ่งชี้ของผู้สมัครหนึ่งราย: คำตอบของกรรมการแต่ละคน ต่ำสุด สูงสุด ต่างกันเท่าใด
    ใช้ค่าใด เพราะเหตุใด ข้อที่รอประมวลอยู่ต้นไฟล์
    """
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def disagreements(invocation: Invocation, file: Path) -> None:
    """Write where assessors differ, for those who reconcile them.

    FILE.xlsx has a row for each such indicator of each applicant: every assessor's answer, the lowest and the
    highest points, how far apart they are, what counts and why. What waits for a person comes first.
    """
    from reports.lists import disagreements_sheet

    rows, waiting = disagreements_sheet.write(invocation.home, file)
    say(
        f"{file}: คะแนนต่างกัน {rows} ข้อ รอประมวล {waiting} ข้อ",
        f"{file}: {rows} indicators in which assessors differ, {waiting} wait to be reconciled",
    )
