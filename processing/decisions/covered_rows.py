"""Rows of chains in which an erasure covered what is about a person: what they hash to since then.

The row keeps the hash with which it was recorded, so the rows after it still name it; what its columns hash
to now stands in the decision that erased, which is in the chain of decisions itself. Whoever changes a row
without such a decision is found as before; whoever appends one has written down that it was done, and when.
"""

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from processing import codec
from processing.decisions.decision import Covered, Erased, Kind
from processing.tables import DecisionRow


def of_chain(session: Session, chain: str) -> dict[int, str]:
    """By number, what the covered rows of this chain (its table) hash to now."""
    return {one.number: one.digest for one in _covered(session) if one.chain == chain}


def gone_log(session: Session) -> tuple[int, str] | None:
    """The number and hash of the last row of the access log that went with the cycle; None = none went."""
    gone = [(one.log, one.log_hash) for _, one in _erasures(session) if one.log]
    return gone[-1] if gone else None


def _covered(session: Session) -> Iterator[Covered]:
    """The last that covered a row holds; a decision covers none that came after it."""
    for number, erased in _erasures(session):
        for one in erased.covered:
            if one.chain != DecisionRow.__tablename__ or one.number < number:
                yield one


def _erasures(session: Session) -> Iterator[tuple[int, Erased]]:
    query = (
        select(DecisionRow.number, DecisionRow.content)
        .where(DecisionRow.kind == Kind.ERASE)
        .order_by(DecisionRow.number)
    )
    for number, content in session.execute(query):
        yield number, codec.load(Erased, json.loads(content))
