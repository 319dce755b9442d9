"""A district's applicants as points on a plain frame, with a scale; nothing is asked from outside. Pure."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mochocho.words.model import ApplicantType
from processing.register.visits.visited import Place, Visited
from reports.explaining.line_tree import SCREEN
from reports.view.applicant_names import NO_NAME

WIDTH, HEIGHT, MARGIN = 720, 520, 40  # of the frame, in its own units
_LEAST_KM = 1.0  # what a frame spans at least: two points of one village are not a country apart
_BARS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
_SOUTH, _NORTH, _WEST, _EAST = 5.5, 20.6, 97.2, 105.8  # of Thailand; a point outside is a phone's mistake
_KM_A_DEGREE = 111.2
# Told apart in black and white too.
SHAPES: Mapping[ApplicantType, str] = {
    ApplicantType.LEADER: "M-7 0A7 7 0 1 0 7 0A7 7 0 1 0 -7 0Z",
    ApplicantType.GROUP: "M-6 -6H6V6H-6Z",
    ApplicantType.NETWORK: "M0 -8L8 6H-8Z",
    ApplicantType.COMMUNITY: "M0 -9L9 0L0 9L-9 0Z",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One applicant in the frame. `no`: as in the table; `shape`: an SVG path about its point."""

    no: int
    key: str
    name: str
    type: ApplicantType
    x: float
    y: float
    shape: str
    position: str  # degrees, as on other maps


@dataclass(frozen=True, slots=True)
class MapScreen:
    """`bar`: length of the scale's bar in units of the frame, and `bar_th`: in words. `without`: the names of
    those without a place; `astray`: how many of them have a place outside the country.
    """

    marks: tuple[Mark, ...]
    bar: float
    bar_th: str
    without: tuple[tuple[str, str], ...]  # key, name
    astray: int


def map_screen(visited: Sequence[Visited]) -> MapScreen:
    """The map of these, numbered from north to south."""
    here = [(one, one.place) for one in visited if one.place and _inside(one.place)]
    here.sort(key=lambda pair: (-pair[1].latitude, pair[1].longitude, pair[0].key))
    placed = {one.key for one, _ in here}
    project, unit = _projection([place for _, place in here])
    length = max((km for km in _BARS_KM if km * unit <= WIDTH / 4), default=_BARS_KM[0])
    return MapScreen(
        marks=tuple(
            Mark(
                no=number,
                key=one.key,
                name=SCREEN.text(one.name) or NO_NAME,
                type=one.type,
                x=project(place)[0],
                y=project(place)[1],
                shape=SHAPES[one.type],
                position=f"{place.latitude:.4f} {place.longitude:.4f}",
            )
            for number, (one, place) in enumerate(here, start=1)
        ),
        bar=round(length * unit, 1),
        bar_th=f"{length:g} กม." if length >= 1 else f"{length * 1000:.0f} เมตร",
        without=tuple(
            (one.key, SCREEN.text(one.name) or NO_NAME) for one in visited if one.key not in placed
        ),
        astray=sum(one.place is not None for one in visited) - len(here),
    )


def _inside(place: Place) -> bool:
    return _SOUTH <= place.latitude <= _NORTH and _WEST <= place.longitude <= _EAST


def _projection(places: Sequence[Place]) -> tuple[Callable[[Place], tuple[float, float]], float]:
    """From a place to its point in the frame, and how many units a kilometre has. Distances are true within a
    district: a degree of longitude is as long as in the middle of it.
    """
    norths = [place.latitude for place in places] or [0.0]
    easts = [place.longitude for place in places] or [0.0]
    north, east = (max(norths) + min(norths)) / 2, (max(easts) + min(easts)) / 2
    narrowed = math.cos(math.radians(north))
    high = max((max(norths) - min(norths)) * _KM_A_DEGREE, _LEAST_KM)
    wide = max((max(easts) - min(easts)) * _KM_A_DEGREE * narrowed, _LEAST_KM)
    unit = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)

    def project(place: Place) -> tuple[float, float]:
        x = WIDTH / 2 + (place.longitude - east) * _KM_A_DEGREE * narrowed * unit
        y = HEIGHT / 2 - (place.latitude - north) * _KM_A_DEGREE * unit
        return round(x, 1), round(y, 1)

    return project, unit
