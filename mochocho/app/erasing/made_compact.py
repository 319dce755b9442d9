"""Writes a database anew, so that no page of it holds what was deleted."""

import sqlite3

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from mochocho.storage.home import Home
from mochocho.words.errors import Transient

_EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


def make_compact(home: Home) -> None:
    """SQLite: VACUUM and an empty write-ahead log; PostgreSQL: VACUUM FULL of every table.

    Raises Transient where another program keeps the database busy.
    """
    try:
        if home.engine.dialect.name == "sqlite":
            _vacuum_sqlite(home)
        else:
            with home.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for statement in ("SET lock_timeout = '60s'", "VACUUM FULL", "RESET lock_timeout"):
                    connection.execute(text(statement))
    except (OperationalError, sqlite3.OperationalError) as error:
        raise Transient(
            "ข้อมูลถูกลบจากตารางและไฟล์แล้ว แต่ยังล้างหน้าเก่าของฐานข้อมูลไม่ได้ เพราะมีโปรแกรมอื่นใช้อยู่ "
            "ให้หยุดพอร์ทัลและ `mochocho serve` แล้วสั่งคำสั่งเดิมอีกครั้ง",
            "rows and files are gone, but old pages of the database are not yet cleared, as others use it; "
            "stop the portal and `mochocho serve`, and run this again",
        ) from error


def _vacuum_sqlite(home: Home) -> None:
    home.engine.dispose()  # no connection of our own reads an older state
    connection = home.engine.raw_connection()  # any other would begin a transaction first
    try:
        cursor = connection.cursor()
        for statement in (_EMPTY_LOG, "VACUUM", _EMPTY_LOG):
            told = cursor.execute(statement).fetchall()
            if told and told[0][0]:  # the log could not be emptied
                raise sqlite3.OperationalError("busy")
        cursor.close()
    finally:
        connection.close()
