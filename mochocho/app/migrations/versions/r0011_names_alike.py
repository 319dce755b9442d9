"""By what applicants whose names sound alike are found; filled when they are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("applicant", sa.Column("alike", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_applicant_alike", "applicant", ["alike"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_applicant_alike", "applicant")
    op.drop_column("applicant", "alike")
