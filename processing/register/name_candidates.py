"""Suggests applicants that a typed name may mean. Pure; a person decides."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from mochocho.words import people, thai

MOST = 5
LEAST_ALIKE = 50  # percent; a less similar name is not suggested

# Half of all groups' names begin with one of these.
_KINDS = re.compile("^(กลุ่ม|เครือข่าย|ชุมชน|ชมรม|หมู่บ้าน|บ้าน)")


@dataclass(frozen=True, slots=True)
class Listed:
    """An applicant of the register."""

    key: str
    name: str
    type: str
    district: str  # code


@dataclass(frozen=True, slots=True)
class Candidate:
    """An applicant that may be meant, and the similarity of the names in percent."""

    applicant: Listed
    percent: int


def candidates(name: str, type_: str, district: str, listed: Iterable[Listed]) -> tuple[Candidate, ...]:
    """The applicants of the same district with a similar name, the most similar first."""
    found = [
        Candidate(applicant, percent)
        for applicant in listed
        if applicant.district == district and (percent := alike(name, applicant.name)) >= LEAST_ALIKE
    ]
    return tuple(sorted(found, key=lambda one: _order(one, type_)))[:MOST]


def alike(one: str, other: str) -> int:
    """The similarity of two names in percent, ignoring titles, spaces and marks that are easily mistyped."""
    first, second = sorted((_bare(one), _bare(other)))
    return round(100 * SequenceMatcher(None, first, second, autojunk=False).ratio())


def _order(one: Candidate, type_: str) -> tuple[object, ...]:
    applicant = one.applicant
    return (-one.percent, applicant.type != type_, thai.sort_key(applicant.name), applicant.key)


def _bare(name: str) -> str:
    return _KINDS.sub("", people.key(name))
