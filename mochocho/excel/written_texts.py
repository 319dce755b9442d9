"""Reading the texts of a workbook as they are written: `escapes` makes of them what Excel shows."""

from collections.abc import Iterator
from typing import IO

from lxml import etree
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS


class AsWritten(ExcelReader):
    """openpyxl's reader, which leaves the texts of all sheets as they are written."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as stream:
                self.shared_strings = list(_texts(stream))


def _texts(stream: IO[bytes]) -> Iterator[str]:
    for _, node in etree.iterparse(stream, tag="{*}si", resolve_entities=False):
        text = Text.from_tree(node)
        yield text.content if text else ""
        node.clear()
