"""Commands that speak with phones: serve, pull, officers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.console import end_with, progress_bars, say, warn
from mochocho.app.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from mochocho.app.officer_codes import Showing
    from mochocho.app.officers import Account


@click.command()
@click.option(
    "--host", help="Address to listen on; 127.0.0.1 (this machine alone) unless the settings say otherwise."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to listen on; 8420 unless the settings say otherwise."
)
@pass_invocation
def serve(invocation: Invocation, host: str | None, port: int | None) -> None:
    """Receive what phones send, and work on it as it comes.

    Publishes this cycle's forms, answers ODK Collect, and pulls, registers and assesses in the background,
    until Ctrl-C. Listens on this machine alone unless --host or the settings say otherwise: plain HTTP can be
    read by others on the network.
    """
    from mochocho.app.serve import serve_until_stopped

    endpoint = invocation.settings.endpoint
    serve_until_stopped(invocation.home, host or endpoint.host, port or endpoint.port)


@click.command()
@click.argument("source", nargs=-1)
@click.option(
    "--revalidate",
    is_flag=True,
    help="Compare every file with its server's: a photo may be replaced under the same name.",
)
@click.option(
    "--accept-absence",
    metavar="KEY",
    help="What vanished from this server may go, as many as `mochocho status` tells.",
)
@pass_invocation
def pull(
    invocation: Invocation, source: tuple[str, ...], revalidate: bool, accept_absence: str | None
) -> None:
    """Fetch what phones and servers hold and we have not.

    From every SOURCE, or from those named. A source that cannot be read now keeps no other waiting. What a
    server deleted goes; where very much would go at once, a person is asked first.
    """
    from mochocho.app import pulling
    from mochocho.app.conveyor import run_once
    from mochocho.app.standings import vanished
    from mochocho.errors import Terminal

    home = invocation.home
    known, accepted = pulling.every(home), [accept_absence] if accept_absence else []
    if unknown := [key for key in (*source, *accepted) if key not in known]:
        raise Terminal(f"no source is called {', '.join(unknown)}; the settings have: {', '.join(known)}")
    with progress_bars() as progress:
        report = run_once(
            home,
            progress,
            stages=("pull",),
            only=source or accepted or None,
            asked=pulling.Asked(revalidate, accepted),
        )
    say(f"pulled from {report.done('pull')} sources")
    for line in vanished(home):
        warn(line)
    end_with(report.problems)


@click.group()
def officers() -> None:
    """The people with phones; each has a token, which can be revoked."""


District = click.option(
    "--district",
    "districts",
    multiple=True,
    required=True,
    help="District the officer works in, its Thai name or 4-digit code; repeat for more.",
)
Sealed = click.option(
    "--sealed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Put the QR code on a sheet to fold, close and hand over (PDF); print it, then delete the file.",
)
OnServer = click.option(
    "--server", metavar="KEY", help="Of a server of the settings, instead of the embedded endpoint."
)
Share = click.option(
    "--share",
    is_flag=True,
    help="Of a KoboToolbox: let the officer's own account there send our forms.",
)
AccountName = click.option(
    "--account",
    metavar="NAME",
    help="The officer's account on that KoboToolbox, where `accounts` in the settings does not say it.",
)
Picture = click.option(
    "--picture", is_flag=True, help="Open the QR code in a window, and delete it when it was read."
)


def _showing(sealed: Path | None, picture: bool) -> "Showing":
    from mochocho.app.officer_codes import Showing

    if sealed and picture:
        raise click.UsageError("--sealed or --picture, not both")
    return Showing(sealed, picture)


def _account(share: bool, name: str | None) -> "Account | None":
    from mochocho.app.officers import Account

    if name and not share:
        raise click.UsageError("--account goes with --share")
    return Account(name) if share else None


@officers.command()
@click.argument("name")
@District
@Sealed
@Picture
@OnServer
@Share
@AccountName
@pass_invocation
def add(
    invocation: Invocation,
    name: str,
    districts: tuple[str, ...],
    sealed: Path | None,
    picture: bool,
    server: str | None,
    share: bool,
    account: str | None,
) -> None:
    """Register an officer and show the QR code that sets up ODK Collect.

    The code holds the officer's token: let that officer alone scan it. It is shown here once and kept
    nowhere; `mochocho officers renew` makes another.
    """
    from mochocho.app.officers import add_officer, doubts

    officer_id = add_officer(
        invocation.home, name, districts, _showing(sealed, picture), server, _account(share, account)
    )
    say(f"officer {officer_id}: {name}")
    for doubt in () if server else doubts(invocation.home):
        warn(doubt)


@officers.command()
@click.argument("officer_id", type=int)
@Sealed
@Picture
@OnServer
@Share
@AccountName
@pass_invocation
def renew(
    invocation: Invocation,
    officer_id: int,
    sealed: Path | None,
    picture: bool,
    server: str | None,
    share: bool,
    account: str | None,
) -> None:
    """Give an officer a new token, as for a lost phone or a new address.

    The old one ends at once. On a phone that holds forms not yet sent, the new code is scanned under
    Settings, Project management, Reconfigure with QR code: then they go out with it.
    """
    from mochocho.app.officers import doubts, renew_officer

    renew_officer(invocation.home, officer_id, _showing(sealed, picture), server, _account(share, account))
    say(f"officer {officer_id} has a new code; the old one has ended")
    for doubt in () if server else doubts(invocation.home):
        warn(doubt)


@officers.command()
@click.argument("officer_id", type=int)
@District
@pass_invocation
def move(invocation: Invocation, officer_id: int, districts: tuple[str, ...]) -> None:
    """Give an officer other districts instead; the phone's token stays.

    The phone has their lists at its next download. What was sent stays, and what is still on the phone from
    before is accepted.
    """
    from mochocho.app.officers import move_officer

    say(f"officer {officer_id} now works in {move_officer(invocation.home, officer_id, districts)}")


@officers.command()
@click.argument("officer_id", type=int)
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write, a PDF."
)
@OnServer
@pass_invocation
def sheet(invocation: Invocation, officer_id: int, out: Path, server: str | None) -> None:
    """Write a sheet in Thai that shows how to set up the phone.

    Five steps with pictures, for this officer's districts and this server. It holds no token: any printer and
    any desk will do.
    """
    from mochocho.app.officers import write_sheet

    write_sheet(invocation.home, officer_id, out, server)
    say(f"wrote {out}")


@officers.command("list")
@pass_invocation
def list_(invocation: Invocation) -> None:
    """Every officer: districts, servers, whether the token still works."""
    from mochocho.app.officers import table

    table(invocation.home)


@officers.command()
@click.argument("officer_id", type=int)
@click.option("--server", metavar="KEY", help="On this server alone; without it, everywhere.")
@pass_invocation
def revoke(invocation: Invocation, officer_id: int, server: str | None) -> None:
    """End an officer's token at once; what was sent with it stays."""
    from mochocho.app.officers import revoke_officer

    revoke_officer(invocation.home, officer_id, server)
    say(f"officer {officer_id} can no longer send or read" + (f" on {server}" if server else ""))


COMMANDS = (serve, pull, officers)
