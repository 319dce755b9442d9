"""What the office's virus scanner is asked: whether a file that a phone sent may be given out, and whether
one that is handed in may be read.

What is shown is drawn anew by the child and carries nothing on. A file that is held back stays where it is;
one that was handed in and is refused is not kept.
"""

import hashlib
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from mochocho.settings.config import Settings
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, MochochoError, Terminal, Transient
from mochocho.words.sentences import Sentence
from processing.decoding.keeper import environment_of_child

_SECONDS = 120.0  # for one file
_FRESH_SECONDS = 24 * 3600.0  # by then the scanner may know more
_CLEAN, _INFECTED = 0, 1  # how it ends


def held_back(home: Home, sha256: str) -> MochochoError | None:
    """Why this stored file is not given out: Terminal where something was found, Transient where the scanner
    cannot look; None where it may be, or nobody set a scanner.
    """
    command = home.settings.files.scanner
    if not command:
        return None
    ended = _known(home, command, sha256)
    if ended == _CLEAN:
        return None
    if ended == _INFECTED:
        return Terminal(
            "โปรแกรมตรวจไวรัสพบไวรัสในไฟล์นี้ จึงไม่ส่งออก ไฟล์ยังเก็บอยู่ในระบบ ให้ผู้ส่งส่งใหม่จากเครื่องที่สะอาด",
            "the virus scanner found something in this file, which is kept and not given out",
        )
    return Transient(
        "ตรวจไวรัสในไฟล์นี้ไม่ได้ จึงยังไม่ส่งออก ให้ผู้ดูแลระบบดูโปรแกรมตรวจไวรัส ([files] scanner) แล้วลองอีกครั้ง",
        "the virus scanner ([files] scanner) cannot look into this file, so it is not given out yet",
    )


def refuse_infected(settings: Settings, path: Path, name: str = "") -> None:
    """Raise where this file, which somebody hands in, may not be taken: BadInput where something was found,
    Transient where the scanner cannot look. Nothing where nobody set one; of a file that is not there its
    reader tells. `name`: what it is called where one of several is meant.
    """
    if not settings.files.scanner or not path.is_file():
        return
    ended = _asked(settings.files.scanner, path)
    file = Sentence(f"ไฟล์ {name}", f"the file {name}") if name else Sentence("ไฟล์นี้", "this file")
    if ended == _INFECTED:
        raise BadInput(
            "file.infected",
            f"โปรแกรมตรวจไวรัสพบไวรัสใน{file.th} จึงไม่รับและไม่ได้เก็บไว้ ให้ตรวจเครื่องที่ไฟล์มาจาก แล้วส่งไฟล์ที่สะอาด",
            f"the virus scanner found something in {file.en}, which is not taken and not kept; look to the "
            "machine that it came from and hand in a clean file",
        )
    if ended != _CLEAN:
        raise Transient(
            f"ตรวจไวรัสใน{file.th}ไม่ได้ จึงยังไม่รับและไม่ได้เก็บไว้ "
            "ให้ผู้ดูแลระบบดูโปรแกรมตรวจไวรัส ([files] scanner) แล้วส่งอีกครั้ง",
            f"the virus scanner ([files] scanner) cannot look into {file.en}, so it is not taken yet and not "
            "kept; see to the scanner and hand it in again",
        )


def _known(home: Home, command: Sequence[str], sha256: str) -> int | None:
    """How the scanner ended, or has within a day; None = it could not look."""
    words = hashlib.sha256("\0".join(command).encode()).hexdigest()[:16]
    kept = private_dir(private_dir(home.cache_dir) / f"scanned {words}") / sha256
    if kept.is_file() and time.time() - kept.stat().st_mtime < _FRESH_SECONDS:
        return int(kept.read_bytes())
    ended = _asked(command, home.store.path(sha256))
    if ended in (_CLEAN, _INFECTED):
        write_file(kept, str(ended).encode())
        return ended
    return None


def _asked(command: Sequence[str], path: Path) -> int | None:
    try:
        return subprocess.run(  # noqa: S603 - the operator's own command
            [*command, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment_of_child(),
            timeout=_SECONDS,
            check=False,
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return None
