"""The portal: accounts, sessions, attempts to sign in, second factors, the log of who saw what."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "portal_account",
    "portal_session",
    "portal_sign_in",
    "portal_recovery_code",
    "portal_used_totp",
    "portal_sign_in_link",
    "portal_access",
    "portal_access_head",
)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_portal_account")
    return sa.ForeignKeyConstraint(["account_id"], ["portal_account.id"], name=name)


def upgrade() -> None:
    _accounts()
    _sign_ins()
    _second_factor()
    _access()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _accounts() -> None:
    op.create_table(
        "portal_account",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("login", "name", "role"),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("districts", "applicants")),
        *_text("password"),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        *_text("totp", "issuer", "subject"),
        _moment("created_at"),
        _moment("until", nullable=True),
        _moment("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_account")),
        sa.UniqueConstraint("login", name=op.f("uq_portal_account_login")),
    )
    op.create_table(
        "portal_session",
        *_text("id_hash"),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("half", sa.Boolean(), nullable=False),
        _moment("began_at"),
        _moment("seen_at"),
        _moment("ended_at", nullable=True),
        _account("portal_session"),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_portal_session")),
    )
    op.create_index("ix_portal_session_account_id", "portal_session", ["account_id"], unique=False)


def _sign_ins() -> None:
    op.create_table(
        "portal_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        _moment("at"),
        *_text("who", "address"),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_sign_in")),
    )
    for column in ("at", "who", "address"):
        op.create_index(f"ix_portal_sign_in_{column}", "portal_sign_in", [column], unique=False)
    op.create_table(
        "portal_sign_in_link",
        *_text("code_hash"),
        sa.Column("account_id", sa.Integer(), nullable=False),
        _moment("until"),
        _moment("used_at", nullable=True),
        _account("portal_sign_in_link"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_portal_sign_in_link")),
    )


def _second_factor() -> None:
    op.create_table(
        "portal_recovery_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        *_text("code_hash"),
        _moment("used_at", nullable=True),
        _account("portal_recovery_code"),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_portal_recovery_code")),
    )
    op.create_table(
        "portal_used_totp",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        _account("portal_used_totp"),
        sa.PrimaryKeyConstraint("account_id", "step", name=op.f("pk_portal_used_totp")),
    )


def _access() -> None:
    op.create_table(
        "portal_access",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at"),
        sa.Column("account_id", sa.Integer(), nullable=True),
        *_text("name", "what", "about", "reason", "page", "previous", "hash"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_portal_access")),
    )
    op.create_index("ix_portal_access_about", "portal_access", ["about"], unique=False)
    op.create_table(
        "portal_access_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_text("hash"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_access_head")),
    )
