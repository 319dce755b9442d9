"""The files of a submission on Central: which there are, and which of them equal ours."""

import hashlib
from collections.abc import Collection, Iterable
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any, BinaryIO

from lxml import etree

from mochocho.storage.files import CHUNK, Store
from mochocho.words.errors import Transient, reason
from sync.central.api import Central, of
from sync.central.feed import Row
from sync.mirror.already_here import Known
from sync.sources.protocol import AttachmentRef, HeldRoot
from sync.web.bodies import md5_of
from sync.web.client import Reply

_STORAGE = 307  # the file is in object storage, which says no MD5
_NOT_THERE = 404


class Files:
    """Names, locations and MD5s of files; the caller reads the bytes."""

    def __init__(self, central: Central, store: Store) -> None:
        self._central = central
        self._store = store

    def of_version(
        self, row: Row, instance_id: str, root: etree._Element | None, held: Known | None, beside: Executor
    ) -> Iterable[AttachmentRef]:
        """The files of one version, whose XML is `root`; each that we already hold is marked so.

        Those that may be ours are asked for at once, each in a thread of its own; whoever iterates waits for
        the answers.
        """
        if not row.expected:
            return ()
        path = f"{row.path}{of('versions', instance_id, 'attachments')}"
        refs = {name: AttachmentRef(name, f"{path}/{name}") for name in sorted(self._names(row, path, root))}
        ours = {name: held.files[name] for name in refs if name in held.files} if held else {}
        compared = beside.map(self._compared, [refs[name] for name in ours], ours.values())
        return (next(compared) if name in ours else ref for name, ref in refs.items())

    def differ(self, held: HeldRoot) -> bool:
        """Whether a file there differs from ours. Raises Transient when that cannot be determined."""
        form_id, _, uuid = held.root_id.partition("/")
        path = of("forms", form_id, "submissions", f"uuid:{uuid}", "attachments")
        return any(self._differs(f"{path}{of(name)}", *file) for name, file in held.files.items())

    def stream(self, attachment: AttachmentRef) -> BinaryIO:
        return self._central.stream(_escaped(attachment))

    def _names(self, row: Row, path: str, root: etree._Element | None) -> Collection[str]:
        """The names of the files of a version.

        If all have arrived, the names are in the XML, among others that are not files and are ignored by the
        reader of the form. Otherwise Central lists those that have arrived.
        """
        if row.present == row.expected:
            return set() if root is None else _leaves(root)
        listed = self._central.json("GET", path)
        return {file["name"] for file in listed if file["exists"]}

    def _compared(self, ref: AttachmentRef, held: tuple[str, int]) -> AttachmentRef:
        """A file that the root already had under this name is not
        fetched while its MD5 is still that of ours.
        """
        head = self._head(_escaped(ref))
        same = head.status == 200 and self._is(head, *held)
        return replace(ref, sha256=held[0], size=held[1]) if same else ref

    def _differs(self, path: str, sha256: str, size: int) -> bool:
        try:
            head = self._head(path)
            if head.status == _STORAGE:
                with self._central.stream(path) as stream:
                    return _digest(stream, hashlib.sha256()) != sha256
        except OSError as error:
            why = reason(error)
            raise Transient(
                f"{self._central.key}: เทียบไฟล์ไม่ได้: {why.th}",
                f"{self._central.key}: a file could not be compared: {why.en}",
            ) from error
        return head.status == _NOT_THERE or not self._is(head, sha256, size)

    def _head(self, path: str) -> Reply:
        return self._central.request("HEAD", path, ok=(200, _STORAGE, _NOT_THERE))

    def _is(self, head: Reply, sha256: str, size: int) -> bool:
        length = head.headers.get("Content-Length", "")
        if length.isdigit() and int(length) != size:
            return False
        try:
            with self._store.open(sha256) as stream:
                ours = _digest(stream, hashlib.md5(usedforsecurity=False))
        except FileNotFoundError:
            return False
        return md5_of(head.headers.get("ETag", "")) == ours


def _escaped(attachment: AttachmentRef) -> str:
    """The path of a file; the locator has its name unescaped."""
    return f"{attachment.locator.removesuffix('/' + attachment.name)}{of(attachment.name)}"


def _leaves(root: etree._Element) -> set[str]:
    return {text for node in root.iter() if not len(node) and (text := (node.text or "").strip())}


def _digest(stream: BinaryIO, digest: Any) -> str:
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return str(digest.hexdigest())
