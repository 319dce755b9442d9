"""Resolutions of a meeting while it is held: by the one door of decisions, under the meeting's own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.standards.schema import Pack
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions import recorded, recorder
from processing.decisions.decision import Decision, Kind, of_resolution, resolution_of
from processing.meetings.meeting import Meeting
from processing.sittings.kept_sittings import NotNow, sitting_of
from processing.sittings.mended_stays import as_mended
from processing.sittings.quorum import of_meeting, of_unit, took_part
from processing.sittings.sitting import Sitting
from processing.tables import ApplicantRow


@dataclass(frozen=True, slots=True)
class Said:
    """What the committee resolved about one unit. `shown`: the number of the decision that its operator was
    shown to hold, 0 = none.
    """

    key: str
    outcome: Outcome
    shown: int
    reason: str = ""
    condition: str = ""
    due: date | None = None
    deferred_to: str = ""


def resolve(
    session: Session, pack: Pack, meeting: Meeting, committee: str, said: Sequence[Said], by: str
) -> int:
    """Record all of these or none, in the caller's transaction; how many did not stand already.

    The members who are there, and those who stand aside for a unit, are recorded with it.
    Raises NotNow; recorder.Refused; recorder.Overtaken.
    """
    recorder.taken_head(session)
    sitting = sitting_of(session, meeting.key)
    keys = [one.key for one in said]
    query = select(ApplicantRow.key, ApplicantRow.district).where(ApplicantRow.key.in_(keys))
    districts = dict(session.execute(query).all())
    holding = held_resolutions(session, keys, meeting.gate)
    decisions = list[Decision]()
    for one in said:
        if why := barred(meeting, sitting, one.key, districts.get(one.key, "")):
            raise NotNow(why)
        decision = of_resolution(one.key, _resolution(meeting, sitting, committee, one, by))
        before = holding.get(one.key)
        if before and before.number != one.shown and before.content != decision.content:
            raise recorder.Overtaken(before)
        decisions.append(decision)
    return len(recorder.append(session, decisions, pack))


def barred(meeting: Meeting, sitting: Sitting, key: str, district: str) -> str:
    """Why nothing can be resolved about a unit now, in Thai; "" where it can."""
    if sitting.closed_at is not None:
        return "ปิดประชุมแล้ว มติแก้ได้ในหน้ามติเท่านั้น"
    if sitting.current != district or not district:
        done = district in sitting.presentations
        return "วาระนี้ปิดแล้ว มติแก้ได้ในหน้ามติเท่านั้น" if done else "ยังไม่ถึงวาระนี้"
    return of_unit(meeting, sitting, key).lacking


def held_resolutions(session: Session, keys: Sequence[str], gate: Gate) -> Mapping[str, Decision]:
    """The resolution at this gate that holds about each of these, by applicant key."""
    found = recorded.holding(session, (Kind.RESOLUTION,), keys)
    return {one.applicant_key: one for one in found if one.about == gate}


def decided_by(session: Session, meeting: Meeting, keys: Sequence[str]) -> dict[str, int]:
    """How many members decided about each of these units, of those that this meeting resolved and of which
    it is known.
    """
    sitting = as_mended(meeting, sitting_of(session, meeting.key))
    found = dict[str, int]()
    for key, decision in held_resolutions(session, keys, meeting.gate).items():
        count = took_part(meeting, sitting, decision)
        if count is not None and resolution_of(decision).meeting_no == meeting.number:
            found[key] = count
    return found


def _resolution(meeting: Meeting, sitting: Sitting, committee: str, said: Said, by: str) -> Resolution:
    assert meeting.day  # noqa: S101 - without it none is opened
    return Resolution(
        meeting.gate,
        said.outcome,
        committee,
        meeting.number,
        meeting.day,
        said.reason,
        by,
        present=of_meeting(meeting, sitting).present,
        recused=names_of(sitting, sitting.stands_aside(said.key)),
        condition=said.condition,
        due=said.due,
        deferred_to=said.deferred_to,
    )


def names_of(sitting: Sitting, members: Sequence[str]) -> tuple[str, ...]:
    """Who sits for these members: themselves, or their substitutes."""
    found = ((name, sitting.last_stay(name)) for name in members)
    return tuple(stay.substitute.name if stay and stay.substitute else name for name, stay in found)
