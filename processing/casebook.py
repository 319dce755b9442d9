"""Every applicant as the papers may show it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho import thai
from mochocho.db import reading
from mochocho.home import Home
from mochocho.model import Assessment, Case, Identity, Measurement, ScoreSheet
from processing import codec, known, measure
from processing.judge import evidence
from processing.known import READ_AT_ONCE, Known
from processing.reconcile import reconcile
from processing.tables import AssessmentRow
from sync.tables import SubmissionVersion


def cases(home: Home) -> list[Case]:
    """Every applicant that has an assessment. No order is promised."""
    with reading(home.engine) as session:
        applicants = [a for a in known.everyone(session) if a.assessment_id is not None]
        identities = known.identities(session)
        measurements = measure.known(session)
        assessments = _assessments(session, applicants)
        query = select(SubmissionVersion.instance_id, SubmissionVersion.xml_sha256)
        xml = dict(session.execute(query).all())
    found = []
    for applicant in applicants:
        assessment = assessments[applicant.assessment_id or 0]
        masked = _masked(identities.get(applicant.key))
        found.append(_case(home, applicant, assessment, masked, measurements, xml))
    return found


def _assessments(session: Session, applicants: list[Known]) -> dict[int, Assessment]:
    wanted = {a.assessment_id for a in applicants}
    # A few at a time: as JSON, a province's assessments take four times the room.
    query = select(AssessmentRow.id, AssessmentRow.result).execution_options(yield_per=READ_AT_ONCE)
    rows = session.execute(query)
    return {id_: codec.load(Assessment, result) for id_, result in rows if id_ in wanted}


def _masked(identity: Identity | None) -> str:
    return thai.mask_national_id(identity.national_id) if identity else ""


def _case(
    home: Home,
    applicant: Known,
    assessment: Assessment,
    masked_id: str,
    measurements: Mapping[str, Measurement],
    xml: Mapping[str, str],
) -> Case:
    standard = home.pack.standard(applicant.application.type)
    counted = reconcile(applicant.application, standard, applicant.sheets).counted
    return Case(
        application=applicant.application,
        masked_id=masked_id,
        assessment=assessment,
        evidence=evidence(standard, counted, measurements),
        remarks=tuple(sheet.remarks for sheet in counted if sheet.remarks),
        sources=_sources(applicant, counted, xml),
    )


def _sources(
    applicant: Known, counted: tuple[ScoreSheet, ...], xml: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    read = [applicant.application.instance_id, *(sheet.instance_id for sheet in counted)]
    return tuple((instance_id, xml.get(instance_id, "")) for instance_id in read)
