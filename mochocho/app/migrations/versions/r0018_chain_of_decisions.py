"""Decisions of every kind in one chain: what committees resolved, and which applicant a typed name means."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime
from mochocho.words.errors import Terminal
from processing.decisions.chain import GENESIS, Link, canonical

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_RESOLVED = ("outcome", "committee", "meeting_no", "meeting_date")
_NAMED = 5  # numbers of decisions in a sentence
_APPENDED = "decisions are appended: none is changed or removed"


def upgrade() -> None:
    connection = op.get_bind()
    rows = list(_in_order(connection))
    op.drop_index("ix_decision_applicant_key_gate", table_name="decision")
    op.drop_table("decision")
    op.drop_table("match")
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "applicant_key", "about")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("content", "reason", "recorded_by")),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
        sa.UniqueConstraint("undoes", name=op.f("uq_decision_undoes")),
    )
    op.create_index("ix_decision_applicant_key", "decision", ["applicant_key"], unique=False)
    op.create_index("ix_decision_about", "decision", ["about"], unique=False)
    op.create_table(
        "decision_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_head")),
    )
    _store(connection, rows)
    _refuse_changes(connection)


def _in_order(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """What was decided, by when it was recorded; of one table in the order of its rows."""
    resolved = _rows(connection, "decision", "recorded_at")
    decisions = [(row["recorded_at"], _resolution(row)) for row in resolved]
    matches = [(row["matched_at"], row) for row in _rows(connection, "match", "matched_at")]
    matched = dict[str, tuple[int, str]]()  # root id -> number and applicant of the match that holds
    number = 0
    while decisions or matches:
        number += 1
        if decisions and (not matches or decisions[0][0] <= matches[0][0]):
            yield {"number": number, **decisions.pop(0)[1]}
            continue
        row = matches.pop(0)[1]
        root = row["root_id"]
        undoes, former = matched.pop(root, (None, ""))
        if row["applicant_key"]:
            matched[root] = (number, row["applicant_key"])
        yield {"number": number, "undoes": undoes, **_match(row, former)}


def _rows(connection: sa.Connection, table: str, moment: str) -> list[dict[str, Any]]:
    query = sa.text(f"SELECT * FROM {table} ORDER BY id").columns(**{moment: UtcDateTime()})  # noqa: S608
    return [dict(row) for row in connection.execute(query).mappings()]


def _resolution(row: dict[str, Any]) -> dict[str, Any]:
    content = {name: str(row[name]) for name in _RESOLVED}
    return {
        "kind": "resolution",
        "applicant_key": row["applicant_key"],
        "about": row["gate"],
        "content": canonical(content),
        "reason": row["reason"],
        "recorded_by": row["recorded_by"],
        "recorded_at": row["recorded_at"],
        "seen": _seen(row["instance_id"]),
        "undoes": None,
    }


def _match(row: dict[str, Any], former: str) -> dict[str, Any]:
    """A match; one with nobody took the one with `former` back, or said what was so already."""
    taken_back = former and not row["applicant_key"]
    return {
        "kind": "revoke" if taken_back else "match",
        "applicant_key": row["applicant_key"] or former,
        "about": row["root_id"],
        "content": canonical({}),
        "reason": "",
        "recorded_by": row["matched_by"],
        "recorded_at": row["matched_at"],
        "seen": _seen(""),
    }


def _seen(instance_id: str) -> str:
    return canonical({"assessment": "", "files": [], "instance_id": instance_id})


def _table(name: str, *columns: str) -> Any:
    return sa.table(name, *(sa.column(c, UtcDateTime() if c.endswith("_at") else None) for c in columns))


def _store(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    previous, links = GENESIS, []
    for row in rows:
        link = Link(previous=previous, **row).hashed()
        links.append({name: getattr(link, name) for name in Link.__slots__})
        previous = link.hash
    connection.execute(_table("decision", *Link.__slots__).insert(), links)
    head = {"id": 1, "number": len(links), "hash": previous}
    connection.execute(_table("decision_head", *head).insert(), [head])


def _refuse_changes(connection: sa.Connection) -> None:
    """Against accidents: whoever owns the database can take the triggers away, which the chain then shows."""
    if connection.dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION decision_appended() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_APPENDED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER decision_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON decision "
            "FOR EACH STATEMENT EXECUTE FUNCTION decision_appended()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER decision_no_{event} BEFORE {event.upper()} ON decision "
            f"BEGIN SELECT RAISE(ABORT, '{_APPENDED}'); END"
        )


def downgrade() -> None:
    connection = op.get_bind()
    query = sa.text("SELECT * FROM decision ORDER BY number").columns(recorded_at=UtcDateTime())
    rows = [dict(row) for row in connection.execute(query).mappings()]
    _refuse_a_loss(rows)
    op.drop_table("decision_head")
    op.drop_table("decision")
    if connection.dialect.name == "postgresql":
        op.execute("DROP FUNCTION decision_appended()")
    _create_former()
    if decided := list(_former_decisions(rows)):
        connection.execute(_former("decision", decided[0]).insert(), decided)
    if matched := list(_former_matches(rows)):
        connection.execute(_former("match", matched[0]).insert(), matched)
    if connection.dialect.name == "postgresql":
        for table in ("decision", "match"):
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"coalesce((SELECT max(id) FROM {table}), 1), (SELECT max(id) FROM {table}) IS NOT NULL)"
            )


def _refuse_a_loss(rows: list[dict[str, Any]]) -> None:
    """What holds must be sayable in the former tables: decisions are evidence, and no other copy stands."""
    undone = {row["undoes"] for row in rows}
    lost = [str(row["number"]) for row in rows if row["number"] not in undone and not _sayable(row)]
    if lost:
        some = ", ".join(lost[:_NAMED]) + (", …" if len(lost) > _NAMED else "")
        raise Terminal(
            f"ย้อนตารางไปก่อนรุ่น 0018 ไม่ได้: คำวินิจฉัยและมติ {len(lost)} รายการ (ลำดับที่ {some}) "
            "เป็นชนิดที่รุ่นนั้นบันทึกไม่ได้ ให้กู้คืนไฟล์สำรองของรุ่นนั้นลงที่เก็บว่าง",
            f"the tables before 0018 cannot hold {len(lost)} of the decisions (numbers {some}); "
            "restore a backup of that version into an empty home",
        )


def _sayable(row: dict[str, Any]) -> bool:
    """Matches, what undoes, and resolutions that passed or failed, without votes, condition or note."""
    if row["kind"] != "resolution":
        return row["kind"] in ("match", "revoke", "reopen")
    content = json.loads(row["content"])
    more = any(value for name, value in content.items() if name not in _RESOLVED)
    return content["outcome"] in ("pass", "fail") and not more


def _create_former() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("applicant_key", "gate", "outcome")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("committee", "meeting_no")),
        sa.Column("meeting_date", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "recorded_by", "instance_id")),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_applicant_key_gate", "decision", ["applicant_key", "gate"], unique=False)
    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("root_id", "applicant_key", "matched_by")
        ),
        sa.Column("matched_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
    )
    op.create_index("ix_match_root_id", "match", ["root_id"], unique=False)


def _former(name: str, row: dict[str, Any]) -> Any:
    kinds: dict[type, Any] = {datetime: UtcDateTime(), date: sa.Date()}
    return sa.table(name, *(sa.column(column, kinds.get(type(value))) for column, value in row.items()))


def _former_decisions(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Resolutions that hold or were followed by another: an earlier version knows nothing of undoing."""
    undone = {row["undoes"] for row in rows}
    kept = [row for row in rows if row["kind"] == "resolution" and row["number"] not in undone]
    for id_, row in enumerate(kept, start=1):
        content = json.loads(row["content"])
        yield {
            "id": id_,
            "applicant_key": row["applicant_key"],
            "gate": row["about"],
            **{name: content[name] for name in _RESOLVED[:-1]},
            "meeting_date": date.fromisoformat(content["meeting_date"]),
            "reason": row["reason"],
            "recorded_by": row["recorded_by"],
            "instance_id": json.loads(row["seen"])["instance_id"],
            "recorded_at": row["recorded_at"].astimezone(UTC),
        }


def _former_matches(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    matches = {row["number"] for row in rows if row["kind"] == "match"}
    kept = [row for row in rows if row["kind"] == "match" or row["undoes"] in matches]
    for id_, row in enumerate(kept, start=1):
        yield {
            "id": id_,
            "root_id": row["about"],
            "applicant_key": row["applicant_key"] if row["kind"] == "match" else "",
            "matched_by": row["recorded_by"],
            "matched_at": row["recorded_at"].astimezone(UTC),
        }
