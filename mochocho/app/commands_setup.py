"""Commands that begin something: demo, init, forms, doctor."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from mochocho.app.console import out, progress_bars, say, warn
from mochocho.app.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from mochocho.app.demo.run import DemoResult

DEMO_FOLDER = Path("mochocho-demo")


@click.command()
def demo() -> None:
    """Show the whole road on an invented province.

    149 applications and their score sheets are sent as phones send them, checked, scored, and bound into the
    committee's packet, under mochocho-demo/ in this folder. Every person in it is invented.
    """
    from mochocho.app.demo import run

    with progress_bars() as progress:
        result = run.demo(DEMO_FOLDER, progress)
    _table(result)
    say(f"packet: {result.packet}")
    say(f"manifest: {result.manifest}")


def _table(result: "DemoResult") -> None:
    """What the packet presents, in its order: a district a row, the four types, the sum."""
    grid = Table("อำเภอ", box=None, pad_edge=False, footer_style="bold", show_footer=True)
    grid.columns[0].footer = "รวม"
    every = [counts for _, counts in result.presented]
    for number, heading in enumerate(("ผู้นำ", "กลุ่ม", "เครือข่าย", "ชุมชน")):
        grid.add_column(heading, footer=str(sum(counts[number] for counts in every)), justify="right")
    grid.add_column("รวม", footer=str(sum(map(sum, every))), justify="right")
    for district, counts in result.presented:
        grid.add_row(district, *(str(n) for n in counts), str(sum(counts)))
    out.print(grid)
    say(f"{result.blocked} more wait, each with its reasons in the packet")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--province", default="เชียงราย", show_default=True, help="The province, in Thai.")
@click.option("--compose", is_flag=True, help="Write all that Docker Compose needs, with fresh passwords.")
@click.option("--domain", default="", help="With --compose: the name by which phones reach the server.")
def init(folder: Path, province: str, compose: bool, domain: str) -> None:
    """Write a commented mochocho.toml; never overwrites one.

    It goes into FOLDER, this folder by default, and explains every setting in Thai and English. --compose
    makes FOLDER one from which Docker starts PostgreSQL, Redis, workers and the endpoint behind HTTPS.
    """
    from mochocho.app.init import write_compose, write_settings

    if domain and not compose:
        raise click.UsageError("--domain goes with --compose")
    if compose:
        for path in write_compose(folder, province, domain):
            say(f"wrote {path}")
        missing = "" if domain else f"set DOMAIN in {folder / '.env'}, "
        say(f"next: {missing}read the settings, then `docker compose up --detach --build` in {folder}")
        return
    target = write_settings(folder, province)
    say(f"wrote {target}")
    say("next: read it and set what differs, then `mochocho doctor`, then `mochocho serve`")


@click.group()
def forms() -> None:
    """The forms that phones fill."""


@forms.command()
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write into."
)
@pass_invocation
def build(invocation: Invocation, out: Path) -> None:
    """Write this cycle's forms as files for ODK and KoboToolbox.

    OUT/odk/ is for ODK Central, OUT/kobo/ for KoboToolbox. The .xlsx is what staff upload; the .xml is the
    same form as a phone reads it; media stand beside them.
    """
    from mochocho.app.forms import write_forms

    with progress_bars() as progress:
        for path in write_forms(invocation.settings, out, progress):
            say(str(path))
    if missing := invocation.settings.controller.missing:
        warn(
            f"ประกาศความเป็นส่วนตัวในใบสมัครยังไม่บอก: {', '.join(missing)} ให้ตั้งค่าใน [controller] แล้วสร้างแบบฟอร์มใหม่"
        )


@forms.command()
@click.option(
    "--to",
    "names",
    multiple=True,
    required=True,
    metavar="PLACE",
    help="central, kobo or embedded for all of that kind, or the key of one server; repeat for more.",
)
@pass_invocation
def publish(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Offer this cycle's forms to phones, on servers or from here.

    With their lists and media, under the version that they were built with. Publishing again changes nothing.
    What would lose data is refused, before anything is changed on that server: a field that holds answers and
    is not in the form any more, a field of another type, one version with two contents.
    """
    from mochocho.app.publishing import publish as publish_forms

    with progress_bars() as progress:
        for line in publish_forms(invocation.home, names, progress):
            say(line)


@click.command()
@pass_invocation
@click.pass_context
def doctor(ctx: click.Context, invocation: Invocation) -> None:
    """Look for what would stop the work, and say what to do.

    Settings, standards, folders and their modes, database, fonts, disk, clock, port, and whether the address
    in the QR codes lasts, still leads here and is let through. With workers: whether the broker, the shared
    folder and the workers answer, and whether the clocks agree. Changes nothing. Ends with status 1 when
    something must be mended first.
    """
    from mochocho.app.doctor import examine, table

    checks = examine(invocation.config)
    table(checks)
    ctx.exit(int(any(check.state == "fail" for check in checks)))


COMMANDS = (demo, init, forms, doctor)
