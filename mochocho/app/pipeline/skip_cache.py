"""Remembers that nothing is due, as long as nothing has been written.

A search takes a second for every few thousand applicants, and most ticks find nothing.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

from sqlalchemy import select

from mochocho.app.tables import NothingDueRow
from mochocho.storage.db import reading, revision, transaction
from mochocho.storage.home import Home
from processing.assessment import assess
from processing.assessment.evaluate import RULE_VERSION
from processing.decoding.jobs import CHECK_VERSION
from processing.register.read import READ_VERSION

Find = Callable[[Home], Sequence[str]]

# The stages whose due items depend on rows and rules only, and a further condition for each.
WATCHED: Mapping[str, Callable[[Home], bool]] = {
    "register": lambda _: True,
    "assess": assess.all_measured,  # otherwise a file that appears in the store makes something due
}


def due(home: Home, stage: str, find: Find) -> Sequence[str]:
    """What `find` finds, or nothing where that is known."""
    return () if _is_known(home, stage, revision(home.engine)) else find(home)


def look(home: Home, stage: str, find: Find) -> Sequence[str]:
    """`due`, remembering it if nothing is due. Under the conveyor's lock."""
    now = revision(home.engine)  # first: what is written during the search is searched again
    if _is_known(home, stage, now):
        return ()
    found = find(home)
    if not found and now is not None and stage in WATCHED and WATCHED[stage](home):
        with transaction(home.engine, counted=False) as session:
            session.merge(NothingDueRow(stage=stage, revision=now, rules=_rules(home)))
    return found


def note_nothing_due(home: Home, stage: str, find: Find) -> None:
    """`look`, if rows and rules alone decide what is due; for the next caller. Under the conveyor's lock."""
    if stage in WATCHED:
        look(home, stage, find)


def _is_known(home: Home, stage: str, now: int | None) -> bool:
    query = select(NothingDueRow.revision, NothingDueRow.rules).where(NothingDueRow.stage == stage)
    with reading(home.engine) as session:
        row = session.execute(query).first()
    return row is not None and now is not None and tuple(row) == (now, _rules(home))


def _rules(home: Home) -> str:
    """Digest of everything besides the rows that decides what is due."""
    rules = [
        version("mochocho"),
        READ_VERSION,
        RULE_VERSION,
        CHECK_VERSION,
        home.pack_digest,
        home.province.code,
    ]
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()
