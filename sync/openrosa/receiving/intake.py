"""Handles one post: stores and checks it, then writes a receipt, or a record of why it cannot be used."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import BinaryIO

from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from sync.openrosa.messages import problem
from sync.openrosa.receiving.flushers import Flushers
from sync.openrosa.receiving.parcel import Parcel, parcel
from sync.openrosa.receiving.quota import Quota
from sync.openrosa.receiving.spool import Kept, Receipt, Spool, Unusable
from sync.openrosa.receiving.upload import Part, Upload, receive
from sync.tables import PublishedForm
from sync.xform.binds import Binds, parse_binds
from sync.xform.parse import Instance, parse_published


def _every_form(_instance: Instance) -> None:
    """A phone may send whatever it has."""


@dataclass(frozen=True, slots=True)
class Post:
    """One POST as it came. `body` can be read again from its start.

    `let_in` raises BadInput for what its sender may not send.
    """

    officer_id: int
    body: BinaryIO
    size: int  # bytes
    content_type: str
    received_at: datetime
    let_in: Callable[[Instance], None] = _every_form


@dataclass(frozen=True, slots=True)
class Taken:
    """A stored post: whether it is the first of its instance, and whether more follow."""

    new: bool
    incomplete: bool


class Intake:
    """Receives posts. Writes the store and the spool, never the database."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._limits = home.settings.endpoint
        self._flushers = Flushers()
        self._spool = Spool(home.spool_dir, self._flushers)
        self._quota = Quota(self._limits.max_officer_day_mb << 20)
        # A published version never changes; for an unpublished one this raises, and nothing is cached.
        self._binds = lru_cache(maxsize=64)(partial(_published, home))

    def take(self, post: Post) -> Taken:
        """Store one post; when this returns, it survives a power cut.

        Raises BadInput with what to tell the officer, after recording the post as unusable; OSError when the
        disk cannot hold it.
        """
        try:
            self._quota.charge(post.officer_id, post.size, post.received_at)
        except BadInput as error:
            self._reject(post, error, None, ())
            raise
        with parcel(self._home.store, self._flushers) as files:
            upload = self._receive(post, files)
            try:
                return self._accept(post, upload, files)
            except BadInput as error:
                files.keep()
                self._reject(post, error, upload.xml.sha256, _kept(upload.files))
                raise

    def _receive(self, post: Post, files: Parcel) -> Upload:
        try:
            return receive(post.body, post.content_type, files.add, self._limits.max_instance_files)
        except BadInput as error:
            post.body.seek(0)
            sha256, _ = self._home.store.put_stream(post.body)
            self._reject(post, error, sha256, ())
            raise

    def _accept(self, post: Post, upload: Upload, files: Parcel) -> Taken:
        instance = parse_published(upload.content, self._binds)
        post.let_in(instance)
        receipt = _receipt(post, upload, instance)
        self._check_size(receipt)
        new = self._spool.accept(receipt, instance.canonical_sha256, files.move_in)
        return Taken(new, upload.incomplete)

    def _check_size(self, receipt: Receipt) -> None:
        held = self._spool.held(receipt.instance_id)
        held |= {(name, sha256): size for name, sha256, size in (*receipt.files, *receipt.unnamed)}
        if len(held) > self._limits.max_instance_files:
            raise problem("instance.too_many_files")
        if sum(held.values()) > self._limits.max_instance_mb << 20:
            raise problem("instance.too_large")

    def _reject(self, post: Post, error: BadInput, sha256: str | None, files: tuple[Kept, ...]) -> None:
        unusable = Unusable(error.code, error.message_th, sha256, files, post.officer_id, post.received_at)
        self._spool.reject(unusable)


def _published(home: Home, form_id: str, version: str) -> Binds:
    """The binds of a published form. Raises BadInput form.unknown, form.version_unknown."""
    known = select(PublishedForm.version, PublishedForm.xform_sha256)
    with reading(home.engine) as session:
        rows = session.execute(known.where(PublishedForm.form_id == form_id))
        xforms = {row.version: row.xform_sha256 for row in rows}
    if not xforms:
        raise problem("form.unknown")
    if version not in xforms:
        raise problem("form.version_unknown")
    return parse_binds(home.store.read(xforms[version]))


def _receipt(post: Post, upload: Upload, instance: Instance) -> Receipt:
    called = frozenset(instance.file_names)
    named: list[Kept] = []
    unnamed: list[Kept] = []
    for part in upload.files:
        name = next((name for name in part.names if name in called), None)
        if name is None:
            unnamed += _kept([part])
        else:
            named.append((name, part.sha256, part.size))
    return Receipt(
        form_id=instance.form_id,
        form_version=instance.version,
        instance_id=instance.instance_id,
        deprecated_id=instance.deprecated_id,
        xml=upload.xml.sha256,
        files=tuple(sorted(set(named))),
        unnamed=tuple(sorted(set(unnamed))),
        officer_id=post.officer_id,
        received_at=post.received_at,
    )


def _kept(parts: Iterable[Part]) -> tuple[Kept, ...]:
    return tuple(sorted({(next(iter(part.names), ""), part.sha256, part.size) for part in parts}))
