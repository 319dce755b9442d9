"""How many applicants stand where, by district and type. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from mochocho.words.model import ApplicantType, Gate
from processing.standings.standing import NO_MONTH


@dataclass(slots=True)
class Tally:
    """Applicants of one district and type that are presented. `passed`: by gate; `standing`: the gate to
    pass next, None = all are passed; `shut`: how many of these gates are shut and not only to come;
    `awaits`: how many have nothing left but a committee's resolution, by its gate.
    """

    count: int = 0
    shut: int = 0
    awaits: Counter[Gate] = field(default_factory=Counter)
    passed: Counter[Gate] = field(default_factory=Counter)
    standing: Counter[Gate | None] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.count + other.count,
            self.shut + other.shut,
            self.awaits + other.awaits,
            self.passed + other.passed,
            self.standing + other.standing,
        )


@dataclass(slots=True)
class Counts:
    """Everything that the overview counts of some applicants.

    `by_place`: district's code and type. `months`: per gate, how many passed it in which month, `NO_MONTH`
    where nobody knows. `not_presented`: withdrawn and merged, in no other figure; `unassessed`: registered
    and not assessed yet.
    """

    by_place: dict[tuple[str, ApplicantType], Tally] = field(default_factory=dict)
    months: dict[Gate, Counter[str]] = field(default_factory=lambda: {gate: Counter() for gate in Gate})
    to_judge: int = 0
    to_settle: int = 0
    unconfirmed: int = 0
    twice: int = 0
    not_presented: int = 0
    unassessed: int = 0

    def of(self, district: str, types: Iterable[ApplicantType] = tuple(ApplicantType)) -> Tally:
        """One district's figures."""
        return sum((self.by_place[d, t] for d, t in self.by_place if d == district and t in types), Tally())

    def of_type(self, type_: ApplicantType) -> Tally:
        """One type's figures."""
        return sum((tally for (_, own), tally in self.by_place.items() if own is type_), Tally())

    @property
    def whole(self) -> Tally:
        return sum(self.by_place.values(), Tally())


def since(months: Counter[str], wanted: Collection[str]) -> list[int]:
    """How many had passed by the end of each of these months, in their order; those of no known month are
    in none.
    """
    return [sum(n for month, n in months.items() if month != NO_MONTH and month <= end) for end in wanted]
