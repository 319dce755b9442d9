"""The numbers of the register (ทะเบียนผู้สมัคร, rules.md 21 and 48): given once, by a recorded decision.

One series for the province's cycle, whatever type or district: no source says what the register numbers by.
Whoever has none is numbered in the order of the day in the form, then of the root id, after the last number
that was ever given. A number never moves and is never given again, also when its applicant withdraws or is
gone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from processing.decisions import recorded, recorder
from processing.decisions.decision import Decision, Kind, Registered
from processing.json_fields import text_of
from processing.tables import ApplicantRow


@dataclass(frozen=True, slots=True)
class Listed:
    """An applicant of the register. `number`: None = has none yet; `applied_on`: None = not believed."""

    key: str
    root_id: str
    type: str
    name: str
    district: str
    applied_on: date | None
    number: int | None = None


def numbered(waiting: Iterable[Listed], given: Iterable[int]) -> list[tuple[int, Listed]]:
    """The number of each that has none, in order; `given`: every number that was ever given."""
    following = max(given, default=0) + 1
    return list(enumerate(sorted((one for one in waiting if one.number is None), key=_place), following))


def _place(one: Listed) -> tuple[date, str]:
    return one.applied_on or date.max, one.root_id


def would_give(home: Home) -> list[tuple[int, Listed]]:
    """The numbers that `give` would give now; writes nothing."""
    with reading(home.engine) as session:
        return _next(session)


def give(home: Home, by: str) -> list[tuple[int, Listed]]:
    """Number everyone who has no number, each by a decision of its own. Raises BadInput without `by`."""
    if not by.strip():
        raise BadInput(
            "register.by", "ระบุผู้ให้เลขทะเบียนด้วย --by ชื่อ", "say who gives the numbers, with --by NAME"
        )
    with transaction(home.engine) as session:
        recorder.taken_head(session)  # two at once must not give one number to two
        found = _next(session)
        decisions = [
            Decision(Kind.REGISTER, one.key, content=Registered(number), recorded_by=by)
            for number, one in found
        ]
        recorder.append(session, decisions, home.pack)
        return found


def turns(session: Session) -> dict[int, str]:
    """The numbers that would be given now, each with the key of the applicant whose turn it is."""
    return {number: one.key for number, one in _next(session)}


def numbering(key: str, number: int, given: Collection[int], turns: Mapping[int, str], by: str) -> Decision:
    """One number of those that are `given` together, as a decision to be recorded.

    Raises BadInput register.turn where it is another's turn, or that of a lower number that is not given.
    """
    first = next((turn for turn in turns if turn not in given), number)
    if key in turns.values() and (turns.get(number) != key or first < number):
        own = next(turn for turn, holder in turns.items() if holder == key)
        raise BadInput(
            "register.turn",
            f"เลขทะเบียนให้ตามลำดับวันที่สมัคร ผู้สมัครรายนี้ได้เลข {own} และเลขก่อนหน้าต้องให้ก่อนหรือพร้อมกัน ให้สร้างไฟล์ใหม่",
            f"numbers follow the days of applying; this applicant gets {own}, and lower numbers are given "
            "before or with it; make the file anew",
        )
    return Decision(Kind.REGISTER, key, content=Registered(number), recorded_by=by)


def listed(home: Home) -> list[Listed]:
    """Everyone of the register, by number, then those without one in the order in which they would get it."""
    with reading(home.engine) as session:
        every = _read(session)
    return sorted(every, key=lambda one: (one.number is None, one.number or 0, *_place(one)))


def _next(session: Session) -> list[tuple[int, Listed]]:
    return numbered(_read(session), recorded.register(session))


def _read(session: Session) -> list[Listed]:
    numbers = {key: number for number, key in recorded.register(session).items()}
    query = select(
        ApplicantRow.key,
        ApplicantRow.root_id,
        ApplicantRow.type,
        ApplicantRow.name,
        ApplicantRow.district,
        text_of(ApplicantRow.application, "applied_on"),
    )
    return [
        Listed(
            row.key,
            row.root_id,
            row.type,
            row.name,
            row.district,
            date.fromisoformat(row.applied_on) if row.applied_on else None,
            numbers.get(row.key),
        )
        for row in session.execute(query)
    ]
