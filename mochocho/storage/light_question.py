"""One question to the database before SQLAlchemy is loaded, which takes longer than most answers.

For commands that may find nothing to do. It reads what the tables hold at this moment and can change nothing;
whatever it cannot answer at once is asked in the usual way (`mochocho.storage.db`).
"""

import sqlite3
from contextlib import closing

_SQLITE = "sqlite:///"


def asked(url: str, question: str) -> tuple[object, ...] | None:
    """The first row of the answer. None without one, and where only SQLAlchemy can ask: another database
    than SQLite, one that is not made, is locked or lacks the tables.
    """
    if not url.startswith(_SQLITE) or "?" in url:
        return None
    try:
        file = f"file:{url.removeprefix(_SQLITE)}?mode=rw"  # both URLs write a path's letters alike
        with closing(sqlite3.connect(file, uri=True)) as connection:
            connection.execute("PRAGMA query_only=ON")
            row: tuple[object, ...] | None = connection.execute(question).fetchone()
            return row
    except sqlite3.Error:
        return None
