"""Meetings drawn by hypothesis: every field filled or empty, all as `wrong.wrong` asks."""

from datetime import date, timedelta

from hypothesis import strategies as st

from mochocho.words import thai
from mochocho.words.model import Votes
from processing.meetings.meeting import (
    Again,
    Agenda,
    AgendaItem,
    Annex,
    Appointment,
    Attendance,
    Channel,
    Contact,
    Held,
    Letter,
    Level,
    Meeting,
    Member,
    Minuted,
    OwnText,
    Pause,
    Person,
    Reply,
    Role,
    Schedule,
    Signatory,
)
from processing.meetings.passages import Passage

DISTRICTS = {"5701": "เมืองเชียงราย", "5707": "แม่จัน", "5706": "ป่าแดด", "5711": "แม่สรวย"}
SHA256 = "0" * 64  # of a file that the test puts nowhere
MARKUP = (
    "{{7*7}}",
    "#panic()",
    "<w:br/>",
    "=1+1",
    "@x",
    "- a",
    "'q",
    "no",
    "12",
    "1/5/2568",
    "& *",
    'a: "b"',
)
SPELLED = st.text(st.sampled_from("กขคงมนรสาิีุูเแโ่้์ำ aZ0๙/.,:()\"'-"), max_size=12).map(thai.normalise)
FULL = st.one_of(st.sampled_from(MARKUP), SPELLED.filter(bool))
TEXT = st.one_of(st.just(""), FULL)
LINES = st.lists(FULL, max_size=3).map(tuple)
NAMES = st.text(st.sampled_from("กขคงจชดตนบปพมยรลวสหอ"), min_size=5, max_size=9).map(
    lambda t: f"นาย{t} ตัวอย่าง"
)
ROLES = st.sampled_from(list(Role)[1:])
MOMENTS = st.integers(0, 24 * 60 - 1)
HOURS = st.sampled_from(["", "09:05", "23:59"])
DAYS = st.dates(date(2024, 10, 1), date(2025, 9, 30))


def hour(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), strategy)


PERSONS = st.builds(Person, NAMES, TEXT, TEXT)
LETTERS = st.builds(
    Letter,
    urgency=st.sampled_from(["", "ด่วน", "ด่วนที่สุด"]),
    number=TEXT,
    to=TEXT,
    refers=LINES,
    enclosures=LINES,
    paragraphs=LINES,
    reply_by=maybe(DAYS),
    subject=TEXT,
    office=LINES,
    owner=LINES,
)
SIGNATORIES = st.builds(Signatory, TEXT, TEXT, LINES)
VOTES = st.builds(Votes, *([st.integers(0, 30)] * 3))
PASSAGES = st.lists(st.sampled_from(Passage), max_size=3, unique=True)
ITEMS = st.lists(st.sampled_from(["1", "2", "3", "3.1", "3.4", "4", "4.2", "5"]), max_size=4, unique=True)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """A meeting that can be kept."""
    level = draw(st.sampled_from(Level))
    begin, end = sorted(draw(st.lists(MOMENTS, min_size=2, max_size=2, unique=True)))
    day = draw(maybe(DAYS))
    names = draw(st.lists(NAMES, max_size=4, unique=True))
    members = tuple(
        draw(_member(name, draw(ROLES), day) if place else _member(name, Role.CHAIR, None))
        for place, name in enumerate(names)
    )
    most = sum(one.on(day) for one in members)
    letter = draw(LETTERS)
    return Meeting(
        level,
        f"{draw(st.integers(2, 30))}/2568",
        district=draw(st.sampled_from(sorted(DISTRICTS))) if level is Level.DISTRICT else "",
        day=day,
        starts=hour(begin),
        ends=hour(end),
        place=draw(TEXT),
        committee=draw(TEXT),
        appointment=Appointment(
            draw(st.sampled_from(["", "6459/2567"])), draw(maybe(DAYS)), draw(TEXT), draw(LINES), draw(LINES)
        ),
        members=members,
        quorum=draw(maybe(st.integers(1, most))) if most else None,
        previous=draw(st.sampled_from(["", "1/2568", "9/2567"])),
        again=draw(st.sampled_from([Again(), Again("1/2568", day - timedelta(days=14))])) if day else Again(),
        letter=_dated(letter, day - timedelta(days=3) if day else None),
        contact=Contact(*(draw(TEXT) for _ in range(5))),
        signatory=draw(SIGNATORIES),
        circular=_dated(draw(LETTERS), draw(maybe(DAYS))),
        memo=_dated(draw(LETTERS), draw(maybe(DAYS))),
        memo_by=draw(SIGNATORIES),
        agenda=Agenda(
            draw(st.sampled_from([5, 6])),
            tuple(AgendaItem(number, draw(FULL), draw(LINES)) for number in draw(ITEMS)),
            draw(st.booleans()),
            draw(st.booleans()),
        ),
        schedule=Schedule(
            draw(st.integers(1, 240)),
            draw(st.integers(0, 240)),
            draw(st.booleans()),
            draw(st.sampled_from(["", hour(begin)])),
            tuple(draw(st.lists(st.sampled_from(sorted(DISTRICTS.values())), unique=True))),
            draw(st.sampled_from([(), (Pause(hour(begin), hour(end), draw(FULL)),)])),
        ),
        annexes=tuple(
            Annex(number, draw(FULL), SHA256, draw(st.integers(1, 9)))
            for number in draw(st.lists(st.sampled_from([1, 2, 3]), unique=True))
        ),
        replies=tuple(draw(_reply(office, day)) for office in draw(st.lists(FULL, max_size=3, unique=True))),
        held=draw(maybe(_held(names))),
        texts=tuple(draw(_own_text(one)) for one in draw(PASSAGES)),
    )


def _own_text(passage: Passage) -> st.SearchStrategy[OwnText]:
    return st.lists(st.one_of(FULL, st.just("ประจำปี {ปี}")), min_size=1, max_size=2).map(
        lambda lines: OwnText(passage, tuple(lines))
    )


def _dated(letter: Letter, day: date | None) -> Letter:
    return Letter(
        **{name: getattr(letter, name) for name in Letter.__dataclass_fields__ if name != "day"}, day=day
    )


def _reply(office: str, day: date | None) -> st.SearchStrategy[Reply]:
    return st.builds(
        Reply,
        st.just(office),
        st.sampled_from([None, day]),
        st.sampled_from(Channel),
        st.sampled_from([None, True, False]),
        maybe(PERSONS),
        maybe(PERSONS),
        TEXT,
    )


SUBSTITUTES = st.one_of(PERSONS, st.builds(Person, st.just(""), FULL, TEXT))  # named, or only by position


def _member(name: str, role: Role, day: date | None) -> st.SearchStrategy[Member]:
    """The chair is drawn without days: each meeting has one."""
    days = (
        st.sampled_from([(None, None), (None, day), (day, None), (day, day), (None, day - timedelta(days=9))])
        if day
        else st.just((None, None))
    )
    return st.builds(
        lambda person, substitute, span: Member(person, role, substitute, *span),
        st.builds(Person, st.just(name), TEXT, TEXT),
        maybe(SUBSTITUTES),
        days,
    )


@st.composite
def _stays(draw: st.DrawFn, name: str, present: bool) -> list[Attendance]:
    """Of one member: absent, there for the whole meeting, or for one or two stays."""
    if not present:
        return [Attendance(name, False, absent=draw(TEXT))]
    hours = [hour(one) for one in sorted(draw(st.lists(MOMENTS, min_size=4, max_size=4, unique=True)))]
    first, left, back, last = hours
    spans = draw(
        st.sampled_from([[("", "")], [(first, "")], [("", left), (back, "")], [(first, left), (left, last)]])
    )
    return [
        Attendance(name, True, draw(maybe(PERSONS)), None, came, gone, draw(st.booleans()))
        for came, gone in spans
    ]


@st.composite
def _held(draw: st.DrawFn, names: list[str]) -> Held:
    came, left = sorted(draw(st.lists(MOMENTS, min_size=2, max_size=2, unique=True)))
    present = draw(st.booleans())
    attendance = [stay for name in names for stay in draw(_stays(name, present))]
    if draw(st.booleans()):
        attendance.append(Attendance("", True, guest=draw(PERSONS)))
    items = tuple(
        Minuted(number, draw(LINES), "\n".join(draw(LINES)), draw(maybe(VOTES)), draw(LINES), draw(HOURS))
        for number in draw(ITEMS)
    )
    began = draw(st.sampled_from(["", hour(came)]))
    return Held(began, hour(left), tuple(attendance), items, draw(maybe(PERSONS)), draw(maybe(PERSONS)))
