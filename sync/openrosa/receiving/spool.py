"""The write side of the spool: small receipts, made durable before a phone is told 201.

    posts/<aa>/<sha256 of the instanceID>/first                the first receipt: what the instanceID means
    posts/<aa>/<sha256 of the instanceID>/<sha256>.json        one receipt a post; the same again adds none
    unusable/<sha256>.json                                     one record a thing that cannot be used

What receipts speak of is in the store before they are named, so whoever reads one finds everything. A folder
without a receipt is a post that was cut off: the phone was told nothing and sends again. `first` only decides
which of several that come at once is taken; each receipt says again what the instanceID means.

Collect sends a whole instance again until it is told 201, so a file may come twice under one name, and after
a repair on the phone with other bytes. Both stand in the receipts; which of them counts, pull decides.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from mochocho.storage.files import claim, draft, private_dir, shelves, sync_dir
from sync.openrosa.messages import problem
from sync.openrosa.receiving.flushers import Flushers

FIRST = "first"
_MEANING = (
    "canonical"  # in receipts: the digest of what the XML means; earlier versions kept it in `first` alone
)
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
        self._shelves: frozenset[str] = frozenset()  # of posts, that are known to be there for good

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
        new = self._make(folder)
        content = _plain(receipt) | {_MEANING: canonical}
        encoded = _encode(content)
        others = [] if new else list(_receipts(folder))
        known = any(_said(other) == _said(content) for other in others)
        if len(others) >= _MOST_RECEIPTS and not known:
            raise problem("instance.too_many_files")
        _compare(canonical, others)
        with draft(self._posts, encoded) as paper:
            paper.flush()
            if not paper.name_too(folder / FIRST):
                _compare(canonical, [_first(folder)])
            self._flushers.together([partial(sync_dir, one) for one in {*settle(), folder.parent}])
            if not known:
                # Whoever reads the receipt finds all it speaks of: it is named after the others survive.
                paper.name(folder / f"{hashlib.sha256(encoded).hexdigest()}.json")
            sync_dir(folder)  # in every case: whoever named them may not have come this far
        return new

    def reject(self, unusable: Unusable) -> None:
        """Record what cannot be used, once: sending it again adds nothing."""
        private_dir(self._unusable)
        content = _plain(unusable)
        path = self._unusable / f"{_digest(_said(content))}.json"
        claim(path, _encode(content))

    def _make(self, folder: Path) -> bool:
        """Make the folder of an instance, which does not survive yet. Returns whether it was not there."""
        if folder.parent.name not in self._shelves:
            self._shelves = shelves(self._posts)
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            return False
        return True

    def _folder(self, instance_id: str) -> Path:
        name = hashlib.sha256(instance_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self._posts / name[:2] / name


def _receipts(folder: Path) -> Iterator[dict[str, Any]]:
    try:
        found = sorted(folder.iterdir())
    except FileNotFoundError:  # nothing has come
        return
    for path in found:
        if path.suffix == ".json":
            yield json.loads(path.read_bytes())


def _compare(canonical: str, receipts: Iterable[Mapping[str, Any]]) -> None:
    if any(receipt.get(_MEANING, canonical) != canonical for receipt in receipts):
        raise problem("submission.conflict")


def _first(folder: Path) -> dict[str, Any]:
    content = (folder / FIRST).read_bytes()
    if not content.startswith(b"{"):  # of an earlier version: the digest alone
        return {_MEANING: content.decode("ascii", "replace")}
    receipt: dict[str, Any] = json.loads(content)
    return receipt


def _plain(record: Receipt | Unusable) -> dict[str, Any]:
    # Through JSON and back, so that a record compares equal to the one that was read from disk.
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    values["received_at"] = record.received_at.isoformat()
    plain: dict[str, Any] = json.loads(_encode(values))
    return plain


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says, whenever it came; the digest of the XML says what the XML means."""
    return {name: value for name, value in content.items() if name not in {"received_at", _MEANING}}


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_encode(content)).hexdigest()


def _encode(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
