"""The embedded endpoint's spool as a source: what phones posted to this machine."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.mirror.writing import erased_ids
from sync.sources.protocol import AttachmentRef, Entry, FetchedSubmission, FetchedVersion, Unusable

_DAMAGED = "ใบรับข้อมูลในเครื่องแม่ข่ายเสียหาย ให้ตรวจดิสก์และกู้คืนจากสำเนาสำรอง แล้วให้โทรศัพท์ส่งชุดนี้อีกครั้ง"


class SpoolSource:
    """A root is one instance, named by its folder: sha256 of its id. An edit is a root of its own.

    Receipts are never changed and are named by their content, so a folder's listing is its fingerprint: an
    index reads names only.
    """

    key = "spool"

    def __init__(self, home: Home) -> None:
        self._store, self._engine = home.store, home.engine
        self._posts = home.spool_dir / "posts"
        self._unusable = home.spool_dir / "unusable"

    def index(self) -> Iterator[Entry]:
        for shelf in _names(self._posts):
            folder = os.path.join(self._posts, shelf)  # noqa: PTH118 - every tick, for every root
            for root_id in _names(folder):
                if receipts := _receipts(os.path.join(folder, root_id)):  # noqa: PTH118
                    yield Entry(root_id, _fingerprint(receipts))

    def unusable(self) -> Iterator[Unusable]:
        for name in _receipts(self._unusable):
            yield _record(self._unusable / name)

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        for root_id in root_ids:
            folder = self._posts / root_id[:2] / root_id
            if receipts := _receipts(folder):
                yield self._submission(folder, receipts)

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        return self._store.open(attachment.locator)

    def _submission(self, folder: Path, receipts: list[str]) -> FetchedSubmission:
        posts, damaged = list[dict[str, Any]](), []
        for name in receipts:
            content = (folder / name).read_bytes()
            if f"{hashlib.sha256(content).hexdigest()}.json" == name:
                posts.append(json.loads(content))
            else:
                damaged.append(Unusable(f"{folder.name}/{name}", "spool.damaged", _DAMAGED, content))
        posts = [post for post in posts if not self._went(post)]
        versions = (self._version(posts),) if posts else ()
        return FetchedSubmission(folder.name, _fingerprint(receipts), versions, tuple(damaged))

    def _went(self, post: dict[str, Any]) -> bool:
        """Whether the form of a post was erased; any other that the store lacks is missed when it is read."""
        if self._store.has(post["xml"]):
            return False
        with reading(self._engine) as session:
            return erased_ids.kept(session).holds(post["instance_id"])

    def _version(self, posts: list[dict[str, Any]]) -> FetchedVersion:
        """All posts of one instance as one: the endpoint accepts only those whose XML means the same."""
        first = min(posts, key=lambda post: (_time(post), post["officer_id"]))
        files = {
            AttachmentRef(name, sha256, sha256, size)
            for post in posts
            for name, sha256, size in (*post["files"], *post["unnamed"])
        }
        return FetchedVersion(
            xml=self._store.read(min(post["xml"] for post in posts)),
            attachments=tuple(sorted(files, key=lambda file: (file.name, file.locator))),
            officer_id=first["officer_id"],
            received_at=_time(first),
        )


def _names(folder: Path | str) -> list[str]:
    """The names in a folder, in order; names with a dot are being written or not ours."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208 - every tick
    except (FileNotFoundError, NotADirectoryError):
        return []


def _receipts(folder: Path | str) -> list[str]:
    return [name for name in _names(folder) if name.endswith(".json")]


def _fingerprint(receipts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(receipts).encode()).hexdigest()


def _time(record: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(record["received_at"])


@lru_cache(maxsize=10_000)  # a record never changes, so no tick needs to read it again
def _record(path: Path) -> Unusable:
    content = path.read_bytes()
    try:
        record = json.loads(content)
        return Unusable(
            key=path.stem,
            code=record["code"],
            message_th=record["message_th"],
            sha256=record["sha256"],
            officer_id=record["officer_id"],
            received_at=_time(record),
        )
    except (ValueError, KeyError, TypeError):
        return Unusable(path.stem, "spool.damaged", _DAMAGED, content)
