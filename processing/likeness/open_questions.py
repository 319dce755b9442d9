"""The pairs of applicants that the office is asked about, and its answer that two are not the same."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from processing.chunks import batched
from processing.decisions import recorded, recorder
from processing.decisions.decision import Decision, Distinguished, Ground, Kind, distinct
from processing.likeness import former_results
from processing.likeness.duplicates import Other
from processing.likeness.namesakes import namesakes
from processing.register import stored

CHUNK = 500  # applicants asked for at once


@dataclass(frozen=True, slots=True)
class Question:
    """Two applicants that may be one, by key, and why."""

    one: Other
    other: Other
    ground: Ground
    percent: int  # how alike the names are


def about(session: Session, keys: Collection[str]) -> list[Question]:
    """The pairs of which one is among these applicants, in the order of `every`."""
    return sorted(_questions(session, keys).values(), key=_order)


def every(home: Home) -> list[Question]:
    """Every pair that is asked about: those with one national ID first, then by how alike the names are."""
    with reading(home.engine) as session:
        found = {
            pair: question
            for chunk in batched(stored.keys(session), CHUNK)
            for pair, question in _questions(session, chunk).items()
        }
    return sorted(found.values(), key=_order)


def answer_distinct(home: Home, one: str, other: str, reason: str, by: str) -> bool:
    """Record that these two (keys) are not the same. Returns whether this is new.

    Raises BadInput as `distinction` and `recorder.record_decisions`.
    """
    with transaction(home.engine) as session:
        decision = distinction(session, one, other, reason, by)
        return bool(recorder.append(session, [decision], home.pack))


def distinction(session: Session, one: str, other: str, reason: str, by: str) -> Decision:
    """That these two (keys) are not the same, as a decision to be recorded; an answer before stays as it was.

    Raises BadInput decision.not_asked where nobody asks.
    """
    pair = (min(one, other), max(one, other))
    asked = _questions(session, pair).get(pair)
    said = recorded.holding(session, (Kind.DISTINCT,), pair[:1])
    before = next((each for each in said if each.about == pair[1]), None)
    if asked is None and before is not None:
        return replace(before, undoes=None)
    if asked is None:
        raise BadInput(
            "decision.not_asked",
            f"ไม่มีคำถามว่า {one[:60]} กับ {other[:60]} ซ้ำกันหรือไม่ ให้ดูรหัสจาก mochocho applicants duplicates",
            f"nobody asks whether {one[:60]} and {other[:60]} are the same; "
            "see the keys by mochocho applicants duplicates",
        )
    known = before.content.grounds if before and isinstance(before.content, Distinguished) else ()
    grounds = tuple(ground for ground in Ground if ground in (*known, asked.ground))
    return distinct(one, other, grounds, reason, by)


def former(home: Home) -> tuple[int, list[tuple[str, Other]]]:
    """How many applicants have a result of last year, and everybody of last year that one may have been."""
    with reading(home.engine) as session:
        found = {
            key: one
            for chunk in batched(stored.keys(session), CHUNK)
            for key, one in former_results.former(session, chunk).items()
        }
    return sum(one.result is not None for one in found.values()), list(former_results.asked_about(found))


def answer_former(home: Home, key: str, then: str, reason: str, by: str, *, same: bool) -> bool:
    """Record whether an applicant was this one (key) of last year. Returns whether this is new.

    Raises BadInput as `recorder.record_decisions`.
    """
    return bool(recorder.record_decisions(home, [of_former(key, then, reason, by, same=same)]))


def of_former(key: str, then: str, reason: str, by: str, *, same: bool) -> Decision:
    """Whether an applicant was this one (key) of last year, as a decision to be recorded."""
    if same:
        return Decision(Kind.CONTINUES, key, then, reason=reason, recorded_by=by)
    return Decision(Kind.DISTINCT, key, then, Distinguished(tuple(Ground)), reason, by)


def _questions(session: Session, keys: Collection[str]) -> dict[tuple[str, str], Question]:
    """The pairs asked about of which one is among these, by both keys in order."""
    found = dict[tuple[str, str], Question]()
    for own in namesakes(session, keys).values():
        for ground, others in (
            (Ground.NATIONAL_ID, own.same_id),
            (Ground.NAME, (*own.same_name, *own.alike_name)),
        ):
            for other in others:
                first, second = sorted((own.itself, other), key=lambda one: one.key)
                found[first.key, second.key] = Question(first, second, ground, other.percent)
    return found


def _order(question: Question) -> tuple[object, ...]:
    by_name = question.ground is not Ground.NATIONAL_ID
    return (by_name, -question.percent, question.one.key, question.other.key)
