"""Runs of sheets as files that any process can typeset, and typesetting them in this one."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mochocho.storage.files import atomic_file
from mochocho.words.errors import Transient
from reports.typesetting.cache import Cache
from reports.typesetting.sorting import lines
from reports.typesetting.typesetter import Sheet, Typesetter, canonical, digest, sheet_key
from reports.view.pictures import Code, Picture, Size

NEXT = ".next"


def run_key(keys: Sequence[str]) -> str:
    """The key of a run of sheets in which each continues the page numbers of the one before.

    For a single sheet, the sheet's key.
    """
    return keys[0] if len(keys) == 1 else digest(b"run", *(key.encode() for key in keys))


def write_job(sheets: Iterable[Sheet], folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Write a job for any process: the sheets of a run, one per line. Returns its path and the sheets' keys.

    The file must be named by the run's key. Only one sheet is in memory at a time.
    """
    keys: list[str] = []
    with atomic_file(folder / NEXT) as file:
        for sheet in sheets:
            keys.append(sheet.key)
            file.write(canonical(_plain(sheet)) + b"\n")
    return folder / NEXT, tuple(keys)


class UnreadableJob(Transient):
    """A job that another version of the program wrote, while this one was being put in its place."""


def read_job(job: Path) -> Iterator[Sheet]:
    """The sheets written by `write_job`. Raises UnreadableJob."""
    try:
        yield from map(_sheet, lines(job))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableJob(
            "โปรแกรมเปลี่ยนรุ่นระหว่างที่จัดทำเอกสาร ให้สั่งอีกครั้ง",
            "the program was replaced while papers were made; run this again",
        ) from error


def _plain(sheet: Sheet) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "paper": sheet.paper,
        "data": sheet.data.decode(),
        "pictures": [[p.sha256, p.size.name, p.sheet] for p in sheet.pictures],
        "absent": [[p.sha256, p.size.name, p.sheet] for p in sheet.absent],
        "codes": [c.text for c in sheet.codes],
    }


def _sheet(read: dict[str, Any]) -> Sheet:
    return Sheet(
        key=read["key"],
        paper=read["paper"],
        data=read["data"].encode(),
        pictures=tuple(Picture(sha256, Size[size], sheet) for sha256, size, sheet in read["pictures"]),
        absent=tuple(Picture(sha256, Size[size], sheet) for sha256, size, sheet in read["absent"]),
        codes=tuple(Code(text) for text in read["codes"]),
    )


def print_job(typesetter: Typesetter, job: Path) -> None:
    """Typeset the sheets of a run that are not cached, each continuing the page numbers of the one before."""
    made: list[str] = []
    page = 1
    for sheet in read_job(job):
        if made:
            page += pages(typesetter.kept.path(made[-1]))
        numbered = sheet if page == 1 else _beginning_at(page, sheet, typesetter)
        if not typesetter.kept.find(numbered.key):
            typesetter.print(numbered)
        made.append(numbered.key)
    if len(made) > 1:
        typesetter.kept.put(job.name, canonical(made))


def _beginning_at(page: int, sheet: Sheet, typesetter: Typesetter) -> Sheet:
    data = canonical(json.loads(sheet.data) | {"first_page": page})
    return replace(sheet, key=sheet_key(typesetter.made_with, sheet.paper, data, sheet.absent), data=data)


def sheets_of(cache: Cache, key: str, count: int) -> list[tuple[str, Path]]:
    """Key and PDF of each sheet of a run of `count` sheets; empty unless all of them are whole."""
    kept = cache.get(key) if count > 1 else b""
    keys = [key] if count == 1 else json.loads(kept or b"[]")
    whole = [(one, path) for one in keys if (path := cache.find(one))]
    return whole if len(whole) == count else []


def pages(pdf: Path) -> int:
    """The number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)
