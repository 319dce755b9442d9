"""A packet as it was released, or an addendum to one: what stood in it, by value. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mochocho.words.model import ApplicantType, Resolution
from processing.decisions.chain import Head
from processing.meetings.meeting import Meeting


class Stands(StrEnum):
    """Where in a packet an applicant stands."""

    DOSSIER = "dossier"  # presented to the committee
    WAITING = "waiting"  # in the list of who has not passed a district
    ASIDE = "aside"  # withdrawn, or merged into another
    SETTLED = "settled"  # by an earlier meeting


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """What a packet says of one applicant.

    `district`: its name, "" where it is unknown. `instance`: the version of the application. `assessment`:
    the digest of what was assessed; `result`: of what came of it, without resolutions. `dossier`: its number,
    which no later packet changes, 0 = none; `page`: the first page of the dossier in `file`, from 1.
    """

    key: str
    name: str
    type: ApplicantType
    district: str
    stands: Stands
    instance: str
    assessment: str
    result: str
    resolutions: tuple[Resolution, ...] = ()
    register_no: int | None = None
    dossier: int = 0
    file: str = ""
    page: int = 0


@dataclass(frozen=True)
class Printed:
    """What a packet was made of. `meeting`: as `packet_meeting.as_bound`; `pack`: sha256 of the criteria."""

    meeting: Meeting
    pack: str
    units: tuple[PrintedUnit, ...]

    @cached_property
    def by_key(self) -> Mapping[str, PrintedUnit]:
        return {unit.key: unit for unit in self.units}


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A file of a release, by its name in the release's folder; `size` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Overridden:
    """An error of the lint with which a packet was released all the same, where it stands, and why."""

    code: str
    said: str
    paper: str
    reason: str


@dataclass(frozen=True)
class Release:
    """A released packet of a meeting, or an addendum to it.

    `number`: of the release, from 1 for each meeting; `addendum`: 0 = the packet itself. `decisions`: the
    last decision that it knows of. `by`: who released it. `erased`: its files are gone, since a person of
    whom they tell was erased. No clock: the same content is spelt the same.
    """

    meeting_key: str
    province: str
    year_be: int
    number: int
    addendum: int
    printed: Printed
    files: tuple[FrozenFile, ...]
    decisions: Head
    by: str
    overridden: tuple[Overridden, ...] = ()
    erased: bool = False

    @property
    def name(self) -> str:
        """`province:1/2568 1`, `province:1/2568 1+2`: as logs name it."""
        return f"{self.meeting_key} {self.number}" + (f"+{self.addendum}" if self.addendum else "")
