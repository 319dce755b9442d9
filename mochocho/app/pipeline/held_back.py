"""What waits a minute before it goes on by itself: a return that is undone at once never reaches a phone."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.decisions.decision import Kind
from processing.tables import DecisionRow

HELD = timedelta(seconds=60)


def of_stage(home: Home, stage: str) -> set[str]:
    """The items that this stage leaves for a later tick: applicants of whom a document was just returned.

    Whoever runs the stages by a command is not held back.
    """
    if stage != "assess":
        return set()
    undoing = aliased(DecisionRow)
    query = (
        select(DecisionRow.applicant_key)
        .outerjoin(undoing, undoing.undoes == DecisionRow.number)
        .where(
            DecisionRow.kind == Kind.DOCUMENT_RETURN,
            DecisionRow.recorded_at > datetime.now(UTC) - HELD,
            undoing.number.is_(None),
        )
    )
    with reading(home.engine) as session:
        return set(session.scalars(query))
