"""Where each applicant stands, beside its assessment; the next `assess` fills it and judges nothing anew."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing",
        sa.Column("assessment_id", sa.Integer(), autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("gates", "stands_at", "awaits", "months")
        ),
        sa.Column("presented", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("to_judge", "to_settle", "unconfirmed")),
        sa.Column("twice", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("sought", "place")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_standing_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_standing")),
    )


def downgrade() -> None:
    op.drop_table("standing")
