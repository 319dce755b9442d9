"""The order of applicants in the packet: districts as presented,
types in their order, names alphabetically.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType, Case, Gate, GateState
from mochocho.words.places import Province
from mochocho.words.thai import normalise, sort_key
from processing.decisions.meetings.settled_before import settled_before
from processing.meetings.meeting import Meeting

UNKNOWN_DISTRICT = "ไม่ทราบอำเภอ"
TYPES = tuple(ApplicantType)


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of an applicant that decide its place."""

    key: str
    root_id: str
    type: ApplicantType
    name: str
    district: str  # DOPA code
    passed: bool  # by its district's committee, and it is presented
    register_no: int | None = None
    settled: bool = False  # by an earlier meeting: it is in no list of this one

    @classmethod
    def of(cls, case: Case, meeting: Meeting | None = None) -> "Entry":
        """Its place in the papers of this meeting; None = of none, where nothing is settled."""
        a = case.application
        settled = settled_before(meeting, case.assessment.resolutions)
        return cls(a.key, a.root_id, a.type, a.name, a.district, presented(case), case.register_no, settled)


@dataclass(frozen=True, slots=True)
class Unit:
    """An applicant with its place.

    `no`: for those that passed, the number in แนบ ๔; for those held back, the number in their list.
    """

    no: int
    entry: Entry

    @property
    def dossier(self) -> int:
        """The number on the pages of its dossier, as `dossier_number`."""
        return self.entry.register_no or self.no


@dataclass(frozen=True, slots=True)
class Group:
    """One district of the packet with its units, passed and held back."""

    name: str  # without the word อำเภอ
    passed: tuple[Unit, ...]
    blocked: tuple[Unit, ...]
    settled: int = 0  # how many an earlier meeting has settled

    @property
    def title(self) -> str:
        return self.name if self.name == UNKNOWN_DISTRICT else f"อำเภอ{self.name}"

    def count(self, type_: ApplicantType) -> int:
        """How many of this type passed."""
        return sum(unit.entry.type == type_ for unit in self.passed)


def arrange(
    entries: Iterable[Entry], province: Province, presentation_order: Sequence[str]
) -> tuple[Group, ...]:
    """Every district of the province, then a group for applicants without a known district, if any.

    Raises Terminal when `presentation_order` names a district that is not in the province, or one twice.
    """
    codes = {code: name for name, code in district_order(province, presentation_order)}
    by_district: dict[str, list[Entry]] = {name: [] for name in codes.values()}
    for entry in entries:
        by_district.setdefault(codes.get(entry.district, UNKNOWN_DISTRICT), []).append(entry)
    passed, blocked = count(1), count(1)
    groups = []
    for name, held in by_district.items():
        held.sort(key=place)
        groups.append(
            Group(
                name,
                tuple(Unit(next(passed), entry) for entry in held if entry.passed and not entry.settled),
                tuple(Unit(next(blocked), entry) for entry in held if not (entry.passed or entry.settled)),
                sum(entry.settled for entry in held),
            )
        )
    return tuple(groups)


def presented(case: Case) -> bool:
    """Whether the province's committee sees it: its district's (g6) passed it, and it was not withdrawn."""
    passed = any(g.gate == Gate.DISTRICT and g.state == GateState.PASSED for g in case.assessment.gates)
    return passed and case.assessment.not_presented is None


def place(entry: Entry) -> tuple[int, tuple[str, str, str], str]:
    """Its place among those of one district: by type, then by name."""
    return TYPES.index(entry.type), sort_key(entry.name), entry.root_id


def district_order(province: Province, presentation_order: Sequence[str]) -> list[tuple[str, str]]:
    """(name, code): the districts named in the settings in that order, then the others by name."""
    codes = {district.name_th: district.code for district in province.districts}
    named = [normalise(name).removeprefix("อำเภอ").strip() for name in presentation_order]
    for name in named:
        if name not in codes:
            raise Terminal(
                f"presentation_order: จังหวัด{province.name_th}ไม่มีอำเภอ “{name}” ให้แก้ในการตั้งค่า",
                f'presentation_order: "{name}" is not a district of {province.name_th}',
            )
    if len(set(named)) < len(named):
        raise Terminal(
            "presentation_order: ระบุอำเภอซ้ำ ให้เหลืออย่างละครั้ง", "presentation_order: a district is named twice"
        )
    others = sorted((name for name in codes if name not in named), key=sort_key)
    return [(name, codes[name]) for name in (*named, *others)]
