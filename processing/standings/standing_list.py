"""Applicants as a page lists them, a page at a time: few queries, whatever their number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from mochocho.words import people
from mochocho.words.model import ApplicantType, Gate, GateState
from processing.register import unit_names
from processing.register.index_keys import letters_of
from processing.register.name_candidates import likest
from processing.register.within_scope import within
from processing.scope import EVERYTHING, Scope
from processing.standings.standing import states_of
from processing.tables import ApplicantRow, StandingRow

AT_ONCE = 50  # applicants on one page
LEAST_SOUND = 3  # consonants; fewer are in half of all names
LEAST_ALIKE = 70  # percent, of a name that is typed with a mistake
MOST_ALIKE = 10
Query = Select[str, str, str, str, str, str, bool, int]
MAY_LACK = 2  # consonants of what was typed that a name may be without


@dataclass(frozen=True, slots=True)
class Listed:
    """One applicant. `gates`: the eight states, none before it is assessed; `stands_at`: None = has passed
    all, or is not assessed.
    """

    key: str
    name: str
    type: ApplicantType
    district: str  # code
    gates: tuple[GateState, ...]
    stands_at: Gate | None
    presented: bool
    to_judge: int

    @property
    def shut(self) -> bool:
        """Whether the gate it stands at is shut, and not only to come."""
        at = self.stands_at
        return at is not None and self.gates[list(Gate).index(at)] is not GateState.NO_DATA


class Waits(StrEnum):
    """For what of an applicant a person is waited for."""

    JUDGED = "documents"  # a verdict on a document
    SETTLED = "scores"  # assessors who answered too differently
    CONFIRMED = "reasons"  # the committee's reason for a pass against the evidence
    TOLD_APART = "twice"  # whether it applied twice
    DISTRICT = "district"  # the district committee's resolution
    PROVINCE = "province"  # the provincial committee's


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for; '' and None = whatever. `text`: a name, village, subdistrict or key."""

    text: str = ""
    district: str = ""
    type: ApplicantType | None = None
    gate: Gate | None = None
    waits: Waits | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how many there are in all. `near`: nothing has what was typed; these
    names are nearly like it.
    """

    applicants: tuple[Listed, ...]
    total: int
    near: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // AT_ONCE))


def listed(session: Session, wanted: Wanted, districts: Sequence[str], scope: Scope = EVERYTHING) -> Found:
    """The applicants that are wanted, by district in this order (codes), type, and name."""
    narrowed = _narrowed(wanted).where(within(scope))
    query = narrowed.where(*_of_text(wanted.text))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if total == 0 and wanted.text.strip():
        near = _near(session, narrowed, wanted.text)
        return Found(near, len(near), near=bool(near))
    ordered = query.order_by(*_order(districts)).limit(AT_ONCE).offset((wanted.page - 1) * AT_ONCE)
    return Found(tuple(map(_listed, session.execute(ordered))), total)


def waiting_keys(session: Session, waits: Waits, scope: Scope = EVERYTHING) -> list[str]:
    """The keys of the applicants of whom this is waited for, in order."""
    query = _narrowed(Wanted(waits=waits)).with_only_columns(ApplicantRow.key).where(within(scope))
    return sorted(session.scalars(query))


def _narrowed(wanted: Wanted) -> Query:
    row = StandingRow
    query = select(
        ApplicantRow.key,
        ApplicantRow.name,
        ApplicantRow.type,
        ApplicantRow.district,
        row.gates,
        row.stands_at,
        row.presented,
        row.to_judge,
    ).outerjoin(row, row.assessment_id == ApplicantRow.assessment_id)
    if wanted.district:
        query = query.where(ApplicantRow.district == wanted.district)
    if wanted.type:
        query = query.where(ApplicantRow.type == wanted.type)
    if wanted.gate:
        query = query.where(row.stands_at == wanted.gate, row.presented)
    if wanted.waits:
        query = query.where(_WAITING[wanted.waits])
    return query


_WAITING: Mapping[Waits, ColumnElement[bool]] = {
    Waits.JUDGED: StandingRow.to_judge > 0,
    Waits.SETTLED: StandingRow.to_settle > 0,
    Waits.CONFIRMED: StandingRow.unconfirmed > 0,
    Waits.TOLD_APART: StandingRow.twice.is_(True),
    Waits.DISTRICT: StandingRow.awaits == Gate.DISTRICT,
    Waits.PROVINCE: StandingRow.awaits == Gate.PROVINCE,
}


def _of_text(typed: str) -> Iterator[ColumnElement[bool]]:
    """A key, or every word in what an applicant is sought by, as written or as it sounds."""
    text = typed.strip()
    if not text:
        return
    every = [_of_word(word) for word in words(text)]
    yield or_(ApplicantRow.key == text.lower().removeprefix("uuid:"), *([_all(every)] if every else []))


def _all(every: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *others = every
    for one in others:
        first = first & one
    return first


def words(typed: str) -> list[str]:
    """The words of what was typed, without titles and the words for a village or subdistrict."""
    return [word for part in people.untitled(typed).split() if (word := unit_names.place(part))]


def _of_word(word: str) -> ColumnElement[bool]:
    column, heard = StandingRow.sought, people.sounds(word)
    written = column.contains(word, autoescape=True)
    if len(heard) < LEAST_SOUND:
        return written
    return or_(written, column.contains(heard, autoescape=True))


def _near(session: Session, narrowed: Query, typed: str) -> tuple[Listed, ...]:
    """Those whose name has nearly the same consonants, the likest first."""
    letters = letters_of(f" {people.sounds(''.join(words(typed)))}")
    keys = narrowed.with_only_columns(ApplicantRow.key, ApplicantRow.alike, ApplicantRow.name)
    may = [
        (name, key)
        for key, own, name in session.execute(keys)
        if (letters & ~letters_of(own)).bit_count() <= MAY_LACK and own
    ]
    found = sorted(likest(typed, may, MOST_ALIKE), key=lambda one: (-one[0], one[1]))[:MOST_ALIKE]
    order = {key: place for place, (percent, key) in enumerate(found) if percent >= LEAST_ALIKE}
    rows = session.execute(narrowed.where(ApplicantRow.key.in_(order))) if order else ()
    return tuple(sorted(map(_listed, rows), key=lambda one: order[one.key]))


def _order(districts: Sequence[str]) -> tuple[Any, ...]:
    places = {code: place for place, code in enumerate(districts)}
    types = {type_.value: place for place, type_ in enumerate(ApplicantType)}
    return (
        case(places, value=ApplicantRow.district, else_=len(places)),
        case(types, value=ApplicantRow.type),
        StandingRow.place,
        ApplicantRow.key,
    )


def _listed(row: Any) -> Listed:
    return Listed(
        key=row.key,
        name=row.name,
        type=ApplicantType(row.type),
        district=row.district,
        gates=states_of(row.gates) if row.gates else (),
        stands_at=Gate(row.stands_at) if row.stands_at else None,
        presented=row.presented is not False,
        to_judge=row.to_judge or 0,
    )
