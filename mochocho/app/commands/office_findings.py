"""The command that writes every applicant's findings."""

from pathlib import Path

import click

from mochocho.app.commands.help import command
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say


@command(
    """เขียนข้อตรวจพบของผู้สมัครทุกราย พร้อมวิธีแก้ เป็นไฟล์ Excel

    FILE.xlsx มีข้อตรวจพบละหนึ่งแถว สำหรับฝ่ายเลขานุการ เอกสารของคณะกรรมการบอกเพียงว่าพบอะไร มีชื่อบุคคล
    ให้เฉพาะผู้เกี่ยวข้อง
    """
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def findings(invocation: Invocation, file: Path) -> None:
    """Write what was found of every applicant, and what mends it.

    FILE.xlsx has a row for each finding, for the office; a committee's papers say only what was found. It
    holds names: hand it to whom it concerns.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from reports.lists import findings_sheet

    note_at_the_command_line(invocation.home, "export", "findings", "mochocho findings")
    count = findings_sheet.write(invocation.home, file)
    say(f"{file}: ข้อตรวจพบ {count} รายการ", f"{file}: {count} findings")


COMMANDS = (findings,)
