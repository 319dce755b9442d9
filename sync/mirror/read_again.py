"""What is held is read again by itself once something else says by which form it is read.

A root of which something is held is marked as seen by the forms of then (`PublishedForms.digest`). So it is
due again when it changes itself, when a form is published, and when sources name the forms of what they hold
otherwise than they did. Every source alike.
"""

from sqlalchemy import ColumnElement, select, update

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE
from sync.tables import Seen

_SEP = "?"


def held_mark(fingerprint: str, forms: str) -> str:
    """What is kept as the fingerprint of a root that was read by these forms and is held."""
    return f"{fingerprint}{_SEP}{forms}"


def is_due(home: Home, source: str, forms: str) -> bool:
    """Whether a root of this source is held that was last read by other forms than these."""
    query = select(Seen.root_id).where(
        Seen.source == source, _is_held(), ~Seen.fingerprint.endswith(f"{_SEP}{forms}", autoescape=True)
    )
    with reading(home.engine) as session:
        return session.scalar(query.limit(1)) is not None


def make_due(home: Home, root_id: str | None = None) -> int:
    """Have what is held read again at the next look: all, or that of one root. Returns how many roots."""
    statement = update(Seen).where(_is_held()).values(fingerprint=_SEP).returning(Seen.root_id)
    if root_id is not None:
        statement = statement.where(Seen.root_id == root_id)
    with transaction(home.engine) as session:
        return len(session.execute(statement).all())


def _is_held() -> ColumnElement[bool]:
    return (Seen.state == LIVE) & Seen.fingerprint.contains(_SEP, autoescape=True)
