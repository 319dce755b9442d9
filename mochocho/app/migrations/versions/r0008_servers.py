"""ODK Central and KoboToolbox: how what they hold stands, what was published to them, what they were told."""

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = ("sweep", "former_file", "server_form", "server_list", "server_officer", "notice")


def upgrade() -> None:
    _widen()
    _what_servers_hold()
    _what_servers_were_told()


def _widen() -> None:
    with op.batch_alter_table("seen") as seen:
        seen.add_column(sa.Column("state", sa.String(), server_default="live", nullable=False))
        seen.add_column(sa.Column("missed", sa.Integer(), server_default="0", nullable=False))
        seen.add_column(sa.Column("restored", sa.Boolean(), server_default=sa.false(), nullable=False))
        seen.add_column(sa.Column("since", UtcDateTime(), nullable=True))
        seen.add_column(sa.Column("submission_root", sa.String(), nullable=True))
        seen.add_column(sa.Column("current_id", sa.String(), nullable=True))
    op.create_index("ix_seen_submission_root", "seen", ["submission_root"], unique=False)
    op.add_column("submission", sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("submission", sa.Column("turns", sa.Integer(), server_default="0", nullable=False))
    op.add_column("submission_version", sa.Column("server_root", sa.String(), nullable=True))
    op.create_index("ix_submission_version_server_root", "submission_version", ["server_root"], unique=False)
    op.add_column("attachment", sa.Column("server", sa.String(), nullable=True))


def _what_servers_hold() -> None:
    op.create_table(
        "sweep",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("whole_at", UtcDateTime(), nullable=True),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("hint", sa.String(), nullable=True),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("problem_since", UtcDateTime(), nullable=True),
        sa.Column("polled_at", UtcDateTime(), nullable=True),
        sa.Column("files_at", UtcDateTime(), nullable=True),
        sa.Column("revalidated_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_sweep")),
    )
    op.create_table(
        "former_file",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["submission_version.id"],
            name=op.f("fk_former_file_version_id_submission_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "name", "sha256", name=op.f("pk_former_file")),
    )


def _what_servers_were_told() -> None:
    op.create_table(
        "server_form",
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("server", "form_id", "version", name=op.f("pk_server_form")),
    )
    op.create_table(
        "server_list",
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("put_at", UtcDateTime(), nullable=False),
        sa.Column("overruled", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("server", "name", name=op.f("pk_server_list")),
    )
    op.create_table(
        "server_officer",
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_server_officer_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("server", "officer_id", "remote_id", name=op.f("pk_server_officer")),
    )
    op.create_table(
        "notice",
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("server", "root_id", name=op.f("pk_notice")),
    )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("attachment", "server")
    op.drop_index("ix_submission_version_server_root", table_name="submission_version")
    op.drop_column("submission_version", "server_root")
    op.drop_column("submission", "turns")
    op.drop_column("submission", "gone")
    op.drop_index("ix_seen_submission_root", table_name="seen")
    with op.batch_alter_table("seen") as seen:
        for column in ("current_id", "submission_root", "since", "restored", "missed", "state"):
            seen.drop_column(column)
