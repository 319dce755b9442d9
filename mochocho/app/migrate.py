"""Bring a database to the tables this version of the code knows."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

_LOCK = 0x6D6F63686F  # any number that nothing else in the database uses


def upgrade(engine: Engine) -> None:
    """Create or bring forward all tables; may be called again, and by several processes at once."""
    config = Config()
    config.set_main_option("script_location", "mochocho.app:migrations")
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).begin() as connection:
        # SQLite: this is a BEGIN IMMEDIATE, so a second process waits here already.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
