"""`mochocho meeting signed`: the scan of a signed paper, attached back to its meeting."""

from pathlib import Path

import click

from mochocho.app.commands.decisions.recording import By, recorder_of
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.sentences import about

PAPERS = ("minutes", "announcement", "names", "attendance", "invitation", "memo", "order", "results")


@under(
    meeting,
    """แนบไฟล์สแกนของเอกสารที่ลงนามแล้วกลับเข้าการประชุม

    FILE เป็น PDF หรือภาพ JPEG หรือ PNG เก็บไว้ตามที่ได้มาทุกไบต์ ถ้าแนบเอกสารเดิมอีกครั้ง ไฟล์ใหม่จะแทนที่ ไฟล์เดิมยังอยู่ในฉบับก่อน
    `meeting show` แสดงว่าแนบอะไรแล้ว `export zip` และ `export cd` ใส่ไว้ในโฟลเดอร์ฉบับลงนาม
    KEY: ครั้งที่ของจังหวัด เช่น 1/2568 หรืออำเภอ:ครั้งที่ เช่น แม่จัน:1/2568 ไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    """,
)
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("key", default="")
@option(
    "--paper",
    required=True,
    type=click.Choice(PAPERS),
    th="เอกสารใด: รายงานการประชุม ประกาศ เอกสารแนบ 4 บัญชีลงลายมือชื่อ หนังสือเชิญ บันทึกข้อความ คำสั่ง รายงานผล",
    en="Which paper it is of.",
)
@By
@pass_invocation
def signed(invocation: Invocation, path: Path, key: str, paper: str, by: str) -> None:
    """Attach the scan of a signed paper to its meeting.

    FILE is a PDF, a JPEG or a PNG; it is kept as it came, to the byte. A second scan of the same paper takes
    the place of the first, which earlier versions still name. `meeting show` tells what is attached;
    `export zip` and `export cd` hold it.
    KEY: 1/2568 of the province's committee, แม่จัน:1/2568 of a district's; without it, the one that the packet
    is for.
    """
    from processing.meetings.files.file_words import SIGNED
    from processing.meetings.meeting import Signed
    from processing.meetings.named_meeting import named
    from processing.signed_papers.attach_signed import attach

    home = invocation.writable_home
    try:
        kept = attach(
            home, named(home, key), Signed(paper), invocation.handed_in(path), recorder_of(home, by)
        )
    except BadInput as wrong:
        raise Terminal(*about(str(path), wrong.message)) from wrong
    word = next(word for word, meant in SIGNED.items() if meant is kept.paper)
    say(f"แนบฉบับลงนามของ{word} จำนวน {kept.pages} หน้า", f"signed copy of {word}: {kept.pages} pages")
