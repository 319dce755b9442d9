"""Which forms a server could not list while it listed the others."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sweep", sa.Column("unlisted", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("sweep", "unlisted")
