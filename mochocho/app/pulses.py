"""The last times of things that go on by themselves."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.tables import PulseRow
from mochocho.storage.db import transaction
from mochocho.storage.home import Home

CONVEYOR = "conveyor"  # the workers' conveyor looked for work
BACKUP = "backup"  # a backup was begun and came to its end


def note(home: Home, name: str, at: datetime) -> None:
    """Record that it happened at this time."""
    with transaction(home.engine, counted=False) as session:
        session.merge(PulseRow(name=name, at=at))


def last(session: Session, name: str) -> datetime | None:
    """When it last happened; None if never."""
    return session.scalar(select(PulseRow.at).where(PulseRow.name == name))
