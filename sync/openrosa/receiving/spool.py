"""The write side of the spool: small receipts, made durable before a phone is told 201.

    posts/<aa>/<sha256 of the instanceID>/first                names the XML this instanceID means, for good
    posts/<aa>/<sha256 of the instanceID>/<sha256>.json        one receipt a post; the same again adds none
    unusable/<sha256>.json                                     one record a thing that cannot be used

What receipts speak of is in the store before they are written, so whoever reads one finds everything. A
folder with `first` and no receipt is a post that was cut off: the phone was told nothing and sends again.

Collect sends a whole instance again until it is told 201, so a file may come twice under one name, and after
a repair on the phone with other bytes. Both stand in the receipts; which of them counts, pull decides.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from mochocho.storage.files import claim, draft, name_once, private_dir, sync_dir
from sync.openrosa.messages import problem
from sync.openrosa.receiving.flushers import Flushers

FIRST = "first"
_MOST_RECEIPTS = 1000  # of one instance; each post of it reads them all

Kept = tuple[str, str, int]  # name as sent, sha256, size in bytes
Settle = Callable[[], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One post of an instance. `files` are those the instance names exactly, `unnamed` whatever else came."""

    form_id: str
    form_version: str
    instance_id: str
    deprecated_id: str | None
    xml: str  # sha256
    files: tuple[Kept, ...]
    unnamed: tuple[Kept, ...]
    officer_id: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that cannot be used. `sha256`: the XML, else the whole body; None when nothing was kept."""

    code: str
    message_th: str
    sha256: str | None
    files: tuple[Kept, ...]
    officer_id: int
    received_at: datetime


class Spool:
    """The spool in one folder; safe for any number of threads and processes."""

    def __init__(self, root: Path, flushers: Flushers | None = None) -> None:
        self._posts = root / "posts"
        self._unusable = root / "unusable"
        self._flushers = flushers or Flushers()

    def held(self, instance_id: str) -> dict[tuple[str, str], int]:
        """(name, sha256) -> size of every file that has come for this instance, under whatever name."""
        folder = self._folder(instance_id)
        return {
            (name, sha256): size
            for receipt in _receipts(folder)
            for name, sha256, size in (*receipt["files"], *receipt["unnamed"])
        }

    def accept(self, receipt: Receipt, canonical: str, settle: Settle = set) -> bool:
        """Keep a post; when this returns, it survives a power cut. True when it is the instance's first.

        `canonical` is the digest of the XML's meaning. `settle` gives what the receipt speaks of its names in
        the store, and returns the folders to sync. Raises BadInput submission.conflict when this instanceID
        already means something else, instance.too_many_files when it came in too many ways; OSError when the
        disk cannot hold the receipt.
        """
        folder = self._folder(receipt.instance_id)
        new = not folder.exists()
        for one in (private_dir(self._posts) / folder.parent.name, folder):
            one.mkdir(mode=0o700, exist_ok=True)
        content, meaning = _plain(receipt), canonical.encode("ascii")
        encoded = _encode(content)
        others = list(_receipts(folder))
        known = any(_timeless(other) == _timeless(content) for other in others)
        if len(others) >= _MOST_RECEIPTS and not known:
            raise problem("instance.too_many_files")
        with draft(self._posts, meaning) as first, draft(self._posts, encoded) as paper:
            self._flushers.together((first.flush, paper.flush))
            name_once(first.path, folder / FIRST)
            if (folder / FIRST).read_bytes() != meaning:
                raise problem("submission.conflict")
            # All of them, also what another thread made a moment ago: it may not have come this far.
            changed = {*settle(), self._posts, folder.parent, folder}
            self._flushers.together(partial(sync_dir, one) for one in changed)
            if not known:
                # Whoever reads the receipt finds all it speaks of: it is named after the others survive.
                os.replace(paper.path, folder / f"{hashlib.sha256(encoded).hexdigest()}.json")  # noqa: PTH105
                sync_dir(folder)
        return new

    def reject(self, unusable: Unusable) -> None:
        """Record what cannot be used, once: sending it again adds nothing."""
        private_dir(self._unusable)
        content = _plain(unusable)
        path = self._unusable / f"{_digest(_timeless(content))}.json"
        claim(path, _encode(content))

    def _folder(self, instance_id: str) -> Path:
        name = hashlib.sha256(instance_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self._posts / name[:2] / name


def _receipts(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("[0-9a-f]*.json")):
        yield json.loads(path.read_bytes())


def _plain(record: Receipt | Unusable) -> dict[str, Any]:
    # Through JSON and back, so that a record compares equal to the one that was read from disk.
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    values["received_at"] = record.received_at.isoformat()
    plain: dict[str, Any] = json.loads(_encode(values))
    return plain


def _timeless(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "received_at"}


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_encode(content)).hexdigest()


def _encode(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
