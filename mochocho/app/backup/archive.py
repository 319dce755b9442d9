"""The backup file: a plain tar of regular files in a fixed order, ending with a signed manifest of them.

    backup.json                        format and database revision
    database/<table>/<number>.jsonl    rows
    spool/…  packet/…  releases/…  store/…  files
    manifest.jsonl                     a line each: name, size, sha256, rows; then the rows of every table
    signature.json                     of the manifest (`manifest_signature`)

It holds no time, owner or path of a machine: the same content gives the same bytes. Reading checks
everything: a name that `backup` does not write, a link, a wrong order or a missing end is refused before
anything is restored.
"""

import hashlib
import io
import json
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from mochocho.app.backup.contents import DATABASE, FILES, HEADER, STORE, Member, header
from mochocho.app.backup.encryption import Keys, opened
from mochocho.app.backup.manifest_signature import signer_of, written
from mochocho.app.backup.portable_rows import TABLES
from mochocho.storage.files import CHUNK
from mochocho.words.errors import Terminal
from mochocho.words.progress import ProgressCall
from mochocho.words.sentences import Sentence
from processing.certificates.signing import Signer

MANIFEST, SIGNATURE = "manifest.jsonl", "signature.json"
_SECTIONS = ("database", *FILES)
_TABLES = [table.name for table in TABLES]


class Listing:
    """The manifest while it is made; on disk, because a province has many files.

    `signer`: the fingerprint of the key under it; empty where nobody signed.
    """

    def __init__(self) -> None:
        self._file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._rows = Counter(dict.fromkeys(_TABLES, 0))
        self.files = 0
        self.signer = ""

    def add(self, member: Member) -> None:
        """Note one member. Rows are counted by the table in its name."""
        line = {"name": member.name, "sha256": member.sha256, "size": member.size}
        if found := DATABASE.fullmatch(member.name):
            line["rows"] = member.rows or 0
            self._rows[found[1]] += member.rows or 0
        elif member.name != HEADER:
            self.files += 1
        self._file.write(_line(line))

    def close(self) -> None:
        """Write the last line; nothing can be added afterwards."""
        self._file.write(_line({"rows": dict(self._rows)}))

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return self._rows.total()

    def member(self) -> Member:
        """The closed manifest as the last member."""
        self._file.seek(0)
        digest = hashlib.file_digest(self._file, "sha256").hexdigest()  # type: ignore[arg-type]
        size = self._file.tell()
        self._file.seek(0)
        return Member(MANIFEST, size, digest, None, self._file)

    def signature(self, key: Signer) -> Member:
        """What follows the manifest."""
        content = written(self.member().sha256, key)
        return Member(SIGNATURE, len(content), hashlib.sha256(content).hexdigest(), None, io.BytesIO(content))

    def difference(self, other: BinaryIO) -> str | None:
        """The name that is missing or different in one of the two; None when both are equal."""
        self._file.seek(0)
        while True:
            mine, theirs = self._file.readline(), other.readline()
            if mine != theirs:
                return _name(mine) or _name(theirs) or MANIFEST
            if not mine:
                return None

    def __enter__(self) -> "Listing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _line(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


def _name(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["name"])
    except (ValueError, KeyError, TypeError):
        return None


def _forget(tar: tarfile.TarFile) -> None:
    tar.members.clear()  # type: ignore[attr-defined] # or it would remember every member


class Writer:
    """Adds members to a tar; the caller adds manifest and signature at the end."""

    def __init__(self, target: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - close()

    def add(self, member: Member) -> None:
        info = tarfile.TarInfo(member.name)
        info.size, info.mode = member.size, 0o600
        self._tar.addfile(info, member.stream)
        _forget(self._tar)

    def close(self) -> None:
        self._tar.close()


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as it is read; `stream` is valid until the next one.

    `done`: bytes of the file up to its end.
    """

    name: str
    size: int
    stream: BinaryIO
    done: int


def entries(path: Path, keys: Keys = ()) -> Iterator[Entry]:
    """Every member, in the file's order; an encrypted file is opened by one of `keys`.

    Raises Terminal for a name, type or place that `backup` never writes.
    """
    last: tuple[Any, ...] = ()
    with opened(path, keys) as stream_of_all, tarfile.open(fileobj=stream_of_all, mode="r|") as tar:
        while (info := tar.next()) is not None:
            place = _place(info.name)
            stream = tar.extractfile(info) if info.type == tarfile.REGTYPE and not info.issparse() else None
            if place is None or stream is None:
                raise _refused(
                    path,
                    Sentence(
                        f"มี {info.name!r} ซึ่งไม่มีในไฟล์สำรองใด", f"it holds {info.name!r}, which no backup does"
                    ),
                )
            if place <= last:
                raise _refused(
                    path,
                    Sentence(f"{info.name} อยู่ผิดที่หรือซ้ำ", f"{info.name} stands in the wrong place or twice"),
                )
            last = place
            yield Entry(info.name, info.size, cast("BinaryIO", stream), tar.offset)
            _forget(tar)


def _place(name: str) -> tuple[Any, ...] | None:
    """A sort key for a member's name; None when `backup` does not write such a name."""
    if name == HEADER:
        return (0,)
    if name in (MANIFEST, SIGNATURE):
        return (len(_SECTIONS) + 1 + (name == SIGNATURE),)
    section = name.partition("/")[0]
    if found := DATABASE.fullmatch(name):
        return (1, _TABLES.index(found[1]), int(found[2])) if found[1] in _TABLES else None
    if section in FILES and FILES[section].fullmatch(name):
        return (_SECTIONS.index(section) + 1, "\0".join(name.split("/")))
    return None


@contextmanager
def verified(path: Path, revision: str, progress: ProgressCall, keys: Keys = ()) -> Iterator[Listing]:
    """Read a whole backup and yield its manifest, if every byte agrees with it.

    Raises Terminal if not, or when the backup is of another database revision.
    """
    with Listing() as found:
        try:
            _read_through(path, keys, revision, progress, found)
        except (
            tarfile.TarError,
            EOFError,
            ValueError,
            OverflowError,
        ) as error:  # everything tarfile raises for a damaged file
            why = Sentence(f"ไฟล์ขาดหรือเสียหาย ({error})", f"it is cut or damaged ({error})")
            raise _refused(path, why) from error
        yield found


def _read_through(path: Path, keys: Keys, revision: str, progress: ProgressCall, found: Listing) -> None:
    whole, total = False, path.stat().st_size
    for number, entry in enumerate(entries(path, keys)):
        if number == 0:
            entry = _with_checked_header(path, entry, revision)
        if entry.name == MANIFEST:
            found.close()
            if (name := found.difference(entry.stream)) is not None:
                raise _refused(
                    path,
                    Sentence(f"{name} ไม่ตรงกับรายการท้ายไฟล์", f"{name} is not what its manifest says"),
                )
            whole = True
        elif entry.name == SIGNATURE and whole:
            found.signer = _signer(path, entry, found.member().sha256)
        else:
            found.add(_examined(path, entry))
        progress("verify", entry.done >> 20, total >> 20)
    if not whole:
        raise _refused(path, Sentence("ไฟล์จบก่อนถึงรายการท้ายไฟล์", "it ends before its manifest"))


def _signer(path: Path, entry: Entry, manifest: str) -> str:
    signer = signer_of(entry.stream.read(CHUNK), manifest)
    if signer is None:
        raise _refused(
            path,
            Sentence("ลายมือชื่อไม่ใช่ของเนื้อหานี้", "its signature does not hold for what is in it"),
        )
    return signer


def _with_checked_header(path: Path, entry: Entry, revision: str) -> Entry:
    content = entry.stream.read() if entry.name == HEADER and entry.size < CHUNK else b""
    if content == header(revision):
        return replace(entry, stream=io.BytesIO(content))
    try:
        made_by = json.loads(content)["revision"]
    except (ValueError, KeyError, TypeError) as error:
        why = Sentence("ไม่ได้ขึ้นต้นอย่างไฟล์สำรอง", "it does not begin as a backup does")
        raise _refused(path, why) from error
    raise Terminal(
        f"{path} สำรองไว้จากฐานข้อมูลรุ่น {made_by!r} แต่โปรแกรมนี้ใช้รุ่น {revision!r} "
        "ให้กู้คืนด้วยโปรแกรมรุ่นที่สำรองไว้ แล้วจึงใช้โปรแกรมนี้กับที่เก็บนั้น",
        f"{path} was made at database revision {made_by!r}, and this program is at {revision!r}; "
        "restore it with the version that made it, then start this one on that home",
    )


def _examined(path: Path, entry: Entry) -> Member:
    digest, count = hashlib.sha256(), 0
    while chunk := entry.stream.read(CHUNK):
        digest.update(chunk)
        count += chunk.count(b"\n")
    sha256 = digest.hexdigest()
    if (found := STORE.fullmatch(entry.name)) and found[1] + found[2] != sha256:
        raise _refused(
            path,
            Sentence(
                f"เนื้อหาของ {entry.name} ไม่ตรงกับชื่อ",
                f"{entry.name} does not hold the bytes it is named after",
            ),
        )
    rows = count if DATABASE.fullmatch(entry.name) else None
    return Member(entry.name, entry.size, sha256, rows, io.BytesIO())


def _refused(path: Path, why: Sentence) -> Terminal:
    return Terminal(
        f"กู้คืนจาก {path} ไม่ได้: {why.th}; ยังไม่มีสิ่งใดเปลี่ยน ให้ใช้ไฟล์สำรองสำเนาอื่น",
        f"{path} cannot be restored: {why.en}; nothing was changed, take another copy of it",
    )
