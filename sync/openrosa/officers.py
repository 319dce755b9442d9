"""Officers and their tokens: adding, revoking, listing, and who a token belongs to."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from mochocho.db import reading, transaction
from mochocho.errors import Terminal
from mochocho.home import Home
from mochocho.thai import normalise
from sync import tables

_TOKEN_BYTES = 32  # 256 bits: nobody guesses one, so a plain digest of it is safe to store


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with a phone. `districts`: DOPA codes of 4 digits, in order."""

    id: int
    name: str
    districts: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


def add(home: Home, name: str, districts: Sequence[str]) -> tuple[int, str]:
    """Give a person access to the applicants of `districts` (4-digit codes). Returns (officer id, token).

    The token is told once, here: only its digest is kept. Raises Terminal for an empty name or another
    province's district.
    """
    shown = normalise(name)
    if not shown:
        raise Terminal("an officer needs a name")
    if not districts:
        raise Terminal(f"which districts? {_choices(home)}")
    for code in districts:
        if home.province.district(code) is None:
            raise Terminal(f'"{code}" is no district of this province: {_choices(home)}')
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    given = sorted(set(districts))
    with transaction(home.engine) as session:
        row = tables.Officer(
            name=shown, districts=given, token_sha256=_digest(token), created_at=datetime.now(UTC)
        )
        session.add(row)
        session.flush()
        return row.id, token


def revoke(home: Home, officer_id: int) -> None:
    """End an officer's access at the next request; twice is as good as once. Raises Terminal if unknown."""
    with transaction(home.engine) as session:
        row = session.get(tables.Officer, officer_id)
        if row is None:
            raise Terminal(f"there is no officer {officer_id}; `mochocho officers list` shows them")
        row.revoked_at = row.revoked_at or datetime.now(UTC)


def listing(home: Home) -> tuple[Officer, ...]:
    """Every officer, revoked ones too, in the order they were added."""
    with reading(home.engine) as session:
        rows = session.scalars(select(tables.Officer).order_by(tables.Officer.id))
        return tuple(_officer(row) for row in rows)


def of_token(home: Home, token: str) -> Officer | None:
    """Whose token this is, read anew at every call; None when unknown or revoked."""
    known = select(tables.Officer).where(
        tables.Officer.token_sha256 == _digest(token), tables.Officer.revoked_at.is_(None)
    )
    with reading(home.engine) as session:
        row = session.scalar(known)
        return _officer(row) if row is not None else None


def _officer(row: tables.Officer) -> Officer:
    return Officer(row.id, row.name, tuple(row.districts), row.created_at, row.revoked_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _choices(home: Home) -> str:
    return ", ".join(f"{d.code} {d.name_en}" for d in home.province.districts)
