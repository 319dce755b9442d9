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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mochocho.files import claim, private_dir, sync_dir, write_file
from sync.openrosa.messages import problem

FIRST = "first"

Kept = tuple[str, str, int]  # name as sent, sha256, size in bytes


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

    def __init__(self, root: Path) -> None:
        self._posts = root / "posts"
        self._unusable = root / "unusable"

    def held(self, instance_id: str) -> dict[tuple[str, str], int]:
        """(name, sha256) -> size of every file that has come for this instance, under whatever name."""
        folder = self._folder(instance_id)
        return {
            (name, sha256): size
            for receipt in _receipts(folder)
            for name, sha256, size in (*receipt["files"], *receipt["unnamed"])
        }

    def accept(self, receipt: Receipt, canonical: str) -> bool:
        """Keep a post; when this returns, it survives a power cut. True when it is the instance's first.

        `canonical` is the digest of the XML's meaning. Raises BadInput submission.conflict when this
        instanceID already means something else; OSError when the disk cannot hold the receipt.
        """
        folder = self._folder(receipt.instance_id)
        new = not folder.exists()
        private_dir(folder)
        for parent in (folder.parent, self._posts):  # another thread may have made them a moment ago
            sync_dir(parent)
        if claim(folder / FIRST, canonical.encode("ascii")) != canonical.encode("ascii"):
            raise problem("submission.conflict")
        content = _plain(receipt)
        if any(_timeless(other) == _timeless(content) for other in _receipts(folder)):
            sync_dir(folder)
        else:
            _write(folder, content)
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


def _write(folder: Path, content: Mapping[str, Any]) -> None:
    encoded = _encode(content)
    write_file(folder / f"{hashlib.sha256(encoded).hexdigest()}.json", encoded)


def _plain(record: Receipt | Unusable) -> dict[str, Any]:
    # Through JSON and back, so that a record compares equal to the one that was read from disk.
    values = asdict(record) | {"received_at": record.received_at.isoformat()}
    plain: dict[str, Any] = json.loads(_encode(values))
    return plain


def _timeless(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "received_at"}


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_encode(content)).hexdigest()


def _encode(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
