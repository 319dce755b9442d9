"""When each round of a cycle begins and is due, by stage. Pure.

No source states the days of a year other than 2561 (rules.md 30): a province sets its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """What has a day by which it is to be done, in the order in which it is done (rules.md 22, 29, 46)."""

    APPLICATION = "application"
    APPLICANT_LIST = "applicant_list"  # rules.md 30, 4.1
    SELF_BEFORE = "self_before"
    PLAN = "plan"
    SELF_PERIODIC = "self_periodic"
    SELF_AFTER = "self_after"
    KNOWLEDGE = "knowledge"
    ONSITE = "onsite"
    RESULTS = "results"  # rules.md 30, 4.2
    PROVINCIAL = "provincial"


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a round is done; `first`: None = no day is too early."""

    first: date | None
    due: date


Calendar = Mapping[Stage, Term]
NO_CALENDAR: Calendar = {}


@dataclass(frozen=True, slots=True)
class Extension:
    """A district's own day for a stage, and why. `district`: DOPA code; `by`: who allowed it."""

    district: str
    stage: Stage
    due: date
    reason: str
    by: str = ""


def of_district(calendar: Calendar, extensions: Iterable[Extension], district: str) -> Calendar:
    """The calendar as it holds in one district: of several days of its own for a stage the last.

    A stage that the province has set no day for has one only where the district has its own.
    """
    own = {one.stage: one.due for one in extensions if one.district == district}
    if not own:
        return calendar
    first = {stage: term.first for stage, term in calendar.items()}
    due = {stage: term.due for stage, term in calendar.items()} | own
    return {stage: _term(first.get(stage), due[stage]) for stage in Stage if stage in due}


def _term(first: date | None, due: date) -> Term:
    """A day of its own that is before the province's beginning lets the round begin on it."""
    return Term(min(first, due) if first else None, due)
