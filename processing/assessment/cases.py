"""Reads applicants as papers may show them: what was assessed is read, never computed again."""

import json
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice

from sqlalchemy import Row, Text, cast, select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Assessment, Case, Finding, Unmade
from processing import codec
from processing.assessment import stand_in
from processing.decisions import recorded
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow
from sync.tables import SubmissionVersion

READ_AT_ONCE = 100  # applicants: as JSON, a province's assessments take four times the memory

log = logging.getLogger(__name__)


class Casebook:
    """The applicants that have an assessment, from one snapshot; a few in memory at a time.

    An applicant that cannot be read is included, with `Case.unmade`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def each(self, districts: Collection[str] | None = None) -> Iterator[Case]:
        """Every case, or those of these districts (codes), by key."""
        query = select(ApplicantRow.key).where(ApplicantRow.assessment_id.is_not(None))
        if districts is not None:
            query = query.where(ApplicantRow.district.in_(districts))
        return self.of(sorted(self._session.scalars(query)))

    def of(self, keys: Iterable[str]) -> Iterator[Case]:
        """The cases of these keys, in the order of the keys."""
        ahead = iter(keys)
        while chunk := list(islice(ahead, READ_AT_ONCE)):
            yield from _cases(self._session, chunk)


@contextmanager
def opened(home: Home) -> Iterator[Casebook]:
    """The casebook of the present snapshot; later writes do not change it."""
    with reading(home.engine) as session:
        yield Casebook(session)


def cases(home: Home, districts: Collection[str] | None = None) -> list[Case]:
    """Every applicant that has an assessment, or those of these districts (codes), by key."""
    with opened(home) as casebook:
        return list(casebook.each(districts))


def _cases(session: Session, keys: Sequence[str]) -> Iterator[Case]:
    query = (
        select(ApplicantRow.key, AssessmentRow.digest, cast(AssessmentRow.result, Text).label("result"))
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(ApplicantRow.key.in_(keys))
    )
    rows = {row.key: row for row in session.execute(query)}
    national_ids, xml = _national_ids(session, keys), _xml(session, [row.result for row in rows.values()])
    numbers, without = recorded.register_numbers(session, keys), recorded.without_card(session, keys)
    for key in keys:  # a key may be asked for twice
        case = _read(session, rows[key], national_ids.get(key, ""), xml)
        yield replace(case, register_no=numbers.get(key), without_card=without.get(key, ()))


def _read(session: Session, row: Row[str, str, str], national_id: str, xml: Mapping[str, str]) -> Case:
    try:
        return _case(codec.load(Assessment, json.loads(row.result)), national_id, xml)
    except stand_in.OF_THE_HOME:
        raise
    except Exception as error:  # any fault: the other applicants' papers must not wait for it
        # Only the kind of fault: its text may quote what an applicant wrote.
        log.error("the assessment of applicant %s cannot be read: %s", row.key, type(error).__name__)
        application = stand_in.applications(session, [row.key])[row.key]
        resolutions = recorded.latest_resolutions(session, [row.key]).get(row.key, ())
        return stand_in.case(application, row.digest, resolutions, Unmade.READING)


def _case(assessment: Assessment, national_id: str, xml: Mapping[str, str]) -> Case:
    """The case of one applicant.

    Raises ValueError for an assessment of an earlier version, which did not store what counted.
    """
    counted = assessment.counted
    if counted is None:
        raise ValueError("assessed by an earlier version")
    failed = any(finding.code == Unmade.ASSESSING for finding in assessment.findings)
    return Case(
        application=counted.application,
        masked_id=thai.mask_national_id(national_id),
        assessment=assessment,
        evidence=counted.evidence,
        remarks=counted.remarks,
        justifications=counted.justifications,
        sources=tuple((instance_id, xml.get(instance_id, "")) for instance_id in counted.instances),
        own=counted.own,
        unmade=Unmade.ASSESSING if failed else None,
    )


def with_finding(session: Session, code: str) -> list[tuple[str, Finding]]:
    """The names of the applicants with a finding of this code, each with the finding, by key."""
    result = cast(AssessmentRow.result, Text)
    query = (
        select(ApplicantRow.key)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(result.contains(f'"{code}"', autoescape=True))
    )
    return [
        (case.application.name, finding)
        for case in Casebook(session).of(sorted(session.scalars(query)))
        for finding in case.assessment.findings
        if finding.code == code
    ]


def _national_ids(session: Session, keys: Collection[str]) -> dict[str, str]:
    query = select(IdentityRow.key, IdentityRow.national_id).where(IdentityRow.key.in_(keys))
    return dict(session.execute(query).all())


def _xml(session: Session, results: Iterable[str]) -> dict[str, str]:
    """The sha256 of the XML of every instance in these stored assessments, by instance id."""
    every = {instance_id for result in results for instance_id in _instances(result)}
    query = select(SubmissionVersion.instance_id, SubmissionVersion.xml_sha256)
    return dict(session.execute(query.where(SubmissionVersion.instance_id.in_(every))).all())


def _instances(result: str) -> Iterable[str]:
    with suppress(ValueError, TypeError, KeyError):  # reported where the whole assessment is read
        return [str(instance_id) for instance_id in json.loads(result)["counted"]["instances"]]
    return ()
