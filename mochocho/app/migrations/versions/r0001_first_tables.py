"""The first tables: what was sent, what was made of it, what was decided, what was printed."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from mochocho.storage.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Two pairs of tables point at each other. SQLite takes the forward reference at once and cannot add it later;
# PostgreSQL is the other way round.
_FORWARD = (
    ("submission", "current_id", "submission_version"),
    ("applicant", "assessment_id", "assessment"),
)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _when_sqlite(constraint: sa.ForeignKeyConstraint) -> Iterator[sa.ForeignKeyConstraint]:
    if _is_sqlite():
        yield constraint


def upgrade() -> None:
    _create_sync()
    _create_processing()
    _create_reports()
    if not _is_sqlite():
        for table, column, target in _FORWARD:
            op.create_foreign_key(f"fk_{table}_{column}_{target}", table, target, [column], ["id"])


def _create_sync() -> None:
    op.create_table(
        "entity",
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", "uuid", name=op.f("pk_entity")),
    )
    op.create_index(op.f("ix_entity_root_id"), "entity", ["root_id"], unique=False)
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_officer_token_sha256")),
    )
    op.create_table(
        "published_form",
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("xform_sha256", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("form_id", "version", name=op.f("pk_published_form")),
    )
    op.create_table(
        "seen",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "root_id", name=op.f("pk_seen")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("current_id", sa.Integer(), nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        *_when_sqlite(
            sa.ForeignKeyConstraint(
                ["current_id"], ["submission_version.id"], name="fk_submission_current_id_submission_version"
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("root_id", name=op.f("uq_submission_root_id")),
    )
    op.create_index("ix_submission_form_id", "submission", ["form_id"], unique=False)
    op.create_table(
        "quarantined",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message_th", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_quarantined_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_quarantined_source_key")),
    )
    op.create_table(
        "submission_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("deprecated_id", sa.String(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("xml_sha256", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_submission_version_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_version_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_version")),
        sa.UniqueConstraint("instance_id", name=op.f("uq_submission_version_instance_id")),
    )
    op.create_index(
        op.f("ix_submission_version_deprecated_id"), "submission_version", ["deprecated_id"], unique=False
    )
    op.create_index(
        op.f("ix_submission_version_submission_id"), "submission_version", ["submission_id"], unique=False
    )
    op.create_table(
        "attachment",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["submission_version.id"],
            name=op.f("fk_attachment_version_id_submission_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "name", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)


def _create_processing() -> None:
    op.create_table(
        "applicant",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("state_digest", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("application", sa.JSON(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        *_when_sqlite(
            sa.ForeignKeyConstraint(
                ["assessment_id"], ["assessment.id"], name="fk_applicant_assessment_id_assessment"
            )
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_applicant")),
        sa.UniqueConstraint("root_id", name=op.f("uq_applicant_root_id")),
    )
    op.create_index(op.f("ix_applicant_district"), "applicant", ["district"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_key", sa.String(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("meeting_no", sa.String(), nullable=False),
        sa.Column("meeting_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_applicant_key_gate", "decision", ["applicant_key", "gate"], unique=False)
    op.create_table(
        "measurement",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("check_version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "check_version", name=op.f("pk_measurement")),
    )
    op.create_table(
        "score_sheet",
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("state_digest", sa.String(), nullable=False),
        sa.Column("applicant_key", sa.String(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", name=op.f("pk_score_sheet")),
    )
    op.create_index(op.f("ix_score_sheet_applicant_key"), "score_sheet", ["applicant_key"], unique=False)
    op.create_table(
        "unread",
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("state_digest", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message_th", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", name=op.f("pk_unread")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("applicant_key", "digest", name=op.f("uq_assessment_applicant_key_digest")),
    )
    op.create_table(
        "identity",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("national_id", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["applicant.key"], name=op.f("fk_identity_key_applicant")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_identity")),
    )


def _create_reports() -> None:
    op.create_table(
        "packet",
        sa.Column("manifest_sha256", sa.String(), nullable=False),
        sa.Column("meeting_no", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("manifest_sha256", name=op.f("pk_packet")),
    )
