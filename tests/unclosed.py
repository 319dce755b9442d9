"""A database of SQLite that nobody closes is told on every Python: from 3.13 on Python says so itself."""

import sqlite3
import sys
import warnings
from functools import partial


class _Watched(sqlite3.Connection):
    def __del__(self) -> None:
        try:
            _ = self.total_changes
        except sqlite3.ProgrammingError:  # closed
            return
        warnings.warn(f"unclosed database in {self!r}", ResourceWarning, stacklevel=2, source=self)


def watch() -> None:
    """From now on an unclosed connection warns when it is thrown away."""
    if sys.version_info < (3, 13):
        connect = partial(sqlite3.connect, factory=_Watched)
        sqlite3.connect = sqlite3.dbapi2.connect = connect
