"""Whether the cycle is closed for writing; the results of last year's applicants."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("next", sa.String(), nullable=False),
        sa.Column("reopened_at", UtcDateTime(), nullable=True),
        sa.Column("reopened_by", sa.String(), nullable=True),
        sa.Column("reopened_for", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    op.create_table(
        "former_result",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("key", "type", "name", "district")),
        sa.Column("alike", sa.String(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_former_result")),
    )
    op.create_index("ix_former_result_district", "former_result", ["district"], unique=False)
    op.create_table(
        "former_identity",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("national_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_former_identity")),
    )
    op.create_index("ix_former_identity_national_id", "former_identity", ["national_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_former_identity_national_id", "former_identity")
    op.drop_table("former_identity")
    op.drop_index("ix_former_result_district", "former_result")
    op.drop_table("former_result")
    op.drop_table("closing")
