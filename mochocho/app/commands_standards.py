"""Commands about the year's criteria: out to Excel, back from it, compared."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from mochocho.app.console import out, say, warn
from mochocho.app.invocation import Invocation, pass_invocation
from mochocho.errors import Terminal

if TYPE_CHECKING:
    from mochocho.standards.changes import Change

_FILE = click.Path(dir_okay=False, path_type=Path)
_HEADINGS = ("เปลี่ยนอย่างไร", "ของ", "ส่วน", "เดิม", "ใหม่")


@click.group()
def standards() -> None:
    """The year's criteria: fill them in in Excel, compare, import."""


@standards.command("export")
@click.argument("workbook", type=_FILE)
@click.option("--pack", default="", help="Id or .yaml file; without it, the pack of the settings.")
@pass_invocation
def export(invocation: Invocation, workbook: Path, pack: str) -> None:
    """Write a pack as an Excel WORKBOOK to fill in.

    Headings, drop-downs and explanations are in Thai. A file that is there already is never written over.
    """
    from mochocho.app.packs import export_pack

    export_pack(pack or invocation.settings.pack, workbook)
    say(f"wrote {workbook}; fill it in, then `mochocho standards import {workbook} -o NEW.yaml`")


@standards.command("import")
@click.argument("workbook", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="The .yaml file to write; without it, only look.")
@click.option("--against", default="", help="Last year's pack: id or .yaml file; without it, the settings'.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@pass_invocation
def import_(invocation: Invocation, workbook: Path, output: Path | None, against: str, yes: bool) -> None:
    """Show every mistake of a filled-in WORKBOOK, or what it changes.

    With mistakes, each is named by sheet, row and column in Thai, and nothing is written. Without, a table
    shows what differs from last year's pack, and the pack is written only after that was confirmed. Earlier
    packs stay as they are; a draft of the same id may be written again.
    """
    from mochocho.app.packs import look, save

    looked = look(workbook, against or invocation.settings.pack, output)
    for notice in looked.reading.notices:
        warn(notice)
    pack = looked.reading.pack
    if pack is None:
        for mistake in looked.reading.mistakes:
            say(str(mistake))
        raise Terminal(f"mistakes in {workbook}: {len(looked.reading.mistakes)}; nothing was written")
    _table(f"{pack.id} เทียบกับ {looked.against.id}", looked.changes)
    if output is None:
        say("nothing was written; add `-o NEW.yaml` to write the pack")
        return
    if not yes:
        click.confirm(f"write {output}?", abort=True)
    save(pack, output)
    say(f'wrote {output}; set `pack = "{output}"` in the settings, then `mochocho doctor`')


@standards.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Show what differs between two packs.

    OLD and NEW are ids of released packs, .yaml files, or workbooks (.xlsx).
    """
    from mochocho.app.packs import pack_of
    from mochocho.standards.changes import changes

    before, after = pack_of(old), pack_of(new)
    _table(f"{after.id} เทียบกับ {before.id}", changes(before, after))


def _table(title: str, found: "Sequence[Change]") -> None:
    from mochocho.standards.changes import counted

    say(title)
    if not found:
        say("ไม่มีอะไรเปลี่ยน")
        return
    grid = Table(show_lines=True)
    for heading in _HEADINGS:
        grid.add_column(heading, overflow="fold")  # Thai has no spaces to break at
    for change in found:
        grid.add_row(change.sort.value, change.of, change.what, change.before, change.after)
    out.print(grid)
    say(" · ".join(f"{sort.value} {count}" for sort, count in counted(found).items()))


COMMANDS = (standards,)
