"""Signing in with login and password."""

from datetime import datetime
from enum import Enum, auto

from sqlalchemy import select

from mochocho.app.portal.access import limits, passwords, sessions
from mochocho.app.tables import AccountRow
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home


class Refused(Enum):
    """Why nobody was let in. An unknown account, a disabled one and a wrong password are one answer."""

    WRONG = auto()
    TOO_OFTEN = auto()


def sign_in(home: Home, login: str, password: str, address: str, now: datetime) -> str | Refused:
    """What the new session's cookie holds, or why there is none. Every attempt is noted."""
    login = login.strip().lower()[:200]
    with reading(home.engine) as session:
        if limits.too_many(session, login, address, now):
            return Refused.TOO_OFTEN
        row = session.scalar(select(AccountRow).where(AccountRow.login == login))
        stored = row.password if row is not None and _open(row, now) else ""
    right = passwords.matches(password[: passwords.LONGEST], stored)
    with transaction(home.engine, counted=False) as session:
        limits.note(session, login, address, now, succeeded=right)
        if not right or row is None:
            return Refused.WRONG
        return sessions.begin(session, row.id, now)


def refused_owner(home: Home, login: str, password: str, address: str, now: datetime) -> Refused | None:
    """Why whoever is signed in as `login` is not taken for its owner: asked for the password once more before
    something that is shown once. Every attempt is noted, as at the door.
    """
    with reading(home.engine) as session:
        if limits.too_many(session, login, address, now):
            return Refused.TOO_OFTEN
        stored = session.scalar(select(AccountRow.password).where(AccountRow.login == login)) or ""
    right = passwords.matches(password[: passwords.LONGEST], stored)
    with transaction(home.engine, counted=False) as session:
        limits.note(session, login, address, now, succeeded=right)
    return None if right else Refused.WRONG


def _open(row: AccountRow, now: datetime) -> bool:
    return row.disabled_at is None and (row.until is None or now < row.until)
