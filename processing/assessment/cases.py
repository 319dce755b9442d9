"""Every applicant as the papers may show it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import (
    Application,
    Assessment,
    Case,
    Finding,
    Measurement,
    OwnWork,
    Round,
    Supplement,
)
from processing import codec
from processing.assessment.assess import rules_of
from processing.assessment.evaluate import Rules, agreed, evidence, own_part, scoring_pack
from processing.documents import measure
from processing.register import stored
from processing.register.supplements import counts
from processing.scoring.reconcile import Consensus
from processing.scoring.sheet_remarks import name
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow
from sync.tables import SubmissionVersion

ROUNDS = (Round.ONSITE, Round.PROVINCIAL)  # whose sheets are shown
READ_AT_ONCE = 100  # applicants: as JSON, a province's assessments take four times the room


class Casebook:
    """The applicants that have an assessment, as they are at one moment; a few in memory at a time."""

    def __init__(self, home: Home, session: Session) -> None:
        self._home, self._session = home, session

    def each(self, districts: Collection[str] | None = None) -> Iterator[Case]:
        """Every one, or those of these districts (codes), by key."""
        query = select(ApplicantRow.key).where(ApplicantRow.assessment_id.is_not(None))
        if districts is not None:
            query = query.where(ApplicantRow.district.in_(districts))
        return self.of(sorted(self._session.scalars(query)))

    def of(self, keys: Iterable[str]) -> Iterator[Case]:
        """Those of these keys, in the order of the keys."""
        ahead = iter(keys)
        while chunk := list(islice(ahead, READ_AT_ONCE)):
            yield from _cases(self._home, self._session, chunk)


@contextmanager
def opened(home: Home) -> Iterator[Casebook]:
    """The casebook as it is now; what is written meanwhile does not change it."""
    with reading(home.engine) as session:
        yield Casebook(home, session)


def cases(home: Home, districts: Collection[str] | None = None) -> list[Case]:
    """Every applicant that has an assessment, or those of these districts (codes), by key."""
    with opened(home) as casebook:
        return list(casebook.each(districts))


def _cases(home: Home, session: Session, keys: Collection[str]) -> Iterator[Case]:
    applications, sheets = stored.applications(session, keys), stored.sheets(session, keys)
    measurements = measure.of(session, keys)
    computed, masked = assessments(session, keys), _masked_ids(session, keys)
    rules = rules_of(home)
    rounds = {
        key: tuple(
            agreed(one, sheets.get(key, ()), rules, round_) for round_ in (Round.ONSITE, Round.PROVINCIAL)
        )
        for key, one in applications.items()
    }
    later = stored.supplements(session, keys)
    plans, self_assessments = stored.plans(session, keys), stored.self_assessments(session, keys)
    own = {
        key: own_part(one, plans.get(key, ()), self_assessments.get(key, ()), rules)
        for key, one in applications.items()
    }
    read = {key: _read(one, later.get(key, ()), rounds[key], own[key]) for key, one in applications.items()}
    xml = _xml(session, read)
    for key in keys:
        yield _case(
            rules,
            applications[key],
            computed[key],
            masked.get(key, ""),
            rounds[key],
            measurements,
            xml[key],
            own[key],
        )


def assessments(session: Session, keys: Collection[str]) -> dict[str, Assessment]:
    """The assessments these applicants point to, by key."""
    query = select(ApplicantRow.key, AssessmentRow.result).join(
        AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id
    )
    rows = session.execute(query.where(ApplicantRow.key.in_(keys)))
    return {key: codec.load(Assessment, result) for key, result in rows}


def with_finding(session: Session, code: str) -> list[tuple[str, Finding]]:
    """The names of the applicants of whom this was found, each with what is said of it, by key."""
    query = select(ApplicantRow.key, ApplicantRow.name, AssessmentRow.result).join(
        AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id
    )
    rows = session.execute(
        query.where(cast(AssessmentRow.result, Text).contains(f'"{code}"', autoescape=True))
    )
    return [
        (name, finding)
        for _, name, result in sorted(rows, key=lambda row: row.key)
        for finding in codec.load(Assessment, result).findings
        if finding.code == code
    ]


def _masked_ids(session: Session, keys: Collection[str]) -> dict[str, str]:
    query = select(IdentityRow.key, IdentityRow.national_id).where(IdentityRow.key.in_(keys))
    return {key: thai.mask_national_id(national_id) for key, national_id in session.execute(query)}


def _read(
    application: Application,
    later: Collection[Supplement],
    rounds: Collection[Consensus],
    own: OwnWork,
) -> tuple[str, ...]:
    """The instances that what is shown of an applicant was read from."""
    merged = sorted(s.instance_id for s in later if counts(application, s))
    sheets = (s.instance_id for one in rounds for s in (*one.counted, *one.declared))
    return (application.instance_id, *merged, *sheets, *own.instance_ids)


def _xml(session: Session, read: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """These instances, each with the sha256 of its XML, by applicant's key."""
    query = select(SubmissionVersion.instance_id, SubmissionVersion.xml_sha256)
    every = {instance_id for own in read.values() for instance_id in own}
    xml = dict(session.execute(query.where(SubmissionVersion.instance_id.in_(every))).all())
    return {
        key: tuple((instance_id, xml.get(instance_id, "")) for instance_id in own)
        for key, own in read.items()
    }


def _case(
    rules: Rules,
    application: Application,
    assessment: Assessment,
    masked_id: str,
    rounds: tuple[Consensus, ...],
    measurements: Mapping[str, Measurement],
    sources: tuple[tuple[str, str], ...],
    own: OwnWork,
) -> Case:
    onsite = rounds[0]
    standard = scoring_pack(onsite.scores, rules).standard(application.type)
    return Case(
        application=application,
        masked_id=masked_id,
        assessment=assessment,
        evidence=evidence(standard, onsite.counted, measurements),
        remarks=tuple(sheet.remarks for one in rounds for sheet in one.counted if sheet.remarks),
        justifications=tuple(
            (code, name(sheet), why)
            for one in rounds
            for sheet in one.counted
            for code, why in sheet.justifications.items()
        ),
        sources=sources,
        own=own,
    )
