"""Runs an erasure to its end; killed anywhere, the next call goes on and ends the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.erasing import cover_cycle, cover_person, gone_files
from mochocho.app.erasing import ledger_of_erasures as ledger
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.erasing.made_compact import make_compact
from mochocho.app.erasing.whose.mentions import BY
from mochocho.app.tables import ErasureRow
from mochocho.storage.db import advance, reading, transaction
from mochocho.storage.home import Home
from processing.persons.covered_texts import Eraser


@dataclass(frozen=True)
class Asked:
    """Who has it done, and why; both stand in the access log and in the chain of decisions.

    `noted`: writes the row of the access log, about whom and why, within the erasure's own transaction.
    """

    officer: str
    reason: str
    noted: Callable[[Session, str, str], None]


class _Rehearsed(Exception):  # noqa: N818 - no error: it undoes a transaction
    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt


def rehearse(home: Home, plan: Plan, asked: Asked) -> Receipt:
    """The receipt of a person's erasure that is done in the database and undone; files are left alone."""
    try:
        with transaction(home.engine, counted=False) as session:
            row = _noted(session, plan, asked, number=0)
            _, receipt = cover_person.cover(home, session, row, plan, rehearsed=True)
            raise _Rehearsed(receipt)
    except _Rehearsed as done:
        return done.receipt


def begin(home: Home, plan: Plan, asked: Asked, about: str = "") -> int:
    """Write into the access log that it begins, then what goes. Returns its number.

    `about`: the year of a whole cycle.
    """
    with transaction(home.engine, counted=False) as session:
        number = _noted(session, plan, asked, about).id
        advance(session.connection())
    return number


def finish(home: Home, number: int) -> Receipt:
    """Do everything that is left of it."""
    row = _row(home, number)
    if row.state == ledger.PLANNED:
        _cover(home, number)
        row = _row(home, number)
    if row.state == ledger.COVERED:
        plan = ledger.plan_of(row)
        gone_files.remove(home, plan.stored, plan.instances, plan.files.ours)
        ledger.step(home, number, ledger.EMPTIED, plan="")
        row = _row(home, number)
    if row.state == ledger.EMPTIED:
        make_compact(home)
        ledger.step(home, number, ledger.DONE, ended_at=datetime.now(UTC))
    return ledger.receipt_of(row)


def finish_unfinished(home: Home) -> None:
    """Do an erasure that was cut off to its end."""
    with reading(home.engine) as session:
        row = ledger.unfinished(session)
    if row is not None:
        finish(home, row.id)


def receipt(home: Home, number: int) -> Receipt:
    """Of the erasure of this number, which has been covered."""
    return ledger.receipt_of(_row(home, number))


def done_before(home: Home, about: str) -> Receipt | None:
    """The receipt of the last erasure of this application, person or cycle."""
    with reading(home.engine) as session:
        for row in session.scalars(select(ErasureRow).order_by(ErasureRow.id.desc())):
            if about in row.about.split(", ") and row.receipt:
                return ledger.receipt_of(row)
    return None


def _noted(
    session: Session, plan: Plan, asked: Asked, about: str = "", number: int | None = None
) -> ErasureRow:
    """`number`: None = the next one."""
    now = datetime.now(UTC)
    eraser = plan.whose.eraser if plan.whose else Eraser(())
    serves = plan.whose is not None and not plan.whose.covers(BY)
    officer, reason = asked.officer if serves else eraser.text(asked.officer), eraser.text(asked.reason)
    abouts = plan.whose.abouts if plan.whose else (about,)
    for one in abouts:
        asked.noted(session, one, f"{reason} โดย {officer}")
    row = ErasureRow(
        id=number,
        about=", ".join(abouts),
        officer=officer,
        reason=reason,
        state=ledger.PLANNED,
        begun_at=now,
        plan=ledger.spelt(plan),
        receipt="",
    )
    session.add(row)
    session.flush()
    return row


def _row(home: Home, number: int) -> ErasureRow:
    with reading(home.engine) as session:
        return session.get_one(ErasureRow, number)


def _cover(home: Home, number: int) -> None:
    """Everything in the database, in one transaction."""
    with transaction(home.engine, counted=False) as session:
        row = session.get_one(ErasureRow, number)
        plan = ledger.plan_of(row)
        covering = cover_cycle.cover if plan.whose is None else cover_person.cover
        plan, receipt = covering(home, session, row, plan)
        row.plan, row.receipt, row.state = ledger.spelt(plan), ledger.spelt(receipt), ledger.COVERED
        session.flush()
        advance(session.connection())
