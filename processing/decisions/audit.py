"""Whether the chain of decisions is as it was recorded: its rows, its head, and the heads given out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.decisions import covered_rows
from processing.decisions.chain import GENESIS, Found, Head, Link, faults
from processing.tables import DecisionHeadRow, DecisionRow


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, and what is wrong with it. `head`: of the rows that are there; `covered`: how many
    rows an erasure covered words in.
    """

    decisions: int
    head: Head
    found: tuple[Found, ...]
    covered: int = 0


def examine(home: Home, expected: Sequence[Head] = ()) -> Audit:
    """Every row against the chain, the database's head and the `expected` ones."""
    with reading(home.engine) as session:
        links = list(_links(session))
        kept = session.scalars(select(DecisionHeadRow)).one_or_none()
        covered = covered_rows.of_chain(session, DecisionRow.__tablename__)
    head = Head(kept.number, kept.hash) if kept else None
    last = Head(links[-1].number, links[-1].hash) if links else Head(0, GENESIS)
    found = tuple(_once(faults(links, head, expected, covered)))
    return Audit(len(links), last, found, len(covered))


def _links(session: Session) -> Iterator[Link]:
    query = select(DecisionRow.__table__).order_by(DecisionRow.number)
    return (Link(**row) for row in session.execute(query).mappings())


def _once(found: Iterable[Found]) -> Iterator[Found]:
    """What several heads tell of the same rows, told once."""
    seen = set[tuple[str, int, int]]()
    for one in found:
        key = (one.fault, one.first, one.last)
        if key not in seen:
            seen.add(key)
            yield one
