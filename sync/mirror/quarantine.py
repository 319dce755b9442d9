"""Quarantine: items that cannot be used, each recorded once with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.tables import Officer, Quarantined

MIRROR = "mirror"  # the source of notes about the mirror itself, whichever pull made them


@dataclass(frozen=True, slots=True)
class Held:
    """One quarantined item; `key` names it within its source, `sha256` its content in the store."""

    key: str
    code: str
    message_th: str
    sha256: str | None = None
    officer_id: int | None = None
    received_at: datetime | None = None


def hold(session: Session, source: str, item: Held) -> None:
    """Record an item, or update its reason."""
    row = session.scalar(select(Quarantined).where(Quarantined.source == source, Quarantined.key == item.key))
    if row is None:
        row = Quarantined(source=source, key=item.key)
        session.add(row)
    row.code, row.message_th, row.sha256 = item.code, item.message_th, item.sha256
    row.received_at = item.received_at
    known = item.officer_id is not None and session.get(Officer, item.officer_id) is not None
    row.officer_id = item.officer_id if known else None
    session.flush()


def release(session: Session, source: str, keys: Iterable[str]) -> None:
    """Remove items that have become usable."""
    gone = Quarantined.key.in_(list(keys))
    session.execute(delete(Quarantined).where(Quarantined.source == source, gone))
