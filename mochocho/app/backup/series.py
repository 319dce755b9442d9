"""Backups in one folder, named by when they were begun: the newest of them are kept."""

from datetime import UTC, datetime
from pathlib import Path

_NAME = "mochocho-%Y-%m-%dT%H%M%SZ.tar"


def next_in(folder: Path, now: datetime) -> Path:
    """The file of a backup that begins now."""
    return folder / now.astimezone(UTC).strftime(_NAME)


def prune(folder: Path, keep: int, newest: Path) -> list[Path]:
    """Delete the oldest of a series until `keep` are left; never `newest`, whatever a clock once said.

    Returns what went. A file that is named in another way is nobody's of the series, and stays.
    """
    others = sorted(path for path in folder.iterdir() if path != newest and _is_of_series(path))
    gone = others[: max(0, len(others) + 1 - keep)]
    for path in gone:
        path.unlink()
    return gone


def _is_of_series(path: Path) -> bool:
    try:
        datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return False
    return path.is_file()
