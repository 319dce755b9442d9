"""Documents that come after the application, what they say of its entity, and records of knowledge."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("supplement", "knowledge"):
        op.create_table(
            name,
            sa.Column("root_id", sa.String(), nullable=False),
            sa.Column("instance_id", sa.String(), nullable=False),
            sa.Column("state_digest", sa.String(), nullable=False),
            sa.Column("applicant_key", sa.String(), nullable=False),
            sa.Column("content", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("root_id", name=op.f(f"pk_{name}")),
        )
        op.create_index(f"ix_{name}_applicant_key", name, ["applicant_key"], unique=False)
    op.create_table(
        "entity_update",
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", "uuid", "root_id", name=op.f("pk_entity_update")),
    )
    op.create_index("ix_entity_update_root_id", "entity_update", ["root_id"], unique=False)


def downgrade() -> None:
    op.drop_table("entity_update")
    for name in ("knowledge", "supplement"):
        op.drop_table(name)
