"""Bring a database to the tables this version of the code knows, or back to those of an earlier one."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

_LOCK = 0x6D6F63686F  # any number that nothing else in the database uses


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create or bring forward all tables; may be called again, and by several processes at once."""
    with _config(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to an earlier revision: what it knew is kept, what came later goes."""
    with _config(engine) as config:
        command.downgrade(config, revision)


@contextmanager
def _config(engine: Engine) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", "mochocho.app:migrations")
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).begin() as connection:
        # SQLite: this is a BEGIN IMMEDIATE, so a second process waits here already.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        yield config
