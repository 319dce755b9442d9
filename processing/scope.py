"""What one person may see and do: the value that every query of the portal takes. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """What an account may be allowed to do; a page asks for one."""

    OVERVIEW = "overview"  # figures of the scope, without people
    APPLICANTS = "applicants"  # applicants with their answers and evidence
    DOCUMENTS = "documents"  # verdicts on documents
    SCORES = "scores"  # reconciling assessors
    OWN_SHEET = "own_sheet"  # an assessor's own answers
    RESOLUTIONS = "resolutions"
    MEETINGS = "meetings"  # running a committee's meeting while it is held
    MEETING_DATA = "meeting_data"  # setting a meeting up: its day, members, agenda
    SCREENS = "screens"  # what is projected in it
    CALENDAR = "calendar"  # how districts stand to the days of the year
    ARRIVALS = "arrivals"  # sources, conflicts, held forms
    OFFICERS = "officers"
    ACCOUNTS = "accounts"
    SETTINGS = "settings"
    SETTINGS_SEEN = "settings_seen"  # the settings, without changing them
    AUDIT = "audit"
    PACKETS = "packets"
    LONG_WORK = "long_work"  # pulling, making a packet, letting go what vanished
    PERSONS = "persons"  # what is held of one person: finding, giving, erasing it
    UNMASK = "unmask"  # a national ID or telephone in full, with a reason


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose matters a person sees, and what they may do.

    `districts`: codes; None = every district. `applicants`: keys; None = every one of those districts.
    `withheld`: keys of applicants in whom the person has an interest.
    """

    districts: frozenset[str] | None = None
    applicants: frozenset[str] | None = None
    withheld: frozenset[str] = frozenset()
    may: frozenset[Permission] = field(default_factory=lambda: frozenset(Permission))

    def covers(self, district: str, key: str) -> bool:
        """Whether the applicant `key` of the district with this code is seen."""
        return (
            (self.districts is None or district in self.districts)
            and (self.applicants is None or key in self.applicants)
            and key not in self.withheld
        )

    def covers_district(self, code: str) -> bool:
        """Whether anything of this district is seen."""
        return self.districts is None or code in self.districts

    def of(self, districts: Collection[str]) -> "tuple[str, ...]":
        """Those of these district codes that are seen, in their order."""
        return tuple(code for code in districts if self.covers_district(code))


EVERYTHING = Scope()  # of whoever holds the command line
