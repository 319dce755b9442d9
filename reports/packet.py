"""The packet of one meeting: view → papers → bound PDFs → manifest, and a row that says it was made."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from mochocho.db import insert_or_ignore, transaction
from mochocho.errors import Terminal, Transient
from mochocho.files import private_dir, sync_dir, write_file
from mochocho.home import Home
from reports import plan
from reports.assembly import Assembly, assemble
from reports.binding import Chapter, bind
from reports.fonts import face
from reports.manifest import manifest
from reports.plan import Plan
from reports.press import DESK
from reports.printing import Printer, whole_names
from reports.tables import PacketRow
from reports.view.occasion import Occasion
from reports.view.words import Words
from reports.volumes import Book, Part

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
    with _alone(home):
        state = plan.state(home)  # first: what changes while this reads is due again
        whole = assemble(home)
        files = _bound(home, out_dir, whole, _print(home, whole.books, progress or _silent))
        if out_dir == home.settings.packet_dir:
            plan.keep_made(home, state, (*files.pdfs, files.manifest))
        return files


def due(home: Home) -> list[str]:
    """The state whose sheets are all typeset and that is not bound yet."""
    laid_out = plan.planned(home)
    if laid_out is None or plan.made_state(home) == laid_out.state or plan.state(home) != laid_out.state:
        return []
    return [] if any(plan.missing(home, laid_out)) else [laid_out.state]


def do(home: Home, progress: Progress | None = None) -> None:
    """Bind what workers have typeset, in the folder of the settings; nothing where it is not due any more."""
    private_dir(home.settings.packet_dir)
    with _alone(home):
        laid_out = plan.planned(home)
        if laid_out is None:
            return
        whole = assemble(home)
        if plan.state(home) != laid_out.state:
            return  # laid out from something else; it is laid out again first
        sheets = _typeset_sheets(home, laid_out)
        files = _bound(home, home.settings.packet_dir, whole, sheets)
        plan.keep_made(home, laid_out.state, (*files.pdfs, files.manifest))
        plan.press_of(home).kept.keep_only({*laid_out.used, *(key for key, _ in laid_out.runs)})
        plan.clear_jobs(home)
    if progress:
        progress(STAGE, len(sheets), len(sheets))


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    private_dir(home.settings.cache_dir)
    try:
        with FileLock(home.settings.cache_dir / "packet.lock", timeout=0, mode=0o600):
            yield
    except Timeout as error:
        raise Transient("another packet is being made here; wait for it") from error


def _typeset_sheets(home: Home, laid_out: Plan) -> list[Path]:
    """The PDF of each part, in order. Raises Transient when one is not whole: it is typeset again."""
    cache = plan.press_of(home).kept
    found: list[Path] = []
    for key, count in laid_out.runs:
        kept = cache.get(key) if count > 1 else b""
        keys = [key] if count == 1 else json.loads(kept or b"[]")
        whole = [path for path in map(cache.find, keys) if path]
        if len(whole) != count:
            cache.path(key).unlink(missing_ok=True)
            raise Transient("a typeset sheet is damaged; it is typeset again")
        found += whole
    return found


def _bound(home: Home, out_dir: Path, whole: Assembly, sheets: Sequence[Path]) -> PacketFiles:
    """Bind the PDFs of all parts, in order, and publish them with their manifest."""
    papers = home.settings.papers
    letters = face(papers.font_dir, papers.font_family)
    staging = out_dir / NEXT
    shutil.rmtree(staging, ignore_errors=True)
    private_dir(staging)
    pdfs = iter(sheets)
    try:
        outputs = [
            _bind(book, [_chapter(part, next(pdfs), home) for part in book.parts], staging, whole.occasion)
            for book in whole.books
        ]
        content = manifest(home, whole.groups, letters, outputs)
        write_file(staging / MANIFEST, content)
        files = _publish(staging, out_dir, [book.file for book in whole.books])
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _record(home, content)
    return files


def _print(home: Home, bound: Sequence[Book], progress: Progress) -> list[Path]:
    printer = Printer(plan.press_of(home, desk=DESK), whole_names(home.province))
    parts = [part for book in bound for part in book.parts]
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(STAGE, done, len(parts))

    return printer.print(parts, one_more)


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
