"""Officers and their tokens: adding, moving, renewing, revoking, listing, finding a token's owner."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Unfit, refuse
from mochocho.words.sentences import Sentence
from mochocho.words.thai import normalise
from sync import tables

_TOKEN_BYTES = 32  # 256 bits: too many to guess, so a plain digest is safe to store
# Made once, of columns and without a session, because every request of every phone runs it.
_OF_TOKEN = select(
    tables.Officer.id,
    tables.Officer.name,
    tables.Officer.districts,
    tables.Officer.former_districts,
    tables.Officer.created_at,
    tables.Officer.revoked_at,
).where(tables.Officer.token_sha256 == bindparam("digest"), tables.Officer.revoked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with a phone. Districts: DOPA codes of 4 digits, in order; `former_districts`: moved from."""

    id: int
    name: str
    districts: tuple[str, ...]
    former_districts: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


def add(home: Home, name: str, districts: Sequence[str]) -> tuple[int, str]:
    """Give a person access to the applicants of `districts` (4-digit codes). Returns (officer id, token).

    The token is given out here only: just its digest is stored. Raises Unfit for an empty name or another
    province's district, AllUnfit for several.
    """
    refuse(list(unfit(home, name, districts)))
    token = new_token()
    with transaction(home.engine) as session:
        row = tables.Officer(
            name=normalise(name),
            districts=sorted(set(districts)),
            former_districts=[],
            token_sha256=digest_of(token),
            created_at=datetime.now(UTC),
        )
        session.add(row)
        session.flush()
        return row.id, token


def move(home: Home, officer_id: int, districts: Sequence[str]) -> None:
    """Give an officer other districts from the next download on; token and sent forms stay.

    The former districts are remembered: a form filled in there and sent late is still from the officer's own
    district. Raises Terminal for an officer who is unknown or revoked, or another province's district.
    """
    given = checked_districts(home, districts)
    with transaction(home.engine) as session:
        row = _active(session, officer_id)
        row.former_districts = sorted({*row.former_districts, *row.districts} - set(given))
        row.districts = given


def renew(home: Home, officer_id: int) -> str:
    """Give an officer a new token, given out here only; the old one ends at once. Raises as `move`."""
    token = new_token()
    with transaction(home.engine) as session:
        _active(session, officer_id).token_sha256 = digest_of(token)
    return token


def revoke(home: Home, officer_id: int) -> None:
    """End an officer's access at once, also of a closed cycle; repeating it does no harm. Raises Terminal if
    unknown.
    """
    with transaction(home.engine, counted=False) as session:
        row = _known(session, officer_id)
        row.revoked_at = row.revoked_at or datetime.now(UTC)


def listing(home: Home) -> tuple[Officer, ...]:
    """Every officer, revoked ones too, in the order they were added."""
    with reading(home.engine) as session:
        rows = session.scalars(select(tables.Officer).order_by(tables.Officer.id))
        return tuple(_officer(row) for row in rows)


def active(home: Home, officer_id: int) -> Officer:
    """An officer whose token still works. Raises Terminal for one who is unknown or revoked."""
    with reading(home.engine) as session:
        return _officer(_active(session, officer_id))


def of_token(home: Home, token: str) -> Officer | None:
    """The owner of this token, read anew at every call; None when unknown or revoked."""
    with home.engine.connect() as connection:
        row = connection.execute(_OF_TOKEN, {"digest": digest_of(token)}).one_or_none()
        return None if row is None else _officer(row)


def _known(session: Session, officer_id: int) -> tables.Officer:
    row = session.get(tables.Officer, officer_id)
    if row is None:
        raise Terminal(
            f"ไม่มีเจ้าหน้าที่หมายเลข {officer_id} ดูรายชื่อด้วย `mochocho officers list`",
            f"there is no officer {officer_id}; `mochocho officers list` shows them",
        )
    return row


def _active(session: Session, officer_id: int) -> tables.Officer:
    row = _known(session, officer_id)
    if row.revoked_at is not None:
        raise Terminal(
            f"เจ้าหน้าที่เลขที่ {officer_id} ถูกยกเลิกสิทธิ์แล้ว ให้สั่ง `mochocho officers add` เพื่อออกรหัสใหม่",
            f"officer {officer_id} was revoked; `mochocho officers add` gives a new token",
        )
    return row


def unfit(home: Home, name: str, districts: Sequence[str]) -> Iterator[Unfit]:
    """All that `add` would refuse of this, by the names of its parameters."""
    if not normalise(name):
        yield Unfit("ต้องระบุชื่อเจ้าหน้าที่", "an officer needs a name", part="name")
    yield from _unfit_districts(home, districts)


def checked_districts(home: Home, districts: Sequence[str]) -> list[str]:
    """The codes, each once, sorted. Raises Unfit for none, or those that are not in the province."""
    refuse(list(_unfit_districts(home, districts)))
    return sorted(set(districts))


def _unfit_districts(home: Home, districts: Sequence[str]) -> Iterator[Unfit]:
    choices = _choices(home)
    if not districts:
        yield Unfit(f"ให้ระบุอำเภอ: {choices.th}", f"which districts? {choices.en}", part="districts")
    for code in districts:
        if home.province.district(code) is None:
            yield Unfit(
                f"จังหวัดนี้ไม่มีอำเภอ “{code}” ให้เลือกจาก {choices.th}",
                f'"{code}" is no district of this province: {choices.en}',
                part="districts",
            )


def _officer(row: Any) -> Officer:  # the table's row, or only its columns
    return Officer(
        row.id,
        row.name,
        tuple(row.districts),
        tuple(row.former_districts),
        row.created_at,
        row.revoked_at,
    )


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _choices(home: Home) -> Sentence:
    districts = home.province.districts
    return Sentence(
        ", ".join(f"{d.code} {d.name_th}" for d in districts),
        ", ".join(f"{d.code} {d.name_en}" for d in districts),
    )
