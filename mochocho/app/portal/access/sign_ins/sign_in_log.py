"""What the access log keeps of signing in: each that succeeded, and of a flood that fails a few rows.

ASVS 5.0 16.3.1 asks for every attempt; a chain that strangers can make grow without end would itself be a
weakness, so refusals of one account are told at most once in a window, and its lock once; so are those of
names that no account has, together.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mochocho.app import access_chain
from mochocho.app.access_chain import Who
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.portal.access.sign_ins.limits import WINDOW
from mochocho.app.tables import AccessRow, AccountRow

OF_NOBODY = "ชื่อบัญชีที่ไม่มี"
_STRANGER = "ผู้ที่ยังไม่ได้เข้าสู่ระบบ"
_DOOR = "/signin"
What = Literal["refused", "locked_out"]


def let_in(session: Session, account: AccountRow, way: str, caller: Caller, now: datetime) -> None:
    """Log that this account has signed in; `way`: with what, in Thai."""
    who = Who(account.id, account.name, _DOOR)
    access_chain.append(session, who, "signed_in", account.login, f"{way} {caller.words}", now)


def turned_away(
    session: Session, account: AccountRow | None, why: str, caller: Caller, now: datetime, *, locked: bool
) -> None:
    """Log an attempt that failed, unless one was logged in this window. `locked`: whoever tries now waits."""
    about, what = account.login if account else OF_NOBODY, _what(locked=locked)
    if not _told_lately(session, about, what, now):
        who = Who(None, _STRANGER, _DOOR)
        access_chain.append(session, who, what, about, f"{why} {caller.words}", now)


def _what(*, locked: bool) -> What:
    return "locked_out" if locked else "refused"


def _told_lately(session: Session, about: str, what: What, now: datetime) -> bool:
    of_this = (AccessRow.about == about, AccessRow.what == what, AccessRow.at > now - WINDOW)
    return bool(session.scalar(select(exists().where(*of_this))))
