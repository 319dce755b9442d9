"""Closes a cycle for writing, and opens it again."""

from datetime import UTC, datetime

from sqlalchemy import select

from mochocho.app.status.status_figures import look
from mochocho.storage.db import ClosingRow, advance, refuse_closed, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.thai import NOTHING_SAID, normalise, says_something

_FINISHED = ("pull", "register", "assess")  # stages with nothing left to do in a cycle that is closed


def refuse_unfinished(home: Home) -> None:
    """Raise Terminal where something that came was not read or assessed yet: closed, it never would be."""
    left = [f"{one.name} {one.due}" for one in look(home).stages if one.name in _FINISHED and one.due]
    if left:
        raise Terminal(
            f"ยังมีงานค้าง ({', '.join(left)}) จึงยังปิดรอบไม่ได้ ให้สั่ง `mochocho run` ก่อน",
            f"work is left ({', '.join(left)}), so the cycle cannot be closed; `mochocho run` first",
        )


def close(home: Home, by: str, next_settings: str = "") -> None:
    """Let nothing be written into this home any more. Raises Closed when it is closed already."""
    if not says_something(by):
        raise Terminal("ต้องระบุผู้ปิดรอบ ด้วย --by", "say who closes the cycle, with --by")
    with transaction(home.engine, counted=False) as session:
        refuse_closed(session.connection())
        session.add(ClosingRow(at=datetime.now(UTC), by=normalise(by), next=next_settings))
        session.flush()
        advance(session.connection())


def reopen(home: Home, by: str, reason: str) -> None:
    """Let a closed home be written again. Raises Terminal when it is open, or nobody says why."""
    if not says_something(by) or not says_something(reason):
        raise Terminal(
            f"ผู้เปิดรอบ (--by) และเหตุผล (--reason) {NOTHING_SAID.th}",
            f"who opens it (--by) and why (--reason) {NOTHING_SAID.en}",
        )
    with transaction(home.engine, counted=False) as session:
        row = session.scalars(select(ClosingRow).where(ClosingRow.reopened_at.is_(None))).first()
        if row is None:
            raise Terminal("รอบนี้เปิดอยู่แล้ว", "this cycle is open")
        row.reopened_at, row.reopened_by, row.reopened_for = (
            datetime.now(UTC),
            normalise(by),
            normalise(reason),
        )
        session.flush()
        advance(session.connection())
