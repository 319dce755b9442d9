"""Parts → typeset PDFs in the cache, in a few processes of their own; what is cached is not set again."""

import hashlib
import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pikepdf

from mochocho.errors import Transient
from mochocho.files import Store
from mochocho.places import Province
from reports import photos
from reports.atoms import Breaker
from reports.papers import templates
from reports.press import DESK, Press, Sheet, photo_key
from reports.view.pictures import Code, Picture, shown
from reports.volumes import Part

PROCESSES = 2
MADE_WITH = ("icu4py", "pillow", "segno", "typst")


class Printer:
    """Typesets parts through `press`; `kept_whole` are names no line may break."""

    def __init__(self, press: Press, kept_whole: Iterable[str]) -> None:
        self._press = press
        self._breaker = Breaker(kept_whole)
        self._store = Store(press.store)
        self._cache = press.kept
        self._used: set[str] = set()
        self._made_with = _digest(
            *(version(name).encode() for name in MADE_WITH),
            *(part for name, content in sorted(templates().items()) for part in (name.encode(), content)),
            repr((press.face.family, press.face.scale, press.face.digests, press.thai_digits)).encode(),
            str(photos.VERSION).encode(),
        )

    def print(self, parts: Sequence[Part], done: Callable[[], None]) -> list[Path]:
        """The PDF of each part, in order; `done` is called once a part. Nothing else stays in the cache.

        Raises Transient when a process dies.
        """
        shutil.rmtree(self._press.cache / DESK, ignore_errors=True)
        try:
            keys = list(self._keys(parts, done))
        except BrokenProcessPool as error:
            raise Transient("a typesetting process was stopped; free some memory and try again") from error
        self._cache.keep_only(self._used)
        return [self._cache.path(key) for key in keys]

    def _keys(self, parts: Sequence[Part], done: Callable[[], None]) -> Iterator[str]:
        spawn = multiprocessing.get_context("spawn")
        waiting: set[Future[str]] = set()
        key, page = "", 1
        with ProcessPoolExecutor(PROCESSES, spawn) as pool:
            for part in parts:
                if part.continues:
                    wait(waiting)
                    page += self._pages(key)
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

    def _pages(self, key: str) -> int:
        with pikepdf.open(self._cache.path(key)) as pdf:
            return len(pdf.pages)

    def sheet(self, part: Part, first_page: int = 1) -> Sheet:
        """`part` ready to be typeset, with the key of what it will become."""
        view = replace(part.view(), first_page=first_page) if part.continues else part.view()
        data = json.dumps(
            self._breaker.boxed(view), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
        named = dict.fromkeys(shown(view))
        pictures = [p for p in named if isinstance(p, Picture)]
        present = tuple(p for p in pictures if p.sha256 and self._store.has(p.sha256))
        absent = tuple(p for p in pictures if p not in present)
        key = _digest(self._made_with.encode(), part.paper.encode(), data, *(p.name.encode() for p in absent))
        self._used.update((key, *map(photo_key, present)))
        return Sheet(key, part.paper, data, present, absent, tuple(c for c in named if isinstance(c, Code)))


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


def _digest(*parts: bytes) -> str:
    """sha256 over parts, each with its length, so that no two lists of parts can meet."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
