"""The commands about the year's criteria: export to Excel, import, compare."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from mochocho.app.commands.help import group, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import out, say, show, warn
from mochocho.app.terminal.language import told
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from mochocho.standards.changes import Change

_FILE = click.Path(dir_okay=False, path_type=Path)
_HEADINGS = ("เปลี่ยนอย่างไร", "ของ", "ส่วน", "เดิม", "ใหม่")


@group("เกณฑ์มาตรฐานประจำปี: กรอกใน Excel เปรียบเทียบ และนำเข้า")
def standards() -> None:
    """The year's criteria: fill them in in Excel, compare, import."""


@under(
    standards,
    """เขียนชุดเกณฑ์เป็นไฟล์ Excel (WORKBOOK) สำหรับกรอก

    หัวตาราง ตัวเลือก และคำอธิบายเป็นภาษาไทย ไม่เขียนทับไฟล์ที่มีอยู่แล้ว
    """,
    "export",
)
@click.argument("workbook", type=_FILE)
@option(
    "--pack",
    default="",
    th="รหัสชุดหรือไฟล์ .yaml ถ้าไม่กำหนด คือชุดในการตั้งค่า",
    en="Id or .yaml file; without it, the pack of the settings.",
)
@pass_invocation
def export(invocation: Invocation, workbook: Path, pack: str) -> None:
    """Write a pack as an Excel WORKBOOK to fill in.

    Headings, drop-downs and explanations are in Thai. A file that is there already is never written over.
    """
    from mochocho.app.pack_files import export_pack

    export_pack(pack or invocation.settings.pack, workbook)
    say(
        f"เขียน {workbook} แล้ว กรอกให้เสร็จ แล้วสั่ง `mochocho standards import {workbook} -o NEW.yaml`",
        f"wrote {workbook}; fill it in, then `mochocho standards import {workbook} -o NEW.yaml`",
    )


@under(
    standards,
    """แสดงที่ผิดทุกแห่งของไฟล์ Excel (WORKBOOK) ที่กรอกแล้ว หรือสิ่งที่เปลี่ยนไป

    ถ้ามีที่ผิด จะบอกแผ่นงาน แถว และคอลัมน์ และไม่เขียนอะไร ถ้าไม่มี จะแสดงตารางว่าต่างจากชุดปีก่อนอย่างไร
    และเขียนชุดใหม่เมื่อยืนยันแล้วเท่านั้น ชุดเก่าไม่ถูกแก้ ชุดร่างที่ใช้รหัสเดียวกันเขียนซ้ำได้
    """,
    "import",
)
@click.argument("workbook", type=_FILE)
@option(
    "-o",
    "--output",
    type=_FILE,
    th="ไฟล์ .yaml ที่จะเขียน ถ้าไม่กำหนด จะดูอย่างเดียว",
    en="The .yaml file to write; without it, only look.",
)
@option(
    "--against",
    default="",
    th="ชุดของปีก่อน รหัสหรือไฟล์ .yaml ถ้าไม่กำหนด คือชุดในการตั้งค่า",
    en="Last year's pack: id or .yaml file; without it, the settings'.",
)
@option("--yes", is_flag=True, th="เขียนโดยไม่ต้องถาม", en="Write without asking.")
@pass_invocation
def import_(invocation: Invocation, workbook: Path, output: Path | None, against: str, yes: bool) -> None:
    """Show every mistake of a filled-in WORKBOOK, or what it changes.

    With mistakes, each is named by sheet, row and column, and nothing is written. Without, a table
    shows what differs from last year's pack, and the pack is written only after that was confirmed. Earlier
    packs stay as they are; a draft of the same id may be written again.
    """
    from mochocho.app.pack_files import look, save

    looked = look(invocation.handed_in(workbook), against or invocation.settings.pack, output)
    for notice in looked.reading.notices:
        warn(*notice)
    pack = looked.reading.pack
    if pack is None:
        for mistake in looked.reading.mistakes:
            show(told(mistake.told))
        count = len(looked.reading.mistakes)
        raise Terminal(
            f"{workbook} ผิด {count} แห่ง ยังไม่ได้เขียนอะไร",
            f"mistakes in {workbook}: {count}; nothing was written",
        )
    _table(f"{pack.id} เทียบกับ {looked.against.id}", looked.changes)
    if output is None:
        say(
            "ยังไม่ได้เขียนอะไร ถ้าจะเขียนชุดนี้ให้เพิ่ม `-o NEW.yaml`",
            "nothing was written; add `-o NEW.yaml` to write the pack",
        )
        return
    if not yes:
        click.confirm(told(Sentence(f"เขียน {output} หรือไม่", f"write {output}?")), abort=True)
    save(pack, output)
    say(
        f'เขียน {output} แล้ว ให้ตั้ง `pack = "{output}"` ในการตั้งค่า แล้วสั่ง `mochocho doctor`',
        f'wrote {output}; set `pack = "{output}"` in the settings, then `mochocho doctor`',
    )


@under(
    standards,
    """แสดงว่าชุดเกณฑ์สองชุดต่างกันอย่างไร

    OLD และ NEW คือรหัสของชุดที่เผยแพร่ ไฟล์ .yaml หรือไฟล์ Excel (.xlsx)
    """,
)
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Show what differs between two packs.

    OLD and NEW are ids of released packs, .yaml files, or workbooks (.xlsx).
    """
    from mochocho.app.pack_files import pack_of
    from mochocho.standards.changes import changes

    before, after = pack_of(old), pack_of(new)
    _table(f"{after.id} เทียบกับ {before.id}", changes(before, after))


def _table(title: str, found: "Sequence[Change]") -> None:
    from mochocho.standards.changes import counted

    show(title)
    if not found:
        say("ไม่มีอะไรเปลี่ยน", "nothing differs")
        return
    grid = Table(show_lines=True)
    for heading in _HEADINGS:
        grid.add_column(heading, overflow="fold")  # Thai has no spaces to break at
    for change in found:
        grid.add_row(change.sort.value, change.of, change.what, change.before, change.after)
    out.print(grid)
    show(" · ".join(f"{sort.value} {count}" for sort, count in counted(found).items()))


COMMANDS = (standards,)
