"""Commands that keep a home: backup, restore."""

from datetime import UTC, datetime
from pathlib import Path

import click

from mochocho.app.console import progress_bars, say, warn
from mochocho.app.invocation import Invocation, pass_invocation


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(1, 1000),
    help="Of the backups in the folder that FILE names, delete all but so many of the newest afterwards.",
)
@pass_invocation
def backup(invocation: Invocation, file: Path, keep: int | None) -> None:
    """Write everything that is kept into one FILE.

    Database, store, spool and packet. Nothing has to be stopped, and whatever was received when this began is
    in it. The file is a tar with a manifest of every part's sha256. It holds personal data and is its owner's
    alone. The settings file is not in it: keep that, and standards of your own, beside it.

    Where FILE is a folder, the file in it is named by the moment.
    """
    from mochocho.app.backup.make import backup as write
    from mochocho.app.backup.series import next_in, prune
    from mochocho.errors import Terminal

    if keep is not None and not file.is_dir():
        raise click.UsageError("--keep goes with a folder: name one that is there")
    if file.is_dir():
        file = next_in(file, datetime.now(UTC))
    with progress_bars() as progress:
        made = write(invocation.home, file, progress)
    say(f"wrote {file}: {made.rows} rows, {made.files} files, {made.size / (1 << 20):.1f} MB")
    say(f"manifest sha256: {made.manifest}")
    for problem in made.problems:
        warn(problem)
    if made.problems:
        raise Terminal(
            f"{len(made.problems)} things are missing or damaged in this home; all else is in {file}"
        )
    if keep is not None:
        for path in prune(file.parent, keep, newest=file):
            say(f"deleted {path}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def restore(invocation: Invocation, file: Path) -> None:
    """Fill an empty home from a backup.

    The settings say where it goes: `home`, with SQLite or the PostgreSQL of `database_url`; a backup of one
    fits the other. Every part of FILE is verified before anything is written, and the home is compared with
    it at the end. A restore that was cut off is finished by the same command.
    """
    from mochocho.app.backup.restore import restore as fill

    with progress_bars() as progress:
        done = fill(invocation.home, file, progress)
    say(f"restored {file} into {invocation.settings.home}: {done.rows} rows, {done.files} files, compared")
    say(f"manifest sha256: {done.manifest}")


COMMANDS = (backup, restore)
