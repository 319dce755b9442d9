"""What is kept of each page, and the pages that agree with each other."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imprint",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("check_version", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("pixels", "marks", "copy")),
        sa.PrimaryKeyConstraint("sha256", "check_version", "sheet", name=op.f("pk_imprint")),
    )
    op.create_index("ix_imprint_pixels", "imprint", ["pixels"], unique=False)
    op.create_table(
        "same_page",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("check_version", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("other_sheet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("per_cent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "sha256", "check_version", "sheet", "other", "other_sheet", name=op.f("pk_same_page")
        ),
    )


def downgrade() -> None:
    op.drop_table("same_page")
    op.drop_table("imprint")
