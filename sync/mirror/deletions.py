"""How the roots of a server stand, by what it lists: there, deleted, gone for good, back again.

No single look is believed when something is missing from it: absence counts after two whole sweeps in a
row, and where a great part would go at once a person is asked first. What is gone keeps everything that is
known of it, and comes back as it was. The rules are pure; below them is how they are kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import case, delete, or_, select
from sqlalchemy.orm import Session

from mochocho.storage.db import alone, reading
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE, WRITER_LOCK, settle_roots
from sync.tables import Quarantined, Seen
from sync.xform.reader import Reader

DELETED, PURGED = "deleted", "purged"

SWEEPS = 2  # whole ones in a row that lack a root, before it counts as gone
MANY = 20  # roots that may go at once without anybody being asked,
MANY_PERCENT = 5  # or this share of those that are there

_AT_ONCE = 100  # roots in one transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """How one root stands; `missed`: in how many whole sweeps since it was last listed."""

    state: str = LIVE
    missed: int = 0
    restored: bool = False


class Listed(Protocol):
    """What a server's index says of a root (`sync.sources.protocol.Entry`)."""

    @property
    def trash(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one whole sweep changes. `vanished`: how many would go and wait for a person to say so."""

    changes: Mapping[str, Standing]
    vanished: int


def judge_one(stood: Standing, listed: Listed | None, *, has_trash: bool) -> Standing:
    """One root after a whole sweep that lists it so, or not at all."""
    if listed is None:
        missed = min(stood.missed + 1, SWEEPS)
        if missed < SWEEPS:
            return replace(stood, missed=missed)
        return Standing(PURGED if has_trash else DELETED, missed)
    if listed.trash:
        return Standing(DELETED)
    return Standing(LIVE, restored=stood.restored or stood.state != LIVE)


def judge(
    stood: Mapping[str, Standing], listed: Mapping[str, Listed], *, has_trash: bool, accepted: int = 0
) -> Judgement:
    """Every root that is known, after a whole sweep.

    `accepted`: how many a person has said may go; more than that is asked again.
    """
    now = {root: judge_one(one, listed.get(root), has_trash=has_trash) for root, one in stood.items()}
    going = [root for root, one in now.items() if one.state != LIVE and stood[root].state == LIVE]
    there = sum(one.state == LIVE for one in stood.values())
    held = len(going) > max(MANY, there * MANY_PERCENT // 100, accepted)
    if held:
        now |= {root: replace(stood[root], missed=now[root].missed) for root in going}
    changes = {root: one for root, one in now.items() if one != stood[root]}
    return Judgement(changes, len(going) if held else 0)


# --- kept in `seen`


def apply(home: Home, reader: Reader, source: str, changes: Mapping[str, Standing]) -> None:
    """Write what a sweep changed, with all that follows for the submissions; a few at a time."""
    roots = sorted(changes)
    for start in range(0, len(roots), _AT_ONCE):
        with alone(home.engine, WRITER_LOCK) as session:
            _write(session, reader, source, {root: changes[root] for root in roots[start : start + _AT_ONCE]})


def known(home: Home, source: str) -> Iterator[tuple[str, str, Standing]]:
    """Root id, fingerprint and standing of all that is known of a server."""
    query = select(
        Seen.root_id,
        case(
            (Seen.submission_root.is_(None), ""), else_=Seen.fingerprint
        ),  # an older version did not note it
        Seen.state,
        Seen.missed,
        Seen.restored,
    ).where(Seen.source == source)
    with reading(home.engine) as session:
        for root_id, fingerprint, state, missed, restored in session.execute(query):
            yield root_id, fingerprint, Standing(state, missed, restored)


def _write(session: Session, reader: Reader, source: str, changes: Mapping[str, Standing]) -> None:
    query = select(Seen).where(Seen.source == source, Seen.root_id.in_(changes))
    touched = set()
    for row in session.scalars(query):
        one = changes[row.root_id]
        if row.state != one.state:
            row.since = datetime.now(UTC)
            touched.add(row.submission_root)
        if row.state != LIVE and one.state == LIVE:
            row.fingerprint = ""  # it is fetched again: what came back need not be what went
        row.state, row.missed, row.restored = one.state, one.missed, one.restored
    session.flush()
    _let_go(session, source, [root for root, one in changes.items() if one.state != LIVE])
    settle_roots(session, reader, sorted(root for root in touched if root))


def _let_go(session: Session, source: str, roots: Sequence[str]) -> None:
    """Nobody needs to look at what was held of them any more."""
    for root in roots:
        below = [Quarantined.key.startswith(f"{root}{mark}", autoescape=True) for mark in "/#"]
        session.execute(
            delete(Quarantined).where(Quarantined.source == source, or_(Quarantined.key == root, *below))
        )
