"""`mochocho backup`: saves everything in a home to one file while the home is in use."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from mochocho.app import pulses
from mochocho.app.backup.archive import Listing, Writer
from mochocho.app.backup.contents import contents
from mochocho.app.backup.encryption import encrypted
from mochocho.storage.files import atomic_file
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal
from mochocho.words.progress import ProgressCall
from mochocho.words.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Backup:
    """A written backup. `manifest`: its sha256, which identifies the content;
    `problems`: what was left out.
    """

    rows: int
    files: int
    size: int
    manifest: str
    problems: tuple[Sentence, ...]


def backup(home: Home, target: Path, progress: ProgressCall) -> Backup:
    """Write `target` (0600), whole or not at all, encrypted for the settings' recipients.

    Raises Terminal if the file exists.
    """
    if target.exists():
        raise Terminal(
            f"มี {target} อยู่แล้ว จึงไม่เขียนทับ ให้ใช้ชื่อไฟล์อื่น",
            f"{target} is already there and stays as it is; name another file",
        )
    if not target.parent.is_dir():
        raise Terminal(
            f"ไม่มีโฟลเดอร์ {target.parent} ให้สร้างก่อน หรือใช้โฟลเดอร์อื่น",
            f"{target.parent} is no folder; make it first, or name another",
        )
    begun = datetime.now(UTC)
    problems: list[Sentence] = []
    with Listing() as listing:
        with (
            atomic_file(target) as file,
            encrypted(file, home.settings.backup.recipients) as sink,
        ):
            writer = Writer(sink)
            for member in contents(home, problems, progress):
                writer.add(member)
                listing.add(member)
            listing.close()
            manifest = listing.member()
            writer.add(manifest)
            writer.close()
        with contextlib.suppress(
            SQLAlchemyError, MochochoError
        ):  # the backup is complete, whether or not this can be recorded
            pulses.note(home, pulses.BACKUP, begun)
        return Backup(listing.rows, listing.files, target.stat().st_size, manifest.sha256, tuple(problems))
