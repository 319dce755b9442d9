"""Units as the papers after a meeting need them: who, where, and what the committees resolved. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mochocho.words.model import ApplicantType, Case, Gate, Outcome, Resolution
from mochocho.words.thai import sort_key
from reports.view.arrange import TYPES, UNKNOWN_DISTRICT
from reports.view.printed_words import UNIT, enumerated
from reports.view.resolved import resolution_of

REVOKED = "เพิกถอนแล้ว"  # in place of a certificate's number


@dataclass(frozen=True, slots=True)
class ResolvedUnit:
    """One applicant of the cycle. `district`: its name. `percent`: of the score on site, in hundredths.

    `of_district`, `resolution`: what the district's and the province's committee resolved. `certificate`:
    "12/2568", "" = none yet. `published`: whether its name may be published. `knowledge`: records.
    `took_part`: how many members decided at the meeting whose papers are made, None = not known.
    """

    key: str
    type: ApplicantType
    name: str
    district: str
    percent: Fraction | None = None
    of_district: Resolution | None = None
    resolution: Resolution | None = None
    certificate: str = ""
    published: bool = True
    knowledge: int = 0
    took_part: int | None = None

    @property
    def outcome(self) -> Outcome | None:
        """What the province's committee resolved; None = nothing yet."""
        return self.resolution.outcome if self.resolution else None

    @property
    def certified(self) -> bool:
        """Whether it passed without a condition."""
        return self.outcome is Outcome.PASS

    @property
    def revoked(self) -> bool:
        """Whether its certificate was revoked, and it has no other."""
        return self.certificate == REVOKED


def resolved_units(
    cases: Iterable[Case],
    order: Sequence[tuple[str, str]],
    certificates: Mapping[str, str],
    knowledge: Mapping[str, int],
    corrected: Mapping[str, str],
) -> list[ResolvedUnit]:
    """Everyone who was not set aside: by type, then district in this order of (name, code), then name.

    `certificates`, `knowledge`, `corrected`: by applicant key; the last, names that the application spells
    otherwise.
    """
    names = {code: name for name, code in order}
    found = [
        ResolvedUnit(
            case.application.key,
            case.application.type,
            corrected.get(case.application.key, case.application.name),
            names.get(case.application.district, UNKNOWN_DISTRICT),
            case.assessment.scores.percent if case.assessment.scores else None,
            resolution_of(case, Gate.DISTRICT),
            resolution_of(case, Gate.PROVINCE),
            certificates.get(case.application.key, ""),
            case.application.publication_consent is not False,
            knowledge.get(case.application.key, 0),
        )
        for case in cases
        if case.assessment.not_presented is None
    ]
    return sorted_units(found, order)


def sorted_units(units: Iterable[ResolvedUnit], order: Sequence[tuple[str, str]]) -> list[ResolvedUnit]:
    """By type, then district in this order of (name, code), then name."""
    places = {name: place for place, (name, _) in enumerate(order)}
    return sorted(
        units,
        key=lambda u: (TYPES.index(u.type), places.get(u.district, len(places)), sort_key(u.name), u.key),
    )


def of_meeting(units: Iterable[ResolvedUnit], number: str) -> list[ResolvedUnit]:
    """Those about whom the province's meeting of this number resolved."""
    return [unit for unit in units if unit.resolution and unit.resolution.meeting_no == number]


def counted(units: Sequence[ResolvedUnit]) -> str:
    """`71 คน 24 กลุ่ม 14 เครือข่าย และ 20 ชุมชน`, of the types that there are."""
    each = [f"{count} {UNIT[type_]}" for type_, count in by_type(units).items() if count]
    return enumerated(each) if each else "ไม่มี"


def by_type(units: Sequence[ResolvedUnit]) -> dict[ApplicantType, int]:
    """How many there are of each type."""
    return {type_: sum(unit.type is type_ for unit in units) for type_ in TYPES}
