"""The pairs of applicants that the office is asked about, and its answer that two are not the same."""

from collections.abc import Collection
from dataclasses import dataclass

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

    Raises BadInput decision.not_asked where nobody asks, and as `recorder.record_decisions`.
    """
    pair = (min(one, other), max(one, other))
    with transaction(home.engine) as session:
        asked = _questions(session, pair).get(pair)
        known = recorded.told_apart(session, pair).get(pair, ())
        if asked is None and known:
            return False
        if asked is None:
            raise BadInput(
                "decision.not_asked",
                f"ไม่มีคำถามว่า {one[:60]} กับ {other[:60]} ซ้ำกันหรือไม่ ให้ดูรหัสจาก mochocho applicants duplicates",
            )
        grounds = tuple(ground for ground in Ground if ground in (*known, asked.ground))
        decision = distinct(one, other, grounds, reason, by)
        return bool(recorder.append(session, [decision], home.pack))


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
    grounds = Distinguished(tuple(Ground))
    decision = (
        Decision(Kind.CONTINUES, key, then, reason=reason, recorded_by=by)
        if same
        else Decision(Kind.DISTINCT, key, then, grounds, reason, by)
    )
    return bool(recorder.record_decisions(home, [decision]))


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
