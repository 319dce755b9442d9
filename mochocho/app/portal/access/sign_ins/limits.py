"""Limits on signing in, by account and by address, counted in a table: every process of a home sees them."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from mochocho.app.tables import SignInRow

WINDOW = timedelta(minutes=15)
OF_ACCOUNT = 10  # failures in the window
OF_ADDRESS = 40  # an office has one address for all its people
_KEPT = timedelta(days=1)


def too_many(session: Session, login: str, address: str, now: datetime) -> bool:
    """Whether whoever signs in now has to wait."""
    return (
        _failures(session, SignInRow.who == _who(login), now) >= OF_ACCOUNT
        or _failures(session, SignInRow.address == address, now) >= OF_ADDRESS
    )


def note(session: Session, login: str, address: str, now: datetime, *, succeeded: bool) -> None:
    """Note an attempt. After a right one, the account's wrong ones before it no longer count."""
    session.execute(delete(SignInRow).where(SignInRow.at < now - _KEPT))
    if succeeded:
        session.execute(delete(SignInRow).where(SignInRow.who == _who(login)))
    session.add(SignInRow(at=now, who=_who(login), address=address, succeeded=succeeded))


def _failures(session: Session, whose: ColumnElement[bool], now: datetime) -> int:
    query = select(func.count()).where(whose, SignInRow.at > now - WINDOW, SignInRow.succeeded.is_(False))
    return session.scalar(query) or 0


def _who(login: str) -> str:
    # Hashed, because people type their password into the wrong field.
    return hashlib.sha256(login.encode()).hexdigest()
