"""A meeting while it is held: whatever its operators press, the clock, the quorum and the minutes hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.words.model import Gate, Outcome
from processing.decisions.decision import Decision, Kind, Resolved
from processing.meetings.day_plan import Share
from processing.meetings.meeting import (
    Attendance,
    Held,
    Level,
    Meeting,
    Member,
    Minuted,
    Pause,
    Person,
    Role,
    Schedule,
)
from processing.meetings.wrong import wrong
from processing.sittings.held_from import held_from
from processing.sittings.mended_stays import as_mended
from processing.sittings.permitted import refusal, stands, untimely
from processing.sittings.quorum import of_items, of_meeting, of_unit, took_part
from processing.sittings.sitting import Act, Event, Sitting, Stay, What, fold
from processing.sittings.timetable import length, timetable

NAMES = tuple(f"นายกรรมการ คนที่{word}" for word in ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า"))
ROLES = (Role.CHAIR, *(Role.MEMBER,) * 4)
MEETING = Meeting(
    Level.PROVINCE,
    "1/2568",
    day=date(2025, 5, 1),
    starts="09:00",
    ends="14:30",
    members=tuple(Member(Person(name), role) for name, role in zip(NAMES, ROLES, strict=True)),
    schedule=Schedule(minutes=15, pauses=(Pause("12:00", "13:00"),)),
)
CODES = ("5701", "5702", "5703")
SHARES = tuple(Share(code, 4) for code in CODES)
UNITS = ("u1", "u2")
NINE = datetime(2025, 5, 1, 2, tzinfo=UTC)  # 09:00 in Thailand
SUBSTITUTE = Person("นางแทน ตัวอย่าง", "นักวิชาการ")

members = st.sampled_from(NAMES)
districts = st.sampled_from(CODES)
minutes = st.integers(1, 30)
words = st.text(max_size=9)
acts = st.one_of(
    st.builds(Act, st.just(What.ARRIVED), members, substitute=st.sampled_from([None, SUBSTITUTE])),
    st.builds(Act, st.sampled_from([What.ARRIVED, What.LEFT, What.UNDONE]), members),
    st.builds(Act, st.sampled_from([What.RECUSED, What.RETURNED]), members, st.sampled_from(UNITS)),
    st.builds(Act, st.just(What.BEGUN), districts, minutes=minutes),
    st.builds(Act, st.sampled_from([What.FIRST, What.ENDED]), districts),
    st.builds(Act, st.sampled_from([What.EXTENDED, What.SHORTENED]), minutes=minutes),
    st.builds(Act, st.sampled_from([What.NOTED, What.RESOLVED]), st.sampled_from("145"), text=words),
    st.sampled_from([Act(one) for one in (What.OPENED, What.PAUSED, What.RESUMED, What.CLOSED)]),
)
pressed = st.lists(st.tuples(acts, st.integers(0, 900)), max_size=40)


def recorded(presses: Sequence[tuple[Act, int]]) -> list[Event]:
    """What is recorded of presses, each so many seconds after the one before."""
    found, at = list[Event](), NINE
    for act, seconds in presses:
        at += timedelta(seconds=seconds)
        state = fold(found)
        if not stands(state, act) and not refusal(MEETING, state, act):
            found.append(Event(len(found) + 1, at, "นางจังหวัด ตัวอย่าง", act))
    return found


def at(minute: float, act: Act) -> tuple[Act, int]:
    return act, round(60 * minute)


HERE = tuple(at(0, Act(What.ARRIVED, name)) for name in NAMES[:4])
OPEN = (*HERE, at(1, Act(What.OPENED)))


@given(pressed)
def test_who_is_there_is_who_came_and_has_not_left(presses: list[tuple[Act, int]]) -> None:
    events = recorded(presses)
    state, there, aside = fold(events), set[str](), set[tuple[str, str]]()
    before = dict[str, bool]()
    for act in (one.act for one in events):
        match act.what:
            case What.ARRIVED:
                before[act.about] = act.about in there
                there.add(act.about)
            case What.LEFT:
                before[act.about] = True
                there.discard(act.about)
            case What.UNDONE:
                (there.add if before.pop(act.about) else there.discard)(act.about)
            case What.RECUSED:
                aside.add((act.about, act.unit))
            case What.RETURNED:
                aside.discard((act.about, act.unit))
    assert set(state.present) == there
    whole = of_meeting(MEETING, state)
    assert (whole.present, whole.reached) == (len(there), len(there) >= 3)
    for unit in UNITS:
        sits = {name for name in there if (name, unit) not in aside}
        one = of_unit(MEETING, state, unit)
        assert set(state.sits_for(unit)) == sits
        assert (one.present, one.reached, bool(one.lacking)) == (len(sits), len(sits) >= 3, len(sits) < 3)


@given(pressed)
def test_the_clock_is_what_was_given_and_every_pause(presses: list[tuple[Act, int]]) -> None:
    state, current, paused = Sitting(), "", None
    given_to, ended = dict[str, timedelta](), dict[str, object]()
    events = recorded(presses)
    for event in events:
        act, state = event.act, fold(events[: event.number])
        match act.what:
            case What.BEGUN:
                current, given_to[act.about], paused = act.about, timedelta(minutes=act.minutes), None
            case What.EXTENDED:
                given_to[current] += timedelta(minutes=act.minutes)
            case What.PAUSED:
                paused = event.at
            case What.RESUMED | What.ENDED if paused:
                given_to[current] += event.at - paused
                paused = None
        if act.what is What.ENDED:
            ended[current] = state.presentations[current]
            current = ""
        assert state.current == current
        for code, one in state.presentations.items():
            assert one.ends_at - one.begun_at == given_to[code]
        assert all(state.presentations[code] == one for code, one in ended.items())  # a closed item is frozen


@given(pressed, st.permutations(CODES))
def test_every_district_is_to_come_or_has_begun(presses: list[tuple[Act, int]], plan: list[str]) -> None:
    state = fold(recorded(presses))
    to_come = state.to_come(plan)
    assert sorted((*to_come, *state.presentations)) == sorted(CODES)
    assert [code for code in plan if code in to_come and code not in state.wanted] == [
        code for code in to_come if code not in state.wanted
    ]


@given(pressed, acts)
def test_what_is_recorded_again_changes_nothing(presses: list[tuple[Act, int]], act: Act) -> None:
    events = recorded([*presses, (act, 1)])
    repeated = act.what not in (What.EXTENDED, What.SCORES_SHOWN)
    if repeated and events and events[-1].act == act:
        assert recorded([*presses, (act, 1), (act, 1)]) == events


@given(pressed, pressed)
def test_nothing_is_recorded_after_the_close_and_its_minutes_are_sound(
    before: list[tuple[Act, int]], after: list[tuple[Act, int]]
) -> None:
    presses = [*OPEN, *before, at(1, Act(What.ENDED, fold(recorded([*OPEN, *before])).current or "-"))]
    events = recorded([*presses, at(1, Act(What.CLOSED))])
    state = fold(events)
    assert state.closed_at is not None
    assert recorded([*presses, at(1, Act(What.CLOSED)), *after]) == events
    held = held_from(MEETING, state)
    assert [*wrong(replace(MEETING, held=held), 2568, {code: code for code in CODES})] == []
    assert {one.of for one in held.attendance} == set(NAMES)


def test_a_late_member_a_substitute_and_one_who_goes_stand_in_the_minutes() -> None:
    typed = Held(
        attendance=(
            Attendance(NAMES[4], present=False, absent="ติดราชการ"),
            Attendance("", present=True, guest=Person("นายแขก ตัวอย่าง")),
        ),
        items=(Minuted("5", ("ไม่มี",)),),
        written_by=Person("นางจด ตัวอย่าง"),
    )
    meeting = replace(MEETING, held=typed)
    state = fold(
        recorded(
            [
                *(at(0, Act(What.ARRIVED, name)) for name in NAMES[:2]),
                at(0, Act(What.ARRIVED, NAMES[2], substitute=SUBSTITUTE)),
                at(5, Act(What.OPENED)),
                at(25, Act(What.ARRIVED, NAMES[3])),
                at(60, Act(What.LEFT, NAMES[1])),
                at(0, Act(What.NOTED, "1", text="ประธานกล่าวเปิด\n\nและแจ้งเรื่อง")),
                at(0, Act(What.RESOLVED, "1", text="รับทราบ")),
                at(30, Act(What.CLOSED)),
            ]
        )
    )
    held = held_from(meeting, state)
    assert (held.began, held.ended, held.written_by) == ("09:05", "11:00", Person("นางจด ตัวอย่าง"))
    assert held.attendance == (
        Attendance(NAMES[0], present=True),
        Attendance(NAMES[1], present=True, left="10:30"),
        Attendance(NAMES[2], present=True, substitute=SUBSTITUTE),
        Attendance(NAMES[3], present=True, came="09:30"),
        Attendance(NAMES[4], present=False, absent="ติดราชการ"),
        Attendance("", present=True, guest=Person("นายแขก ตัวอย่าง")),
    )
    assert held.items == (
        Minuted("1", ("ประธานกล่าวเปิด", "และแจ้งเรื่อง"), "รับทราบ", resolved_at="10:30"),
        Minuted("5", ("ไม่มี",)),
    )


def test_a_resolution_counts_who_was_there_then_by_what_is_known_now() -> None:
    def decided(minute: float, *recused: str) -> int | None:
        content = Resolved(Outcome.PASS, "", "1/2568", MEETING.day or date.min, present=5, recused=recused)
        moment = NINE + timedelta(minutes=minute)
        decision = Decision(Kind.RESOLUTION, "u1", Gate.PROVINCE, content, recorded_at=moment)
        return took_part(MEETING, state, decision)

    state = fold(
        recorded(
            [
                *OPEN,
                at(9, Act(What.LEFT, NAMES[0])),
                at(10, Act(What.ARRIVED, NAMES[0], substitute=SUBSTITUTE)),
                at(10, Act(What.LEFT, NAMES[1])),
                at(10, Act(What.ARRIVED, NAMES[4])),
                at(5, Act(What.UNDONE, NAMES[4])),
                at(5, Act(What.CLOSED)),
            ]
        )
    )
    assert [decided(minute) for minute in (5, 15, 25, 35, 42)] == [4, 3, 4, 3, 3]
    assert (decided(15, NAMES[0]), decided(25, NAMES[0]), decided(25, SUBSTITUTE.name)) == (3, 4, 3)
    assert [decided(minute, NAMES[2]) for minute in (0, 60)] == [4, 4]  # as it says itself


@settings(max_examples=40)
@given(pressed)
def test_minutes_that_nobody_mended_change_no_stay(presses: list[tuple[Act, int]]) -> None:
    state = replace(fold(recorded([*OPEN, *presses])), closed_at=NINE + timedelta(hours=12))
    assert as_mended(replace(MEETING, held=held_from(MEETING, state)), state) is state


def test_hours_mended_after_the_close_change_who_decided() -> None:
    state = fold(recorded([*OPEN, at(30, Act(What.CLOSED))]))
    content = Resolved(Outcome.PASS, "", "1/2568", MEETING.day or date.min)
    held = held_from(MEETING, state)
    chair, *others = held.attendance
    mended = replace(held, attendance=(replace(chair, left="09:10"), *others[:3]))
    told = []
    for minute in (9.9, 10.1):
        moment = NINE + timedelta(minutes=minute)
        decision = Decision(Kind.RESOLUTION, "u1", Gate.PROVINCE, content, recorded_at=moment)
        told += [
            took_part(meeting, as_mended(meeting, state), decision)
            for meeting in (replace(MEETING, held=held), replace(MEETING, held=mended))
        ]
    assert told == [4, 4, 4, 3]


def test_an_item_written_down_later_has_the_quorum_of_when_it_was_resolved() -> None:
    def after(*resolved: tuple[float, datetime | None]) -> Sitting:
        words = (
            at(minute, Act(What.RESOLVED, "1", text="รับทราบ", resolved_at=when)) for minute, when in resolved
        )
        gone = (at(9, Act(What.LEFT, name)) for name in NAMES[:2])
        return fold(recorded([*OPEN, *gone, *words]))

    def told(sitting: Sitting) -> tuple[str, bool]:
        held = held_from(MEETING, replace(sitting, closed_at=NINE + timedelta(hours=2)))
        return held.items[0].resolved_at, of_items(MEETING, sitting)["1"].reached

    early, late = NINE + timedelta(minutes=5), NINE + timedelta(minutes=20)
    assert told(after((10, None))) == ("09:29", False)
    assert told(after((10, early))) == ("09:05", True)
    assert told(after((10, None), (5, early))) == ("09:05", True)
    assert told(after((10, early), (5, None))) == ("09:05", True)  # the same again changes nothing
    assert told(after((10, early), (5, late))) == ("09:20", False)
    opened, now = fold(recorded(OPEN)), NINE + timedelta(minutes=30)
    for state, when, said in (
        (Sitting(), early, "ยังไม่ได้เปิดประชุม"),
        (opened, NINE, "ก่อนเปิดประชุม 09.01 น."),
        (opened, now + timedelta(minutes=1), "หลังเวลานี้ 09.30 น."),
    ):
        assert said in untimely(state, Act(What.RESOLVED, "1", resolved_at=when), now)
    assert untimely(opened, Act(What.RESOLVED, "1", resolved_at=now), now) == ""


@settings(max_examples=60)
@given(pressed)
def test_console_and_minutes_count_the_same_members_at_an_item_by_whole_minutes(
    presses: list[tuple[Act, int]],
) -> None:
    state = fold(recorded([*OPEN, *presses]))
    closed = state if state.closed_at else replace(state, closed_at=NINE + timedelta(hours=12))
    kept = replace(MEETING, held=held_from(MEETING, closed))
    assert state.opened_at

    def minute(moment: datetime) -> int:
        return int((moment - NINE).total_seconds() // 60)

    def there(stay: Stay, at: int) -> bool:
        """Whoever came in this very minute, not who left in it, unless they came or it was opened in it."""
        came = minute(max(stay.came, state.opened_at or NINE))
        return came <= at and (stay.left is None or at < max(minute(stay.left), came + 1))

    told = {number: one.present for number, one in of_items(MEETING, state).items()}
    assert told == {number: one.present for number, one in of_items(kept, closed).items()}
    assert told == {
        number: sum(
            any(there(stay, minute(at)) for stay in stays if not stay.left or stay.left > state.opened_at)
            for stays in state.stays.values()
        )
        for number, at in state.resolved_at.items()
        if " ".join(state.resolved[number].split())
    }


def test_who_left_and_came_back_has_a_row_of_each_stay_and_what_was_pressed_by_mistake_none() -> None:
    first, second, third, fourth = NAMES[:4]
    held = held_from(
        MEETING,
        fold(
            recorded(
                [
                    *OPEN,
                    at(9, Act(What.LEFT, first)),
                    at(50, Act(What.LEFT, second)),
                    at(1, Act(What.UNDONE, second)),  # it was the first who came back
                    at(1, Act(What.ARRIVED, first)),
                    at(0, Act(What.LEFT, third)),
                    at(0.5, Act(What.ARRIVED, third)),  # minutes are whole
                    at(1, Act(What.LEFT, fourth)),
                    at(30, Act(What.ARRIVED, fourth, substitute=SUBSTITUTE)),
                    at(5, Act(What.ARRIVED, NAMES[4])),
                    at(0, Act(What.UNDONE, NAMES[4])),
                    at(30, Act(What.CLOSED)),
                ]
            )
        ),
    )
    assert held.attendance == (
        Attendance(first, present=True, left="09:10"),
        Attendance(first, present=True, came="10:02"),
        Attendance(second, present=True),
        Attendance(third, present=True),
        Attendance(fourth, present=True, left="10:03"),
        Attendance(fourth, present=True, substitute=SUBSTITUTE, came="10:33"),
        Attendance(NAMES[4], present=False),
    )
    meeting = replace(MEETING, held=held)
    assert [meeting.present_at(hour) for hour in ("09:05", "09:30", "10:02", "10:20", "10:40")] == [
        *(4, 3, 4, 3, 4)
    ]


@pytest.mark.parametrize(
    ("presses", "act", "said"),
    [
        (HERE[:2], Act(What.OPENED), "ไม่ครบองค์ประชุม มาประชุม 2 คน ต้องมีอย่างน้อย 3 คน"),
        (HERE, Act(What.BEGUN, "5701", minutes=15), "ยังไม่ได้เปิดประชุม"),
        (OPEN, Act(What.BEGUN, "5701", minutes=0), "จำนวนนาที"),
        (OPEN, Act(What.ARRIVED, "นายใคร ไม่รู้"), "ไม่มีกรรมการชื่อนี้"),
        (OPEN, Act(What.RECUSED, NAMES[4], "u1"), "ยังไม่มาประชุม"),
        (OPEN, Act(What.PAUSED), "ไม่มีวาระที่กำลังพิจารณา"),
        ((*OPEN, at(0, Act(What.BEGUN, "5701", minutes=9))), Act(What.CLOSED), "ให้ปิดวาระนั้นก่อนปิดประชุม"),
        (
            (*OPEN, at(0, Act(What.BEGUN, "5701", minutes=9)), at(0, Act(What.ENDED, "5701"))),
            Act(What.BEGUN, "5701", minutes=9),
            "ปิดแล้ว",
        ),
        ((*OPEN, at(1, Act(What.CLOSED))), Act(What.ARRIVED, NAMES[4]), "ปิดประชุมแล้ว"),
    ],
)
def test_what_cannot_be_is_said(presses: Sequence[tuple[Act, int]], act: Act, said: str) -> None:
    assert said in refusal(MEETING, fold(recorded(presses)), act)


def test_hours_follow_the_clock_around_the_pause_and_a_mend_ends_the_day_as_planned() -> None:
    meeting = replace(MEETING, schedule=replace(MEETING.schedule, begins="11:00", minutes=30))
    opened = [*HERE, at(120, Act(What.OPENED)), at(0, Act(What.BEGUN, "5701", minutes=30))]
    state = fold(recorded(opened))
    found = timetable(meeting, state, SHARES, NINE + timedelta(minutes=120))
    assert [(one.planned, one.expected) for one in found.turns] == [(660, 660), (690, 690), (780, 780)]
    assert (found.late, found.mend) == (0, 0)
    late = fold(recorded([*opened, at(1, Act(What.EXTENDED, minutes=10))]))
    found = timetable(meeting, late, SHARES, NINE + timedelta(minutes=121))
    assert [one.expected for one in found.turns] == [660, 780, 810]  # the second would reach into the pause
    assert (found.finishes, found.late, found.mend) == (840, 30, 20)
    shorter = at(0, Act(What.SHORTENED, minutes=20))
    mended = fold(recorded([*opened, at(1, Act(What.EXTENDED, minutes=10)), shorter]))
    assert timetable(meeting, mended, SHARES, NINE + timedelta(minutes=121)).late == 0
    assert length(meeting.schedule, mended, 4) == 20
    assert length(replace(meeting.schedule, by_unit=True), Sitting(), 4) == 120
    first = fold(recorded([*opened, at(1, Act(What.FIRST, "5703"))]))
    assert [one.district for one in timetable(meeting, first, SHARES, NINE).turns] == ["5701", "5703", "5702"]
