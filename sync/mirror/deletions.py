"""The state of a server's roots as its list shows it: live, deleted, purged, restored.

A root that is missing from one list is not believed gone: absence counts after two complete sweeps in a row,
and where many would go at once a person is asked first. A root that is gone keeps everything known of it and
comes back as it was. The first half is pure rules; the second half stores their results.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import case, delete, or_, select
from sqlalchemy.orm import Session

from mochocho.storage.db import alone, reading
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE, WRITER_LOCK, update_submissions
from sync.tables import Quarantined, Seen
from sync.xform.reader import Reader

DELETED, PURGED = "deleted", "purged"

SWEEPS = 2  # complete sweeps in a row without a root, before it counts as gone
MANY = 20  # roots that may go at once without asking a person,
MANY_PERCENT = 5  # or this share of the live ones

_AT_ONCE = 100  # roots in one transaction


@dataclass(frozen=True, slots=True)
class RootState:
    """The state of one root; `missed`: how many complete sweeps since it was last listed."""

    state: str = LIVE
    missed: int = 0
    restored: bool = False


class Listed(Protocol):
    """What a server's index says about a root (`sync.sources.protocol.Entry`)."""

    @property
    def trash(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StateChanges:
    """The changes after one complete sweep. `vanished`: how many would go, if a person says so."""

    changes: Mapping[str, RootState]
    vanished: int


def next_state(stood: RootState, listed: Listed | None, *, has_trash: bool) -> RootState:
    """The state of one root after a complete sweep; `listed` is None where the sweep lacked it."""
    if listed is None:
        missed = min(stood.missed + 1, SWEEPS)
        if missed < SWEEPS:
            return replace(stood, missed=missed)
        return RootState(PURGED if has_trash else DELETED, missed)
    if listed.trash:
        return RootState(DELETED)
    return RootState(LIVE, restored=stood.restored or stood.state != LIVE)


def state_changes(
    stood: Mapping[str, RootState], listed: Mapping[str, Listed], *, has_trash: bool, accepted: int = 0
) -> StateChanges:
    """The state of every known root after a complete sweep.

    `accepted`: how many roots a person has said may go; for more than that a person is asked again.
    """
    now = {root: next_state(one, listed.get(root), has_trash=has_trash) for root, one in stood.items()}
    going = [root for root, one in now.items() if one.state != LIVE and stood[root].state == LIVE]
    there = sum(one.state == LIVE for one in stood.values())
    held = len(going) > max(MANY, there * MANY_PERCENT // 100, accepted)
    if held:
        now |= {root: replace(stood[root], missed=now[root].missed) for root in going}
    changes = {root: one for root, one in now.items() if one != stood[root]}
    return StateChanges(changes, len(going) if held else 0)


# --- kept in `seen`


def apply(home: Home, reader: Reader, source: str, changes: Mapping[str, RootState]) -> None:
    """Write the changes of a sweep and their consequences for the submissions, in small transactions."""
    roots = sorted(changes)
    for start in range(0, len(roots), _AT_ONCE):
        with alone(home.engine, WRITER_LOCK) as session:
            _write(session, reader, source, {root: changes[root] for root in roots[start : start + _AT_ONCE]})


def known_states(home: Home, source: str) -> Iterator[tuple[str, str, RootState]]:
    """Root id, fingerprint and state of every known root of a server."""
    query = select(
        Seen.root_id,
        case((Seen.submission_root.is_(None), ""), else_=Seen.fingerprint),  # not noted by an older version
        Seen.state,
        Seen.missed,
        Seen.restored,
    ).where(Seen.source == source)
    with reading(home.engine) as session:
        for root_id, fingerprint, state, missed, restored in session.execute(query):
            yield root_id, fingerprint, RootState(state, missed, restored)


def _write(session: Session, reader: Reader, source: str, changes: Mapping[str, RootState]) -> None:
    query = select(Seen).where(Seen.source == source, Seen.root_id.in_(changes))
    touched = set()
    for row in session.scalars(query):
        one = changes[row.root_id]
        if row.state != one.state:
            row.since = datetime.now(UTC)
            touched.add(row.submission_root)
        if row.state != LIVE and one.state == LIVE:
            row.fingerprint = ""  # fetch it again: the restored content may differ
        row.state, row.missed, row.restored = one.state, one.missed, one.restored
    session.flush()
    _let_go(session, source, [root for root, one in changes.items() if one.state != LIVE])
    update_submissions(session, reader, sorted(root for root in touched if root))


def _let_go(session: Session, source: str, roots: Sequence[str]) -> None:
    """Remove what was quarantined of these roots: nobody needs to look at it any more."""
    for root in roots:
        below = [Quarantined.key.startswith(f"{root}{mark}", autoescape=True) for mark in "/#"]
        session.execute(
            delete(Quarantined).where(Quarantined.source == source, or_(Quarantined.key == root, *below))
        )
