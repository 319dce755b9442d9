"""Number formats of cells: which show a day, which a percentage.

Excel in Thai and other Asian languages saves some formats by number only (ECMA-376 part 1, 18.8.30); their
meaning is not in the file.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

_DAYS: Final = (*range(27, 37), *range(50, 59), *range(71, 75), 77, 81)
_TIMES: Final = (75, 76, 78, 80)
_SPANS: Final = (79,)  # hours that may exceed a day
_PERCENT: Final = (67, 68)  # t0% of Thai Excel
# Between 27 and 58 Japanese Excel has days where Chinese Excel has times, and no file says which wrote it.
# The value decides: a time without a day is below 1.
NUMBERED: Final[Mapping[int, str]] = MappingProxyType(
    dict.fromkeys(_DAYS, "d/m/yyyy")
    | dict.fromkeys(_TIMES, "h:mm:ss")
    | dict.fromkeys(_SPANS, "[h]:mm:ss")
    | dict.fromkeys(_PERCENT, "0%")
)
# parts that are no format: quoted text, escapes, gaps, colours and languages
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_BUDDHIST_YEAR = re.compile("bb", re.IGNORECASE)


def learn(book: Any) -> None:
    """Make a workbook just opened by openpyxl know these formats.

    Formats described in the file are not affected: openpyxl has renumbered them from 164 on.
    """
    for place, style in enumerate(book._cell_styles):  # noqa: SLF001 - openpyxl has no public way to do this
        if style.numFmtId in (*_DAYS, *_TIMES, *_SPANS) or _shows_buddhist_year(book, style.numFmtId):
            book._date_formats.add(place)  # noqa: SLF001
        if style.numFmtId in _SPANS:
            book._timedelta_formats.add(place)  # noqa: SLF001


def _shows_buddhist_year(book: Any, number: int) -> bool:
    """Whether a format is only `bbbb`: openpyxl looks for d, m, y, h and s."""
    described: Sequence[str] = book._number_formats  # noqa: SLF001
    place = number - 164
    return 0 <= place < len(described) and bool(_BUDDHIST_YEAR.search(_NO_FORMAT.sub("", described[place])))


def is_percentage(cell: Any) -> bool:
    """Whether a number is shown times a hundred: its format has a percent sign outside quoted text."""
    code = NUMBERED.get(cell.style_array.numFmtId) or cell.number_format or ""
    return "%" in _NO_FORMAT.sub("", code)
