"""What was done by stage, beside each assessment; the next `assess` fills it and judges nothing anew.

And what exactly was asked for with work of minutes, as a release with its reason.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("standing", sa.Column("done", sa.String(), nullable=True))
    op.add_column("asked_work", sa.Column("content", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("asked_work", "content")
    op.drop_column("standing", "done")
