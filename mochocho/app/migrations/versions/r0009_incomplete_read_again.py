"""What lacks a file is fetched again: it may lie there under a name that is written in another way."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE seen SET fingerprint = '' WHERE submission_root IN ("
        "SELECT submission.root_id FROM submission "
        "JOIN attachment ON attachment.version_id = submission.current_id "
        "WHERE attachment.sha256 IS NULL)"
    )


def downgrade() -> None:
    """A fingerprint that was taken away is seen anew at the next pull."""
