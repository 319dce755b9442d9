"""What each applicant of a home has done by stage: kept beside its assessment, and records of knowledge."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.rounds.calendar import Stage
from processing.rounds.district_terms import Arrived
from processing.standings.done_stages import last, read
from processing.standings.kept_standings import days_of
from processing.tables import ApplicantRow, KnowledgeRow, StandingRow


def arrivals(home: Home, districts: Collection[str]) -> list[Arrived]:
    """The assessed applicants of these districts (codes) that are presented, by key: two queries."""
    query = (
        select(
            ApplicantRow.key,
            ApplicantRow.district,
            ApplicantRow.name,
            StandingRow.assessment_id,
            StandingRow.done,
        )
        .join(StandingRow, StandingRow.assessment_id == ApplicantRow.assessment_id)
        .where(ApplicantRow.district.in_(districts), StandingRow.presented)
        .order_by(ApplicantRow.key)
    )
    with reading(home.engine) as session:
        rows = session.execute(query).all()
        recorded = _recorded(session, districts)
        lacking = days_of(session, [row.assessment_id for row in rows if row.done is None])
    return [
        Arrived(
            row.district,
            row.name,
            # whoever is registered has applied, also where nothing of its assessment can be read
            {Stage.APPLICATION: None}
            | (lacking.get(row.assessment_id, {}) if row.done is None else read(row.done))
            | recorded.get(row.key, {}),
        )
        for row in rows
    ]


def _recorded(session: Session, districts: Collection[str]) -> dict[str, dict[Stage, date | None]]:
    """The day of the last record of knowledge of each applicant that has one."""
    query = (
        select(KnowledgeRow.applicant_key, KnowledgeRow.content["recorded_on"].as_string())
        .join(ApplicantRow, ApplicantRow.key == KnowledgeRow.applicant_key)
        .where(ApplicantRow.district.in_(districts))
    )
    days = dict[str, list[date | None]]()
    for key, day in session.execute(query):
        days.setdefault(key, []).append(date.fromisoformat(day) if day else None)
    return {key: {Stage.KNOWLEDGE: last(own)} for key, own in days.items()}
