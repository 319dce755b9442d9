"""`mochocho meeting docx` and `template`: papers that staff edit in Word, in the office's own look."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import show, warn

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from reports.single.editable_files import Written
    from reports.view.blocks import Paper


@under(
    meeting,
    """เขียนเอกสารก่อนการประชุมเป็นไฟล์ Word ที่แก้ไขได้

    หนึ่งไฟล์ต่อหนึ่งเอกสารใน FOLDER ไฟล์ชื่อเดียวกันที่มีอยู่จะถูกเขียนทับ ดังนั้นเมื่อแก้ใน Word แล้วให้บันทึกเป็นชื่ออื่น
    เลขที่และวันที่ซึ่งยังไม่มีเป็นจุดไข่ปลา เมื่อมีแล้วให้สั่งใหม่ด้วย --paper เฉพาะเอกสารนั้น
    เอกสารหลังการประชุมเขียนด้วย `mochocho meeting after --docx`
    ใช้แบบของหน่วยงานเองได้ โดยตั้งโฟลเดอร์ที่ `templates` ใน [papers]
    """,
    "docx",
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@option(
    "--paper",
    "names",
    multiple=True,
    metavar="NAME",
    th="เฉพาะเอกสารชื่อนี้ ใส่ได้หลายครั้ง ถ้าไม่กำหนด คือทุกเอกสาร",
    en="Only the paper of this name; may be given several times. Without it, every paper.",
)
@pass_invocation
def docx(invocation: Invocation, folder: Path, names: Sequence[str]) -> None:
    """Write the papers before a meeting as Word files to edit.

    One file a paper into FOLDER, in place of a file of that name: save what you edit under another name.
    Numbers and days that are not known yet are dots; later, write that paper again with --paper. The office's
    own look is used where `templates` in [papers] names a folder. The papers after a meeting are written by
    `mochocho meeting after --docx`.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from reports.packet.after_meeting import IN_WORD
    from reports.single import editable_files

    home = invocation.home
    papers = _papers(home)
    wanted = [_named(papers, name) for name in names or papers]
    known = (*papers, *IN_WORD)
    for file in editable_files.unmatched(home.settings.papers, known):
        warn(
            f"{file}: ชื่อไฟล์แบบนี้ไม่ตรงกับเอกสารใด จึงไม่ได้ใช้ เอกสารที่มี: {', '.join(known)}",
            f"{file}: no paper is called as this template, so it is not used; there are: {', '.join(known)}",
        )
    note_at_the_command_line(home, "export", " ".join(names) or "all", "mochocho meeting docx")
    show_written(editable_files.write(home.settings.papers, wanted, folder))


@under(
    meeting,
    """เขียนแบบ Word ตั้งต้นของเอกสารหนึ่ง ให้หน่วยงานแก้เป็นแบบของตนเอง

    NAME คือชื่อเอกสาร เช่น ระเบียบวาระการประชุม ใน FILE.docx ทุกช่องที่ใช้ได้อยู่ในที่ของตนแล้ว เช่น {{เรื่อง}}
    แก้รูปแบบใน Word แล้วเก็บไว้ในโฟลเดอร์ที่ `templates` ใน [papers] ระบุ โดยใช้ชื่อเอกสารเป็นชื่อไฟล์
    """,
    "template",
)
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def template(invocation: Invocation, name: str, file: Path) -> None:
    """Write a Word template of a paper for the office to change.

    NAME is the paper's, such as ระเบียบวาระการประชุม. FILE.docx has every placeholder in its place, such as
    {{เรื่อง}}. Change it in Word, and keep it under the paper's name in the folder that `templates` in
    [papers] names.
    """
    from processing.meetings.named_meeting import named
    from reports.packet import after_meeting
    from reports.single import editable_files

    home = invocation.home
    papers = _papers(home)
    if name in after_meeting.IN_WORD:
        papers |= {paper.name: paper for paper in after_meeting.papers(home, named(home, ""))}
    editable_files.write_template(home.settings.papers, _named(papers, name), file)
    show(str(file))


def show_written(files: "Sequence[Written]") -> None:
    """Tell of the files, and of each template once what it left out of any of them."""
    left_out: dict[str, dict[str, None]] = {}
    for written in files:
        show(str(written.path))
        if written.left_out:
            left_out.setdefault(written.template, {}).update(dict.fromkeys(written.left_out))
    for template, names in left_out.items():
        left = " ".join(f"{{{{{name}}}}}" for name in names)
        warn(
            f"{template}: แบบของหน่วยงานไม่มีช่อง {left} ข้อความส่วนนี้จึงไม่อยู่ในไฟล์",
            f"{template}: the office's template has no place for {left}; the files lack it",
        )


def _papers(home: "Home") -> "dict[str, Paper]":
    """Every letter-like paper before the meeting, by name."""
    from processing.meetings import packet_meeting
    from reports.packet import before_meeting
    from reports.packet.in_word.front_papers import front_papers

    convened = packet_meeting.of_home(home)
    before = before_meeting.papers(home, convened) if convened else ()
    return {paper.name: paper for paper in (*front_papers(home), *before)}


def _named(papers: "Mapping[str, Paper]", name: str) -> "Paper":
    if name not in papers:
        raise wrong_call(
            f"ไม่มีเอกสารชื่อ {name} เอกสารที่มี: {', '.join(papers)}",
            f"no paper is called {name}; there are: {', '.join(papers)}",
        )
    return papers[name]
