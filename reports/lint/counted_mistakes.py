"""How much is to be mended in a meeting's papers. Kept while all that is looked at stays as it was: loading
the checks and running them takes as long as all that a packet with one new resolution is laid out anew for.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mochocho.storage.files import atomic_file, private_dir
from mochocho.storage.home import Home
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.examined_home import examined
from reports.typesetting.program import program_digest, versions

KEPT = "mistakes.json"


@dataclass(frozen=True, slots=True)
class Mistakes:
    """How many errors and warnings the lint tells."""

    errors: int
    warnings: int


def counted(home: Home, meeting: Meeting) -> Mistakes:
    """Of this meeting, as its papers would be made now."""
    looked, kept = examined(home, meeting), home.cache_dir / KEPT
    of = hashlib.sha256(repr((program_digest(), versions(), looked)).encode()).hexdigest()
    for known, errors, warnings in _read(kept):
        if known == of:
            return Mistakes(errors, warnings)
    found = _counted(looked)
    private_dir(home.cache_dir)
    with atomic_file(kept, lasting=False) as file:
        file.write(json.dumps([of, found.errors, found.warnings]).encode())
    return found


def _read(kept: Path) -> Iterator[tuple[str, int, int]]:
    try:
        of, errors, warnings = json.loads(kept.read_bytes())
    except (FileNotFoundError, ValueError):  # or one that was cut off
        return
    yield of, errors, warnings


def _counted(looked: Examined) -> Mistakes:
    from reports.lint.lint_entry import Grave
    from reports.lint.lint_meeting import lint

    graves = [found.entry.grave for found in lint(looked)]
    return Mistakes(graves.count(Grave.ERROR), graves.count(Grave.WARNING))
