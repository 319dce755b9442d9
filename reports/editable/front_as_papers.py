"""The packet's lists as letter-like papers: the same rows as in the packet."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.front import Listing, NamedRow, OrderPaper, Row

ORDER_NAME = "ลำดับการนำเสนอ"


def order_of_presentation(order: OrderPaper) -> Paper:
    """The order of presentation with its table."""
    table = order.table
    blocks = (
        Block(Kind.CENTRE, order.caption),
        Block(
            Kind.TABLE, cells=tuple(_with_hours((table.head, *table.rows, ("", *table.totals)), order.hours))
        ),
        *((Block(Kind.PARAGRAPH, order.note),) if order.note else ()),
    )
    return Paper(ORDER_NAME, Form.PLAIN, blocks, title=order.title)


def _with_hours(rows: Sequence[Row], hours: Row) -> Iterator[Row]:
    """The rows with a last column of hours, where the day is shared out; the sums have none."""
    for row, hour in zip_longest(rows, hours, fillvalue=""):
        yield (*row, hour) if hours else tuple(row)


def list_of_names(parts: Sequence[Listing]) -> Paper:
    """แนบ ๔, a table a district, from its parts in order."""
    first = parts[0]
    return Paper(
        first.annex,
        Form.PLAIN,
        tuple(_listed(parts)),
        title=(first.annex, *first.title),
        sample=first.sample,
    )


def _listed(parts: Sequence[Listing]) -> Iterator[Block]:
    if parts[0].empty:
        yield Block(Kind.CENTRE, parts[0].empty)
    for part in parts:
        for group in part.groups:
            rows = [row for row in group.rows if isinstance(row, NamedRow)]
            yield Block(Kind.ITEM, f"{group.title} {group.count}")
            yield Block(Kind.TABLE, cells=(part.head, *map(_cells, rows)))
    for part in parts:
        yield from _notes(part)
    yield from (Block(Kind.PARAGRAPH, part.unnamed) for part in parts if part.unnamed)
    totals, note = parts[-1].totals, parts[-1].note
    yield from (Block(Kind.POINT if i else Kind.ITEM, line) for i, line in enumerate(totals))
    if note:
        yield Block(Kind.PARAGRAPH, note)


def _cells(row: NamedRow) -> tuple[str, ...]:
    return (row.no, *row.registered, row.name.text, row.type, row.place.text, row.percent, row.resolved)


def _notes(part: Listing) -> Iterator[Block]:
    """What marked names and conditional passes say at the foot of the list."""
    rows = [row for group in part.groups for row in group.rows if isinstance(row, NamedRow)]
    for title, said in (
        (part.marked_title, [(row, row.against) for row in rows if row.against]),
        (part.conditional_title, [(row, row.condition) for row in rows if row.condition]),
    ):
        if title:
            yield Block(Kind.HEADING, title)
            yield from (Block(Kind.POINT, f"{row.no}. {row.name.text} {words}") for row, words in said)
