"""The sample province: how many units of which type and district, and what is wrong with which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from mochocho.words.model import ApplicantType, Outcome

# Source 004, order of presentation: leaders, groups, networks, communities that passed (rules.md 52).
CHIANG_RAI_PASSED: Mapping[str, tuple[int, int, int, int]] = {
    "แม่จัน": (3, 2, 1, 2),
    "เมืองเชียงราย": (5, 1, 1, 1),
    "เวียงแก่น": (3, 4, 0, 1),
    "เวียงชัย": (4, 1, 1, 1),
    "พาน": (4, 1, 1, 1),
    "เทิง": (4, 3, 1, 1),
    "แม่สรวย": (3, 1, 2, 2),
    "แม่สาย": (2, 1, 1, 1),
    "พญาเม็งราย": (3, 1, 0, 1),
    "เวียงป่าเป้า": (6, 1, 1, 1),
    "ป่าแดด": (6, 1, 1, 1),
    "แม่ลาว": (14, 1, 1, 1),
    "เวียงเชียงรุ้ง": (3, 0, 1, 1),
    "ดอยหลวง": (3, 1, 0, 1),
    "ขุนตาล": (2, 1, 0, 1),
    "เชียงของ": (2, 2, 1, 1),
    "เชียงแสน": (3, 1, 1, 1),
    "แม่ฟ้าหลวง": (1, 1, 0, 1),
}


class Fault(StrEnum):
    """Why a unit is not presented."""

    LATER = "later"  # the officer answered: will be sent later
    NO_PAGE = "no_page"  # "attached", without a photo
    LOST = "lost"  # the instance names a photo that the phone no longer has
    EMPTY = "empty"  # a file of no bytes
    CUT_JPEG = "cut_jpeg"  # the copy broke off half way
    CUT_PNG = "cut_png"
    HEIC = "heic"  # a phone that does not save as JPEG
    HTML = "html"  # a web page saved under a photo's name
    NOISE = "noise"  # a damaged memory card
    LOW = "low"  # scores under the pass mark
    APART = "apart"  # the assessors are too far apart, and nobody has settled it


class Judged(StrEnum):
    """What the office decides about a leader's copy of the ID card."""

    ACCEPTED = "accepted"  # it is dark, and can be read
    WAIVED = "waived"  # none came; the card itself was seen at the district office
    RETURNED = "returned"  # it opens, and is another person's


class Course(StrEnum):
    """What else comes of a unit, of which there is one in the sample."""

    CONTRADICTED = "contradicted"  # an assessor found no plan, and the plan had come
    SETTLED = "settled"  # three assessors too far apart, and the committee settled what counts
    CONDITIONAL = "conditional"  # passed, with something owed by a day
    COUNTED = "counted"  # passed by votes, with one member recused
    IN_SPITE = "in_spite"  # passed under the pass mark, with the committee's reason
    DEFERRED = "deferred"  # put off to the next meeting, for the document that lacks
    LATE = "late"  # assessed itself after the last day of the round
    REPEATED = "repeated"  # assessed itself twice in one round


class Edit(StrEnum):
    """What the officer corrected after sending."""

    NAME = "name"
    PHOTO = "photo"


_RESOLVED = {Course.CONDITIONAL: Outcome.CONDITIONAL, Course.DEFERRED: Outcome.DEFERRED}


@dataclass(frozen=True, slots=True)
class Unit:
    """One applicant of the sample. `faulty`: the document that `fault` is about ('' for scores)."""

    number: int  # 1, 2, … in the whole province; the unit's random seed
    district: str
    type: ApplicantType
    fault: Fault | None = None
    faulty: str = ""
    edit: Edit | None = None
    assessors: int = 1
    judged: Judged | None = None
    course: Course | None = None

    @property
    def resolved(self) -> Outcome | None:
        """The district committee's resolution; None where the unit was not presented."""
        if self.course in _RESOLVED:
            return _RESOLVED[self.course]
        if self.fault is None:
            return Outcome.PASS
        return Outcome.FAIL if self.fault is Fault.LOW else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A province to play through. `photo_width` in pixels; the sample's own photos are 1,200 wide.

    `above`: the difference between assessors above which a person settles it, in percent of full marks.
    """

    province: str
    districts: tuple[str, ...]  # in order of presentation
    units: tuple[Unit, ...]
    photo_width: int = 1200
    above: int | None = None

    def of(self, district: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.district == district)


_L, _G, _N, _C = ApplicantType

# The 20 that are not presented: district, type, fault, document.
_NOT_PRESENTED = (
    ("แม่จัน", _L, Fault.LATER, "house_registration_copy"),
    ("เมืองเชียงราย", _G, Fault.LATER, "member_meeting_minutes"),
    ("เวียงชัย", _L, Fault.LATER, "photo"),
    ("พาน", _C, Fault.LATER, "lead_team_list"),
    ("เทิง", _N, Fault.LATER, "network_meeting_minutes"),
    ("แม่สรวย", _L, Fault.LATER, "application_form"),
    ("แม่สาย", _G, Fault.NO_PAGE, "lead_team_list"),
    ("เวียงป่าเป้า", _L, Fault.LOST, "id_card_copy"),
    ("พญาเม็งราย", _L, Fault.EMPTY, "id_card_copy"),
    ("ป่าแดด", _G, Fault.CUT_JPEG, "member_meeting_minutes"),
    ("แม่ลาว", _L, Fault.HEIC, "photo"),
    ("เวียงเชียงรุ้ง", _C, Fault.HTML, "prachakhom_record"),
    ("ดอยหลวง", _N, Fault.NOISE, "lead_team_list"),
    ("ขุนตาล", _L, Fault.CUT_PNG, "house_registration_copy"),
    ("เวียงแก่น", _L, Fault.LOW, ""),
    ("พาน", _G, Fault.LOW, ""),
    ("แม่ลาว", _N, Fault.LOW, ""),
    ("เชียงของ", _G, Fault.LOW, ""),
    ("เชียงแสน", _C, Fault.LOW, ""),
    ("แม่ฟ้าหลวง", _L, Fault.APART, ""),
)
_SECOND_ASSESSOR_EVERY = 6
# Leaders of แม่จัน by number; the last is not presented.
_JUDGED = {2: Judged.ACCEPTED, 3: Judged.WAIVED, 4: Judged.RETURNED}
# Units of แม่จัน by number, two leaders of เมืองเชียงราย, and the leader of เวียงชัย without a photo.
_COURSES = {
    1: Course.CONTRADICTED,
    6: Course.SETTLED,
    7: Course.CONDITIONAL,
    8: Course.COUNTED,
    9: Course.IN_SPITE,
    10: Course.LATE,
    11: Course.REPEATED,
    32: Course.DEFERRED,
}
_ONE_LEVEL = 20  # percent of full marks between two levels of a rubric

Counts = tuple[int, int, int, int]
NotPresented = tuple[str, ApplicantType, Fault, str]


def chiang_rai() -> Plan:
    """The 149 of the sample: source 004's 129, ten of them edited later, and 20 that were not presented.

    The office has decided about a document of three of them; the committees' decisions are of every kind.
    """
    plan = from_table("เชียงราย", CHIANG_RAI_PASSED, _NOT_PRESENTED, edits=10)
    return replace(plan, units=tuple(map(_singled_out, plan.units)), above=_ONE_LEVEL)


def _singled_out(unit: Unit) -> Unit:
    course = _COURSES.get(unit.number)
    apart = course is Course.SETTLED or unit.fault is Fault.APART
    return replace(
        unit,
        judged=_JUDGED.get(unit.number),
        course=course,
        assessors=3 if apart else unit.assessors,
    )


def small(units: int = 12) -> Plan:
    """The first districts of the sample, for tests: `units` applicants, three not presented, two edited.

    Raises ValueError outside 12-100.
    """
    if not 12 <= units <= 100:
        raise ValueError("a small province has 12 to 100 units")
    passed: dict[str, Counts] = {}
    left = units - 3
    for district, counts in CHIANG_RAI_PASSED.items():
        taken: list[int] = []
        for number in counts:
            taken.append(min(number, left))
            left -= taken[-1]
        if any(taken):
            passed[district] = (taken[0], taken[1], taken[2], taken[3])
    first = "แม่จัน"
    faults = (
        (first, _L, Fault.LATER, "house_registration_copy"),
        (first, _G, Fault.CUT_JPEG, "member_meeting_minutes"),
        (first, _L, Fault.LOW, ""),
    )
    return from_table("เชียงราย", passed, faults, edits=2)


def scaled(times: int, photo_width: int = 320) -> Plan:
    """The sample `times` over, with small photos, for measuring growth."""
    passed: dict[str, Counts] = {
        district: (leaders * times, groups * times, networks * times, communities * times)
        for district, (leaders, groups, networks, communities) in CHIANG_RAI_PASSED.items()
    }
    plan = from_table("เชียงราย", passed, _NOT_PRESENTED * times, edits=10 * times)
    return replace(plan, photo_width=photo_width)


def from_table(
    province: str, passed: Mapping[str, Counts], not_presented: Sequence[NotPresented] = (), edits: int = 0
) -> Plan:
    """A province whose districts, in this order,
    passed these numbers of units, plus the units not presented.
    """
    numbers = count(1)
    units: list[Unit] = []
    presented = sum(map(sum, passed.values()))
    edited = {(i + 1) * presented // edits: tuple(Edit)[i % 2] for i in range(edits)}
    seen = count(1)
    for district, counts in passed.items():
        for type_, how_many in zip(ApplicantType, counts, strict=True):
            for _ in range(how_many):
                units.append(Unit(next(numbers), district, type_, edit=edited.get(next(seen))))
            units.extend(
                Unit(next(numbers), district, type_, fault, document)
                for where, kind, fault, document in not_presented
                if (where, kind) == (district, type_)
            )
    twice = (replace(u, assessors=2) if u.number % _SECOND_ASSESSOR_EVERY == 0 else u for u in units)
    return Plan(province, tuple(passed), tuple(twice))
