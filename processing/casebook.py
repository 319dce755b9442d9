"""Every applicant as the papers may show it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho import thai
from mochocho.db import reading
from mochocho.home import Home
from mochocho.model import Application, Assessment, Case, Measurement, ScoreSheet
from processing import codec, known, measure
from processing.judge import evidence
from processing.reconcile import reconcile
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow
from sync.tables import SubmissionVersion

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
    applications, sheets = known.applications(session, keys), known.sheets(session, keys)
    measurements = measure.of(session, keys)
    assessments, masked = _assessments(session, keys), _masked_ids(session, keys)
    counted = {
        key: reconcile(one, home.pack.standard(one.type), sheets.get(key, ())).counted
        for key, one in applications.items()
    }
    xml = _xml(session, applications, counted)
    for key in keys:
        read = counted[key]
        yield _case(home, applications[key], assessments[key], masked.get(key, ""), read, measurements, xml)


def _assessments(session: Session, keys: Collection[str]) -> dict[str, Assessment]:
    query = select(ApplicantRow.key, AssessmentRow.result).join(
        AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id
    )
    rows = session.execute(query.where(ApplicantRow.key.in_(keys)))
    return {key: codec.load(Assessment, result) for key, result in rows}


def _masked_ids(session: Session, keys: Collection[str]) -> dict[str, str]:
    query = select(IdentityRow.key, IdentityRow.national_id).where(IdentityRow.key.in_(keys))
    return {key: thai.mask_national_id(national_id) for key, national_id in session.execute(query)}


def _xml(
    session: Session,
    applications: Mapping[str, Application],
    counted: Mapping[str, tuple[ScoreSheet, ...]],
) -> dict[str, str]:
    """The sha256 of the XML of every instance read, by instance id."""
    read = [one.instance_id for one in applications.values()]
    read += [sheet.instance_id for sheets in counted.values() for sheet in sheets]
    query = select(SubmissionVersion.instance_id, SubmissionVersion.xml_sha256)
    return dict(session.execute(query.where(SubmissionVersion.instance_id.in_(read))).all())


def _case(
    home: Home,
    application: Application,
    assessment: Assessment,
    masked_id: str,
    counted: tuple[ScoreSheet, ...],
    measurements: Mapping[str, Measurement],
    xml: Mapping[str, str],
) -> Case:
    return Case(
        application=application,
        masked_id=masked_id,
        assessment=assessment,
        evidence=evidence(home.pack.standard(application.type), counted, measurements),
        remarks=tuple(sheet.remarks for sheet in counted if sheet.remarks),
        sources=tuple(
            (instance_id, xml.get(instance_id, ""))
            for instance_id in (application.instance_id, *(sheet.instance_id for sheet in counted))
        ),
    )
