"""The conveyor's tables: leases and failures, and when it last looked for work and found none."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class WorkRow(Base):
    """One item of a stage that is leased or has failed; an item without a row is simply due or done.

    `state`: queued (sent, not begun), running, failed. `since`: when the row was first made. `until`: when
    the lease ends; for a failed item, when it is tried again, None = when a person says so.
    """

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_lease", "lease"),)

    stage: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    lease: Mapped[str | None]
    attempts: Mapped[int]
    code: Mapped[str]
    message: Mapped[str]
    message_th: Mapped[str] = mapped_column(server_default="")
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NothingDueRow(Base):
    """A stage of which nothing was due at this revision of the database, under these rules."""

    __tablename__ = "quiet"

    stage: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    rules: Mapped[str]


class PulseRow(Base):
    """When something was last seen to run."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
