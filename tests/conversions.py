"""The same rows become a form once for a whole process that tests: pyxform takes a second for the forms of a
province, and dozens of tests begin with those of the same one.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from xlsforms import build

_KEPT = 60  # forms; one has half a megabyte


def convert_once() -> None:
    """What `xlsforms.build` has converted before is not converted again; pyxform's refusals are."""
    converted, asked = build.convert, {}

    @lru_cache(_KEPT)
    def result(rows: str) -> Any:
        made = converted(asked.pop(rows))
        return SimpleNamespace(xform=str(made.xform), warnings=tuple(made.warnings))

    def convert(workbook: Any) -> Any:
        rows = repr(workbook)
        asked[rows] = workbook
        try:
            return result(rows)
        finally:
            asked.pop(rows, None)

    build.convert = convert
