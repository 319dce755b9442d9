"""Which applicant a typed name means, as a person decided; the pack that each form version was built from."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("applicant_key", sa.String(), nullable=False),
        sa.Column("matched_by", sa.String(), nullable=False),
        sa.Column("matched_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
    )
    op.create_index("ix_match_root_id", "match", ["root_id"], unique=False)
    op.add_column("published_form", sa.Column("pack_sha256", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("published_form", "pack_sha256")
    op.drop_table("match")
