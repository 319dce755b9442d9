"""Validation statuses that people set on the servers, as last listed; never written by us."""

from collections.abc import Callable, Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE
from sync.sources.protocol import Entry, Judged
from sync.tables import Seen


def note(home: Home, source: str, entries: Mapping[str, Entry], lists_form_of: Callable[[str], bool]) -> None:
    """Store the statuses in `entries`. Those of roots of forms that were not listed stay."""
    query = select(Seen.root_id, Seen.judged, Seen.judged_by)
    with reading(home.engine) as session:
        rows = session.execute(query.where(Seen.source == source, Seen.judged.is_not(None)))
        known = {root_id: Judged(state or "", by or "") for root_id, state, by in rows}
    now = {root_id: entry.judged for root_id, entry in entries.items() if entry.judged}
    over = [root_id for root_id in known.keys() - now.keys() if lists_form_of(root_id)]
    changed = {root_id: one for root_id, one in now.items() if known.get(root_id) != one}
    if not over and not changed:
        return
    with transaction(home.engine, counted=False) as session:  # statuses make nothing due
        for root_id, one in sorted({**dict.fromkeys(over), **changed}.items()):
            session.execute(
                update(Seen)
                .where(Seen.source == source, Seen.root_id == root_id)
                .values(judged=one and one.state, judged_by=one and one.by)
            )


def counts(session: Session, source: str) -> Mapping[Judged, int]:
    """How many live roots have each status."""
    query = (
        select(Seen.judged, Seen.judged_by, func.count())
        .where(Seen.source == source, Seen.judged.is_not(None), Seen.state == LIVE)
        .group_by(Seen.judged, Seen.judged_by)
        .order_by(Seen.judged, Seen.judged_by)
    )
    return {Judged(state or "", by or ""): count for state, by, count in session.execute(query)}
