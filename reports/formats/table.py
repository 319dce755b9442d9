"""A table as an office takes it into other programs: one sheet of a workbook, or one CSV file. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """`columns`: heading -> width in characters; `frozen`: columns that stay in sight. Texts are as typed."""

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Value]]
    frozen: int = 0
