"""What a district's committee resolved about its own applicants, read from a home (rules.md 24, 25)."""

from collections.abc import Sequence
from dataclasses import replace

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Case
from mochocho.words.places import District
from processing.assessment.cases import Casebook
from processing.decisions import recorded
from reports.view.after.resolved_units import ResolvedUnit, resolved_units


def resolved_cases(home: Home, district: str) -> list[Case]:
    """The cases of a district (its code) with every resolution, also those that no assessment read yet."""
    with reading(home.engine) as session:
        every = list(Casebook(session).each([district]))
        latest = recorded.latest_resolutions(session, [case.application.key for case in every])
    return [
        replace(
            case,
            assessment=replace(case.assessment, resolutions=latest.get(case.application.key, ())),
        )
        for case in every
    ]


def district_units(home: Home, district: District) -> Sequence[ResolvedUnit]:
    """Its units, each with its own committee's resolution in place of the province's."""
    order = [(district.name_th, district.code)]
    units = resolved_units(resolved_cases(home, district.code), order, {}, {}, {})
    return [replace(unit, resolution=unit.of_district) for unit in units]
