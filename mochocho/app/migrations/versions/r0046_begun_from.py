"""From where each session of the portal was begun, for its owner to tell it by."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("portal_session", sa.Column("begun_from", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("portal_session", "begun_from")
