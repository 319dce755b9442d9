"""Turns what a source gave into what a transaction can write: read, checked, files in the store."""

import errno
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from mochocho.storage.files import Store, sync_dir
from mochocho.words.errors import BadInput, Transient, reason
from sync.mirror.prepared import File, Prepared, Ready
from sync.mirror.quarantine import Held
from sync.pull.journal import Journal
from sync.sources.protocol import AttachmentRef, FetchedSubmission, FetchedVersion, Source, Unusable
from sync.xform.filenames import matched
from sync.xform.parse import Instance
from sync.xform.reader import Reader

_OUR_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Preparer:
    """Reads what one source gives. `journal`: for a server, the files of it that were stored before."""

    store: Store
    source: Source
    reader: Reader
    journal: Journal | None = None

    def prepare(self, fetched: FetchedSubmission) -> Ready:
        """Read one root; unusable parts are quarantined. Raises Transient when our own disk is full."""
        ready = Ready(fetched.root_id, fetched.fingerprint, fetched.current_id)
        ready.held += [held_from(self.store, unusable) for unusable in fetched.unusable]
        for version in fetched.versions:
            xml_sha256 = _keep(self.store, version.xml)
            key = _key(fetched, xml_sha256)
            try:
                item = self._read(fetched, version, ready)
            except BadInput as error:
                ready.held.append(
                    Held(
                        key, error.code, error.message_th, xml_sha256, version.officer_id, version.received_at
                    )
                )
            else:
                ready.items.append((key, item))
        return ready

    def _read(self, fetched: FetchedSubmission, version: FetchedVersion, ready: Ready) -> Prepared:
        instance = self.reader.read(version.xml, version.form)
        if instance.finalised is False and not version.sent:
            raise BadInput(
                "instance.draft",
                "แบบฟอร์มนี้ยังเป็นฉบับร่าง ให้เปิดในโทรศัพท์ กรอกให้ครบ กดเสร็จสิ้น (Finalize) แล้วคัดลอกมาใหม่",
                "the form is a draft; have it opened on the phone, filled in and finalised, and copied again",
            )
        files = []
        refs = _named(version, instance)
        for ref in refs:
            file = self._store_file(fetched, ref)
            if file is not None:
                files.append(file)
                continue
            ready.read_whole = False
            ready.held.append(_unreadable(ready.root_id, ref, version))
        return Prepared(
            source=self.source.key,
            form_id=instance.form_id,
            form_version=instance.version,
            instance_id=instance.instance_id,
            deprecated_id=instance.deprecated_id,
            xml_sha256=hashlib.sha256(version.xml).hexdigest(),
            answers_sha256=instance.answers_sha256,
            entities=instance.entities,
            file_names=instance.file_names,
            files=tuple(files),
            officer_id=version.officer_id,
            received_at=version.received_at,
            server_root=fetched.server_root,
            lacking=_lacking(fetched, refs, instance),
            unknown_fields=self.reader.unknown_fields(instance),
            not_offered=self.reader.not_offered(instance),
        )

    def _store_file(self, fetched: FetchedSubmission, ref: AttachmentRef) -> File | None:
        """Stream one file into the store; None when the source cannot give it.

        Raises Transient when our own disk is full.
        """
        if ref.sha256 is not None and self.store.has(ref.sha256):
            return File(ref.name, ref.sha256, ref.size or 0)
        stored = self.journal.find(fetched, ref) if self.journal else None
        if stored is not None and self.store.has(stored[0]):
            return File(ref.name, *stored)

        def note(sha256: str, size: int) -> None:
            if self.journal is not None:
                self.journal.note(fetched, ref, sha256, size)

        try:
            with self.source.open(ref) as stream, _full_is_transient():
                return File(ref.name, *self.store.put_stream(stream, note))
        except OSError:
            return None


def held_from(store: Store, item: Unusable) -> Held:
    """A quarantine entry for what a source cannot use, its bytes in the store."""
    sha256 = item.sha256 if item.content is None else _keep(store, item.content)
    return Held(item.key, item.code, item.message_th, sha256, item.officer_id, item.received_at)


def _named(version: FetchedVersion, instance: Instance) -> list[AttachmentRef]:
    """The files that the instance names, under the instance's names."""
    if not version.attachments:
        return []
    means = matched({ref.name: () for ref in version.attachments}, instance.file_names)
    return [replace(ref, name=means[ref.name]) for ref in version.attachments if ref.name in means]


def _lacking(
    fetched: FetchedSubmission, refs: Sequence[AttachmentRef], instance: Instance
) -> frozenset[str] | None:
    if fetched.current_id != instance.instance_id:
        return None
    return frozenset(instance.file_names) - {ref.name for ref in refs}


def _key(fetched: FetchedSubmission, xml_sha256: str) -> str:
    is_only = len(fetched.versions) + fetched.former == 1
    return fetched.root_id if is_only else f"{fetched.root_id}#{xml_sha256[:16]}"


def _keep(store: Store, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    if not store.has(sha256):
        with _full_is_transient():
            return store.put(content)
    sync_dir(store.path(sha256).parent)  # another process may just have put it there
    return sha256


def _unreadable(root_id: str, ref: AttachmentRef, version: FetchedVersion) -> Held:
    return Held(
        key=f"{root_id}/{ref.name}",
        code="file.unreadable",
        message_th=f"เปิดอ่านไฟล์ {ref.name} ไม่ได้ ระบบจะลองใหม่เอง หากยังอ่านไม่ได้ให้คัดลอกหรือส่งไฟล์นี้ใหม่",
        officer_id=version.officer_id,
        received_at=version.received_at,
    )


@contextmanager
def _full_is_transient() -> Iterator[None]:
    """Turns a full disk of ours into Transient, unlike faults of the file being read."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OUR_DISK:
            raise
        why = reason(error)
        raise Transient(
            f"เขียนลงที่เก็บไฟล์ไม่ได้ ({why.th}) ให้เพิ่มที่ว่างในดิสก์",
            f"the store cannot be written to: {why.en}; free some space",
        ) from error
