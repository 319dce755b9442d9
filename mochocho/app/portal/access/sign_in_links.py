"""A link that signs in once, on this machine alone: how the sample province opens."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from mochocho.app.portal.access import sessions
from mochocho.app.portal.access.sign_ins import sign_in_log
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.tables import AccountRow, SignInLinkRow
from mochocho.storage.db import transaction
from mochocho.storage.home import Home

VALID = timedelta(minutes=10)


def make(session: Session, account_id: int, now: datetime) -> str:
    """The code of a new link."""
    code = secrets.token_urlsafe(32)
    session.add(SignInLinkRow(code_hash=sessions.hash_of(code), account_id=account_id, until=now + VALID))
    return code


def use(home: Home, code: str, now: datetime, caller: Caller) -> str | None:
    """What the new session's cookie holds; None for a code that is unknown, used, or too old."""
    with transaction(home.engine, counted=False) as session:
        used = session.execute(
            update(SignInLinkRow)
            .where(
                SignInLinkRow.code_hash == sessions.hash_of(code),
                SignInLinkRow.used_at.is_(None),
                SignInLinkRow.until > now,
            )
            .values(used_at=now)
            .returning(SignInLinkRow.account_id)
        ).scalar()
        if used is None:
            return None
        sign_in_log.let_in(session, session.get_one(AccountRow, used), "ลิงก์ของจังหวัดตัวอย่าง", caller, now)
        return sessions.begin(session, used, now, caller)
