"""`mochocho restore`: fills an empty home from a backup, then compares the two.

Files are written first and rows after them in one transaction, so a home never names a file that it lacks. An
interrupted restore is finished by the same command: a marker file says which backup is being restored.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from mochocho.app.backup import archive
from mochocho.app.backup import portable_rows as rows
from mochocho.app.backup.archive import Entry, Listing
from mochocho.app.backup.contents import DATABASE, FILES, contents, folder_of, names
from mochocho.app.backup.encryption import Keys
from mochocho.app.backup.manifest_signature import ANY_KEY, Trust, check_signer
from mochocho.app.migrations import migrate
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.storage.db import advance
from mochocho.storage.files import CHUNK, atomic_file, private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.progress import ProgressCall

MARKER = ".restoring"
_Chunks = Callable[[], Iterator[tuple[str, bytes, str]]]  # table, rows, name; read anew at each call


@dataclass(frozen=True, slots=True)
class Restored:
    """What the home holds now. `manifest`: the sha256 that `backup` printed; `signer`: fingerprint of the key
    that signed the backup, empty where nobody did.
    """

    rows: int
    files: int
    manifest: str
    signer: str


def restore(
    home: Home, path: Path, progress: ProgressCall, keys: Keys = (), trust: Trust = ANY_KEY
) -> Restored:
    """Fill an empty home. `keys` open an encrypted backup; what they open is never a file of its own.

    Raises Terminal when the home is not empty, no key opens the backup, it is damaged, or signed otherwise
    than `trust` asks.
    """
    if not path.is_file():
        raise Terminal(f"{path}: ไม่มีไฟล์นี้ ให้ตรวจชื่อและโฟลเดอร์ของไฟล์สำรอง", f"{path}: no such file")
    with conveyor_lock(home):
        begun = _begun(home)
        with home.engine.connect() as connection:
            revision = migrate.current(connection)
        with archive.verified(path, revision, progress, keys) as listing:
            check_signer(path, listing.signer, trust)
            manifest = listing.member().sha256
            _mark(home, begun, manifest)
            _put_files(home, archive.entries(path, keys), listing.files, progress)
            _put_rows(home, partial(_chunks, path, keys), listing.rows, progress)
            _compare(home, listing, progress)
            (home.settings.home / MARKER).unlink()
            return Restored(listing.rows, listing.files, manifest, listing.signer)


def _begun(home: Home) -> str | None:
    """The manifest of an interrupted restore; None when the home is empty.

    Raises Terminal when it is in use.
    """
    marker = home.settings.home / MARKER
    if marker.is_file():
        return marker.read_text("ascii", "replace")
    with home.engine.connect() as connection:
        used = rows.any_rows(connection)
    if used or any(next(names(home, section), None) for section in FILES):
        raise Terminal(
            f"{home.settings.home} หรือฐานข้อมูลมีข้อมูลอยู่แล้ว ให้กู้คืนลงที่เก็บว่าง: ตั้ง `home` และ `database_url` เป็นที่ใหม่",
            f"{home.settings.home} or its database holds something already; "
            "restore into a home of its own: set `home` and `database_url` to new ones",
        )
    return None


def _mark(home: Home, begun: str | None, manifest: str) -> None:
    if begun is None:
        write_file(home.settings.home / MARKER, manifest.encode("ascii"))
    elif begun != manifest:
        raise Terminal(
            f"{home.settings.home} กู้คืนค้างอยู่จากไฟล์สำรองอื่น ให้สั่งอีกครั้งด้วยไฟล์เดิม หรือลบที่เก็บนี้และฐานข้อมูล",
            f"{home.settings.home} was being restored from another backup; "
            "give that one again, or remove this home and its database",
        )


def _put_files(home: Home, entries: Iterable[Entry], total: int, progress: ProgressCall) -> None:
    done = 0
    for entry in entries:
        section, _, name = entry.name.partition("/")
        if section == "store":
            home.store.put_stream(entry.stream)
        elif section in FILES:
            _put_file(folder_of(home.settings, section) / name, entry)
        done += section in FILES
        progress("files", done, total)


def _put_file(target: Path, entry: Entry) -> None:
    private_dir(target.parent)
    with atomic_file(target) as file:
        while chunk := entry.stream.read(CHUNK):
            file.write(chunk)


def _put_rows(home: Home, chunks: _Chunks, total: int, progress: ProgressCall) -> None:
    with home.engine.execution_options(writes=True).begin() as connection:
        if rows.any_rows(connection):  # an earlier attempt came this far; the comparison checks what it wrote
            return
        done = 0
        for table, content, name in chunks():
            try:
                done += rows.load(connection, rows.BY_NAME[table], content)
            except (DBAPIError, ValueError) as error:
                raise Terminal(
                    f"เก็บ {name} ลงฐานข้อมูลไม่ได้: {_reason(error)}; ยังไม่ได้กู้คืนแถวใด",
                    f"{name} cannot be stored: {_reason(error)}; no row was restored",
                ) from error
            progress("rows", done, total)
        _finish(connection, chunks)
        advance(connection)  # also of a cycle that was closed


def _finish(connection: Connection, chunks: _Chunks) -> None:
    for table, content, _ in chunks():
        rows.link(connection, rows.BY_NAME[table], content)
    rows.continue_counting(connection)


def _chunks(path: Path, keys: Keys) -> Iterator[tuple[str, bytes, str]]:
    for entry in archive.entries(path, keys):
        if found := DATABASE.fullmatch(entry.name):
            yield found[1], entry.stream.read(), entry.name
        elif entry.name.partition("/")[0] in FILES:
            return  # the database is the first difference


def _reason(error: DBAPIError | ValueError) -> str:
    """The database's message without the rows it is about."""
    if isinstance(error, DBAPIError):
        return str(error.orig).strip().split("\n")[0]
    return str(error) if type(error) is ValueError else type(error).__name__


def _compare(home: Home, wanted: Listing, progress: ProgressCall) -> None:
    """Read the home as `backup` would. Raises Terminal when a backup of it would differ from this one."""

    def comparing(stage: str, done: int, total: int) -> None:
        progress(f"compare {stage}", done, total)

    with Listing() as found:
        for member in contents(home, [], comparing):
            found.add(member)
        found.close()
        if (name := found.difference(wanted.member().stream)) is not None:
            raise Terminal(
                f"{name} ต่างจากไฟล์สำรอง อาจมี mochocho อื่นใช้ที่เก็บนี้อยู่ "
                "ให้หยุดโปรแกรมนั้น ลบที่เก็บนี้และฐานข้อมูล แล้วกู้คืนอีกครั้ง",
                f"{name} differs from the backup; is another mochocho using this home? "
                "stop it, remove this home and its database, and restore again",
            )
