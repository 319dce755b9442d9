"""Quarantined roots are read again when the forms by which they were read have changed.

A root with anything in quarantine is marked with the published forms of that time (`PublishedForms.digest`).
So it is due again when it changes itself, when a form is published, and when sources begin to name forms in
another way (`READ_BY`). The same for every source.
"""

from sqlalchemy import ColumnElement, select, update

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE
from sync.tables import Seen

_SEP = "?"


def held_mark(fingerprint: str, forms: str) -> str:
    """The fingerprint stored for a root that was read with these forms and is in quarantine."""
    return f"{fingerprint}{_SEP}{forms}"


def is_due(home: Home, source: str, forms: str) -> bool:
    """Whether this source has a quarantined root that was last read with other forms."""
    query = select(Seen.root_id).where(
        Seen.source == source, _is_held(), ~Seen.fingerprint.endswith(f"{_SEP}{forms}", autoescape=True)
    )
    with reading(home.engine) as session:
        return session.scalar(query.limit(1)) is not None


def make_due(home: Home, root_id: str | None = None) -> int:
    """Make quarantined roots due at the next pull: all, or one. Returns how many."""
    statement = update(Seen).where(_is_held()).values(fingerprint=_SEP).returning(Seen.root_id)
    if root_id is not None:
        statement = statement.where(Seen.root_id == root_id)
    with transaction(home.engine) as session:
        return len(session.execute(statement).all())


def _is_held() -> ColumnElement[bool]:
    return (Seen.state == LIVE) & Seen.fingerprint.contains(_SEP, autoescape=True)
