"""Makes the packet of one meeting: view, papers, bound PDFs, manifest, and a row that records it."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from pathlib import Path

from mochocho.storage.db import insert_or_ignore, transaction
from mochocho.storage.files import atomic_file, private_dir, sha256_of, sync_dir
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from mochocho.words.progress import ProgressCall, silent
from reports.packet import needed_sheets
from reports.packet.binding import BoundBook, Chapter, bind
from reports.packet.lay_out import lay_out
from reports.packet.manifest import manifest
from reports.packet.needed_sheets import MadePdf, Plan
from reports.tables import PacketRow
from reports.typesetting.cache import name_of
from reports.typesetting.fonts import face
from reports.typesetting.presses.print_all import print_all
from reports.typesetting.presses.print_jobs import sheets_of
from reports.typesetting.program import program_digest, versions
from reports.typesetting.typesetter import DESK, digest
from reports.view.printed_words import Words

STAGE = "packet"
MANIFEST = "manifest.json"
NEXT = ".next"
OWN_NAME = re.compile(r"packet(-redacted)?(-[0-9]+)?\.pdf")


@dataclass(frozen=True, slots=True)
class PacketFiles:
    """The files of a packet: `packet.pdf` or its volumes in order, and its manifest."""

    pdfs: tuple[Path, ...]
    manifest: Path


@dataclass(frozen=True, slots=True)
class _Bound:
    """What was bound. `told`: sha256 of the manifest."""

    files: PacketFiles
    pdfs: tuple[MadePdf, ...]
    told: str


def make_packet(home: Home, out_dir: Path, progress: ProgressCall | None = None) -> PacketFiles:
    """Make the packet of the meeting (`packet_meeting`). The old one stays until the new one is complete.

    Nothing is made where the packet in the settings' folder is what would be made, byte for byte.
    Of a home that is `redacted`: the committee's copy.

    Raises Terminal for settings that a person must correct, Transient when it may succeed later.
    """
    private_dir(out_dir)
    with needed_sheets.alone(home):
        if out_dir == home.packet_dir and needed_sheets.lies_whole(home):
            *pdfs, told = needed_sheets.made_files(home)
            return PacketFiles(tuple(pdfs), told)
        laid_out = lay_out(home)
        _print(home, laid_out, progress or silent)
        return _finished(home, out_dir, laid_out)


def due(home: Home) -> list[str]:
    """The state whose sheets are all typeset and which is not bound yet."""
    laid_out = needed_sheets.planned(home)
    if (
        laid_out is None
        or needed_sheets.made_state(home) == laid_out.state
        or needed_sheets.state(home) != laid_out.state
    ):
        return []
    return [] if any(needed_sheets.missing(home, laid_out)) else [laid_out.state]


def do(home: Home, progress: ProgressCall | None = None) -> None:
    """Bind what workers have typeset, into the folder in the settings; nothing if it is no longer due."""
    private_dir(home.packet_dir)
    with needed_sheets.alone(home):
        laid_out = needed_sheets.planned(home)
        if laid_out is None or needed_sheets.state(home) != laid_out.state:
            return  # laid out from another state; it is laid out again first
        _finished(home, home.packet_dir, laid_out)
    if progress:
        progress(STAGE, len(laid_out.runs), len(laid_out.runs))


def _print(home: Home, laid_out: Plan, progress: ProgressCall) -> None:
    jobs = list(needed_sheets.missing_jobs(home, laid_out))
    of, done = len(laid_out.runs), len(laid_out.runs) - len(jobs)

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(STAGE, done, of)

    progress(STAGE, done, of)
    print_all(needed_sheets.typesetter_of(home, desk=DESK), jobs, one_more)


def _finished(home: Home, out_dir: Path, laid_out: Plan) -> PacketFiles:
    """Bind the typeset sheets; nothing typeset for another packet stays."""
    sheets = _typeset_sheets(home, laid_out)
    bound = _bound(home, out_dir, laid_out, [path for _, path in sheets])
    names = sorted(name_of(key) for key in {key for key, _ in (*laid_out.runs, *sheets)})
    needed_sheets.typesetter_of(home).kept.keep_only(
        merge(needed_sheets.material(home, laid_out).kept(), names)
    )
    needed_sheets.clear_jobs(home)
    if out_dir == home.packet_dir:  # last: whatever was broken off before is made once more
        needed_sheets.keep_made(home, laid_out.state, bound.pdfs, (MANIFEST, bound.told))
    return bound.files


def _typeset_sheets(home: Home, laid_out: Plan) -> list[tuple[str, Path]]:
    """Key and PDF of each sheet, in order. Raises Transient when one is damaged: it is typeset again."""
    cache = needed_sheets.typesetter_of(home).kept
    found: list[tuple[str, Path]] = []
    for key, count in laid_out.runs:
        sheets = sheets_of(cache, key, count)
        if not sheets:
            cache.drop(key)
            raise Transient(
                "แผ่นที่จัดพิมพ์ไว้เสียหาย โปรแกรมจะจัดพิมพ์ใหม่ ให้สั่งอีกครั้ง",
                "a typeset sheet is damaged; it is typeset again",
            )
        found += sheets
    return found


def _bound(home: Home, out_dir: Path, laid_out: Plan, sheets: Sequence[Path]) -> _Bound:
    """Bind the PDFs of all sheets, in order, and publish them with their manifest."""
    staging = out_dir / NEXT
    shutil.rmtree(staging, ignore_errors=True)
    private_dir(staging)
    try:
        pdfs = tuple(_volumes(home, out_dir, laid_out, sheets))
        told = _told(home, staging / MANIFEST, laid_out, pdfs)
        files = _publish(staging, out_dir, [one.name for one in pdfs])
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    if not home.redacted:  # that copy is no packet of its own
        _record(home, told, laid_out)
    return _Bound(files, pdfs, told)


def _volumes(home: Home, out_dir: Path, laid_out: Plan, sheets: Sequence[Path]) -> Iterator[MadePdf]:
    """Bind each volume that does not lie in the folder as it would be bound."""
    words, typesetter = Words(home.settings.papers.thai_digits), needed_sheets.typesetter_of(home)
    by_program = (typesetter.made_with, program_digest(), *versions())
    before = needed_sheets.made_pdfs(home) if out_dir == home.packet_dir else {}
    for file, book in _books(home, laid_out, sheets, words):
        made_of = digest(*map(str.encode, by_program), book.identity)
        old = before.get(file)
        if old and old.made_of == made_of and _lies_whole(out_dir / file, old.sha256):
            yield old
        else:
            target = out_dir / NEXT / file
            yield MadePdf(file, *bind(book, target, words, typesetter.picture), made_of)


def _lies_whole(file: Path, sha256: str) -> bool:
    return file.is_file() and sha256_of(file) == sha256


def _books(
    home: Home, laid_out: Plan, sheets: Sequence[Path], words: Words
) -> Iterator[tuple[str, BoundBook]]:
    """File and content of each volume."""
    chapters = (
        Chapter(pdf, heading.title, heading.units, heading.continues)
        for pdf, heading in zip(sheets, needed_sheets.material(home, laid_out).headings(), strict=True)
    )
    annexes = list(_annexes(home, laid_out, words))
    for number, (file, title, count) in enumerate(laid_out.books):
        held = list(islice(chapters, count))
        yield file, BoundBook.of(title, held if number else _with_annexes(held, annexes))


def _told(home: Home, target: Path, laid_out: Plan, pdfs: Sequence[MadePdf]) -> str:
    """Write the manifest. Returns its sha256."""
    papers, material = home.settings.papers, needed_sheets.material(home, laid_out)
    letters = face(papers.font_dir, papers.font_family)
    outputs = [{"name": one.name, "sha256": one.sha256, "pages": one.pages} for one in pdfs]
    with atomic_file(target) as file:
        file.writelines(manifest(home, laid_out.settings, laid_out.counts, material, letters, outputs))
    return sha256_of(target)


def _annexes(home: Home, laid_out: Plan, words: Words) -> Iterator[Chapter]:
    """The office's own annexes. Raises Terminal where the store has lost one."""
    meeting = laid_out.settings["meeting"] or {}
    for annex in meeting.get("annexes", ()):  # a meeting of the settings has none
        number, title = annex["number"], words.text(annex["title"])
        if not home.store.has(annex["sha256"]):
            raise Terminal(
                f"ไม่พบไฟล์ของเอกสารแนบ {number} ให้แนบใหม่ด้วยคำสั่ง `mochocho meeting annex`",
                f"the file of annex {number} is gone; bind it again with `mochocho meeting annex`",
            )
        path = home.store.path(annex["sha256"])
        yield Chapter(path, f"เอกสารแนบ {words.text(number)} {title}", whole=True)


def _with_annexes(book: Sequence[Chapter], annexes: Sequence[Chapter]) -> list[Chapter]:
    """Behind the papers in front, before the dossiers."""
    front = next((place for place, one in enumerate(book) if one.units), len(book))
    return [*book[:front], *annexes, *book[front:]]


def _publish(staging: Path, out_dir: Path, names: Sequence[str]) -> PacketFiles:
    """Replace what of the old packet is another, the manifest last; surplus volumes are removed."""
    try:
        for name in (*(one for one in names if (staging / one).exists()), MANIFEST):
            os.replace(staging / name, out_dir / name)  # noqa: PTH105 - one call site to name in crash tests
        sync_dir(out_dir)
        for old in out_dir.iterdir():
            if OWN_NAME.fullmatch(old.name) and old.name not in names:
                old.unlink()
    except PermissionError as error:  # Windows: the old packet is open in a program
        busy = error.filename2 or error.filename
        raise Terminal(
            f"มีโปรแกรมอื่นเปิด {busy} อยู่ ให้ปิดแล้วสั่งอีกครั้ง",
            f"{busy} is open elsewhere; close it and try again",
        ) from error
    return PacketFiles(tuple(out_dir / name for name in names), out_dir / MANIFEST)


def _record(home: Home, told: str, laid_out: Plan) -> None:
    meeting = laid_out.settings["meeting"]
    row = {
        "manifest_sha256": told,
        "meeting_no": meeting["number"] if meeting else "",
        "made_at": datetime.now(UTC),
    }
    with transaction(home.engine, counted=False) as session:  # makes nothing due
        insert_or_ignore(session, PacketRow, [row])
