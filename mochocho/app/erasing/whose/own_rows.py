"""The rows that are about a person's own applications, and go with them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from mochocho.app.persons.holders import Holders
from mochocho.storage.db import Base
from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    AssessmentRow,
    DecoderDeathRow,
    FormerIdentityRow,
    FormerResultRow,
    IdentityRow,
    ImprintRow,
    KnowledgeRow,
    MeasurementRow,
    PlanRow,
    SamePageRow,
    SelfAssessmentRow,
    SheetRow,
    StandingRow,
    SupplementRow,
    UnreadRow,
)
from sync.tables import (
    Attachment,
    Entity,
    EntityUpdate,
    FormerFile,
    PublishedRow,
    Quarantined,
    Seen,
    ServerList,
    Submission,
    SubmissionVersion,
    WebLinkRow,
)
from xlsforms.names import APPLICANTS, PLAN_ITEMS

CHUNK = 500
T = TypeVar("T")
_SERVER = or_(Seen.source.startswith("central:"), Seen.source.startswith("kobo:"))
_OF_ROOTS = (
    SheetRow,
    SupplementRow,
    KnowledgeRow,
    PlanRow,
    SelfAssessmentRow,
    ApplicantFileRow,
    UnreadRow,
    EntityUpdate,
    Entity,
)
_OF_KEYS = (IdentityRow, FormerIdentityRow, FormerResultRow, ApplicantRow)
_OF_FILES = (MeasurementRow, ImprintRow, DecoderDeathRow, SamePageRow, ApplicantFileRow)


@dataclass(frozen=True)
class OwnRows:
    """The ids of a person's rows. `instances`: of every version of every form about the person; `files`:
    sha256 of what came with them; `on_servers`: (server, root there) that hold the same, and (server,
    `list/row`) of the rows of lists there.
    """

    keys: tuple[str, ...]
    roots: tuple[str, ...]
    submissions: tuple[int, ...]
    versions: tuple[int, ...]
    instances: tuple[str, ...]
    files: frozenset[str]
    on_servers: tuple[tuple[str, str], ...]


def own_rows(session: Session, belongs: Holders, keys: Collection[str]) -> OwnRows:
    """Of the person's forms and of all forms about the person."""
    roots = {root for root, key in belongs.roots.items() if key in keys}
    claimed = select(UnreadRow.root_id).where(UnreadRow.claimed_key.in_(keys))
    made = select(Entity.root_id).where(Entity.uuid.in_(keys))  # of an application that was not read
    roots |= {*session.scalars(claimed), *session.scalars(made)}
    submissions, versions, instances, files = set[int](), set[int](), set[str](), set[str]()
    query = select(
        SubmissionVersion.submission_id,
        SubmissionVersion.id,
        SubmissionVersion.instance_id,
        SubmissionVersion.xml_sha256,
    ).join(Submission, SubmissionVersion.submission_id == Submission.id)
    servers = set[tuple[str, str]]()
    for some in batched(sorted(roots)):
        for submission, version, instance, xml in session.execute(query.where(Submission.root_id.in_(some))):
            submissions.add(submission)
            versions.add(version)
            instances.add(instance)
            files.add(xml)
        servers |= held_by_servers(session, some)
    for ids in batched(sorted(versions)):
        for table in (Attachment, FormerFile):
            held = select(table.sha256).where(table.version_id.in_(ids), table.sha256.is_not(None))
            files |= {str(one) for one in session.scalars(held)}
    servers |= _listed_on_servers(session, keys)
    return OwnRows(
        tuple(sorted(keys)),
        tuple(sorted(roots)),
        tuple(sorted(submissions)),
        tuple(sorted(versions)),
        tuple(sorted(instances)),
        frozenset(files),
        tuple(sorted(servers)),
    )


def held_by_servers(session: Session, roots: Collection[str]) -> set[tuple[str, str]]:
    """(server, root there) of what servers hold of these."""
    at = select(Seen.source, Seen.root_id).where(Seen.submission_root.in_(roots), _SERVER)
    return {(source, root) for source, root in session.execute(at)}


def _listed_on_servers(session: Session, keys: Collection[str]) -> set[tuple[str, str]]:
    """(server, `list/row`) of what lists say of them there. Central lists an applicant as soon as the form
    has come, whether or not the list that we make has them yet.
    """
    rows = {(APPLICANTS, key) for key in keys} | {
        (one.list_name, one.name) for one in _published(session, keys)
    }
    lists = session.execute(select(ServerList.server, ServerList.name)).all()
    return {(server, f"{name}/{row}") for server, name in lists for listed, row in rows if listed == name}


def remove(session: Session, own: OwnRows) -> Counter[str]:
    """Take all of them out of the tables that are made of forms. Returns how many rows went, by table."""
    gone = Counter[str]()

    def out(table: type[Base], column: ColumnElement[Any], values: Iterable[Any]) -> None:
        for some in batched(sorted(values)):
            gone[table.__tablename__] += _deleted(session, table, column.in_(some))

    assessments = session.scalars(select(AssessmentRow.id).where(AssessmentRow.applicant_key.in_(own.keys)))
    out(StandingRow, StandingRow.assessment_id.expression, assessments.all())
    for by_key in _OF_KEYS:
        out(by_key, by_key.key.expression, own.keys)
    out(AssessmentRow, AssessmentRow.applicant_key.expression, own.keys)
    out(WebLinkRow, WebLinkRow.applicant.expression, own.keys)
    for by_root in _OF_ROOTS:
        out(by_root, by_root.root_id.expression, own.roots)
    for about in (Entity, EntityUpdate):
        out(about, about.uuid.expression, own.keys)
    for named in (Attachment, FormerFile):
        out(named, named.version_id.expression, own.versions)
    for some in batched(own.submissions):
        session.execute(update(Submission).where(Submission.id.in_(some)).values(current_id=None))
    out(SubmissionVersion, SubmissionVersion.id.expression, own.versions)
    out(Submission, Submission.id.expression, own.submissions)
    for instance in own.instances:
        held = Quarantined.key.startswith(instance, autoescape=True)
        gone[Quarantined.__tablename__] += _deleted(session, Quarantined, held)
    gone[PublishedRow.__tablename__] += _emptied(session, own.keys)
    return +gone


def remove_of_files(session: Session, files: Collection[str]) -> Counter[str]:
    """What was measured of files that go. Returns how many rows went, by table."""
    gone = Counter[str]()
    for some in batched(sorted(files)):
        for table in _OF_FILES:
            gone[table.__tablename__] += _deleted(session, table, table.sha256.in_(some))
        gone["same_page"] += _deleted(session, SamePageRow, SamePageRow.other.in_(some))
    return +gone


def batched(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Some at a time: a statement takes so many values and no more."""
    every = list(values)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))


def _deleted(session: Session, table: type[Base], where: ColumnElement[bool]) -> int:
    result = session.execute(delete(table).where(where).execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101 - of a DELETE
    return result.rowcount


def _published(session: Session, keys: Collection[str]) -> Iterator[PublishedRow]:
    """The rows of published lists that are about them: their own, and their plans'."""
    query = select(PublishedRow).where(
        ~PublishedRow.gone, PublishedRow.list_name.in_((APPLICANTS, PLAN_ITEMS))
    )
    for row in session.scalars(query):
        if row.name in keys or row.fields.get("applicant") in keys:
            yield row


def _emptied(session: Session, keys: Collection[str]) -> int:
    """Rows of published lists stay, without what they say: versions never fall."""
    count = 0
    for row in _published(session, keys):
        row.fields, row.version, row.gone = {}, row.version + 1, True
        count += 1
    session.flush()
    return count
