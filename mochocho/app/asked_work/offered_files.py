"""Files that somebody handed in until they are taken, and what was found in them: in the cache."""

import hashlib
import re
import time
from pathlib import Path

from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal

KEPT_SECONDS = 2 * 24 * 3600.0  # people answer the same day; the files name applicants


def keep(home: Home, content: bytes, suffix: str) -> str:
    """Keep it; its name. What nobody took in time goes. `suffix`: what its reader tells its kind by."""
    name = hashlib.sha256(content).hexdigest() + suffix
    write_file(tidied(home) / name, content)
    return name


def keep_preview(home: Home, number: int, content: bytes) -> None:
    """Keep what was found in a file by the piece of work of this number."""
    write_file(tidied(home) / f"{number}.preview", content)


def drop_preview(home: Home, number: int) -> None:
    """Take away what was found, if it lies there."""
    (_folder(home) / f"{number}.preview").unlink(missing_ok=True)


def preview_of(home: Home, number: int) -> bytes | None:
    """What was found; None where it is gone."""
    path = _folder(home) / f"{number}.preview"
    return path.read_bytes() if path.is_file() else None


def path_of(home: Home, name: str) -> Path:
    """Raises Terminal where it is gone."""
    path = _folder(home) / name
    if not re.fullmatch(r"[0-9a-f]{64}\.[a-z]{3,4}", name) or not path.is_file():
        raise Terminal("ไม่พบไฟล์ที่แสดงไว้แล้ว ให้ส่งไฟล์อีกครั้ง", "what was shown is gone; hand the file in again")
    return path


def tidied(home: Home) -> Path:
    """The folder, without what nobody took in time."""
    folder = _folder(home)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    return folder


def _folder(home: Home) -> Path:
    return private_dir(private_dir(home.settings.cache_dir) / "offered")
