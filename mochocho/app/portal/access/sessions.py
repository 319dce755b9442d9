"""Sessions of the portal: in the database, found by the hash of the id in a browser's cookie."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.tables import AccountRow, PortalSessionRow
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_TOUCHED = timedelta(seconds=60)  # a session's last sight is noted no more often
_KEPT = timedelta(days=2)  # of one that has ended


@dataclass(frozen=True, slots=True)
class Found:
    """A session that holds. `half`: the second factor is still to come."""

    id_hash: str
    account: AccountRow
    half: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that holds, as its owner sees it. `begun_from`: browser and address, in Thai."""

    id_hash: str
    begun_from: str
    began_at: datetime
    seen_at: datetime


def hash_of(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def begin(session: Session, account_id: int, now: datetime, caller: Caller, *, half: bool = False) -> str:
    """Begin a session under a new id; returns what the cookie holds. Those long over are forgotten."""
    session.execute(delete(PortalSessionRow).where(PortalSessionRow.began_at < now - _KEPT))
    cookie = secrets.token_urlsafe(32)
    session.add(
        PortalSessionRow(
            id_hash=hash_of(cookie),
            account_id=account_id,
            half=half,
            began_at=now,
            seen_at=now,
            begun_from=caller.words,
        )
    )
    return cookie


def find(home: Home, cookie: str, now: datetime) -> Found | None:
    """The session of a cookie, noted as seen; None when it is unknown, over, ended, or its account is."""
    query = (
        select(PortalSessionRow, AccountRow)
        .join(AccountRow, AccountRow.id == PortalSessionRow.account_id)
        .where(
            PortalSessionRow.id_hash == hash_of(cookie),
            PortalSessionRow.ended_at.is_(None),
            PortalSessionRow.seen_at > now - IDLE,
            PortalSessionRow.began_at > now - LONGEST,
            AccountRow.disabled_at.is_(None),
        )
    )
    with reading(home.engine) as session:
        found = session.execute(query).first()
        session.expunge_all()
    if found is None or (found[1].until is not None and found[1].until <= now):
        return None
    row, account = found
    if now - row.seen_at > _TOUCHED:
        with transaction(home.engine, counted=False) as session:
            session.execute(
                update(PortalSessionRow).where(PortalSessionRow.id_hash == row.id_hash).values(seen_at=now)
            )
    return Found(row.id_hash, account, row.half)


def opened(home: Home, account_id: int, now: datetime) -> list[Opened]:
    """The sessions of an account that still hold, the one that was seen last first."""
    query = select(PortalSessionRow).where(
        PortalSessionRow.account_id == account_id,
        PortalSessionRow.ended_at.is_(None),
        PortalSessionRow.half.is_(False),
        PortalSessionRow.seen_at > now - IDLE,
        PortalSessionRow.began_at > now - LONGEST,
    )
    with reading(home.engine) as session:
        rows = session.scalars(query.order_by(PortalSessionRow.seen_at.desc(), PortalSessionRow.id_hash))
        return [Opened(row.id_hash, row.begun_from, row.began_at, row.seen_at) for row in rows]


def end(home: Home, id_hash: str) -> None:
    """End one session: its cookie is dead."""
    with transaction(home.engine, counted=False) as session:
        end_one(session, id_hash)


def end_one(session: Session, id_hash: str) -> None:
    """As `end`, within the caller's transaction."""
    _end(session, PortalSessionRow.id_hash == id_hash)


def end_own(home: Home, account_id: int, ids: Collection[str]) -> None:
    """End these sessions of this account; what is another's stays."""
    with transaction(home.engine, counted=False) as session:
        _end(session, PortalSessionRow.id_hash.in_(ids) & (PortalSessionRow.account_id == account_id))


def end_all(session: Session, account_id: int) -> None:
    """End every session of an account."""
    _end(session, PortalSessionRow.account_id == account_id)


def _end(session: Session, which: ColumnElement[bool]) -> None:
    session.execute(
        update(PortalSessionRow)
        .where(which, PortalSessionRow.ended_at.is_(None))
        .values(ended_at=datetime.now(UTC))
    )
