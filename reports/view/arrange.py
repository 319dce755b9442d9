"""Who stands where: districts in order of presentation, types in theirs, names as a dictionary has them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mochocho.errors import Terminal
from mochocho.model import ApplicantType, Case, Gate, GateState
from mochocho.places import Province
from mochocho.thai import normalise, sort_key

UNKNOWN_DISTRICT = "ไม่ทราบอำเภอ"
TYPES = tuple(ApplicantType)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that passed the district's committee; `no` is its place in แนบ ๔ and its dossier's number."""

    no: int
    case: Case


@dataclass(frozen=True, slots=True)
class Group:
    """One district of the packet with its units, those that passed and those held back."""

    name: str  # without the word อำเภอ
    passed: tuple[Unit, ...]
    blocked: tuple[Case, ...]

    @property
    def title(self) -> str:
        return self.name if self.name == UNKNOWN_DISTRICT else f"อำเภอ{self.name}"

    def count(self, type_: ApplicantType) -> int:
        """How many of this type passed."""
        return sum(unit.case.application.type == type_ for unit in self.passed)


def arrange(
    cases: Iterable[Case], province: Province, presentation_order: Sequence[str]
) -> tuple[Group, ...]:
    """Every district of the province, then one of the cases without a known district, if there are any.

    Raises Terminal when `presentation_order` names a district the province does not have, or one twice.
    """
    codes = {code: name for name, code in _districts(province, presentation_order)}
    by_district: dict[str, list[Case]] = {name: [] for name in codes.values()}
    for case in sorted(cases, key=_place):
        by_district.setdefault(codes.get(case.application.district, UNKNOWN_DISTRICT), []).append(case)
    groups, no = [], 1
    for name, held in by_district.items():
        passed = [case for case in held if passed_district(case)]
        units = tuple(Unit(no + i, case) for i, case in enumerate(passed))
        groups.append(Group(name, units, tuple(c for c in held if not passed_district(c))))
        no += len(passed)
    return tuple(groups)


def passed_district(case: Case) -> bool:
    """Whether its gate g6, the district committee's resolution, is passed."""
    return any(g.gate == Gate.DISTRICT and g.state == GateState.PASSED for g in case.assessment.gates)


def _place(case: Case) -> tuple[int, tuple[str, str, str], str]:
    application = case.application
    return TYPES.index(application.type), sort_key(application.name), application.root_id


def _districts(province: Province, presentation_order: Sequence[str]) -> list[tuple[str, str]]:
    """(name, code): those named first, in that order, then the others by name."""
    codes = {district.name_th: district.code for district in province.districts}
    named = [normalise(name).removeprefix("อำเภอ").strip() for name in presentation_order]
    for name in named:
        if name not in codes:
            raise Terminal(f'presentation_order: "{name}" is not a district of {province.name_th}')
    if len(set(named)) < len(named):
        raise Terminal("presentation_order: a district is named twice")
    others = sorted((name for name in codes if name not in named), key=sort_key)
    return [(name, codes[name]) for name in (*named, *others)]
