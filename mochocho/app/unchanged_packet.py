"""What `mochocho packet` said last, to be said again while neither the packet nor what it rests on changed.

To load what makes a packet takes longer than to see that none is to be made. So this asks only what is cheap:
one question to the database, and the bytes of files. It never decides what is due: wherever anything is not
as it was, or cannot be known so cheaply, the command goes its whole way (docs/architecture.md).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.app.terminal.console import Line
from mochocho.settings.config import Settings
from mochocho.storage.files import Store, sha256_of, write_file
from mochocho.storage.light_question import asked
from reports.typesetting.program import program_digest, versions

if TYPE_CHECKING:
    from mochocho.storage.home import Home

FONTS = Path(__file__).resolve().parents[1] / "fonts"
KEPT = "unchanged.json"
STAGE = "packet said"  # its row stands beside those of stages that have nothing to do
# Rows that are written without advancing the revision are asked for by themselves.
QUESTION = f"""
    SELECT revision.number,
        (SELECT version_num FROM alembic_version),
        (SELECT MAX(number) FROM released_packet),
        (SELECT COUNT(*) FROM work WHERE stage = 'assess'),
        quiet.revision, quiet.rules
    FROM revision LEFT JOIN quiet ON quiet.stage = '{STAGE}'
"""  # noqa: S608 - a constant


class Unchanged:
    """What the answer rests on, as it was when this was made: before anything was compared or made."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept = settings.cache_dir / KEPT
        row = None if settings.servers else asked(settings.url, QUESTION)  # servers are always asked
        self.revision, *others = row[:4] if row else (None, None, None, 1)
        self._noted = row[4:] if row else ()
        self._known = others[-1] == 0  # what failed is tried again, whatever is in the tables
        self._basis = ""
        if self._known:
            self._basis = _digest((program_digest(), versions(), list(_settings(settings)), others))

    def said(self) -> Sequence[Line] | None:
        """The lines that were said, where they would be said again."""
        try:
            content = self._kept.read_bytes()
        except FileNotFoundError:
            return None
        if not self._known or self._noted != (self.revision, hashlib.sha256(content).hexdigest()):
            return None
        kept = json.loads(content)
        lies = kept["basis"] == self._basis and self._lies_whole(kept["files"], kept["shown"], kept["absent"])
        said: Sequence[Line] = kept["said"]
        return said if lies else None

    def note(self, home: "Home", said: Iterable[Line]) -> None:
        """Remember what was said of the packet that was just made, or found whole, in the home's folder."""
        from mochocho.app.tables import NothingDueRow
        from mochocho.storage.db import transaction
        from processing.assessment import assess
        from reports.packet import needed_sheets

        laid_out = needed_sheets.planned(home)
        if not self._known or laid_out is None or laid_out.unmade or not assess.all_measured(home):
            return
        shown = [*needed_sheets.material(home, laid_out).attachments(), *needed_sheets.annexes(laid_out)]
        content = json.dumps(
            {
                "basis": self._basis,
                "files": needed_sheets.made_sums(home),
                "shown": [one for one in shown if home.store.has(one)],
                "absent": [one for one in shown if not home.store.has(one)],
                "said": list(said),
            }
        ).encode()
        write_file(self._kept, content)
        row = NothingDueRow(stage=STAGE, revision=self.revision, rules=hashlib.sha256(content).hexdigest())
        with transaction(home.engine, counted=False) as session:
            session.merge(row)

    def _lies_whole(self, files: dict[str, str], shown: Iterable[str], absent: Iterable[str]) -> bool:
        store = Store(self._settings.store_dir)
        try:
            return (
                all(sha256_of(self._settings.packet_dir / name) == sum_ for name, sum_ in files.items())
                and all(map(store.has, shown))
                and not any(map(store.has, absent))
            )
        except OSError:
            return False


def _settings(settings: Settings) -> Iterator[str]:
    """The settings, and each file that they name, or that papers are set in."""
    yield settings.model_dump_json()
    papers = settings.papers
    folders = [folder for folder in (FONTS, FONTS / "beside", papers.font_dir) if folder]
    named = [path for path in (Path(settings.pack), papers.emblem) if path]
    for path in (*named, *(file for folder in folders for file in sorted(folder.glob("*")))):
        if path.is_file():
            yield f"{path.name} {sha256_of(path)}"


def _digest(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
