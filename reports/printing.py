"""Parts → typeset PDFs in the cache, in a few processes of their own; what is cached is not set again."""

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from mochocho.errors import Transient
from mochocho.files import Store
from mochocho.places import Province
from reports.atoms import Breaker
from reports.press import DESK, Press, Sheet, canonical, digest, photo_key, sheet_key
from reports.view.pictures import Code, Picture, Size, shown
from reports.volumes import Part

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Sheets that are numbered on from one to the next, so that one process typesets them in their order.

    `key` names what they will become: a single sheet's own key.
    """

    made_with: str
    sheets: tuple[Sheet, ...]

    @property
    def key(self) -> str:
        if len(self.sheets) == 1:
            return self.sheets[0].key
        return digest(b"run", *(sheet.key.encode() for sheet in self.sheets))

    def sheet(self, number: int, first_page: int) -> Sheet:
        """The sheet of this number as it is to be typeset when it begins at this page."""
        sheet = self.sheets[number]
        if number == 0:
            return sheet
        data = canonical(json.loads(sheet.data) | {"first_page": first_page})
        return replace(sheet, key=sheet_key(self.made_with, sheet.paper, data, sheet.absent), data=data)

    def to_json(self) -> bytes:
        """For a process elsewhere."""
        sheets = [
            {
                "key": s.key,
                "paper": s.paper,
                "data": s.data.decode(),
                "pictures": [[p.sha256, p.size.name] for p in s.pictures],
                "absent": [[p.sha256, p.size.name] for p in s.absent],
                "codes": [c.text for c in s.codes],
            }
            for s in self.sheets
        ]
        return canonical({"made_with": self.made_with, "sheets": sheets})

    @classmethod
    def from_json(cls, content: bytes) -> "Run":
        read = json.loads(content)
        return cls(read["made_with"], tuple(_sheet(s) for s in read["sheets"]))


def _sheet(read: dict[str, Any]) -> Sheet:
    return Sheet(
        key=read["key"],
        paper=read["paper"],
        data=read["data"].encode(),
        pictures=tuple(Picture(sha256, Size[size]) for sha256, size in read["pictures"]),
        absent=tuple(Picture(sha256, Size[size]) for sha256, size in read["absent"]),
        codes=tuple(Code(text) for text in read["codes"]),
    )


def runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts with those that continue them."""
    some: list[Part] = []
    for part in parts:
        if some and not part.continues:
            yield some
            some = []
        some.append(part)
    if some:
        yield some


class Printer:
    """Typesets parts through `press`; `kept_whole` are names no line may break."""

    def __init__(self, press: Press, kept_whole: Iterable[str]) -> None:
        self._press = press
        self._breaker = Breaker(kept_whole)
        self._store = Store(press.store)
        self._cache = press.kept
        self.used: set[str] = set()  # keys of the cache that the sheets so far need
        self._made_with = press.made_with

    def print(self, parts: Sequence[Part], done: Callable[[], None]) -> list[Path]:
        """The PDF of each part, in order; `done` is called once a part. Nothing else stays in the cache.

        Raises Transient when a process dies.
        """
        shutil.rmtree(self._press.cache / DESK, ignore_errors=True)
        try:
            keys = list(self._keys(parts, done))
        except BrokenProcessPool as error:
            raise Transient("a typesetting process was stopped; free some memory and try again") from error
        self._cache.keep_only(self.used)
        return [self._cache.path(key) for key in keys]

    def _keys(self, parts: Sequence[Part], done: Callable[[], None]) -> Iterator[str]:
        spawn = multiprocessing.get_context("spawn")
        waiting: set[Future[str]] = set()
        key, page = "", 1
        with ProcessPoolExecutor(PROCESSES, spawn) as pool:
            for part in parts:
                if part.continues:
                    wait(waiting)
                    page += pages(self._cache.path(key))
                else:
                    page = 1
                sheet = self.sheet(part, page)
                key = sheet.key
                yield key
                if self._cache.find(sheet.key):
                    done()
                    continue
                waiting.add(pool.submit(self._press.print, sheet))
                if len(waiting) > 2 * PROCESSES:
                    waiting = _collect(waiting, done)
            while waiting:
                waiting = _collect(waiting, done)

    def run(self, parts: Sequence[Part]) -> Run:
        """`parts`, each continuing the one before, ready to be typeset somewhere else."""
        return Run(self._made_with, tuple(self.sheet(part) for part in parts))

    def sheet(self, part: Part, first_page: int = 1) -> Sheet:
        """`part` ready to be typeset, with the key of what it will become."""
        view = replace(part.view(), first_page=first_page) if part.continues else part.view()
        data = canonical(self._breaker.boxed(view))
        named = dict.fromkeys(shown(view))
        pictures = [p for p in named if isinstance(p, Picture)]
        present = tuple(p for p in pictures if p.sha256 and self._store.has(p.sha256))
        absent = tuple(p for p in pictures if p not in present)
        key = sheet_key(self._made_with, part.paper, data, absent)
        self.used.update((key, *map(photo_key, present)))
        return Sheet(key, part.paper, data, present, absent, tuple(c for c in named if isinstance(c, Code)))


def pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def whole_names(province: Province) -> Iterator[str]:
    """Names of places, with the words that stand before them, that no line breaks."""
    yield from (province.name_th, f"จังหวัด{province.name_th}")
    for district in province.districts:
        yield from (district.name_th, f"อำเภอ{district.name_th}")


def _collect(waiting: set[Future[str]], done: Callable[[], None]) -> set[Future[str]]:
    finished, left = wait(waiting, return_when=FIRST_COMPLETED)
    for future in finished:
        future.result()
        done()
    return left
