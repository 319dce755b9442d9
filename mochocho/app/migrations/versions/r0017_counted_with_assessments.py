"""What counted is kept with the assessment: what was assessed before that is judged anew."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The assessments stay, as everything does; papers are of those that the next `assess` makes.
    op.execute(
        "UPDATE applicant SET assessment_id = NULL WHERE assessment_id IN ("
        "SELECT id FROM assessment WHERE CAST(result AS TEXT) NOT LIKE '%\"counted\":%')"
    )


def downgrade() -> None:
    """Nothing to take back: earlier versions read what is stored, and judge anew by their own number."""
