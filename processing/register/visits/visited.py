"""An applicant and where a phone noted that the visit was. Values only."""

from dataclasses import dataclass

from mochocho.words.model import ApplicantType


@dataclass(frozen=True, slots=True)
class Place:
    """In degrees, north and east."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Visited:
    """One applicant of a district; `place`: None where no phone noted a place that can be believed."""

    key: str
    name: str
    type: ApplicantType
    place: Place | None
