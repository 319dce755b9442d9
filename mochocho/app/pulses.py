"""When something that goes on by itself was last seen to have happened."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.tables import PulseRow
from mochocho.storage.db import transaction
from mochocho.storage.home import Home

CONVEYOR = "conveyor"  # of the workers: it has looked for work
BACKUP = "backup"  # one was begun that came to its end


def note(home: Home, name: str, at: datetime) -> None:
    """It happened at this moment."""
    with transaction(home.engine, counted=False) as session:
        session.merge(PulseRow(name=name, at=at))


def last(session: Session, name: str) -> datetime | None:
    """When it last happened; None where it never did."""
    return session.scalar(select(PulseRow.at).where(PulseRow.name == name))
