"""Why something failed is kept in Thai too: an office reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("work", sa.Column("message_th", sa.String(), server_default="", nullable=False))
    op.add_column("sweep", sa.Column("problem_th", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("sweep", "problem_th")
    op.drop_column("work", "message_th")
