"""`mochocho register`: the numbers of the register of applicants."""

from pathlib import Path

import click

from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show


@command(
    """ให้เลขทะเบียนแก่ผู้สมัครที่ยังไม่มี

    เรียงตามวันที่สมัครในใบสมัคร ต่อจากเลขสุดท้ายที่เคยให้ เลขหนึ่งให้ครั้งเดียว ไม่ย้าย ไม่ใช้ซ้ำ แม้ผู้สมัครถอนใบสมัคร
    เอกสารของคณะกรรมการใช้เลขนี้แทนลำดับแฟ้ม --dry-run แสดงเลขที่จะให้ --out เขียนทะเบียนเป็นไฟล์ Excel
    """
)
@option("--by", default="", th="ผู้ให้เลขทะเบียน", en="Who gives the numbers.")
@option("--dry-run", is_flag=True, th="แสดงเลขที่จะให้ ไม่บันทึก", en="Show the numbers; record nothing.")
@option(
    "--out",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    th="เขียนทะเบียนเป็นไฟล์ Excel",
    en="Write the register as an Excel file.",
)
@pass_invocation
def register(invocation: Invocation, by: str, dry_run: bool, target: Path | None) -> None:
    """Give numbers of the register to applicants who have none.

    In the order of the day in the application, after the last number ever given. A number is given once,
    never moved or used again, also when an applicant withdraws; the committee's papers show it in place of
    the dossier's place. --dry-run shows the numbers, --out writes the register as an Excel file.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.register import register_numbers
    from reports.lists import register_sheet

    if (by and dry_run) or not (by or dry_run or target):
        raise wrong_call(
            "ใส่ --by ชื่อ เพื่อให้เลข หรือ --dry-run เพื่อดู หรือ --out FILE.xlsx เพื่อเขียนทะเบียน",
            "give --by NAME to number, --dry-run to look, or --out FILE.xlsx to write the register",
        )
    if by or dry_run:
        home = invocation.home
        given = register_numbers.give(home, by) if by else register_numbers.would_give(home)
        for number, one in given:
            show(f"{number}  {one.name}  {one.key}")
        count = len(given)
        if by:
            say(f"ให้เลขทะเบียน {count} ราย", f"numbers given: {count}")
        else:
            say(f"จะให้เลขทะเบียน {count} ราย ยังไม่ได้บันทึก", f"numbers to give: {count}; nothing was recorded")
    if target is not None:
        note_at_the_command_line(invocation.home, "export", "register", "mochocho register")
        count = register_sheet.write(invocation.home, target)
        say(f"{target}: ผู้สมัคร {count} ราย", f"{target}: {count} applicants")
