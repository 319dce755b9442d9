"""Work of minutes that somebody asked for in the portal."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_work",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "about")),
        sa.Column("slot", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("state", "asked_by")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("asked_at", "seen_at")),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "total")),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_work")),
        sa.UniqueConstraint("slot", name=op.f("uq_asked_work_slot")),
    )


def downgrade() -> None:
    op.drop_table("asked_work")
