"""Answers that a form does not offer are looked for also in what came before r0022, which stored none."""

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was looked at and what never was are alike here; the next `register` looks in each once.
    op.execute("UPDATE submission_version SET not_offered = 'null' WHERE CAST(not_offered AS TEXT) = '[]'")
    op.execute("DELETE FROM quiet")  # where nothing was due, something is


def downgrade() -> None:
    op.execute("UPDATE submission_version SET not_offered = '[]' WHERE CAST(not_offered AS TEXT) = 'null'")
