"""Number formats of cells: which show a day, which a percentage. Excel in Thai and in other languages of Asia
saves some by their number alone (ECMA-376 part 1, 18.8.30), and what they say is in no file.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

_DAYS: Final = (*range(27, 37), *range(50, 59), *range(71, 75), 77, 81)
_TIMES: Final = (75, 76, 78, 80)
_SPANS: Final = (79,)  # hours that may be more than a day's
_PERCENT: Final = (67, 68)  # t0% of Thai Excel
# Between 27 and 58 Japanese Excel has days where Chinese Excel has times, and no file says which wrote it:
# the number decides, for a time of no day is below 1.
NUMBERED: Final[Mapping[int, str]] = MappingProxyType(
    dict.fromkeys(_DAYS, "d/m/yyyy")
    | dict.fromkeys(_TIMES, "h:mm:ss")
    | dict.fromkeys(_SPANS, "[h]:mm:ss")
    | dict.fromkeys(_PERCENT, "0%")
)
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')  # text, one letter, a gap, a colour or language
_BUDDHIST_YEAR = re.compile("bb", re.IGNORECASE)


def learn(book: Any) -> None:
    """Let a workbook that openpyxl has just opened know these formats.

    A format that the file itself describes has another number by then (openpyxl counts those from 164 on).
    """
    for place, style in enumerate(book._cell_styles):  # noqa: SLF001 - openpyxl has no door for this
        if style.numFmtId in (*_DAYS, *_TIMES, *_SPANS) or _shows_buddhist_year(book, style.numFmtId):
            book._date_formats.add(place)  # noqa: SLF001
        if style.numFmtId in _SPANS:
            book._timedelta_formats.add(place)  # noqa: SLF001


def _shows_buddhist_year(book: Any, number: int) -> bool:
    """`bbbb` alone: openpyxl looks for d, m, y, h and s."""
    described: Sequence[str] = book._number_formats  # noqa: SLF001
    place = number - 164
    return 0 <= place < len(described) and bool(_BUDDHIST_YEAR.search(_NO_FORMAT.sub("", described[place])))


def is_percentage(cell: Any) -> bool:
    """Whether a number is shown times a hundred: a percent sign that is not mere text."""
    code = NUMBERED.get(cell.style_array.numFmtId) or cell.number_format or ""
    return "%" in _NO_FORMAT.sub("", code)
