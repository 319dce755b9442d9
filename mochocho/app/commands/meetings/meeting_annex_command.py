"""`mochocho meeting annex`: the office's own PDF, bound into the packet."""

from pathlib import Path

import click

from mochocho.app.commands.decisions.recording import By, recorder_of
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.sentences import about


@under(
    meeting,
    """แนบไฟล์ PDF เป็นเอกสารแนบ 1 ถึง 3 ของการประชุม

    ไฟล์จะเย็บไว้หลังเอกสารด้านหน้าของชุดเอกสารการประชุม ถ้ามีเอกสารแนบหมายเลขนี้แล้ว ไฟล์ใหม่จะแทนที่
    KEY: ครั้งที่ของจังหวัด เช่น 1/2568 หรืออำเภอ:ครั้งที่ เช่น แม่จัน:1/2568 ไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    """,
)
@click.argument("number", type=click.IntRange(1, 3))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("key", default="")
@option("--title", default="", th="ชื่อเอกสาร ถ้าไม่ใส่ ใช้ตามแบบ", en="Its title; by default the sample's.")
@By
@pass_invocation
def annex(invocation: Invocation, number: int, path: Path, key: str, title: str, by: str) -> None:
    """Bind a PDF as annex 1 to 3 of a meeting.

    It stands behind the papers in front of the packet, in place of the annex of that number if there is one.
    KEY: 1/2568 of the province's committee, แม่จัน:1/2568 of a district's; without it, the one that the packet
    is for.
    """
    from processing.annexes.attach_annex import attach
    from processing.meetings.named_meeting import named

    home = invocation.writable_home
    try:
        bound = attach(
            home, named(home, key), number, invocation.handed_in(path), title, recorder_of(home, by)
        )
    except BadInput as wrong:
        raise Terminal(*about(str(path), wrong.said)) from wrong
    say(
        f"เอกสารแนบ {bound.number} {bound.title} จำนวน {bound.pages} หน้า",
        f"annex {bound.number}, {bound.title}: {bound.pages} pages",
    )
