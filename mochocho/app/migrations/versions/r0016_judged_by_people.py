"""What people say of submissions on their server."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seen", sa.Column("judged", sa.String(), nullable=True))
    op.add_column("seen", sa.Column("judged_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("seen", "judged_by")
    op.drop_column("seen", "judged")
