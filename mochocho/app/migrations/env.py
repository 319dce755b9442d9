"""Alembic's environment for a revision: the caller's connection, and all our tables."""

from alembic import context

import mochocho.app.tables  # noqa: F401 - importing them is what registers their tables
import processing.meetings.tables
import processing.releases.tables
import processing.sittings.tables
import processing.tables  # noqa: F401
import reports.tables  # noqa: F401
import sync.tables  # noqa: F401
from mochocho.storage.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
)
with context.begin_transaction():
    context.run_migrations()
