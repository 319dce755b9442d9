"""A folder of instances copied from a phone, in the layout of ODK Collect or Briefcase.

Folder names mean nothing (Collect mangles Thai titles): the XML identifies an instance. The fingerprint is
the content of every file. Size and time would not do: a copy over MTP may keep the camera's time or get the
copy's, FAT counts in steps of two seconds, and a corrected file may change neither. What has been read is
remembered by the file's identity and times while this process lives.
"""

import errno
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from mochocho.storage.files import CHUNK
from mochocho.words.errors import Transient
from sync.sources.protocol import AttachmentRef, Entry, FetchedSubmission, FetchedVersion, Unusable
from sync.xform.parse import valid_file_name
from sync.xform.safe_xml import MAX_BYTES

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_KEY = 400  # characters; longer paths are shortened, because a database index is limited

_SETTLED_NS = 3_000_000_000  # a younger file may change again without a change of its times
_XHTML = b"http://www.w3.org/1999/xhtml"

_MESSAGES = {
    "file.link": "เป็นทางลัด (symbolic link) ระบบไม่ตามไปอ่าน ให้คัดลอกไฟล์จริงมาวางแทน",
    "file.special": "ไม่ใช่ไฟล์ธรรมดา ระบบไม่อ่าน ให้คัดลอกไฟล์จริงมาวางแทน",
    "file.encrypted": "เป็นไฟล์เข้ารหัสลับ (.enc) ให้ถอดรหัสด้วยกุญแจของโครงการก่อน แล้วคัดลอกมาใหม่",
    "file.unreadable": "เปิดอ่านไม่ได้ ให้ตรวจสิทธิ์ของไฟล์หรือคัดลอกจากโทรศัพท์ใหม่",
    "file.too_large": f"ใหญ่เกิน {MAX_FILE_BYTES >> 20} MB ให้ลดขนาดแล้วคัดลอกมาใหม่",
    "file.bad_name": "ชื่อไฟล์ยาวเกินไปหรือมีอักขระที่ใช้ไม่ได้ ให้คัดลอกจากโทรศัพท์ใหม่",
    "folder.unclear": "มีไฟล์ XML หลายไฟล์ ระบบไม่รู้ว่าไฟล์ใดคือแบบฟอร์มที่กรอก ให้คัดลอกทั้งโฟลเดอร์จากโทรศัพท์ใหม่",
}


class FolderSource:
    """A root is one folder with an instance in it, named by its path below `path`.

    Links are never followed.
    """

    def __init__(self, key: str, path: Path) -> None:
        self.key = key
        self._path = path
        self._found: dict[str, _Instance] = {}

    def index(self) -> Iterator[Entry]:
        self._found = {}
        for item in self._walk():
            if isinstance(item, _Instance):
                self._found[item.key] = item
                yield Entry(item.key, item.fingerprint())

    def unusable(self) -> Iterator[Unusable]:
        return (item for item in self._walk() if isinstance(item, Unusable))

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        """Fetch these roots; a folder that has gone since the index was made is skipped."""
        if not self._found.keys() >= set(root_ids):
            self._found = {item.key: item for item in self._walk() if isinstance(item, _Instance)}
        for root_id in root_ids:
            found = self._found.get(root_id)
            if found is not None:
                yield _fetched(found)

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        return _open(self._path / attachment.locator)

    def _walk(self) -> Iterator["_Instance | Unusable"]:
        if not self._path.is_dir():
            raise Transient(
                f"{self.key}: ไม่พบโฟลเดอร์ {self._path} ให้ต่อสายหรือเสียบไดรฟ์นั้น หรือแก้การตั้งค่า",
                f"{self.key}: the folder {self._path} is not there; connect it or change the settings",
            )
        folders = [self._path]
        while folders:
            try:
                with os.scandir(folders[-1]) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError:
                yield _unusable(_key(folders.pop(), self._path), "file.unreadable")
                continue
            shown = [entry for entry in listed if not entry.name.startswith(".")]
            yield from self._read_folder(folders.pop(), [entry for entry in shown if not _is_folder(entry)])
            folders += [Path(entry.path) for entry in reversed(shown) if _is_folder(entry)]

    def _read_folder(self, folder: Path, entries: list[os.DirEntry[str]]) -> Iterator["_Instance | Unusable"]:
        key = _key(folder, self._path)
        files, refused = [], {}
        for entry in entries:
            code = _refused(entry)
            if code is None:
                files.append(entry.name)
            else:  # every file of an encrypted instance is encrypted: one entry is enough
                refused[_below(key, "*.enc" if code == "file.encrypted" else entry.name)] = code
        yield from (_unusable(item, code) for item, code in refused.items())
        candidates = _candidates(folder, files)
        if len(candidates) == 1:
            media = tuple(name for name in files if name != candidates[0])
            yield _Instance(key, self._path, folder, candidates[0], media)
        elif candidates:
            yield _unusable(key, "folder.unclear")


@dataclass(frozen=True, slots=True)
class _Instance:
    """A folder with an instance: the names of its XML and of its files."""

    key: str
    top: Path
    folder: Path
    xml: str
    media: tuple[str, ...]

    def fingerprint(self) -> str:
        seen = [[os.fsencode(name).hex(), _state(self.folder / name)] for name in (self.xml, *self.media)]
        return hashlib.sha256(json.dumps(seen).encode("ascii")).hexdigest()


def _fetched(found: _Instance) -> FetchedSubmission:
    fingerprint = found.fingerprint()
    attachments, unusable = [], []
    for name in found.media:
        path = found.folder / name
        code = _refused_content(path)
        if code is None:
            attachments.append(AttachmentRef(name, str(path.relative_to(found.top))))
        else:
            unusable.append(_unusable(_below(found.key, name), code))
    try:
        with _open(found.folder / found.xml) as stream:
            xml = stream.read(MAX_BYTES + 1)  # one byte more, so that the reader refuses what is too large
    except OSError:
        unusable.append(_unusable(found.key, "file.unreadable"))
        return FetchedSubmission(found.key, fingerprint, (), tuple(unusable))
    version = FetchedVersion(xml, tuple(attachments), sent=False)
    return FetchedSubmission(found.key, fingerprint, (version,), tuple(unusable))


def _candidates(folder: Path, files: Sequence[str]) -> list[str]:
    """The XML files that may be the instance: Collect's name,
    else Briefcase's, else every XML but blank forms.
    """
    for name in (f"{folder.name}.xml", "submission.xml"):
        if name in files:
            return [name]
    return [name for name in files if name.lower().endswith(".xml") and not _is_blank_form(folder / name)]


def _is_blank_form(path: Path) -> bool:
    try:
        with _open(path) as stream:
            return _XHTML in stream.read(2000)
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and not _is_link(entry)


def _is_link(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return True
    try:
        tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    except OSError:
        return False
    return bool(tag) and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)  # a Windows junction


def _refused(entry: os.DirEntry[str]) -> str | None:
    """Why a file is not opened; None when it may be."""
    if _is_link(entry):
        return "file.link"
    if not entry.is_file(follow_symlinks=False):
        return "file.special"
    if entry.name.lower().endswith(".enc"):
        return "file.encrypted"
    return None if valid_file_name(entry.name) else "file.bad_name"


def _refused_content(path: Path) -> str | None:
    state = _state(path)
    return state if state in _MESSAGES else None


def _state(path: Path) -> str:
    """The sha256 of a file's content, or the code of the reason why it is not read."""
    try:
        with _open(path) as stream:
            status = os.fstat(stream.fileno())
            if status.st_size > MAX_FILE_BYTES:
                return "file.too_large"
            if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < _SETTLED_NS:
                return _sha256(stream)
        identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        return _remembered_sha256(path, identity)
    except OSError:
        return "file.unreadable"


@lru_cache(maxsize=100_000)
def _remembered_sha256(path: Path, _identity: tuple[int, ...]) -> str:
    with _open(path) as stream:
        return _sha256(stream)


def _sha256(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _open(path: Path) -> BinaryIO:
    """Open a regular file only: a link or pipe that replaced it since the listing is refused."""
    flags = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
    fd = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in flags))
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "not a regular file")
    return os.fdopen(fd, "rb")


def _unusable(key: str, code: str) -> Unusable:
    return Unusable(key, code, f"{key}: {_MESSAGES[code]}")


def _below(folder_key: str, name: str) -> str:
    return f"{folder_key}/{_shown(name)}"


def _shown(text: str) -> str:
    """A name made valid Unicode."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _key(path: Path, top: Path) -> str:
    """A path below `top` as a key that any database can hold; different for different paths."""
    relative = path.relative_to(top).as_posix()
    shown = _shown(relative)
    if shown == relative and len(shown) <= MAX_KEY:
        return shown
    return f"{shown[:MAX_KEY]}#{hashlib.sha256(os.fsencode(relative)).hexdigest()[:16]}"
