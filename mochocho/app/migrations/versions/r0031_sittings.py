"""What is recorded while a meeting is held."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sitting",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "number", name=op.f("pk_sitting")),
    )


def downgrade() -> None:
    op.drop_table("sitting")
