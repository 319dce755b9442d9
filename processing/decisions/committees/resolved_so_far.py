"""How far a level's committees have come, district by district."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from mochocho.words.model import Gate, Outcome
from processing.decisions.decision import Kind
from processing.tables import ApplicantRow, DecisionRow


@dataclass(frozen=True, slots=True)
class Progress:
    """The units of one district that are presented; `outcomes`: how many have which resolution that holds."""

    units: int
    outcomes: Mapping[Outcome, int]

    @property
    def waiting(self) -> int:
        """Those without a resolution, and those that were deferred and come again."""
        return self.units - sum(self.outcomes.values()) + self.outcomes.get(Outcome.DEFERRED, 0)


def of_districts(session: Session, gate: Gate) -> dict[str, Progress]:
    """By the district's code, of all that have applicants; four queries, however many there are."""
    aside = _last(Kind.WITHDRAW).union(_last(Kind.MERGE)).subquery()
    away = select(DecisionRow.applicant_key).where(DecisionRow.number.in_(select(aside.c[0])))
    presented = ApplicantRow.key.not_in(away)
    counts = select(ApplicantRow.district, func.count()).where(presented).group_by(ApplicantRow.district)
    resolved = (
        select(ApplicantRow.district, DecisionRow.content)
        .join(DecisionRow, DecisionRow.applicant_key == ApplicantRow.key)
        .where(DecisionRow.number.in_(_last(Kind.RESOLUTION, gate.value)), presented)
    )
    outcomes: dict[str, Counter[Outcome]] = {}
    for district, content in session.execute(resolved):
        outcomes.setdefault(district, Counter())[Outcome(json.loads(content)["outcome"])] += 1
    return {
        district: Progress(count, outcomes.get(district, Counter()))
        for district, count in session.execute(counts)
    }


def _last(kind: Kind, about: str | None = None) -> Select[int]:
    """The numbers of the decisions of this kind that hold: of each applicant the last that is not undone."""
    undoing = aliased(DecisionRow)
    query = (
        select(func.max(DecisionRow.number))
        .outerjoin(undoing, undoing.undoes == DecisionRow.number)
        .where(DecisionRow.kind == kind, undoing.number.is_(None))
        .group_by(DecisionRow.applicant_key)
    )
    return query if about is None else query.where(DecisionRow.about == about)
