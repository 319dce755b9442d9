"""Suggests applicants that a typed name may mean. Pure; a person decides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from operator import itemgetter
from typing import TypeVar

from mochocho.words import people, thai

T = TypeVar("T")
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
    here = [(one.name, one) for one in listed if one.district == district]
    found = [Candidate(one, percent) for percent, one in likest(name, here, MOST)]
    return tuple(sorted(found, key=lambda one: _order(one, type_)))[:MOST]


def likest(name: str, listed: Iterable[tuple[str, T]], most: int) -> list[tuple[int, T]]:
    """So many of these as have the most similar names, and those like the last of them, with the similarity
    in percent and in no order; none below `LEAST_ALIKE`.
    """
    typed = _bare(name)
    # Comparing two names is slow, and what it can come to at most is not: a name that cannot come among
    # those that are wanted is not compared. The matcher keeps what it counted of its second text.
    quick = SequenceMatcher(None, b=typed, autojunk=False)
    every = [(_most(quick, bare := _bare(other)), bare, one) for other, one in listed]
    found = list[tuple[int, T]]()
    for bound, bare, one in sorted(every, key=itemgetter(0), reverse=True):
        if bound < max(LEAST_ALIKE, _least(found, most)):
            break
        if (percent := _percent(typed, bare)) >= LEAST_ALIKE:
            found.append((percent, one))
    least = _least(found, most)
    return [(percent, one) for percent, one in found if percent >= least]


def alike(one: str, other: str) -> int:
    """The similarity of two names in percent, ignoring titles, spaces and marks that are easily mistyped."""
    return _percent(_bare(one), _bare(other))


def _percent(one: str, other: str) -> int:
    first, second = sorted((one, other))
    return round(100 * SequenceMatcher(None, first, second, autojunk=False).ratio())


def _most(matcher: SequenceMatcher[str], bare: str) -> int:
    """What the similarity with this name is at most."""
    matcher.set_seq1(bare)
    return round(100 * matcher.quick_ratio())


def _least(found: Sequence[tuple[int, T]], most: int) -> int:
    """The similarity below which none is wanted."""
    best = nlargest(most, (percent for percent, _ in found))
    return best[-1] if len(best) == most else 0


def _order(one: Candidate, type_: str) -> tuple[object, ...]:
    applicant = one.applicant
    return (-one.percent, applicant.type != type_, thai.sort_key(applicant.name), applicant.key)


def _bare(name: str) -> str:
    return _KINDS.sub("", people.key(name))
