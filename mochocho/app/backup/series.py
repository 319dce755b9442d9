"""Backups in one folder, named by the time they were begun; only the newest are kept."""

from datetime import UTC, datetime
from pathlib import Path

_NAME = "mochocho-%Y-%m-%dT%H%M%SZ.tar"
ENCRYPTED = ".age"  # what the name of an encrypted one ends with


def next_in(folder: Path, now: datetime, *, encrypted: bool = False) -> Path:
    """The path of a backup that begins now."""
    return folder / (now.astimezone(UTC).strftime(_NAME) + (ENCRYPTED if encrypted else ""))


def prune(folder: Path, keep: int, newest: Path) -> list[Path]:
    """Delete the oldest of a series until `keep` are left; never `newest`, even if a clock was wrong.

    Returns the deleted files. Files with other names are not part of the series and stay.
    """
    others = sorted(path for path in folder.iterdir() if path != newest and _is_of_series(path))
    gone = others[: max(0, len(others) + 1 - keep)]
    for path in gone:
        path.unlink()
    return gone


def _is_of_series(path: Path) -> bool:
    try:
        datetime.strptime(path.name.removesuffix(ENCRYPTED), _NAME).replace(tzinfo=UTC)
    except ValueError:
        return False
    return path.is_file()
