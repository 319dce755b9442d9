"""What pages for many applicants at once show of one assessment, without reading it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.words import people, thai
from mochocho.words.model import (
    RESOLVED_GATES,
    TO_JUDGE,
    Application,
    Assessment,
    Gate,
    GateState,
    Round,
)
from processing.decisions.against_evidence import confirmed, speaks_against
from processing.register import unit_names

_LETTER = {
    GateState.PASSED: "p",
    GateState.FAILED: "f",
    GateState.NO_DATA: "n",
    GateState.DEFERRED: "d",
}
_STATE = {letter: state for state, letter in _LETTER.items()}
_SHUT = (GateState.FAILED, GateState.DEFERRED)
NO_MONTH = "-" * 7
ASKED_WHETHER_TWICE = ("applicant.duplicate_national_id", "applicant.same_name", "applicant.alike_name")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an applicant stands and what of it waits for a person.

    `gates`: the eight states in order; `stands_at`: the one that it has to pass next, None = it has passed
    all. `awaits`: the committee's gate for which nothing else is lacking. `months`: "2025-05", in which each
    gate was passed by the days in forms and of meetings, `NO_MONTH` where it was not or nobody knows.
    `to_judge`: documents; `to_settle`: indicators that assessors answered too differently; `unconfirmed`:
    passes against the evidence without the committee's reason; `twice`: whether it may have applied twice.
    `sought`, `place`: by what it is searched and sorted.
    """

    gates: tuple[GateState, ...]
    stands_at: Gate | None
    awaits: Gate | None
    months: tuple[str, ...]
    presented: bool
    to_judge: int
    to_settle: int
    unconfirmed: int
    twice: bool
    sought: str
    place: str


# Of an assessment that cannot be read.
NOT_KNOWN = Standing(
    gates=(GateState.NO_DATA,) * len(Gate),
    stands_at=Gate.ELIGIBLE,
    awaits=None,
    months=(NO_MONTH,) * len(Gate),
    presented=True,
    to_judge=0,
    to_settle=0,
    unconfirmed=0,
    twice=False,
    sought="",
    place="",
)


def standing_of(assessment: Assessment) -> Standing:
    """The standing of an applicant; whoever withdrew or was merged waits for nobody."""
    presented = assessment.not_presented is None
    states = tuple(result.state for result in assessment.gates)
    scores = assessment.scores
    application = assessment.counted.application if assessment.counted else None
    against = [found for found in assessment.findings if speaks_against(found)]
    return Standing(
        gates=states,
        stands_at=stands_at(states),
        awaits=awaits(states) if presented else None,
        months=tuple(_months(assessment)),
        presented=presented,
        to_judge=presented * sum(verdict.state in TO_JUDGE for verdict in assessment.verdicts),
        to_settle=presented * sum(spread.open for spread in (scores.spreads if scores else ())),
        unconfirmed=presented * sum(not confirmed(found) for found in against),
        twice=presented and any(found.code in ASKED_WHETHER_TWICE for found in assessment.findings),
        sought=sought(application) if application else "",
        place=place(application.name) if application else "",
    )


def stands_at(states: Sequence[GateState]) -> Gate | None:
    """The gate to pass next. What a committee passed stays passed, whatever keeps an earlier gate shut;
    after it the first gate that is shut, else the one after the last that is passed. A gate without data
    shuts nobody out.
    """
    order = list(Gate)
    passed = [gate for gate, state in zip(order, states, strict=True) if state is GateState.PASSED]
    resolved = max((order.index(gate) for gate in passed if gate in RESOLVED_GATES), default=-1)
    later = zip(order[resolved + 1 :], states[resolved + 1 :], strict=True)
    if shut := next((gate for gate, state in later if state in _SHUT), None):
        return shut
    following = order.index(passed[-1]) + 1 if passed else 0
    return order[following] if following < len(order) else None


def awaits(states: Sequence[GateState]) -> Gate | None:
    """The committee whose resolution is all that is lacking: nothing before it is shut, and eligibility and
    documents are passed; what was never collected keeps nobody from it.
    """
    district, province = (list(Gate).index(gate) for gate in RESOLVED_GATES)
    if states[district] is GateState.PASSED:
        return Gate.PROVINCE if states[province] is GateState.NO_DATA else None
    passed = all(state is GateState.PASSED for state in states[:2])
    shut = any(state in _SHUT for state in states[: district + 1])
    return Gate.DISTRICT if passed and not shut else None


def letters(states: Iterable[GateState]) -> str:
    """The states as they are stored, one letter each."""
    return "".join(_LETTER[state] for state in states)


def states_of(stored: str) -> tuple[GateState, ...]:
    """The states that were stored as `letters`."""
    return tuple(_STATE[letter] for letter in stored)


def sought(application: Application) -> str:
    """The words by which a person may search for an applicant: as spelt, then by their consonants, so that a
    spelling by ear is found too.
    """
    named = unit_names.spelt(people.untitled(application.name))
    parts = (named, *map(unit_names.place, (application.village, application.subdistrict)))
    written = [part for part in parts if part]
    return " ".join([*written, *map(people.sounds, written)])


def place(name: str) -> str:
    """A text that sorts as names do in a Thai dictionary, on every database: two hex digits a letter."""
    return "".join(f"{min(ord(char), 0xFF):02x}" for char in thai.sort_key(name)[0])


def _months(assessment: Assessment) -> Iterator[str]:
    known = dict(_days(assessment))
    for result in assessment.gates:
        day = known.get(result.gate) if result.state is GateState.PASSED else None
        yield f"{day:%Y-%m}" if day else NO_MONTH


def _days(assessment: Assessment) -> Iterator[tuple[Gate, date | None]]:
    if counted := assessment.counted:
        applied, own = counted.application.applied_on, counted.own
        yield from ((Gate.ELIGIBLE, applied), (Gate.DOCUMENTS, applied))
        rounds = {one.assessment.round: one.assessment.assessed_on for one in own.rounds}
        yield Gate.SELF_BEFORE, rounds.get(Round.SELF_BEFORE)
        yield Gate.PLAN, own.plan.agreed_on if own.plan else None
        yield Gate.SELF_AFTER, rounds.get(Round.SELF_AFTER)
    for resolution in assessment.resolutions:
        yield resolution.gate, resolution.meeting_date
