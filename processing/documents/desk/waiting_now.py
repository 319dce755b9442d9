"""What waits for a person now: as assessed last, without what was decided since; few queries."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words.model import TO_JUDGE, ApplicantType, Application
from processing import codec
from processing.chunks import batched
from processing.decisions import recorded
from processing.decisions.decision import OF_DOCUMENTS
from processing.decisions.on_documents import NO_ANSWER, judged_pages
from processing.documents.asked import read_from
from processing.documents.desk.desk_queue import Matter, Waiting
from processing.register.form_packs import Packs
from processing.register.within_scope import within
from processing.scope import Scope
from processing.tables import ApplicantRow, AssessmentRow, DecisionRow, StandingRow
from sync.tables import SubmissionVersion
from xlsforms import names

_AT_ONCE = 200  # assessments, instances


@dataclass(frozen=True, slots=True)
class _Open:
    """A document that waits by one assessment, with the pages that were assessed."""

    document: str
    label: str
    since: datetime | None
    pages: tuple[str, ...]


class WaitingNow:
    """What waits, for one process to ask again and again: an assessment never changes and is read once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._open: Mapping[int, tuple[_Open, ...]] = {}

    def of(self, session: Session, scope: Scope) -> list[Waiting]:
        """The documents within this scope that wait, in no order."""
        query = (
            select(
                ApplicantRow.key,
                ApplicantRow.name,
                ApplicantRow.type,
                ApplicantRow.district,
                ApplicantRow.assessment_id,
            )
            .join(StandingRow, StandingRow.assessment_id == ApplicantRow.assessment_id)
            .where(StandingRow.to_judge > 0, within(scope))
        )
        rows = session.execute(query).all()
        found = self._known(session, {row.assessment_id for row in rows})
        decided = _decided(session, {row.key for row in rows})
        return [
            Waiting(
                key=row.key,
                name=row.name,
                type=ApplicantType(row.type),
                district=row.district,
                document=one.document,
                label=one.label,
                since=one.since,
            )
            for row in rows
            for one in found.get(row.assessment_id, ())
            if decided.get((row.key, one.document)) != one.pages
        ]

    def _known(self, session: Session, ids: Collection[int]) -> Mapping[int, tuple[_Open, ...]]:
        """Those of these assessments; another thread that reads them too finds the same."""
        known = self._open
        if lacking := set(ids) - known.keys():
            self._open = known = {**known, **_read(self._home, session, lacking)}
        return known


def _decided(session: Session, keys: Collection[str]) -> dict[Matter, tuple[str, ...]]:
    """The pages about which a person's verdict holds, of these applicants."""
    judged = set(session.scalars(select(DecisionRow.applicant_key).where(DecisionRow.kind.in_(OF_DOCUMENTS))))
    return {
        (one.applicant_key, one.about): one.seen.files
        for chunk in batched(judged.intersection(keys), _AT_ONCE)
        for one in recorded.holding(session, OF_DOCUMENTS, chunk)
    }


def _read(home: Home, session: Session, ids: Collection[int]) -> dict[int, tuple[_Open, ...]]:
    packs = Packs(home, session)
    query = select(AssessmentRow.id, AssessmentRow.result).where(AssessmentRow.id.in_(ids))
    results = {id_: result for id_, result in session.execute(query) if result["counted"]}
    applications = {
        id_: codec.load(Application, result["counted"]["application"]) for id_, result in results.items()
    }
    received = _received(session, {each for one in applications.values() for each in _instances(one)})
    return {
        id_: tuple(_documents(packs, applications[id_], result, received)) for id_, result in results.items()
    } | dict.fromkeys(set(ids) - results.keys(), ())


def _documents(
    packs: Packs, application: Application, result: Mapping[str, Any], received: Mapping[str, datetime]
) -> Iterator[_Open]:
    standard = packs.of(names.APPLICATION, application.form_version).standard(application.type)
    labels = {document.code: document.th for document in standard.documents}
    waiting = [one["document"] for one in result["verdicts"] if one["state"] in TO_JUDGE]
    for code in waiting:
        answer = application.documents.get(code, NO_ANSWER)
        places = [read_from(answer, application.instance_id, n) for n in range(len(answer.pages))]
        instances = {place.instance_id for place in places} or {application.instance_id}
        days = [received[one] for one in instances if one in received]
        yield _Open(code, labels.get(code, code), max(days, default=None), judged_pages(answer))


def _instances(application: Application) -> Iterator[str]:
    yield application.instance_id
    yield from (place.instance_id for answer in application.documents.values() for place in answer.read_from)


def _received(session: Session, instances: Collection[str]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for chunk in batched(instances, _AT_ONCE):
        query = select(SubmissionVersion.instance_id, SubmissionVersion.received_at).where(
            SubmissionVersion.instance_id.in_(chunk), SubmissionVersion.received_at.is_not(None)
        )
        found |= {instance: at for instance, at in session.execute(query) if at}
    return found
