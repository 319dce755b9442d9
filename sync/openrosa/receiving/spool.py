"""Writing the spool: small receipts, made durable before a phone is answered 201.

    posts/<aa>/<sha256 of the instanceID>/first                the first receipt: what the instanceID means
    posts/<aa>/<sha256 of the instanceID>/<sha256>.json        one receipt per post; the same again adds none
    unusable/<sha256>.json                                     one record per unusable item

The files that a receipt names are in the store before the receipt has its name, so every reader of a receipt
finds everything. A folder without a receipt is a post that was cut off: the phone got no answer and sends
again. `first` only decides which of several simultaneous posts is accepted; each receipt repeats what the
instanceID means.

Collect sends a whole instance again until it gets 201, so a file may come twice under one name, and after a
repair on the phone with other bytes. Both are in the receipts; pulling decides which counts.
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
    "canonical"  # in receipts: the digest of the XML's meaning; earlier versions stored it only in `first`
)
_MOST_RECEIPTS = 1000  # of one instance; each post of it reads them all

Kept = tuple[str, str, int]  # name as sent, sha256, size in bytes
MoveIn = Callable[[], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One post of an instance. `files`: those that the instance names exactly, `unnamed`: any others."""

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
    """Something that cannot be used.

    `sha256`: of the XML, else of the whole body; None when nothing was stored.
    """

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
        self._shelves: frozenset[str] = frozenset()  # known to exist on disk

    def held(self, instance_id: str) -> dict[tuple[str, str], int]:
        """(name, sha256) -> size of every file that has come for this instance, under whatever name."""
        folder = self._folder(instance_id)
        return {
            (name, sha256): size
            for receipt in _receipts(folder)
            for name, sha256, size in (*receipt["files"], *receipt["unnamed"])
        }

    def accept(self, receipt: Receipt, canonical: str, move_in: MoveIn = set) -> bool:
        """Store a post; when this returns, it survives a power cut. True when it is the instance's first.

        `canonical`: the digest of the XML's meaning. `move_in` names the receipt's files in the store, and
        returns the folders to sync. Raises BadInput submission.conflict when this instanceID already means
        something else, instance.too_many_files when it has too many receipts; OSError when the disk cannot
        hold the receipt.
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
            self._flushers.together([partial(sync_dir, one) for one in {*move_in(), folder.parent}])
            if not known:
                # The receipt gets its name after its files are durable, so that its readers find them all.
                paper.name(folder / f"{hashlib.sha256(encoded).hexdigest()}.json")
            sync_dir(folder)  # always: a process that named them may have been killed before this
        return new

    def reject(self, unusable: Unusable) -> None:
        """Record an unusable item once: sending it again adds nothing."""
        private_dir(self._unusable)
        content = _plain(unusable)
        path = self._unusable / f"{_digest(_said(content))}.json"
        claim(path, _encode(content))

    def _make(self, folder: Path) -> bool:
        """Make an instance's folder, which is not durable yet. Returns whether it was missing."""
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
    if not content.startswith(b"{"):  # of an earlier version: only the digest
        return {_MEANING: content.decode("ascii", "replace")}
    receipt: dict[str, Any] = json.loads(content)
    return receipt


def _plain(record: Receipt | Unusable) -> dict[str, Any]:
    # Through JSON and back, so that a record compares equal to one read from disk.
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    values["received_at"] = record.received_at.isoformat()
    plain: dict[str, Any] = json.loads(_encode(values))
    return plain


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    """A record's content without the time it came; the XML is represented by the digest of its meaning."""
    return {name: value for name, value in content.items() if name not in {"received_at", _MEANING}}


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_encode(content)).hexdigest()


def _encode(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
