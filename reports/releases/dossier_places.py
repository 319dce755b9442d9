"""On which page of which file each dossier of a bound packet begins."""

from collections.abc import Iterator, Sequence
from pathlib import Path


def dossier_places(pdfs: Sequence[Path]) -> Iterator[tuple[str, int]]:
    """(file, page from 1) of every dossier in the order of their numbers, as the outlines say."""
    import pikepdf

    for path in pdfs:
        with pikepdf.open(path) as book, book.open_outline() as outline:
            pages = {page.obj.objgen: number for number, page in enumerate(book.pages, 1)}
            for paper in outline.root:
                for unit in paper.children:
                    destination = unit.destination
                    if isinstance(destination, pikepdf.Array):
                        yield path.name, pages[destination[0].objgen]
