"""What `sync` knows now of the submissions of one form: the door through which later stages read it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from sync.tables import Attachment, Officer, Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The current version of one submission. `files`: name -> sha256, None until it has arrived.

    `officer_districts` is None when the source does not say who sent it. `state_digest` moves whenever
    anything here does.
    """

    root_id: str
    instance_id: str
    form_version: str
    xml_sha256: str
    files: Mapping[str, str | None]
    officer_districts: tuple[str, ...] | None
    conflict: bool
    state_digest: str


def current(session: Session, form_id: str) -> list[Mirrored]:
    """Every submission of a form as its current version stands, by root id."""
    query = (
        select(
            Submission.root_id,
            Submission.conflict,
            SubmissionVersion.instance_id,
            SubmissionVersion.form_version,
            SubmissionVersion.xml_sha256,
            Officer.districts,
            Attachment.name,
            Attachment.sha256,
        )
        .join(SubmissionVersion, Submission.current_id == SubmissionVersion.id)
        .outerjoin(Officer, SubmissionVersion.officer_id == Officer.id)
        .outerjoin(Attachment, Attachment.version_id == SubmissionVersion.id)
        .where(Submission.form_id == form_id)
    )
    heads: dict[str, Row[*tuple[Any, ...]]] = {}
    files: dict[str, dict[str, str | None]] = {}
    for row in session.execute(query):
        heads[row.root_id] = row
        named = files.setdefault(row.root_id, {})
        if row.name is not None:
            named[row.name] = row.sha256
    return [_mirrored(heads[root_id], files[root_id]) for root_id in sorted(heads)]


def _mirrored(head: Row[*tuple[Any, ...]], unordered: Mapping[str, str | None]) -> Mirrored:
    files = dict(sorted(unordered.items()))
    districts = None if head.districts is None else tuple(head.districts)
    version = (head.root_id, head.instance_id, head.form_version, head.xml_sha256)
    state = json.dumps([version, list(files.items()), districts, head.conflict])
    return Mirrored(
        *version,
        files=files,
        officer_districts=districts,
        conflict=head.conflict,
        state_digest=hashlib.sha256(state.encode()).hexdigest(),
    )
