"""The year's statistics as tables, from the same blocks as the paper: two cannot disagree. Pure."""

from collections.abc import Iterable, Iterator

from reports.formats.table import Table, Value
from reports.view.blocks import Block, Kind

_SHORT = {
    "เปรียบเทียบจำนวนผู้ได้รับการรับรองกับปี": "เปรียบเทียบกับปี",
    "มติของคณะกรรมการระดับจังหวัด": "มติระดับจังหวัด",
}  # a sheet's name has 31 letters at most
_WIDTH, _WIDTH_OF_NAMES = 14, 24


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Each table under the item that stands before it; what is a whole number in it is one."""
    title = ""
    for block in blocks:
        if block.kind is Kind.ITEM:
            title = block.text
            for long, short in _SHORT.items():
                title = title.replace(long, short)
        elif block.kind is Kind.TABLE:
            head, *rows = block.cells
            columns = {one: _WIDTH_OF_NAMES if one == "อำเภอ" else _WIDTH for one in head}
            yield Table(title, columns, [tuple(map(_value, row)) for row in rows])


def _value(cell: str) -> Value:
    return int(cell) if cell.isascii() and cell.isdecimal() else cell
