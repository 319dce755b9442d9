"""Which files came with whom, who claims a key, where a national ID comes twice: by index; the revision."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_ONCE = 500  # rows read between two inserts

_applicant = sa.table(
    "applicant", sa.column("key"), sa.column("root_id"), sa.column("application", sa.JSON())
)
_sheet = sa.table(
    "score_sheet", sa.column("root_id"), sa.column("applicant_key"), sa.column("sheet", sa.JSON())
)
_file = sa.table(
    "applicant_file",
    sa.column("root_id"),
    sa.column("sha256"),
    sa.column("applicant_key"),
    sa.column("page", sa.Boolean()),
)
_unread = sa.table("unread", sa.column("code"), sa.column("state_digest"))


def upgrade() -> None:
    op.create_table(
        "applicant_file",
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("applicant_key", sa.String(), nullable=False),
        sa.Column("page", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", "sha256", name=op.f("pk_applicant_file")),
    )
    op.create_table(
        "quiet",
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stage", name=op.f("pk_quiet")),
    )
    revision_table = op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.bulk_insert(revision_table, [{"id": 1, "number": 0}])
    op.add_column("unread", sa.Column("claimed_key", sa.String(), nullable=True))
    _fill(sa.select(_applicant.c.root_id, _applicant.c.key, _applicant.c.application), _of_application)
    _fill(sa.select(_sheet.c.root_id, _sheet.c.applicant_key, _sheet.c.sheet), _of_sheet)
    # Which key a duplicate claims was not recorded: it is read again.
    op.execute(
        sa.update(_unread).where(_unread.c.code == "application.duplicate_key").values(state_digest="")
    )
    op.create_index("ix_applicant_file_applicant_key", "applicant_file", ["applicant_key"], unique=False)
    op.create_index("ix_applicant_file_sha256", "applicant_file", ["sha256"], unique=False)
    op.create_index("ix_identity_national_id", "identity", ["national_id"], unique=False)
    op.create_index("ix_unread_claimed_key", "unread", ["claimed_key"], unique=False)
    op.drop_index("ix_submission_form_id", "submission")
    op.create_index("ix_submission_form_id_id", "submission", ["form_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_submission_form_id_id", "submission")
    op.create_index("ix_submission_form_id", "submission", ["form_id"], unique=False)
    op.drop_index("ix_unread_claimed_key", "unread")
    op.drop_index("ix_identity_national_id", "identity")
    op.drop_column("unread", "claimed_key")
    op.drop_table("revision")
    op.drop_table("quiet")
    op.drop_table("applicant_file")


def _fill(query: sa.Select[Any], files: Any) -> None:
    """Add the files of every row of `query`: root id, applicant key, and the form as stored."""
    root_id, last = query.selected_columns[0], ""
    while rows := op.get_bind().execute(query.where(root_id > last).order_by(root_id).limit(_AT_ONCE)).all():
        found = [
            {"root_id": root, "applicant_key": key, "sha256": sha256, "page": page}
            for root, key, stored in rows
            for sha256, page in sorted(files(stored).items())
        ]
        if found:
            op.get_bind().execute(sa.insert(_file), found)
        last = rows[-1][0]


def _of_application(stored: dict[str, Any]) -> dict[str, bool]:
    """sha256 -> whether it is a photographed page of a document."""
    found = {stored["portrait"]["sha256"]: False} if stored["portrait"] else {}
    for answer in stored["documents"].values():
        for page in answer["pages"]:
            found[page["sha256"]] = found.get(page["sha256"], False) or answer["status"] == "attached"
    return dict(_come(found))


def _of_sheet(stored: dict[str, Any]) -> dict[str, bool]:
    return dict(_come({photo["sha256"]: False for photo in stored["evidence"].values()}))


def _come(files: dict[str | None, bool]) -> Iterator[tuple[str, bool]]:
    return ((sha256, page) for sha256, page in files.items() if sha256)
