"""The command that writes correction slips."""

from pathlib import Path

import click

from mochocho.app.commands.help import OutFolder, command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show, warn


@command(
    """เขียนใบแจ้งแก้ไข: ขาดอะไร และส่งอย่างไร

    สำหรับผู้สมัคร KEY ที่ระบุ หรือทุกคนที่ยังขาดด้วย --all ได้ข้อความสำหรับส่งทาง LINE และกระดาษ A5
    ที่มีคิวอาร์โค้ดของผู้สมัคร มีชื่อคน ให้ส่งถึงเจ้าตัวเท่านั้น
    """
)
@click.argument("key", nargs=-1)
@option(
    "--all",
    "everyone",
    is_flag=True,
    th="ทุกคนที่ยังขาดอะไรอยู่",
    en="Of everyone of whom something is wanted.",
)
@OutFolder
@pass_invocation
def slip(invocation: Invocation, key: tuple[str, ...], everyone: bool, folder: Path) -> None:
    """Write correction slips: what is missing and how to send it.

    For each applicant KEY, or with --all for everyone of whom something is wanted: a text to send on by LINE
    and a paper of A5 with the applicant's QR code. They hold names: hand them to whom they concern.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.storage.files import private_dir, write_file
    from reports.notices import slip_papers

    if bool(key) == everyone:
        raise wrong_call("ใส่รหัสผู้สมัคร (KEY) หรือ --all", "give the KEYs of applicants, or --all")
    home = invocation.home
    found = slip_papers.wanted(home, None if everyone else key)
    note_at_the_command_line(home, "export", " ".join(key) or "all", "mochocho slip")
    for one in found:
        path = private_dir(folder) / one.file_name
        write_file(path.with_suffix(".txt"), slip_papers.text(home, one).encode())
        write_file(path.with_suffix(".pdf"), slip_papers.paper(home, one))
        show(f"{path}.pdf, .txt: {one.to.name}, {one.to.district}")
    for unwanted in sorted(set(key) - {one.to.key for one in found}):
        warn(
            f"{unwanted}: ผู้สมัครรายนี้ไม่ขาดอะไร หรือยังไม่มีผู้สมัครรหัสนี้ที่ตรวจแล้ว",
            f"{unwanted}: nothing is wanted of this applicant, or no such one was assessed",
        )
    count = len(found)
    say(f"ใบแจ้งแก้ไข: {count}", f"slips: {count}")


COMMANDS = (slip,)
