"""Signing in: login and password, then the second factor where the account has one."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.portal.access import passwords, second_factor, sessions
from mochocho.app.portal.access.sign_ins import limits, sign_in_log
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.tables import AccountRow
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home


class Refused(Enum):
    """Why nobody was let in. An unknown account, a disabled one and a wrong password are one answer."""

    WRONG = auto()
    WRONG_CODE = auto()
    TOO_OFTEN = auto()


@dataclass(frozen=True, slots=True)
class Begun:
    """A new session. `cookie`: what it holds; `half`: the second factor is still to come."""

    cookie: str
    half: bool


def sign_in(home: Home, login: str, password: str, caller: Caller, now: datetime) -> Begun | Refused:
    """A session for login and password, or why there is none. Every wrong attempt is noted."""
    login = login.strip().lower()[:200]
    with reading(home.engine) as session:
        if limits.too_many(session, login, caller.address, now):
            return Refused.TOO_OFTEN
        row = session.scalar(select(AccountRow).where(AccountRow.login == login))
        stored = row.password if row is not None and _open(row, now) else ""
    right = passwords.matches(password[: passwords.LONGEST], stored)
    with transaction(home.engine, counted=False) as session:
        if not right or row is None:
            _refuse(session, login, row, "ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง", caller, now)
            return Refused.WRONG
        half = bool(row.totp)
        if not half:  # with half of it known, codes could be tried for ever
            limits.note(session, login, caller.address, now, succeeded=True)
            sign_in_log.let_in(session, row, "รหัสผ่าน", caller, now)
        return Begun(sessions.begin(session, row.id, now, caller, half=half), half)


def go_through(home: Home, half: sessions.Found, code: str, caller: Caller, now: datetime) -> Begun | Refused:
    """A whole session, under a new id, in place of one that waits for the second factor."""
    login = half.account.login
    with transaction(home.engine, counted=False) as session:
        if limits.too_many(session, login, caller.address, now):
            return Refused.TOO_OFTEN
        if not second_factor.right(session, half.account, code, now):
            _refuse(session, login, half.account, "รหัสขั้นที่สองไม่ถูกต้อง", caller, now)
            return Refused.WRONG_CODE
        limits.note(session, login, caller.address, now, succeeded=True)
        sign_in_log.let_in(session, half.account, "รหัสผ่านและรหัสขั้นที่สอง", caller, now)
        sessions.end_one(session, half.id_hash)
        return Begun(sessions.begin(session, half.account.id, now, caller), half=False)


def refused_owner(
    home: Home, login: str, password: str, caller: Caller, now: datetime, code: str | None = None
) -> Refused | None:
    """Why whoever is signed in as `login` is not taken for its owner, asked for the password once more.

    `code`: of the second factor, where the account has one, used up when it is right; None = not asked for.

    Every attempt is noted, as at the door.
    """
    with reading(home.engine) as session:
        if limits.too_many(session, login, caller.address, now):
            return Refused.TOO_OFTEN
        row = session.scalar(select(AccountRow).where(AccountRow.login == login))
    right = passwords.matches(password[: passwords.LONGEST], row.password if row else "")
    with transaction(home.engine, counted=False) as session:
        refused = None if right and row else Refused.WRONG
        if row and right and code is not None and row.totp:
            refused = None if second_factor.right(session, row, code, now) else Refused.WRONG_CODE
        # with the password alone known, codes could be tried for ever
        if refused is None:
            limits.note(session, login, caller.address, now, succeeded=True)
        else:
            _refuse(session, login, row, "ถามรหัสผ่านอีกครั้งขณะใช้งาน ไม่ถูกต้อง", caller, now)
    return refused


def _refuse(
    session: Session, login: str, account: AccountRow | None, why: str, caller: Caller, now: datetime
) -> None:
    limits.note(session, login, caller.address, now, succeeded=False)
    locked = limits.too_many(session, login, caller.address, now)
    sign_in_log.turned_away(session, account, why, caller, now, locked=locked)


def _open(row: AccountRow, now: datetime) -> bool:
    return row.disabled_at is None and (row.until is None or now < row.until)
