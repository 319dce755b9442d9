"""Binds typeset parts into one PDF with an outline and page labels; the same parts give the same bytes."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.storage.files import sha256_of
from reports.formats.pdf_saving import save
from reports.typesetting.stand_ins import put_in
from reports.view.printed_words import Words

if TYPE_CHECKING:
    import pikepdf

IDENTITY = 16  # bytes of a PDF's identity (ISO 32000-2, 14.4)
LEFT_BEHIND = ("/StructParents", "/Tabs")  # refer to a structure tree that merging drops


@dataclass(frozen=True, slots=True)
class Chapter:
    """A typeset part. `units`: (dossier number, title) of its dossiers, empty for papers in front.

    `whole`: an annex of the office's own, which begins at its first page.
    """

    pdf: Path
    title: str
    units: tuple[tuple[int, str], ...] = ()
    continues: bool = False  # continues the paper before it, and its page numbers
    whole: bool = False


@dataclass(frozen=True, slots=True)
class BoundBook:
    """Typeset parts in order, to be bound into one PDF. `identity`: sha256 over all that is in it."""

    title: str
    chapters: tuple[Chapter, ...]
    identity: bytes

    @classmethod
    def of(cls, title: str, chapters: Sequence[Chapter]) -> "BoundBook":
        found = hashlib.sha256(title.encode())
        for one in chapters:
            told = (sha256_of(one.pdf), one.title, one.units, one.continues, one.whole)
            found.update(repr(told).encode())
        return cls(title, tuple(chapters), found.digest())


def bind(made: BoundBook, target: Path, words: Words, picture: Callable[[str], bytes]) -> tuple[str, int]:
    """Write `target`, whole or not at all. Returns its sha256 and number of pages.

    `picture`: the JPEG of a picture of typeset parts, by its name.
    """
    import pikepdf

    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.new())
        outline = _Outline()
        labels: dict[int, str] = {}
        starts: list[int] = []
        for chapter in made.chapters:
            part = stack.enter_context(pikepdf.open(chapter.pdf))
            first = len(book.pages)
            if not chapter.whole:
                put_in(part, picture)
            if not chapter.continues:
                starts = [first] if chapter.whole else [first + start for start in _starts(part)]
                outline.add(chapter, starts)
            book.pages.extend(part.pages)
            labels.update(_labels(chapter, starts, len(book.pages), words))
        for page in book.pages:
            for key in LEFT_BEHIND:
                if key in page.obj:
                    del page.obj[key]
        outline.write(book)
        _write_labels(book, labels)
        book.docinfo["/Title"] = made.title
        return save(book, target, made.identity[:IDENTITY]), len(book.pages)


def _starts(part: "pikepdf.Pdf") -> list[int]:
    """The pages where its headings are: one heading for each paper or dossier."""
    import pikepdf

    with part.open_outline() as outline:
        pages = [
            item.destination[0].objgen for item in outline.root if isinstance(item.destination, pikepdf.Array)
        ]
    numbers = {page.objgen: i for i, page in enumerate(p.obj for p in part.pages)}
    return [numbers[page] for page in pages]


def _labels(chapter: Chapter, starts: Sequence[int], end: int, words: Words) -> Iterator[tuple[int, str]]:
    """The label of every page as printed: `๑๒-๓` in a dossier, the paper's title and page elsewhere."""
    numbers = [words.text(no) for no, _ in chapter.units] or [chapter.title]
    for number, start, stop in zip(numbers, starts, [*starts[1:], end], strict=True):
        for page in range(start, stop):
            yield page, f"{number}-{words.text(page - start + 1)}"


class _Outline:
    """The outline: papers, then districts with their units; bundles of one district share its entry."""

    def __init__(self) -> None:
        self._entries: list[tuple[str, list[tuple[str, int]]]] = []
        self._pages: list[int] = []

    def add(self, chapter: Chapter, starts: Sequence[int]) -> None:
        if not self._entries or self._entries[-1][0] != chapter.title:
            self._entries.append((chapter.title, []))
            self._pages.append(starts[0])
        self._entries[-1][1].extend(
            (title, page) for (_, title), page in zip(chapter.units, starts, strict=False)
        )

    def write(self, book: "pikepdf.Pdf") -> None:
        import pikepdf

        with book.open_outline() as outline:
            for (title, units), page in zip(self._entries, self._pages, strict=True):
                entry = pikepdf.OutlineItem(title, page)
                entry.is_closed = True
                entry.children.extend(pikepdf.OutlineItem(*unit) for unit in units)
                outline.root.append(entry)


def _write_labels(book: "pikepdf.Pdf", labels: dict[int, str]) -> None:
    import pikepdf

    tree = pikepdf.Array()
    for page, label in sorted(labels.items()):
        tree.append(page)
        tree.append(pikepdf.Dictionary(P=pikepdf.String(label)))
    book.Root.PageLabels = pikepdf.Dictionary(Nums=tree)
    book.Root.PageMode = pikepdf.Name.UseOutlines
