"""What a home holds, as a sequence of named, hashed streams whose order and bytes its kind does not change.

The order is what makes it whole while phones and workers go on. First the database, of one moment; then the
spool, which holds all that was answered 201 before it was read; last the store, which only grows and held
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
from sync.tables import Attachment, FormerFile, PublishedForm, Quarantined, SubmissionVersion

FORMAT = 1
HEADER = "backup.json"
DATABASE = re.compile(r"database/([a-z_]+)/([0-9]{6})\.jsonl")
SPOOL = re.compile(
    r"spool/(?:posts/[0-9a-f]{2}/[0-9a-f]{64}/(?:first|[0-9a-f]{64}\.json)|unusable/[0-9a-f]{64}\.json)"
)
PACKET = re.compile(r"packet/(?:packet(?:-[0-9]+)?\.pdf|manifest\.json)")
STORE = re.compile(r"store/([0-9a-f]{2})/([0-9a-f]{62})")
FILES = {"spool": SPOOL, "packet": PACKET, "store": STORE}
ATTEMPTS, PAUSE = 50, 0.1  # a packet takes the place of another within moments
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
    """One thing in a backup. `rows`: how many, for those of the database; `stream` is good until the next."""

    name: str
    size: int
    sha256: str
    rows: int | None
    stream: BinaryIO


def folder_of(settings: Settings, section: str) -> Path:
    """Where a home keeps the files of a section."""
    return {"spool": settings.spool_dir, "packet": settings.packet_dir, "store": settings.store_dir}[section]


def header(revision: str) -> bytes:
    """What says which program can read the rest."""
    return f"{json.dumps({'format': FORMAT, 'revision': revision}, sort_keys=True)}\n".encode()


def contents(home: Home, problems: list[Sentence], progress: ProgressCall) -> Iterator[Member]:
    """Everything to be kept. What cannot be kept whole is left out and said in `problems`."""
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
    """The names of a section's files, in order; what is half written or not ours is passed over."""
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
    """The packet, when its manifest speaks of these very files: another may be taking its place."""
    for _ in range(ATTEMPTS):
        with ExitStack() as stack:
            members = _opened_packet(home, stack)
            if members is not None:
                yield from members
                return
        time.sleep(PAUSE)
    problems.append(
        Sentence(
            "packet: แฟ้มไม่ตรงกับบัญชีของเอกสาร ให้สั่ง `mochocho packet` เพื่อทำใหม่",
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
