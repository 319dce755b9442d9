"""Reading the current state of submissions: later stages read the mirror only through this module.

Submissions that are gone from every server that held them are left out.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Row, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from mochocho.words.model import NotOffered
from sync.tables import Attachment, Officer, Submission, SubmissionVersion

PAGE = 500  # submissions read at once


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The current version of one submission. `files`: name -> sha256, None until it has arrived.

    `officer_districts`: the present and former districts of the officer who sent it; None when the source
    does not say who sent it. `received_at`: when a server received this version, None where only a folder
    holds it. `state_digest` changes with anything above it except that time: the same forms sent on another
    day give the same papers. `choices_read`: whether anybody has looked for answers that are not offered.
    """

    root_id: str
    instance_id: str
    form_version: str
    xml_sha256: str
    files: Mapping[str, str | None]
    officer_districts: tuple[str, ...] | None
    conflict: bool
    state_digest: str
    form_id: str = ""
    received_at: datetime | None = None
    not_offered: tuple[NotOffered, ...] = ()
    choices_read: bool = True


@dataclass(frozen=True, slots=True)
class UnknownField:
    """A field that is not in its form's version;
    how many submissions fill it in, and the time of the first.
    """

    form_id: str
    form_version: str
    field: str
    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class AnswersNotOffered:
    """Answers to one question that its form's version does not offer, each once, sorted;
    how many submissions hold one, and the time of the first.
    """

    form_id: str
    form_version: str
    question: str
    answers: tuple[str, ...]
    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class VersionSent:
    """One version of a submission, as it was sent; `current`: the one that is read."""

    instance_id: str
    form_version: str
    source: str
    received_at: datetime | None
    current: bool


def versions(session: Session, root_id: str) -> list[VersionSent]:
    """Every version of one submission, the last that came first."""
    row = SubmissionVersion
    query = (
        select(
            row.instance_id, row.form_version, row.source, row.received_at, row.id == Submission.current_id
        )
        .join(Submission, row.submission_id == Submission.id)
        .where(Submission.root_id == root_id)
        .order_by(row.id.desc())
    )
    return [VersionSent(*found) for found in session.execute(query)]


def current(session: Session, form_id: str, root_ids: Collection[str] | None = None) -> list[Mirrored]:
    """The current versions of a form's submissions, all or those of these roots, by root id."""
    found: Iterable[Mirrored]
    if root_ids is None:
        found = chain.from_iterable(pages(session, form_id))
    else:
        found = _of_roots(session, form_id, sorted(root_ids))
    return sorted(found, key=lambda mirrored: mirrored.root_id)


def conflicts(session: Session, form_ids: Sequence[str]) -> Iterator[str]:
    """Root ids of submissions of these forms whose version was edited twice, by form."""
    query = select(Submission.root_id).where(
        Submission.conflict, Submission.current_id.is_not(None), ~Submission.gone
    )
    for form_id in form_ids:
        yield from sorted(session.scalars(query.where(Submission.form_id == form_id)))


def missing_files(session: Session, form_ids: Sequence[str]) -> int:
    """How many files named by current versions have not arrived."""
    query = (
        select(func.count())
        .select_from(Attachment)
        .join(Submission, Submission.current_id == Attachment.version_id)
        .where(Attachment.sha256.is_(None), Submission.form_id.in_(form_ids), ~Submission.gone)
    )
    return session.scalar(query) or 0


def unknown_fields(session: Session) -> Iterator[UnknownField]:
    """Fields in current versions that their forms do not have, by form, version and field."""
    query = (
        select(
            Submission.form_id,
            SubmissionVersion.form_version,
            SubmissionVersion.unknown_fields,
            SubmissionVersion.received_at,
        )
        .join(SubmissionVersion, Submission.current_id == SubmissionVersion.id)
        .where(~Submission.gone, cast(SubmissionVersion.unknown_fields, Text) != "[]")
    )
    found = defaultdict[tuple[str, str, str], list[datetime | None]](list)
    for form_id, version, fields, received_at in session.execute(query):
        for field in fields:
            found[form_id, version, field].append(received_at)
    for key, times in sorted(found.items()):
        since = min((time for time in times if time is not None), default=None)
        yield UnknownField(*key, len(times), since)


def not_offered(session: Session) -> Iterator[AnswersNotOffered]:
    """Answers in current versions that their forms do not offer, by form, version and question."""
    query = (
        select(
            Submission.form_id,
            SubmissionVersion.form_version,
            SubmissionVersion.not_offered,
            SubmissionVersion.received_at,
        )
        .join(SubmissionVersion, Submission.current_id == SubmissionVersion.id)
        .where(~Submission.gone, cast(SubmissionVersion.not_offered, Text).not_in(["[]", "null"]))
    )
    answers = defaultdict[tuple[str, str, str, str], set[str]](set)
    times = defaultdict[tuple[str, str, str, str], list[datetime | None]](list)
    for form_id, version, found, received_at in session.execute(query):
        for path, question, written in found or ():
            answers[form_id, version, path, question].add(written)
        for path, question in {(path, question) for path, question, _ in found or ()}:
            times[form_id, version, path, question].append(received_at)
    for key, given in sorted(answers.items()):
        form_id, version, _, question = key
        since = min((time for time in times[key] if time is not None), default=None)
        yield AnswersNotOffered(form_id, version, question, tuple(sorted(given)), len(times[key]), since)


def choices_unread(session: Session) -> list[tuple[str, str, int, datetime | None]]:
    """(form, version, how many, time of the first) of current versions in which nobody has looked for answers
    that their forms do not offer.
    """
    which = Submission.form_id, SubmissionVersion.form_version
    query = (
        select(*which, func.count(), func.min(SubmissionVersion.received_at))
        .join(SubmissionVersion, Submission.current_id == SubmissionVersion.id)
        .where(~Submission.gone, cast(SubmissionVersion.not_offered, Text) == "null")
        .group_by(*which)
        .order_by(*which)
    )
    return [(form_id, version, count, since) for form_id, version, count, since in session.execute(query)]


def pages(session: Session, form_id: str) -> Iterator[list[Mirrored]]:
    """Every submission of a form, a page at a time so that memory stays bounded; in no order."""
    query = _heads().where(Submission.form_id == form_id).order_by(Submission.id).limit(PAGE)
    last = 0
    while heads := session.execute(query.where(Submission.id > last)).all():
        yield _with_files(session, heads)
        last = heads[-1].id


def _of_roots(session: Session, form_id: str, root_ids: Sequence[str]) -> Iterator[Mirrored]:
    for start in range(0, len(root_ids), PAGE):
        # No condition on the form: SQLite would scan the whole form instead of these few roots.
        some = _heads().where(Submission.root_id.in_(root_ids[start : start + PAGE]))
        yield from _with_files(session, [h for h in session.execute(some).all() if h.form_id == form_id])


def _heads() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Submission.id,
            Submission.form_id,
            Submission.root_id,
            Submission.conflict,
            SubmissionVersion.id.label("version_id"),
            SubmissionVersion.instance_id,
            SubmissionVersion.form_version,
            SubmissionVersion.xml_sha256,
            SubmissionVersion.received_at,
            SubmissionVersion.not_offered,
            Officer.districts,
            Officer.former_districts,
        )
        .join(SubmissionVersion, Submission.current_id == SubmissionVersion.id)
        .outerjoin(Officer, SubmissionVersion.officer_id == Officer.id)
        .where(~Submission.gone)
    )


def _with_files(session: Session, heads: Sequence[Row[*tuple[Any, ...]]]) -> list[Mirrored]:
    files = defaultdict[int, dict[str, str | None]](dict)
    query = select(Attachment.version_id, Attachment.name, Attachment.sha256)
    for version, name, sha256 in session.execute(
        query.where(Attachment.version_id.in_([head.version_id for head in heads]))
    ):
        files[version][name] = sha256
    return [_mirrored(head, files.get(head.version_id, {})) for head in heads]


def _mirrored(head: Row[*tuple[Any, ...]], unordered: Mapping[str, str | None]) -> Mirrored:
    files = dict(sorted(unordered.items()))
    districts = None if head.districts is None else tuple(sorted({*head.districts, *head.former_districts}))
    version = (head.root_id, head.instance_id, head.form_version, head.xml_sha256)
    state = json.dumps([version, list(files.items()), districts, head.conflict])
    return Mirrored(
        *version,
        files=files,
        officer_districts=districts,
        conflict=head.conflict,
        state_digest=hashlib.sha256(state.encode()).hexdigest(),
        form_id=head.form_id,
        received_at=head.received_at,
        not_offered=tuple(NotOffered(*answer) for answer in head.not_offered or ()),
        choices_read=head.not_offered is not None,
    )
