"""The list of what was erased, kept beside the backups: an older one that is restored is erased again.

    {"erased": [[salt, digest], …], "format": "mochocho.erased.1"}

It holds no name and no number: only hashes of random ids and of pseudonyms (`sync.mirror.writing.erased_ids`,
`mochocho.app.erasing.whose.pseudonym`).
"""

import json
from pathlib import Path

from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from processing.decisions.chain import canonical
from sync.mirror.writing import erased_ids
from sync.mirror.writing.erased_ids import ErasedIds

NAME = "mochocho-erased.json"
_FORMAT = "mochocho.erased.1"


def write(home: Home, folder: Path) -> Path | None:
    """Add what this home has erased to the list in `folder`; None where nothing ever was."""
    with reading(home.engine) as session:
        pairs = erased_ids.kept(session).pairs
    target = folder / NAME
    if not pairs and not target.is_file():
        return None
    every = sorted(pairs | (read(target).pairs if target.is_file() else frozenset()))
    write_file(target, f"{canonical({'erased': every, 'format': _FORMAT})}\n".encode())
    return target


def noted_at_once(home: Home) -> Sentence | None:
    """Write it where the settings say that backups lie; what to tell of it, None where they do not say.

    What was erased is erased: where it cannot be noted, only that is told.
    """
    folder = home.settings.backup.folder
    if folder is None:
        return None
    try:
        noted = write(home, folder)
    except (OSError, Terminal):
        return Sentence(
            f"ยังบันทึกรายการที่ลบแล้วลงใน {folder} ไม่ได้ ให้สั่ง `mochocho backup {folder}` เมื่อเขียนได้",
            f"what was erased is not noted in {folder} yet; `mochocho backup {folder}` when it can be",
        )
    return Sentence(f"บันทึกรายการที่ลบแล้วใน {noted}", f"noted what was erased in {noted}")


def read(path: Path) -> ErasedIds:
    """Raises Terminal where it is no such list."""
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != _FORMAT:
            raise ValueError(found["format"])
        return ErasedIds(frozenset((str(salt), str(digest)) for salt, digest in found["erased"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Terminal(
            f"{path}: อ่านรายการที่ลบแล้วไม่ได้ ให้ใช้สำเนาอื่นของไฟล์นี้ เพื่อไม่ให้ข้อมูลที่ลบแล้วกลับมา",
            f"{path}: the list of what was erased cannot be read; take another copy of it",
        ) from error
