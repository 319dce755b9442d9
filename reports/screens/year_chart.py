"""The year at a glance: how many had passed each gate by the end of each month, as a chart. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.standards.schema import Pack
from mochocho.words import thai
from mochocho.words.model import Gate
from processing.standings.standing import NO_MONTH
from processing.standings.standing_figures import Counts, since

FIRST_MONTH = 10  # a fiscal year begins in October, of the year before
ROW = 30  # the height of one gate's row, and of its highest column
COLUMN = 24


@dataclass(frozen=True, slots=True)
class Column:
    """A month of one gate; `x`, `y`: its upper left corner in the row of this gate."""

    x: int
    y: int
    height: int
    count: int


@dataclass(frozen=True, slots=True)
class GateYear:
    """One gate's months in order. `now`: how many have passed it; `unknown`: of those, without a month."""

    no: int
    name: str
    columns: tuple[Column, ...]
    now: int
    unknown: int


@dataclass(frozen=True, slots=True)
class YearChart:
    """Rows of months; `whole`: how many applicants a full column stands for."""

    months: tuple[str, ...]
    rows: tuple[GateYear, ...]
    whole: int

    row_height: int = ROW
    column_width: int = COLUMN

    @property
    def width(self) -> int:
        return COLUMN * len(self.months)


def year_chart(counts: Counts, pack: Pack, today: date) -> YearChart:
    """The months of the pack's fiscal year up to today; all of them once it is over."""
    months = tuple(m for m in _months(pack.fiscal_year_be - 543) if m <= f"{today:%Y-%m}") or (
        f"{today:%Y-%m}",
    )
    whole, names = counts.whole.count, {gate.code: gate.th for gate in pack.gates}
    rows = tuple(_row(no, gate, names, counts, months) for no, gate in enumerate(Gate, 1))
    return YearChart(tuple(map(_short, months)), rows, whole)


def _row(no: int, gate: Gate, names: Mapping[Gate, str], counts: Counts, months: Sequence[str]) -> GateYear:
    passed, whole = since(counts.months[gate], months), max(1, counts.whole.count)
    heights = [-(-count * ROW // whole) for count in passed]  # one of many is still to be seen
    columns = (
        Column(COLUMN * place, ROW - height, height, count)
        for place, (height, count) in enumerate(zip(heights, passed, strict=True))
    )
    now = counts.whole.passed[gate]
    return GateYear(no, names.get(gate, gate), tuple(columns), now, counts.months[gate][NO_MONTH])


def _months(year: int) -> list[str]:
    """The twelve months of a fiscal year of the common calendar."""
    numbers = [(year - 1, month) for month in range(FIRST_MONTH, 13)]
    return [f"{y}-{m:02}" for y, m in (*numbers, *((year, month) for month in range(1, FIRST_MONTH)))]


def _short(month: str) -> str:
    return thai.month_short(int(month[5:]))
