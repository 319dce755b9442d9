"""Finds the pages that are copies of each other: each new one is compared with all that came before, once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, delete, select, tuple_
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore, reading, transaction
from mochocho.words.model import Measurement
from processing.decoding.jobs import CHECK_VERSION
from processing.documents.copies.page_copy import SAME, SAME_PIXELS
from processing.tables import ImprintRow, SamePageRow

Page = tuple[str, int]  # sha256, sheet
_AT_ONCE = 500  # pages whose marks are in memory as they are stored; of the others only the codes are
MOST_EQUAL = 8  # files of the same pixels that are noted for one: what everybody sent is no list of everybody


def found(engine: Engine, measured: Collection[Measurement]) -> list[dict[str, Any]]:
    """Keep the imprints of these files; rows of `SamePageRow` for each page that another file has too.

    Imprints are committed before anything is compared, so that of two processes with a page each, the one
    that comes later finds the other's. Those of earlier checks go: nothing is compared with them any more.
    """
    rows = [
        {"sha256": one.sha256, "check_version": CHECK_VERSION, **asdict(imprint)}
        for one in measured
        for imprint in one.imprints
        if imprint.pixels
    ]
    if not rows:
        return []
    with transaction(engine, counted=False) as session:
        for table in (ImprintRow, SamePageRow):
            mine = table.sha256.in_({row["sha256"] for row in rows})
            session.execute(delete(table).where(mine, table.check_version < CHECK_VERSION))
        insert_or_ignore(session, ImprintRow, rows)
    with reading(engine) as session:
        pairs = dict(_alike(session, rows)) | dict(_equal(session, rows))
    both = {(one, other): number for (one, other), number in pairs.items()}
    both |= {(other, one): number for (one, other), number in pairs.items()}
    return [_row(one, other, number) for (one, other), number in sorted(both.items())]


def _row(one: Page, other: Page, number: int) -> dict[str, Any]:
    return {
        "sha256": one[0],
        "check_version": CHECK_VERSION,
        "sheet": one[1],
        "other": other[0],
        "other_sheet": other[1],
        "per_cent": number,
    }


def _page(row: Any) -> Page:
    return row["sha256"], row["sheet"]


def _equal(session: Session, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[tuple[Page, Page], int]]:
    """Pages of the same pixels, whatever the files say besides."""
    query = select(ImprintRow.pixels, ImprintRow.sha256, ImprintRow.sheet).where(
        ImprintRow.check_version == CHECK_VERSION, ImprintRow.pixels.in_({row["pixels"] for row in rows})
    )
    known = sorted(session.execute(query).all())
    for row in rows:
        others = [
            (sha256, sheet)
            for pixels, sha256, sheet in known
            if pixels == row["pixels"] and sha256 != row["sha256"]
        ]
        for other in others[:MOST_EQUAL]:
            yield (_page(row), other), SAME_PIXELS


def _alike(session: Session, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[tuple[Page, Page], int]]:
    """Pages that agree everywhere, by what is written on them."""
    # Imported here: who only looks for work, or asks what is set aside, computes nothing.
    from processing.same_pages import all_pages

    query = select(ImprintRow.sha256, ImprintRow.sheet, ImprintRow.marks).where(
        ImprintRow.check_version == CHECK_VERSION, ImprintRow.marks != ""
    )
    pages, every = list[Page](), []
    for sha256, sheet, marks in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        pages.append((sha256, sheet))
        every.append(all_pages.codes(marks))
    new = [row for row in rows if row["marks"]]
    likely = all_pages.likely([all_pages.codes(row["marks"]) for row in new], every)
    asked = [[(pages[one.page], one.quarters) for one in own] for own in likely]
    kept = _kept(session, {page for own in asked for page, _ in own})
    for row, own in zip(new, asked, strict=True):
        others = [(page, quarters) for page, quarters in own if page[0] != row["sha256"]]
        for page, number in all_pages.agreeing((row["marks"], row["copy"]), others, kept):
            if number >= SAME:
                yield (_page(row), page), number


def _kept(session: Session, pages: Collection[Page]) -> dict[Page, tuple[str, str]]:
    key = tuple_(ImprintRow.sha256, ImprintRow.sheet)
    query = select(ImprintRow.sha256, ImprintRow.sheet, ImprintRow.marks, ImprintRow.copy).where(
        ImprintRow.check_version == CHECK_VERSION, key.in_(sorted(pages))
    )
    return {(sha256, sheet): (marks, copy) for sha256, sheet, marks, copy in session.execute(query)}
