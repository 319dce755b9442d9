"""Erasures of personal data: how far each is, the ids that went, and rows of chains that they may cover."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0042"
down_revision = "0040"
branch_labels = None
depends_on = None

_CHAINS = {
    "decision": ("decision", "decisions are appended: none is changed or removed"),
    "released": ("released_packet", "releases are only appended"),
}
_ERASING = "EXISTS (SELECT 1 FROM erasure WHERE state = 'planned')"
# of a chain's row these are never covered: by them the rows after it name it
_FIXED = ("number", "previous", "hash")


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("about", "officer", "reason", "state")),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("plan", "receipt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "erased",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_erased")),
    )
    _let_updates(coverable=True)


def downgrade() -> None:
    _let_updates(coverable=False)
    op.drop_table("erased")
    op.drop_table("erasure")


def _let_updates(*, coverable: bool) -> None:
    """Whether an erasure that is going on may change rows of the chains; removed is none of them ever."""
    for name, (table, said) in _CHAINS.items():
        if op.get_bind().dialect.name == "postgresql":
            refused = f"RAISE EXCEPTION '{said}';"
            body = f"IF TG_OP <> 'UPDATE' OR NOT {_ERASING} THEN {refused} END IF; RETURN NULL;"
            op.execute(
                f"CREATE OR REPLACE FUNCTION {name}_appended() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {body if coverable else refused} END $$"
            )
            continue
        op.execute(f"DROP TRIGGER {name}_no_update")
        changed = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in _FIXED)
        when = f"WHEN NOT {_ERASING} OR {changed} " if coverable else ""
        op.execute(
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
