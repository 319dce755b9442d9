"""Which of many pages may be the same as a new one: those that share marks that few others have. Pure.

Marks of a form's print are on every page of it and tell nothing; those of what is written there are on its
copies alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from processing.same_pages.marks import BITS, TURNS, Codes, turned

MOST = 4  # pages that a new one is compared with, the likeliest first
_COMMON = 12  # pages with the same mark: it is print, and tells nothing of any
_LEAST_SHARED = 4  # marks: of ten thousand pages many share two by chance

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known page, by its number, and the quarters clockwise by which the new one is turned onto it."""

    page: int
    quarters: int


@dataclass(frozen=True, slots=True)
class Known:
    """The marks of many pages: `codes`, and the number of the page that each is of."""

    codes: Codes
    pages: Numbers
    count: int

    @classmethod
    def of(cls, pages: Sequence[Codes]) -> "Known":
        sizes = [len(codes) for codes in pages]
        together = np.concatenate(pages) if pages else np.zeros(0, np.uint32)
        return cls(together, np.repeat(np.arange(len(pages)), sizes), len(pages))


def candidates(new: Sequence[Codes], known: Known) -> Iterator[list[Candidate]]:
    """For each new page the known ones that may be the same, itself among them if it is known."""
    ways = [_each_way(codes) for codes in new]
    shared = _of_those(known, ways)
    for own in ways:
        yield _likeliest(own, shared)


def _each_way(codes: Codes) -> list[Codes]:
    found = [np.unique(codes)]
    for _ in range(TURNS - 1):
        found.append(turned(found[-1]))
    return found


def _of_those(known: Known, ways: Sequence[Sequence[Codes]]) -> Known:
    """What is known of the codes that are asked for, by code: each page once."""
    wanted = np.zeros(1 << BITS, np.bool_)
    for codes in (codes for own in ways for codes in own):
        wanted[codes] = True
    hit = wanted[known.codes]
    both = np.unique(known.codes[hit].astype(np.uint64) << np.uint64(32) | known.pages[hit].astype(np.uint64))
    codes, pages = (both >> np.uint64(32)).astype(np.uint32), (both & np.uint64(0xFFFF_FFFF)).astype(np.intp)
    return Known(codes, pages, known.count)


def _likeliest(ways: Sequence[Codes], known: Known) -> list[Candidate]:
    shared, weight = np.zeros(TURNS * known.count, np.intp), np.zeros(TURNS * known.count)
    for quarters, codes in enumerate(ways):
        begins, ends = (np.searchsorted(known.codes, codes, side) for side in ("left", "right"))
        count = ends - begins
        told = (count > 0) & (count <= _COMMON)
        if not told.any():
            continue
        places = np.concatenate([np.arange(a, b) for a, b in zip(begins[told], ends[told], strict=True)])
        rare = np.repeat(np.log((known.count + 1) / count[told]), count[told])
        at = known.pages[places] * TURNS + quarters
        shared += np.bincount(at, minlength=len(shared))
        weight += np.bincount(at, rare, minlength=len(weight))
    enough = np.flatnonzero(shared >= _LEAST_SHARED)
    order = enough[np.argsort(-weight[enough], kind="stable")[: MOST + 1]]  # it may be known itself
    return [Candidate(int(place) // TURNS, int(place) % TURNS) for place in order]
