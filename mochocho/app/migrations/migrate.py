"""Upgrades a database to this version's tables, or downgrades it to those of an earlier version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x6D6F63686F  # an arbitrary number used for nothing else in the database


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create or upgrade all tables; may be called again, and by several processes at once.

    Raises Terminal for the tables of a newer mochocho.
    """
    # Every command asks, nearly always in vain, and importing Alembic takes longer than this query.
    if revision == "head":
        with engine.connect() as connection:
            found = current(connection)
        if found == newest():
            return
        if found > newest():
            raise Terminal(
                f"ฐานข้อมูลนี้เป็นของ mochocho รุ่นใหม่กว่า (ตาราง {found} โปรแกรมนี้รู้จักถึง {newest()}): "
                "ใช้โปรแกรมรุ่นใหม่ หรือกู้คืนไฟล์สำรองของรุ่นนี้ลงที่เก็บว่าง",
                f"this database is of a newer mochocho (tables {found}, known here up to {newest()}): "
                "use the newer program, or restore a backup of this version into an empty home",
            )
    _walk_up(engine, revision)


def _walk_up(engine: Engine, revision: str) -> None:
    from alembic import command

    with _config(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Downgrade to an earlier revision: what that revision has stays, everything later is removed."""
    from alembic import command

    with _config(engine) as config:
        command.downgrade(config, revision)


def newest() -> str:
    """The newest revision, that of this version's tables."""
    files = (Path(__file__).parent / "versions").glob("r[0-9]*.py")
    return max(file.name[1:5] for file in files)


def current(connection: Connection) -> str:
    """The revision of this database's tables; "" when it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


@contextmanager
def _config(engine: Engine) -> Iterator["Config"]:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "mochocho.app:migrations")
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).begin() as connection:
        # On SQLite the transaction is a BEGIN IMMEDIATE, so a second process waits already.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        yield config
