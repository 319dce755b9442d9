"""The packet of one meeting: view → papers → bound PDFs → manifest, and a row that says it was made."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from mochocho.config import Meeting, Orders
from mochocho.db import insert_or_ignore, transaction
from mochocho.errors import Terminal, Transient
from mochocho.files import private_dir, sync_dir, write_file
from mochocho.home import Home
from processing.casebook import cases
from reports.binding import Chapter, bind
from reports.fonts import Face, face
from reports.manifest import manifest
from reports.press import Press
from reports.printing import Printer, whole_names
from reports.tables import PacketRow
from reports.view.arrange import arrange
from reports.view.occasion import Occasion, Order, Sitting
from reports.view.pictures import Picture, Size
from reports.view.words import Words
from reports.volumes import Book, Part, books

Progress = Callable[[str, int, int], None]
STAGE = "packet"
MANIFEST = "manifest.json"
NEXT = ".next"
OWN_NAME = re.compile(r"packet(-[0-9]+)?\.pdf")


@dataclass(frozen=True, slots=True)
class PacketFiles:
    """Where a packet lies: `packet.pdf` or its volumes in order, and its manifest."""

    pdfs: tuple[Path, ...]
    manifest: Path


def make_packet(home: Home, out_dir: Path, progress: Progress | None = None) -> PacketFiles:
    """Make the packet of the meeting in the settings. Until all of it is made, the old one stays as it is.

    Raises Terminal for settings a person must mend, Transient when it may succeed later.
    """
    private_dir(out_dir)
    private_dir(home.settings.cache_dir)
    try:
        with FileLock(home.settings.cache_dir / "packet.lock", timeout=0, mode=0o600):
            return _make(home, out_dir, progress or _silent)
    except Timeout as error:
        raise Transient("another packet is being made here; wait for it") from error


def _make(home: Home, out_dir: Path, progress: Progress) -> PacketFiles:
    papers = home.settings.papers
    letters = face(papers.font_dir, papers.font_family)
    groups = arrange(cases(home), home.province, home.settings.presentation_order)
    occasion = occasion_of(home)
    bound = books(groups, home.pack, occasion, _emblem(home))
    made = _print(home, bound, letters, progress)
    staging = out_dir / NEXT
    shutil.rmtree(staging, ignore_errors=True)
    private_dir(staging)
    try:
        outputs = [
            _bind(book, chapters, staging, occasion) for book, chapters in zip(bound, made, strict=True)
        ]
        content = manifest(home, groups, letters, outputs)
        write_file(staging / MANIFEST, content)
        files = _publish(staging, out_dir, [book.file for book in bound])
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _record(home, content)
    return files


def occasion_of(home: Home) -> Occasion:
    """The meeting, committees and cycle that the settings and the pack name."""
    s = home.settings
    return Occasion(
        province=home.province.name_th,
        year_be=home.pack.fiscal_year_be,
        programme=home.pack.programme_th,
        official=home.pack.official,
        sitting=_sitting(s.meeting) if s.meeting else None,
        provincial_committee=s.committees.provincial_th,
        provincial_order=_order(s.committees.provincial_order),
        district_committee=s.committees.district_th,
        district_order=_order(s.committees.district_order),
        words=Words(s.papers.thai_digits),
    )


def _sitting(meeting: Meeting) -> Sitting:
    m = meeting
    return Sitting(m.number, m.date, m.starts, m.ends, m.place, m.minutes_per_district)


def _order(order: Orders | None) -> Order | None:
    return Order(order.number, order.date) if order else None


def _emblem(home: Home) -> Picture | None:
    path = home.settings.papers.emblem
    if path is None:
        return None
    try:
        return Picture(home.store.put(path.read_bytes()), Size.EMBLEM)
    except OSError as error:
        raise Terminal(f"papers.emblem: {path} cannot be read ({error.strerror})") from error


def _print(home: Home, bound: Sequence[Book], letters: Face, progress: Progress) -> list[list[Chapter]]:
    press = Press(
        home.store.root, home.settings.cache_dir / "papers", letters, home.settings.papers.thai_digits
    )
    printer = Printer(press, whole_names(home.province))
    parts = [part for book in bound for part in book.parts]
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(STAGE, done, len(parts))

    pdfs = iter(printer.print(parts, one_more))
    return [[_chapter(part, next(pdfs), home) for part in book.parts] for book in bound]


def _chapter(part: Part, pdf: Path, home: Home) -> Chapter:
    words = Words(home.settings.papers.thai_digits)
    titles = ((u.no, f"{words.text(u.no)} {words.text(u.case.application.name)}") for u in part.units)
    return Chapter(pdf, part.title, tuple(titles), part.continues)


def _bind(book: Book, chapters: Sequence[Chapter], folder: Path, occasion: Occasion) -> dict[str, Any]:
    pages = bind(chapters, folder / book.file, book.title, occasion.words)
    with (folder / book.file).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": book.file, "sha256": digest, "pages": pages}


def _publish(staging: Path, out_dir: Path, names: Sequence[str]) -> PacketFiles:
    """Put the whole new packet in the old one's place, the manifest last; volumes it no longer has go."""
    try:
        for name in (*names, MANIFEST):
            os.replace(staging / name, out_dir / name)  # noqa: PTH105 - one call site to name in crash tests
        sync_dir(out_dir)
        for old in out_dir.iterdir():
            if OWN_NAME.fullmatch(old.name) and old.name not in names:
                old.unlink()
    except PermissionError as error:  # Windows: somebody is reading the old packet
        raise Terminal(
            f"{error.filename2 or error.filename} is open elsewhere; close it and try again"
        ) from error
    return PacketFiles(tuple(out_dir / name for name in names), out_dir / MANIFEST)


def _record(home: Home, content: bytes) -> None:
    meeting = home.settings.meeting
    row = {
        "manifest_sha256": hashlib.sha256(content).hexdigest(),
        "meeting_no": meeting.number if meeting else "",
        "made_at": datetime.now(UTC),
    }
    with transaction(home.engine) as session:
        insert_or_ignore(session, PacketRow, [row])


def _silent(_stage: str, _done: int, _total: int) -> None:
    """No progress is shown."""
