"""Commands that speak with phones: serve, pull, officers."""

import click

from mochocho.app.console import end_with, out, progress_bars, say, warn
from mochocho.app.invocation import Invocation, pass_invocation


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
@pass_invocation
def pull(invocation: Invocation, source: tuple[str, ...]) -> None:
    """Fetch what phones and servers hold and we have not.

    From every SOURCE, or from those named. A source that cannot be read now keeps no other waiting.
    """
    from mochocho.app.conveyor import run_once
    from mochocho.errors import Terminal
    from sync.sources.registry import sources

    known = [s.key for s in sources(invocation.home)]
    if unknown := [key for key in source if key not in known]:
        raise Terminal(f"no source is called {', '.join(unknown)}; the settings have: {', '.join(known)}")
    with progress_bars() as progress:
        report = run_once(invocation.home, progress, stages=("pull",), only=source or None)
    say(f"pulled from {report.done('pull')} sources")
    end_with(report.problems)


@click.group()
def officers() -> None:
    """The people with phones; each has a token, which can be revoked."""


@officers.command()
@click.argument("name")
@click.option(
    "--district",
    "districts",
    multiple=True,
    required=True,
    help="District the officer works in, its Thai name or 4-digit code; repeat for more.",
)
@pass_invocation
def add(invocation: Invocation, name: str, districts: tuple[str, ...]) -> None:
    """Register an officer and make the QR code that sets up ODK Collect.

    The code holds the officer's token: show it to that officer alone, and delete the file once it was read.
    """
    from mochocho.app.officers import add_officer

    added = add_officer(invocation.home, name, districts)
    out.print(added.terminal, no_wrap=True, crop=False)
    say(f"officer {added.officer_id}: {name}")
    say(f"QR code: {added.png}")
    if not added.reachable:
        warn(f"phones cannot reach {added.server}: set endpoint.public_url, revoke this one, add it again")


@officers.command("list")
@pass_invocation
def list_(invocation: Invocation) -> None:
    """Every officer, with districts and whether the token still works."""
    from mochocho.app.officers import table

    table(invocation.home)


@officers.command()
@click.argument("officer_id", type=int)
@pass_invocation
def revoke(invocation: Invocation, officer_id: int) -> None:
    """End an officer's token at once; what was sent with it stays."""
    from sync.openrosa import officers as register

    register.revoke(invocation.home, officer_id)
    say(f"officer {officer_id} can no longer send or read")


COMMANDS = (serve, pull, officers)
