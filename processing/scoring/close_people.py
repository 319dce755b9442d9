"""Assessors whom the applicant's own forms name: adviser, mentor, lead team (rules.md 19, 20, 26). Pure.

Mentors work beside the sub-committee that assesses (rule 26). Whether a namesake is the same person, and
whether that is an interest, a person says: the sheet counts.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mochocho.words import people
from mochocho.words.model import ApplicantType, Application, Finding, OwnWork, ScoreSheet
from processing.findings.making import of_round
from processing.scoring.sheet_remarks import remark

APPLICANT, LEAD_TEAM, ADVISER, MENTOR = "applicant", "lead_team", "adviser", "mentor"


class Named(NamedTuple):
    """Someone of the applicant's own: as what (`APPLICANT`, …), and the name as it was written."""

    part: str
    name: str


def named(application: Application, own: OwnWork) -> tuple[Named, ...]:
    """Everyone whom the forms that count name, the closest to the applicant first."""
    found = [Named(APPLICANT, application.name)] if application.type is ApplicantType.LEADER else []
    found += (Named(LEAD_TEAM, one.name) for one in application.lead_team)
    found += (Named(ADVISER, one.name) for one in application.advisers)
    found += (Named(MENTOR, one.name) for one in (own.plan.mentors if own.plan else ()))
    return tuple(found)


def check(sheets: Iterable[ScoreSheet], own: Iterable[Named]) -> Iterator[Finding]:
    """A finding for each sheet whose assessor has, or nearly has, one of these names, once per part."""
    keys = [(one, key) for one in own if (key := people.key(one.name))]
    for sheet in sheets:
        mine, parts = people.key(sheet.assessor), set[str]()
        for one, key in keys:
            if not mine or one.part in parts or not (key == mine or people.alike(key, mine)):
                continue
            parts.add(one.part)
            other = {} if one.name == sheet.assessor else {"written_as": one.name}
            code = "sheet.own_assessor" if key == mine else "sheet.perhaps_own_assessor"
            yield of_round(remark(code, sheet, part=one.part, **other), sheet.round)
