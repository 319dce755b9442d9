"""The chain of decisions: each row is hashed with the one before it, so that none changes unseen. Pure.

    hash = SHA-256 of the JSON of ["mochocho.decision.1", number, kind, applicant_key, about, content, reason,
           recorded_by, recorded_at, seen, undoes, previous], ASCII, no white space

Every text as it is stored, the time in UTC with six digits of a second. `previous` is the hash of the row
before, 64 zeros for the first. It is the same on every database, and may never be spelt in another way.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

GENESIS = "0" * 64
_SPELLING = "mochocho.decision.1"
_RENUMBERED_BY = 100  # rows taken out in one place whose followers moved up


@dataclass(frozen=True, slots=True)
class Link:
    """One row as it is stored; `content` and `seen` are canonical JSON."""

    number: int
    kind: str
    applicant_key: str
    about: str
    content: str
    reason: str
    recorded_by: str
    recorded_at: datetime
    seen: str
    undoes: int | None
    previous: str
    hash: str = ""

    def hashed(self) -> "Link":
        return replace(self, hash=digest(self))


@dataclass(frozen=True, slots=True)
class Head:
    """The last row's number and hash. `named_by`: who else keeps it, '' = the database itself."""

    number: int
    hash: str
    named_by: str = ""


class Fault(StrEnum):
    """What became of a row that is not as it was recorded."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with the rows from `first` to `last`; `named_by`: whose head told."""

    fault: Fault
    first: int
    last: int
    named_by: str = ""


def canonical(value: object) -> str:
    """One spelling of JSON for one content."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def moment_of(at: datetime) -> str:
    """One spelling of a moment, as it is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(spelt: Sequence[object]) -> str:
    """The hash of a row of a chain: of its columns in their order, spelt for ever as here."""
    return hashlib.sha256(json.dumps(spelt, separators=(",", ":")).encode("ascii")).hexdigest()


def digest(link: Link) -> str:
    """The hash of a row, from all its columns but the hash itself."""
    spelt = [
        _SPELLING,
        link.number,
        link.kind,
        link.applicant_key,
        link.about,
        link.content,
        link.reason,
        link.recorded_by,
        moment_of(link.recorded_at),
        link.seen,
        link.undoes,
        link.previous,
    ]
    return hash_of(spelt)


def faults(
    links: Sequence[Link],
    head: Head | None,
    named: Iterable[Head] = (),
    covered: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[Found]:
    """Every row that is not as it was recorded. `links`: all, by number; `head`: as the database has it,
    None = it has none; `named`: heads that were given out; `covered`: what a row hashes to since an erasure
    that stands in the chain covered words in it.
    """
    walk = _Walk(frozenset(link.previous for link in links), covered)
    for link in links:
        yield from walk.step(link)
    yield from _against_head(walk, head or Head(0, GENESIS))
    hashes = {0: GENESIS} | {link.number: link.hash for link in links}
    for one in named:
        if one.number not in hashes:
            yield Found(Fault.MISSING, one.number, one.number, one.named_by)
        elif hashes[one.number] != one.hash:
            yield Found(Fault.CHANGED, one.number, one.number, one.named_by)


class _Walk:
    """Along the rows by number, with the hash that the next one has to name."""

    def __init__(self, named: frozenset[str], covered: Mapping[int, str]) -> None:
        self._named = named  # what any row says comes before it
        self._covered = covered
        self._moved = 0  # what to add to the number of a row to have the number it was recorded with
        self.number, self.hash = 0, GENESIS

    def step(self, link: Link) -> Iterator[Found]:
        if link.number > self.number + 1:
            yield Found(Fault.MISSING, self.number + 1, link.number - 1)
        elif link.previous != self.hash:
            if self.hash in self._named or link.number < 1:
                self._moved -= 1
                yield Found(Fault.INSERTED, link.number, link.number)
                self.number = max(link.number, 0)
                return
            yield from self._broken(link)
        if digest(self._as_recorded(link)) not in (link.hash, self._covered.get(link.number)):
            yield Found(Fault.CHANGED, link.number, link.number)
        self.number, self.hash = link.number, link.hash

    def _broken(self, link: Link) -> Iterator[Found]:
        """The row names one before it that is not there: rows were taken out, or that one was changed."""
        for out in range(1, _RENUMBERED_BY):
            if digest(replace(link, number=link.number + self._moved + out)) == link.hash:
                self._moved += out
                yield Found(Fault.MISSING, link.number, link.number + out - 1)
                return
        if self.number:
            yield Found(Fault.CHANGED, self.number, self.number)

    def _as_recorded(self, link: Link) -> Link:
        return replace(link, number=link.number + self._moved) if self._moved else link


def _against_head(walk: _Walk, head: Head) -> Iterator[Found]:
    if head.number > walk.number:
        yield Found(Fault.MISSING, walk.number + 1, head.number)
    elif head.number < walk.number:
        yield Found(Fault.INSERTED, head.number + 1, walk.number)
    elif head.hash != walk.hash:
        yield Found(Fault.CHANGED, head.number, head.number)
