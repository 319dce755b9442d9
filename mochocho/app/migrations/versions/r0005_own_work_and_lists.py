"""Plans and self-assessments in the register; the lists that phones are offered, as last published."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FORMS = ("plan", "self_assessment")


def upgrade() -> None:
    for table in _FORMS:
        op.create_table(
            table,
            sa.Column("root_id", sa.String(), nullable=False),
            sa.Column("instance_id", sa.String(), nullable=False),
            sa.Column("state_digest", sa.String(), nullable=False),
            sa.Column("applicant_key", sa.String(), nullable=False),
            sa.Column("content", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("root_id", name=op.f(f"pk_{table}")),
        )
        op.create_index(f"ix_{table}_applicant_key", table, ["applicant_key"], unique=False)
    op.create_table(
        "published_list",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_published_list")),
    )
    op.create_table(
        "published_row",
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", "name", name=op.f("pk_published_row")),
    )


def downgrade() -> None:
    op.drop_table("published_row")
    op.drop_table("published_list")
    for table in reversed(_FORMS):
        op.drop_table(table)
