"""Released packets and their addenda: a chain of rows that are only appended."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

_APPENDED = "releases are only appended"


def upgrade() -> None:
    op.create_table(
        "released_packet",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("meeting_key", sa.String(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("addendum", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_released_packet")),
        sa.UniqueConstraint(
            "meeting_key", "release", "addendum", name=op.f("uq_released_packet_meeting_key_release_addendum")
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION released_appended() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_APPENDED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER released_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON released_packet "
            "FOR EACH STATEMENT EXECUTE FUNCTION released_appended()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER released_no_{event} BEFORE {event.upper()} ON released_packet "
            f"BEGIN SELECT RAISE(ABORT, '{_APPENDED}'); END"
        )


def downgrade() -> None:
    op.drop_table("released_packet")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION released_appended()")
