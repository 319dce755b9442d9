"""A meeting while it is held, as a fold of what its operators recorded (rules.md 40, 51). Pure.

Every act has the server's time. A district is named by its DOPA code, a member by the name in the meeting.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from processing.meetings.meeting import Person

Matter = tuple[str, ...]


class What(StrEnum):
    """What an operator records."""

    ARRIVED = "arrived"  # a member came, or somebody in the member's place
    LEFT = "left"
    UNDONE = "undone"  # the last coming or going of a member was a mistake
    OPENED = "opened"  # the chair opened the meeting
    BEGUN = "begun"  # a district presents, for so many minutes
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"  # so many minutes more
    ENDED = "ended"  # the district's item is closed: what was resolved stays
    FIRST = "first"  # a district presents next
    SHORTENED = "shortened"  # those to come have so many minutes
    RECUSED = "recused"  # a member has no part in one unit
    RETURNED = "returned"  # that was a mistake: the member has
    NOTED = "noted"  # what the minutes say about an item of the agenda
    RESOLVED = "resolved"  # what was resolved about an item of the agenda
    SCORES_SHOWN = "scores_shown"  # on the projected screen
    SCORES_HIDDEN = "scores_hidden"
    CLOSED = "closed"


_OF_A_MEMBER = (What.ARRIVED, What.LEFT, What.UNDONE)
_OF_A_RECUSAL = (What.RECUSED, What.RETURNED)
_OF_THE_SCREEN = (What.SCORES_SHOWN, What.SCORES_HIDDEN)
_OF_THE_PLAN = (What.FIRST, What.SHORTENED)
_OF_THE_MINUTES = (What.NOTED, What.RESOLVED)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing recorded. `about`: a member, a district or the number of an item of the agenda; `unit`: an
    applicant's key; `minutes`: of BEGUN, EXTENDED and SHORTENED; `text`: of NOTED and RESOLVED;
    `resolved_at`: of RESOLVED, None = as it was recorded, at first the moment of this act.
    """

    what: What
    about: str = ""
    unit: str = ""
    substitute: Person | None = None
    minutes: int = 0
    text: str = ""
    resolved_at: datetime | None = None

    @property
    def matter(self) -> Matter:
        """Two operators who act in one matter see each other's act first; the others never wait."""
        if self.what in _OF_A_MEMBER:
            return "member", self.about
        if self.what in _OF_A_RECUSAL:
            return "recusal", self.about, self.unit
        if self.what in _OF_THE_SCREEN:
            return ("screen",)
        if self.what in _OF_THE_PLAN:
            return ("plan",)
        if self.what in _OF_THE_MINUTES:
            return self.what.value, self.about
        return ("clock",)


@dataclass(frozen=True, slots=True)
class Event:
    """An act as it was recorded: its number in the meeting, from 1 without gaps, when and by whom."""

    number: int
    at: datetime
    by: str
    act: Act


@dataclass(frozen=True, slots=True)
class Stay:
    """A time that a member was there, in person or by a substitute. `left`: None while there."""

    came: datetime
    left: datetime | None = None
    substitute: Person | None = None

    def lasts(self, at: datetime) -> bool:
        """Whether the member was there at this moment."""
        return self.came <= at and (self.left is None or at < self.left)


@dataclass(frozen=True, slots=True)
class Presentation:
    """A district before the committee. `ends_at`: when its time is over, the pauses so far counted in."""

    begun_at: datetime
    ends_at: datetime
    minutes: int
    paused_at: datetime | None = None
    ended_at: datetime | None = None

    def left_at(self, now: datetime) -> timedelta:
        """The time that is left, negative when it is over; it stands while the clock is paused."""
        return self.ends_at - (self.paused_at or now)


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a meeting stands after its events so far.

    `presentations`: by district, in the order in which they began; `current`: the district that presents, ""
    = none. `wanted`: districts that are to present before the others, the next one first. `minutes`: of those
    to come, None = as planned. `last`: the number of the last event in each matter. `stays`: of each member,
    the first one first; `stays_before`: as they were before the member's last coming or going, where that can
    be undone. `resolved_at`: when an item of the agenda was resolved, by its number.
    """

    number: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    stays: Mapping[str, tuple[Stay, ...]] = field(default_factory=dict)
    stays_before: Mapping[str, tuple[Stay, ...]] = field(default_factory=dict)
    recused: frozenset[tuple[str, str]] = frozenset()
    presentations: Mapping[str, Presentation] = field(default_factory=dict)
    current: str = ""
    wanted: tuple[str, ...] = ()
    minutes: int | None = None
    noted: Mapping[str, str] = field(default_factory=dict)
    resolved: Mapping[str, str] = field(default_factory=dict)
    resolved_at: Mapping[str, datetime] = field(default_factory=dict)
    scores_shown: bool = False
    last: Mapping[Matter, int] = field(default_factory=dict)

    @property
    def present(self) -> tuple[str, ...]:
        """The members who are there now, in person or by a substitute."""
        return tuple(name for name in self.stays if self.is_there(name))

    def is_there(self, member: str) -> bool:
        """Whether this member is there now."""
        stay = self.last_stay(member)
        return stay is not None and stay.left is None

    def last_stay(self, member: str) -> Stay | None:
        """The stay that goes on, or the last that ended; None where the member has not come."""
        return next(reversed(self.stays.get(member, ())), None)

    def seats_at(self, at: datetime) -> dict[str, str]:
        """The members who were there at this moment, by what is known of it now, each with who sat there."""
        lasting = {
            name: next((one for one in stays if one.lasts(at)), None) for name, stays in self.stays.items()
        }
        return {
            name: stay.substitute.name if stay.substitute else name for name, stay in lasting.items() if stay
        }

    def ran_at(self, at: datetime) -> bool:
        """Whether the meeting was open at this moment."""
        begun = self.opened_at is not None and self.opened_at <= at
        return begun and (self.closed_at is None or at <= self.closed_at)

    @property
    def running(self) -> bool:
        """Opened and not closed."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def now(self) -> Presentation | None:
        """The presentation that goes on."""
        return self.presentations.get(self.current)

    def sits_for(self, unit: str) -> tuple[str, ...]:
        """The members there who have a part in this unit."""
        return tuple(name for name in self.present if (name, unit) not in self.recused)

    def stands_aside(self, unit: str) -> tuple[str, ...]:
        """The members there who have none in it."""
        return tuple(name for name in self.present if (name, unit) in self.recused)

    def to_come(self, planned: Sequence[str]) -> tuple[str, ...]:
        """The districts of this plan that have not begun, the next one first."""
        waiting = [code for code in planned if code not in self.presentations]
        first = [code for code in self.wanted if code in waiting]
        return (*first, *(code for code in waiting if code not in first))


def fold(events: Iterable[Event]) -> Sitting:
    """The state after these events, in the order of their numbers."""
    state = Sitting()
    for event in events:
        state = then(state, event)
    return state


def then(state: Sitting, event: Event) -> Sitting:
    """The state after one event more."""
    act = event.act
    last = {**state.last, act.matter: event.number}
    state = replace(state, number=event.number, last=last)
    if act.what in _OF_A_MEMBER:
        return _came_or_went(state, event)
    if act.what is What.RECUSED:
        return replace(state, recused=state.recused | {(act.about, act.unit)})
    if act.what is What.RETURNED:
        return replace(state, recused=state.recused - {(act.about, act.unit)})
    if act.what in _OF_THE_SCREEN:
        return replace(state, scores_shown=act.what is What.SCORES_SHOWN)
    if act.what is What.FIRST:
        return replace(state, wanted=(act.about, *(code for code in state.wanted if code != act.about)))
    if act.what is What.SHORTENED:
        return replace(state, minutes=act.minutes)
    if act.what is What.NOTED:
        return replace(state, noted={**state.noted, act.about: act.text})
    if act.what is What.RESOLVED:
        at = act.resolved_at or state.resolved_at.get(act.about, event.at)  # a mended word keeps its moment
        return replace(
            state,
            resolved={**state.resolved, act.about: act.text},
            resolved_at={**state.resolved_at, act.about: at},
        )
    return _on_the_clock(state, event)


def _came_or_went(state: Sitting, event: Event) -> Sitting:
    name = event.act.about
    known = state.stays.get(name, ())
    others = {of: stays for of, stays in state.stays_before.items() if of != name}
    if event.act.what is What.UNDONE:
        before = state.stays_before.get(name, known)
        return replace(state, stays={**state.stays, name: before}, stays_before=others)
    return replace(
        state, stays={**state.stays, name: _stays(known, event)}, stays_before={**others, name: known}
    )


def _stays(known: tuple[Stay, ...], event: Event) -> tuple[Stay, ...]:
    """Whoever arrives while there is there as somebody else: the name of a substitute was mended."""
    there = known and known[-1].left is None
    if event.act.what is What.LEFT:
        return (*known[:-1], replace(known[-1], left=event.at)) if there else known
    if there:
        return (*known[:-1], replace(known[-1], substitute=event.act.substitute))
    return (*known, Stay(event.at, None, event.act.substitute))


def _on_the_clock(state: Sitting, event: Event) -> Sitting:
    act, at = event.act, event.at
    if act.what is What.OPENED:
        return replace(state, opened_at=at)
    if act.what is What.CLOSED:
        return replace(state, closed_at=at)
    if act.what is What.BEGUN:
        begun = Presentation(at, at + timedelta(minutes=act.minutes), act.minutes)
        return replace(state, current=act.about, presentations={**state.presentations, act.about: begun})
    if (now := state.now) is None:
        return state
    changed = replace(state, presentations={**state.presentations, state.current: _timed(now, event)})
    return replace(changed, current="") if act.what is What.ENDED else changed


def _timed(now: Presentation, event: Event) -> Presentation:
    act, at = event.act, event.at
    if act.what is What.PAUSED:
        return now if now.paused_at else replace(now, paused_at=at)
    if act.what is What.EXTENDED:
        return replace(now, ends_at=now.ends_at + timedelta(minutes=act.minutes))
    pause = at - now.paused_at if now.paused_at else timedelta()
    resumed = replace(now, ends_at=now.ends_at + pause, paused_at=None)
    return replace(resumed, ended_at=at) if act.what is What.ENDED else resumed
