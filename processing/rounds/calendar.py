"""When each round of a cycle begins and is due, by stage. Pure.

No source states the days of a year other than 2561 (rules.md 30): a province sets its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """What has a day by which it is to be done, in the order in which it is done (rules.md 22, 29, 46)."""

    APPLICATION = "application"
    SELF_BEFORE = "self_before"
    PLAN = "plan"
    SELF_PERIODIC = "self_periodic"
    SELF_AFTER = "self_after"
    KNOWLEDGE = "knowledge"
    ONSITE = "onsite"
    PROVINCIAL = "provincial"


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a round is done; `first`: None = no day is too early."""

    first: date | None
    due: date


Calendar = Mapping[Stage, Term]
NO_CALENDAR: Calendar = {}
