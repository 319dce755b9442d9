"""The queue of documents that wait for a person, in the order in which they are looked at. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.model import ApplicantType

_FIRST = datetime.min.replace(tzinfo=UTC)
Matter = tuple[str, str]  # applicant key, document's code


class Order(StrEnum):
    """In which order a queue is looked at."""

    AGE = "age"  # whoever has waited longest
    DISTRICT = "district"  # one district after the other, in each by age


@dataclass(frozen=True, slots=True)
class Waiting:
    """One document that waits. `district`: code; `document`: code, `label`: what it is called; `since`: when
    the last of its pages was received, None = nobody knows, which is longest ago.
    """

    key: str
    name: str
    type: ApplicantType
    district: str
    document: str
    label: str
    since: datetime | None

    @property
    def matter(self) -> Matter:
        return self.key, self.document


class Came(StrEnum):
    """When a document came, by the day on which applications are due (rules.md 46)."""

    IN_TIME = "in_time"  # also where nobody knows when
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue a person looks at, and how; '' and None = whatever. `due`: the day on which
    applications are due, by which `came` is told; without it nothing is late.
    """

    district: str = ""
    type: ApplicantType | None = None
    label: str = ""
    order: Order = Order.AGE
    came: Came | None = None
    due: date | None = None

    def takes(self, one: Waiting) -> bool:
        return (
            self.district in ("", one.district)
            and self.type in (None, one.type)
            and self.label in ("", one.label)
            and self.came in (None, self._came(one))
        )

    def _came(self, one: Waiting) -> Came:
        if self.due is None or one.since is None:
            return Came.IN_TIME
        return Came.LATE if one.since.astimezone(THAILAND).date() > self.due else Came.IN_TIME


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, in order. Whoever skips comes round again."""

    waiting: tuple[Waiting, ...]

    def place(self, matter: Matter) -> int | None:
        """Where a document stands, from 0; None where it does not wait."""
        return next((place for place, one in enumerate(self.waiting) if one.matter == matter), None)

    def after(self, matter: Matter) -> Iterator[Waiting]:
        """Those that come after a document, then those before it; all where it does not wait."""
        place = self.place(matter)
        start = 0 if place is None else place + 1
        yield from self.waiting[start:]
        yield from self.waiting[: start - 1 if place is not None else 0]


def queue(waiting: Iterable[Waiting], wanted: Wanted, districts: Sequence[str]) -> Queue:
    """Those that are wanted, in their order; `districts`: codes, in the order of the province."""
    places = {code: place for place, code in enumerate(districts)}

    def order(one: Waiting) -> tuple[object, ...]:
        first = places.get(one.district, len(places)) if wanted.order is Order.DISTRICT else 0
        return (first, one.since or _FIRST, thai.sort_key(one.name), one.key, one.label, one.document)

    return Queue(tuple(sorted(filter(wanted.takes, waiting), key=order)))
