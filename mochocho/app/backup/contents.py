"""A home's content as a sequence of named, hashed streams, the same on SQLite and PostgreSQL.

The order makes a backup consistent while phones and workers go on: first a snapshot of the database; then the
spool, which still holds everything answered with 201 but not read; last the store, which only grows and got
every file before a row or a receipt named it.
"""

import hashlib
import io
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, select

from mochocho.app.backup import portable_rows as rows
from mochocho.app.migrations import migrate
from mochocho.settings.config import Settings
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall
from mochocho.words.sentences import Sentence
from processing.releases import kept_releases
from sync.tables import Attachment, FormerFile, PublishedForm, Quarantined, SubmissionVersion

FORMAT = 1
HEADER = "backup.json"
DATABASE = re.compile(r"database/([a-z_]+)/([0-9]{6})\.jsonl")
SPOOL = re.compile(
    r"spool/(?:posts/[0-9a-f]{2}/[0-9a-f]{64}/(?:first|[0-9a-f]{64}\.json)|unusable/[0-9a-f]{64}\.json)"
)
PACKET = re.compile(r"packet/(?:packet(?:-[0-9]+)?\.pdf|manifest\.json)")
STORE = re.compile(r"store/([0-9a-f]{2})/([0-9a-f]{62})")
RELEASES = re.compile(
    r"releases/[a-z0-9]+-[0-9]+-[0-9]+/[0-9]+/"
    r"(?:(?:(?:packet(?:-redacted)?|archive)(?:-[0-9]+)?|note)\.pdf|papers\.zip|(?:manifest|release)\.json"
    r"|addendum-[0-9]+/(?:addendum(?:-redacted)?\.pdf|addendum\.docx|release\.json))"
)
KEYS = re.compile(r"keys/certificates\.pem")  # a restored home signs as before (docs/operating.th.md)
FILES = {"keys": KEYS, "spool": SPOOL, "packet": PACKET, "releases": RELEASES, "store": STORE}
ATTEMPTS, PAUSE = 50, 0.1  # one packet is replaced by another within moments
_STORED = (
    Attachment.sha256,
    FormerFile.sha256,
    SubmissionVersion.xml_sha256,
    PublishedForm.xform_sha256,
    PublishedForm.pack_sha256,
    Quarantined.sha256,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a backup. `rows`: how many, for database items; `stream` is valid until the next item."""

    name: str
    size: int
    sha256: str
    rows: int | None
    stream: BinaryIO


def folder_of(settings: Settings, section: str) -> Path:
    """The folder of a section's files."""
    return {
        "keys": settings.home / "keys",
        "spool": settings.spool_dir,
        "packet": settings.packet_dir,
        "releases": settings.home / kept_releases.FOLDER,
        "store": settings.store_dir,
    }[section]


def header(revision: str) -> bytes:
    """The first item, which says which program can read the rest."""
    return f"{json.dumps({'format': FORMAT, 'revision': revision}, sort_keys=True)}\n".encode()


def contents(home: Home, problems: list[Sentence], progress: ProgressCall) -> Iterator[Member]:
    """Everything to save. What cannot be saved completely is left out and reported in `problems`."""
    with rows.snapshot(home.engine) as connection:
        yield _member(HEADER, header(migrate.current(connection)))
        yield from _database(connection, progress)
        problems += _absent(home, connection)
    total, done = sum(1 for section in FILES for _ in names(home, section)), 0
    for section in FILES:
        for member in _files(home, section, problems):
            yield member
            done += 1
            progress("files", done, total)


def names(home: Home, section: str) -> Iterator[str]:
    """The names of a section's files, in order; half-written files and files of others are skipped."""
    pattern = FILES[section]
    return (name for name in _walk(folder_of(home.settings, section), section) if pattern.fullmatch(name))


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    except FileNotFoundError:
        return
    for name, is_folder in entries:
        if is_folder:
            yield from _walk(folder / name, f"{prefix}/{name}")
        else:
            yield f"{prefix}/{name}"


def _database(connection: Connection, progress: ProgressCall) -> Iterator[Member]:
    total, done = rows.count(connection), 0
    for chunk in rows.dump(connection):
        yield _member(f"database/{chunk.table}/{chunk.number:06}.jsonl", chunk.content, chunk.rows)
        done += chunk.rows
        progress("rows", done, total)


def _absent(home: Home, connection: Connection) -> Iterator[Sentence]:
    for column in _STORED:
        query = select(column).where(column.is_not(None)).distinct()
        found = connection.execute(query, execution_options={"stream_results": True, "yield_per": 1000})
        for digest in found.scalars():
            if not home.store.has(str(digest)):
                table = column.class_.__tablename__
                yield Sentence(
                    f"store: ไม่มี {digest} ที่ {table} อ้างถึง", f"store: {digest}, named by {table}, is not there"
                )


def _files(home: Home, section: str, problems: list[Sentence]) -> Iterator[Member]:
    if section == "packet":
        yield from _packet(home, problems)
        return
    root = folder_of(home.settings, section)
    for name in names(home, section):
        with (root / name.partition("/")[2]).open("rb") as file:
            member = _of_file(name, file)
            if section == "store" and name.removeprefix("store/").replace("/", "") != member.sha256:
                problems.append(
                    Sentence(
                        f"{name} เสียหาย: เนื้อหาไม่ตรงกับชื่อ",
                        f"{name} is damaged: its bytes are not those it is named after",
                    )
                )
            else:
                yield member


def _packet(home: Home, problems: list[Sentence]) -> Iterator[Member]:
    """The packet, if its manifest describes exactly these files: another packet may just be replacing it."""
    for _ in range(ATTEMPTS):
        with ExitStack() as stack:
            members = _opened_packet(home, stack)
            if members is not None:
                yield from members
                return
        time.sleep(PAUSE)
    problems.append(
        Sentence(
            "packet: ไฟล์ไม่ตรงกับบัญชีของเอกสาร ให้สั่ง `mochocho packet` เพื่อทำใหม่",
            "packet: its files are not those its manifest names; `mochocho packet` makes it again",
        )
    )


def _opened_packet(home: Home, stack: ExitStack) -> list[Member] | None:
    folder = home.settings.packet_dir
    if not (folder / "manifest.json").is_file():
        return []
    try:
        named = json.loads((folder / "manifest.json").read_bytes())["outputs"]
        wanted = {str(output["name"]): str(output["sha256"]) for output in named}
        members = [
            _of_file(name, stack.enter_context((folder / name.removeprefix("packet/")).open("rb")))
            for name in names(home, "packet")
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    manifest = [m for m in members if m.name == "packet/manifest.json"]
    papers = [m for m in members if m.name.removeprefix("packet/") in wanted]
    held = {m.name.removeprefix("packet/"): m.sha256 for m in papers}
    return manifest + papers if held == wanted else None


def _member(name: str, content: bytes, count: int | None = None) -> Member:
    return Member(name, len(content), hashlib.sha256(content).hexdigest(), count, io.BytesIO(content))


def _of_file(name: str, file: BinaryIO) -> Member:
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # a BinaryIO is one
    size = file.tell()
    file.seek(0)
    return Member(name, size, digest, None, file)
