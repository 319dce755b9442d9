"""Each single field of a clean meeting, set wrongly, is its own finding; every code has one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.words.model import ApplicantType, Votes
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import (
    Again,
    Agenda,
    AgendaItem,
    Annex,
    Attendance,
    Channel,
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
    Signatory,
)
from processing.meetings.passages import Passage
from reports.lint.checks.province_codes import CODES
from reports.lint.examined import Examined
from reports.lint.lint_meeting import CATALOGUE, lint
from reports.view.blocks import Block, Kind
from tests.unit.reports.made_meetings import COMMITTEE, CONTACT, clean, words
from tools import lint_docs

_WRITER = Person("นายไพศาล บุรีรักษ์")
Wrong = Callable[[Examined], Examined]


def of_meeting(change: Callable[[Meeting], Meeting]) -> Wrong:
    return lambda looked: replace(looked, meeting=change(looked.meeting))


def to(**fields: object) -> Wrong:
    return of_meeting(lambda m: replace(m, **fields))  # type: ignore[arg-type]


def letter(**fields: object) -> Wrong:
    return of_meeting(lambda m: replace(m, letter=replace(m.letter, **fields)))  # type: ignore[arg-type]


def contact(**fields: object) -> Wrong:
    return of_meeting(lambda m: replace(m, contact=replace(m.contact, **fields)))  # type: ignore[arg-type]


def schedule(**fields: object) -> Wrong:
    return of_meeting(lambda m: replace(m, schedule=replace(m.schedule, **fields)))  # type: ignore[arg-type]


def appointment(**fields: object) -> Wrong:
    return of_meeting(lambda m: replace(m, appointment=replace(m.appointment, **fields)))  # type: ignore[arg-type]


def typed(*texts: str) -> Wrong:
    """One more item of the agenda in the office's own words."""
    item = AgendaItem("5", "เรื่องอื่น ๆ", texts)
    return of_meeting(lambda m: replace(m, agenda=Agenda(own=(*m.agenda.own, item))))


def of_the_day(text: str) -> Wrong:
    """One more text that names the day of the meeting."""
    return lambda looked: typed(f"{text} วันที่ {words(_day(looked.meeting))}")(looked)


def held(**fields: object) -> Wrong:
    def change(m: Meeting) -> Meeting:
        came = tuple(Attendance(member.person.name, present=True) for member in m.members)
        known = Held("09:00", "15:30", came, (Minuted("4", resolution="เห็นชอบ"),))
        return replace(m, held=replace(known, **fields))  # type: ignore[arg-type]

    return of_meeting(change)


def minuted(text: str = "", votes: Votes | None = None, **fields: object) -> Wrong:
    return held(items=(Minuted("4", (), text, votes, **fields),))  # type: ignore[arg-type]


def came_too(*others: Attendance, substitute: bool = False) -> Wrong:
    """Besides those who came: these; or the first member once more, for the second or as a guest."""

    def change(m: Meeting) -> Meeting:
        first, second, *rest = (Attendance(one.person.name, present=True) for one in m.members)
        again = Person(m.members[0].person.name)
        if substitute:
            second = replace(second, present=False, substitute=again)
        more = others or (() if substitute else (Attendance("", present=True, guest=again),))
        return replace(m, held=Held("09:00", "15:30", (first, second, *rest, *more)))

    return of_meeting(change)


def signatory(**fields: object) -> Wrong:
    return of_meeting(lambda m: replace(m, signatory=replace(m.signatory, **fields)))  # type: ignore[arg-type]


def members(change: Callable[[tuple[Member, ...]], tuple[Member, ...]]) -> Wrong:
    return of_meeting(lambda m: replace(m, members=change(m.members), held=None, quorum=None))


def _called_again(days: int, *own: str) -> Wrong:
    """So many days after a district's meeting that had no quorum, by a letter in the office's own words."""

    def change(m: Meeting) -> Meeting:
        again = Again("1/2568", _day(m) - timedelta(days=days))
        level = Level.DISTRICT if own else m.level
        letter = replace(m.letter, paragraphs=own)
        return replace(m, again=again, quorum=None, level=level, letter=letter)

    return of_meeting(change)


def first_unit(**fields: object) -> Wrong:
    def change(looked: Examined) -> Examined:
        first, *others = looked.units
        return replace(looked, units=(replace(first, **fields), *others))  # type: ignore[arg-type]

    return change


def _table(looked: Examined, row: int, column: int) -> Examined:
    """One more in one cell of the agenda's table."""
    paper = looked.papers[0]
    *blocks, table = paper.blocks
    cells = [list(cells) for cells in table.cells]
    cells[row][column] = str(int(cells[row][column]) + 1)
    wrong = Block(Kind.TABLE, cells=tuple(map(tuple, cells)))
    return replace(looked, papers=(replace(paper, blocks=(*blocks, wrong)),))


def _one_type_for_another(looked: Examined) -> Examined:
    """One leader fewer and one community more than there are, so that the sum is right."""
    of = Counter(unit.type for unit in looked.units)
    said = f"{of[ApplicantType.LEADER] - 1} คน จำนวน {of[ApplicantType.COMMUNITY] + 1} ชุมชน"
    others = f"จำนวน {of[ApplicantType.GROUP]} กลุ่ม จำนวน {of[ApplicantType.NETWORK]} เครือข่าย"
    return typed(f"ทั้งสิ้น {of.total()} หน่วยงาน จำนวน {said} {others}")(looked)


def _day(meeting: Meeting) -> date:
    assert meeting.day is not None
    return meeting.day


def _leader_of_two_districts(looked: Examined) -> Examined:
    one, other = (
        replace(
            looked.units[0], key=d.code, type=ApplicantType.LEADER, name="นายเดียวกัน ตัวอย่าง", district=d.code
        )
        for d in looked.province.districts[:2]
    )
    return replace(
        looked, units=(*looked.units, replace(one, subdistrict=""), replace(other, subdistrict=""))
    )


def _named_elsewhere(looked: Examined) -> Examined:
    other = next(d for d in looked.province.districts if d.code != looked.units[0].district)
    return first_unit(name=f"เครือข่ายอำเภอ{other.name_th}")(looked)


def _text_elsewhere(looked: Examined) -> Examined:
    unit = looked.units[0]
    other = next(d for d in looked.province.districts if d.code != unit.district)
    return typed(f"{unit.name} อำเภอ{other.name_th}")(looked)


def _subdistrict_elsewhere(looked: Examined) -> Examined:
    """A subdistrict whose name no other district has."""
    names = Counter(sub.name_th for d in looked.province.districts for sub in d.subdistricts)
    one, other = looked.province.districts[:2]
    name = next(sub.name_th for sub in one.subdistricts if names[sub.name_th] == 1)
    return typed(f"ตำบล{name} อำเภอ{other.name_th}")(looked)


def _dated_after_this(looked: Examined) -> Examined:
    day = words(_day(looked.meeting) + timedelta(days=3))
    said = typed(f"รายงานการประชุมครั้งที่ 4/2550 เมื่อวันที่ {day}")(looked)
    return to(previous="4/2550")(said)


def _own_text(passage: Passage, text: str) -> Wrong:
    return to(texts=(OwnText(passage, (text,)),))


def _before_anybody_applied(looked: Examined) -> Examined:
    order = tuple(one.name_th for one in looked.province.districts)
    return replace(schedule(order=order, minutes=200)(looked), units=(), papers=())


def _of_agency(position: str, agency: str) -> Wrong:
    def other(m: tuple[Member, ...]) -> tuple[Member, ...]:
        return (replace(m[0], person=Person(m[0].person.name, position, agency)), *m[1:])

    return members(other)


def _reply_from_another_province(looked: Examined) -> Examined:
    return to(replies=(Reply("ที่ทำการปกครองจังหวัดสงขลา", _day(looked.meeting)),))(looked)


def _addressed_otherwise(looked: Examined) -> Examined:
    one, other = (Letter(office=("ศาลากลางจังหวัด", street)) for street in ("ถนนหน้าเมือง", "ถนนหลังเมือง"))
    return to(circular=one, memo=other)(looked)


def _opening_as_the_second_item(looked: Examined) -> Examined:
    item = AgendaItem("2", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", ("ประธานแจ้ง",))
    return to(agenda=Agenda(own=(item,)))(looked)


def _guest_twice(looked: Examined) -> Examined:
    guest = Attendance("", present=True, guest=Person("นายแขก รับเชิญ"))
    return came_too(guest, guest)(looked)


def _years_before(looked: Examined) -> date:
    """The meeting's day four years before it, 29 February too."""
    day = _day(looked.meeting)
    return day.replace(year=day.year - 4)


def _of_the_first(text: str) -> Wrong:
    """A text about the first district that presents."""
    return lambda looked: typed(text.format(district=next(s.district for s in looked.shares if s.units)))(
        looked
    )


def _order_of_another_day(looked: Examined) -> Examined:
    order = looked.meeting.appointment
    assert order.day
    return typed(f"คำสั่งที่ {order.number} ลงวันที่ {words(order.day - timedelta(days=1))}")(looked)


def _said_twice(m: Meeting) -> Meeting:
    return replace(m, letter=replace(m.letter, paragraphs=(*m.letter.paragraphs, m.letter.paragraphs[0])))


def _later(looked: Examined) -> Examined:
    """The meeting in May, and all that is said of its day with it."""
    return replace(looked, meeting=replace(looked.meeting, day=date(looked.fiscal_year_be - 543, 5, 2)))


def _one_letter_more(written: str) -> str:
    return written[:2] + written[1] + written[2:]


def _doubled_unit(looked: Examined) -> Examined:
    return replace(looked, units=(*looked.units, replace(looked.units[0], key="another")))


def _near_name(ms: tuple[Member, ...]) -> tuple[Member, ...]:
    near = replace(ms[1].person, name=f"{ms[0].person.name}ม")
    return ms[0], replace(ms[1], person=near), *ms[2:]


def _no_secretary(ms: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(replace(m, role=Role.MEMBER) if m.role is Role.SECRETARY else m for m in ms)


def _successor(*, dated: bool) -> Wrong:
    """A member is followed on the day of the meeting by another; not `dated`: both are of it that day."""

    def change(m: Meeting) -> Meeting:
        *others, member, _ = m.members
        new = replace(member, person=replace(member.person, name="นางสาวปราณี อำไพวงศ์"), since=_day(m))
        until = _day(m) - timedelta(days=1) if dated else None
        return replace(m, members=(*others, replace(member, until=until), new))

    return lambda looked: of_meeting(change)(held()(looked))  # who was followed came too


def _left_before_the_resolution(looked: Examined) -> Examined:
    """All came, and all but one had left when an item was resolved."""
    first, *others = (Attendance(one.person.name, present=True) for one in looked.meeting.members)
    came = (first, *(replace(one, left="10:00") for one in others))
    return held(attendance=came, items=(Minuted("4", resolution="เห็นชอบ", resolved_at="10:30"),))(looked)


def _district(looked: Examined) -> Examined:
    """The same meeting as a district's, with fewer members than a district's committee has."""
    code = looked.province.districts[0].code
    meeting = replace(
        looked.meeting, district=code, members=looked.meeting.members[:3], held=None, quorum=None
    )
    roles = (Role.CHAIR, Role.MEMBER, Role.SECRETARY)
    three = tuple(replace(m, role=role) for m, role in zip(meeting.members, roles, strict=True))
    return replace(looked, meeting=replace(meeting, level=Level.DISTRICT, members=three))


def _too_long(looked: Examined) -> Examined:
    per_hour = schedule(minutes=60, by_unit=False, pauses=(Pause("12:00", "13:00"),))
    many = tuple(
        replace(looked.units[0], key=d.code, district=d.code, subdistrict="", name=f"หน่วยที่ {at}")
        for at, d in enumerate(looked.province.districts)
    )
    return per_hour(replace(looked, units=many))


def _certified_before(looked: Examined) -> Examined:
    day = _day(looked.meeting) - timedelta(days=1)
    return typed(f"มอบหนังสือรับรองในวันที่ {words(day)}")(looked)


def _object_within(time: str) -> Wrong:
    """The office's own passage on the right to object."""
    own = OwnText(Passage.NOT_CERTIFIED_OBJECTION, (f"โต้แย้งเป็นหนังสือภายใน {time}นับแต่วันที่ได้รับแจ้ง",))
    return to(texts=(own,))


def _absent_member_spoke(looked: Examined) -> Examined:
    first, *others = (one.person.name for one in looked.meeting.composition)
    came = (Attendance(first, present=False), *(Attendance(name, present=True) for name in others))
    return held(attendance=came, items=(Minuted("1", (f"{first} เสนอให้ติดตามผล",)),))(looked)


def _presided_by_another(looked: Examined) -> Examined:
    second = looked.meeting.members[1].person.name
    return held(items=(Minuted("1", (f"ประธานกรรมการ ({second}) กล่าวเปิดประชุม",)),))(looked)


def _writes_in_another_position(looked: Examined) -> Examined:
    """Who is to be asked wrote the minutes, and is called otherwise there."""
    writer = Person(CONTACT.name, CONTACT.position.replace("ปฏิบัติการ", "ชำนาญการ"))
    return held(written_by=writer)(looked)


def _writer_absent(looked: Examined) -> Examined:
    first, *others = (one.person for one in looked.meeting.composition)
    came = (Attendance(first.name, present=False), *(Attendance(one.name, present=True) for one in others))
    return held(attendance=came, written_by=first)(looked)


def _of_another_district(looked: Examined) -> Examined:
    """A district's committee with an officer of the next one."""
    other = looked.province.districts[1].name_th
    district = _district(looked)
    first, *others = district.meeting.members
    officer = replace(first, person=replace(first.person, position=f"เกษตรอำเภอ{other}"))
    return replace(district, meeting=replace(district.meeting, members=(officer, *others)))


def _at_another_district(looked: Examined) -> Examined:
    """A district's meeting in the hall of the next one."""
    other = looked.province.districts[1].name_th
    return to(place=f"ห้องประชุมที่ว่าการอำเภอ{other}")(_district(looked))


def _reply_of_another_district(looked: Examined) -> Examined:
    office = f"สำนักงานเกษตรอำเภอ{looked.province.districts[1].name_th}"
    return to(replies=(Reply(office, _day(looked.meeting)),))(_district(looked))


def _leader_without_title(looked: Examined) -> Examined:
    """One of twelve."""
    titled = [
        replace(looked.units[0], key=f"leader-{at}", type=ApplicantType.LEADER, name=f"นาง{letter}า ตัวอย่าง")
        for at, letter in enumerate("กขคงจชดตนบป")
    ]
    return replace(looked, units=(*titled, replace(titled[0], key="untitled", name="มานี ตัวอย่าง")))


def _short_postcode(looked: Examined) -> Examined:
    return letter(office=(f"ถนนตัวอย่าง {CODES[looked.province.name_th]} 6000",))(looked)


def _circular_misnumbered(looked: Examined) -> Examined:
    """The letter refers to it by the right number, 27089."""
    return to(circular=Letter(number=f"{CODES[looked.province.name_th]} 0019.2/ว 27098"))(looked)


def _signed_by_a_district(looked: Examined) -> Examined:
    return signatory(position=f"นายอำเภอ{looked.province.districts[1].name_th}")(looked)


def _untitled(m: Meeting) -> Signatory:
    return replace(m.signatory, name=m.signatory.name.removeprefix("นาย"))


def _of_another_province(ms: tuple[Member, ...]) -> tuple[Member, ...]:
    return ms[0], replace(ms[1], person=replace(ms[1].person, position="เกษตรจังหวัดภูเก็ต")), *ms[2:]


def _two_heads(ms: tuple[Member, ...]) -> tuple[Member, ...]:
    """Two members who are the head of one office of the province."""
    heads = (replace(m, person=Person(m.person.name, "เกษตรจังหวัด")) for m in ms[1:3])
    return ms[0], *heads, *ms[3:]


def _member_stands_in(ms: tuple[Member, ...]) -> tuple[Member, ...]:
    return replace(ms[0], substitute=Person(ms[1].person.name)), *ms[1:]


def _reply_of_another(looked: Examined) -> Examined:
    one, other = (f"อำเภอ{district.name_th}" for district in looked.province.districts[1:3])
    reply = Reply(
        one, looked.meeting.letter.day, attends=True, person=Person("นายไพศาล บุรีรักษ์", f"พัฒนาการ{other}")
    )
    return to(replies=(reply,))(looked)


def _attends_twice(looked: Examined) -> Examined:
    who = Person("นายไพศาล บุรีรักษ์"), Person("นางสาวปราณี อำไพวงศ์")
    return to(replies=(Reply("สำนักงาน", looked.meeting.letter.day, Channel.FORM, True, *who),))(looked)


def _same_annex(m: Meeting) -> Meeting:
    return replace(m, annexes=(*m.annexes[:2], replace(m.annexes[0], number=3)))


def _unit_nearly_named(looked: Examined) -> Examined:
    named = first_unit(type=ApplicantType.GROUP, name="กลุ่มทอผ้าบ้านสันทราย")(looked)
    return typed("ขอชื่นชมกลุ่มทอผ้าบ้านสันทราน")(named)


def _leader_otherwise(written: str) -> Wrong:
    leader = first_unit(type=ApplicantType.LEADER, name="นางคำปัน อินทะนน")
    return lambda looked: typed(f"ขอชื่นชม {written} ที่พัฒนาต่อเนื่อง")(leader(looked))


def _committee_of_the_districts(looked: Examined) -> Examined:
    called = f"กำหนดการประชุม{COMMITTEE.removesuffix('จังหวัด')}อำเภอ ในวันที่ {words(_day(looked.meeting))}"
    return letter(paragraphs=(called,))(looked)


def _unresolved(looked: Examined) -> Examined:
    items = (Minuted("1", (), "รับทราบ"), Minuted("4", ("ที่ประชุมพิจารณาแล้ว",)))
    return held(items=items)(looked)


def _district_of_another_province(looked: Examined) -> Examined:
    return typed(f"อำเภอ{looked.province.districts[1].name_th} จังหวัดภูเก็ต")(looked)


def _subdistrict_misspelt(looked: Examined) -> Examined:
    """One letter more in the longest name of a subdistrict."""
    both = ((sub.name_th, d.name_th) for d in looked.province.districts for sub in d.subdistricts)
    subdistrict, district = max(both, key=lambda one: len(one[0]))
    return typed(f"ตำบล{subdistrict}น อำเภอ{district}")(looked)


def _more_listed(looked: Examined) -> Examined:
    names = [district.name_th for district in looked.province.districts[:4]]
    return typed(f"มี 3 อำเภอ ได้แก่ {' '.join(names[:3])} และ{names[3]}")(looked)


def _unit_cut(looked: Examined) -> Examined:
    named = first_unit(type=ApplicantType.GROUP, name="กลุ่มทอผ้าบ้านสันทราย")(looked)
    return typed("กลุ่มทอผ้าบ้านสันทรา ผ่านการประเมิน")(named)


def _respect_typed(m: Meeting) -> Meeting:
    return replace(m, letter=replace(m.letter, paragraphs=(*m.letter.paragraphs, "ขอแสดงความนับถือ")))


def _came_and_substitute(looked: Examined) -> Examined:
    first, *others = (Attendance(one.person.name, present=True) for one in looked.meeting.members)
    return held(attendance=(replace(first, substitute=Person("นายไพศาล บุรีรักษ์")), *others))(looked)


def _stands_in_for_oneself(looked: Examined) -> Examined:
    first, *others = (Attendance(one.person.name, present=True) for one in looked.meeting.members)
    oneself = replace(first, present=False, substitute=Person(first.of))
    return held(attendance=(oneself, *others))(looked)


def _one_unwritten(m: Meeting) -> Meeting:
    came = tuple(Attendance(one.person.name, present=True) for one in m.composition[1:])
    return replace(m, held=Held("09:00", "15:30", came))


def _unit_spelt_otherwise(looked: Examined) -> Examined:
    one = replace(looked.units[0], type=ApplicantType.GROUP, name="กลุ่มสตรีบ้านใหม่")
    return replace(looked, units=(one, replace(one, key="another", name="กลุ่มสตรีบ้านไหม่")))


def _one_for_two(ms: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(replace(one, substitute=Person("นายคนเดียว แทนสอง")) for one in ms[:2]) + ms[2:]


def _called_secretary(looked: Examined) -> Examined:
    """A member of no other role."""
    return minuted(f"{looked.meeting.members[2].person.name} เลขานุการ รายงาน")(looked)


def _due_before_it(looked: Examined) -> Examined:
    """A letter with results asks for what was due on the meeting's day."""
    assert looked.meeting.day
    text = f"ขอให้รับหนังสือรับรองภายในวันที่ {words(looked.meeting.day)}"
    return to(texts=(OwnText(Passage.TO_DISTRICTS_BODY, (text,)),))(looked)


def _due_otherwise(looked: Examined) -> Examined:
    """The circular's text says the day after the one that is set."""
    day = looked.first_day + timedelta(days=60)
    paragraphs = (f"ให้รายงานผลภายในวันที่ {words(day + timedelta(days=1))}", "จึงเรียนมาเพื่อพิจารณา")
    return to(circular=Letter(day=looked.first_day, reply_by=day, paragraphs=paragraphs))(looked)


MUTATIONS: tuple[tuple[str, Wrong], ...] = (
    ("hours.no_hour", to(starts="25:00")),
    ("hours.no_hour", schedule(begins="เก้าโมง")),
    ("hours.ends_first", to(ends="08:00")),
    ("hours.begins_outside", schedule(begins="07:00")),
    ("hours.pause_outside", schedule(pauses=(Pause("12:00", "13:00"), Pause("16:00", "17:00", "พัก")))),
    ("hours.pause_outside", schedule(pauses=(Pause("13:00", "12:00"),))),
    ("hours.pauses_overlap", schedule(pauses=(Pause("12:00", "13:00"), Pause("12:30", "13:15", "พัก")))),
    ("hours.differ", to(starts="08:00")),
    ("hours.differ", to(ends="15:30")),
    ("hours.differ", typed("ประชุมเวลา ๐๘.๐๐ - ๑๖.๓๐ น.")),
    ("hours.moment_differs", typed("เลิกประชุมเวลา ๑๓.๐๐ น.")),
    ("hours.lunch_differs", typed("พักรับประทานอาหารกลางวัน เวลา ๑๑.๓๐ - ๑๒.๓๐ น.")),
    ("hours.part_of_day", of_the_day("ขอเชิญประชุมในภาคบ่าย")),
    ("hours.length_differs", typed("อบรมเวลา 09.00 - 12.00 น. รวม 5 ชั่วโมง")),
    ("hours.registration_late", typed("ลงทะเบียน เวลา ๐๙.๓๐ - ๑๐.๐๐ น.")),
    ("hours.backwards", typed("จัดอบรมเวลา ๑๖.๐๐ - ๐๙.๐๐ น.")),
    ("date.other_year", of_meeting(lambda m: replace(m, day=_day(m) + timedelta(days=366)))),
    ("date.other_year", of_meeting(lambda m: replace(m, day=_day(m) - timedelta(days=366)))),
    ("date.outside_cycle", of_meeting(lambda m: replace(m, letter=replace(m.letter, day=date(2000, 1, 1))))),
    ("date.outside_cycle", letter(reply_by=date(2100, 1, 1))),
    ("date.after_month", _later),
    ("date.letter_after_meeting", of_meeting(lambda m: replace(m, letter=replace(m.letter, day=_day(m))))),
    (
        "date.short_notice",
        of_meeting(lambda m: replace(m, letter=replace(m.letter, day=_day(m) - timedelta(days=2)))),
    ),
    (
        "date.reply_after_meeting",
        of_meeting(lambda m: replace(m, letter=replace(m.letter, reply_by=_day(m)))),
    ),
    (
        "date.reply_before_letter",
        of_meeting(lambda m: replace(m, letter=replace(m.letter, reply_by=m.letter.day))),
    ),
    (
        "date.appointed_after_meeting",
        of_meeting(lambda m: replace(m, appointment=replace(m.appointment, day=_day(m) + timedelta(days=1)))),
    ),
    (
        "date.answered_after_meeting",
        of_meeting(lambda m: replace(m, replies=(Reply("อำเภอฝาง", _day(m) + timedelta(days=1)),))),
    ),
    (
        "date.answered_before_letter",
        of_meeting(
            lambda m: replace(
                m, replies=(Reply("อำเภอฝาง", (m.letter.day or _day(m)) - timedelta(days=365), attends=True),)
            )
        ),
    ),
    ("date.day_off", to(day=date(2026, 4, 13))),
    ("date.day_off", letter(reply_by=date(2026, 1, 4))),
    ("date.day_off", letter(day=date(2026, 1, 3))),
    ("date.day_off", of_meeting(lambda m: replace(m, memo=replace(m.memo, day=date(2026, 1, 3))))),
    ("date.day_off", of_meeting(lambda m: replace(m, circular=replace(m.circular, day=date(2025, 12, 5))))),
    ("date.day_off", appointment(day=date(2025, 12, 6))),
    ("date.no_day", typed("ภายในวันที่ ๓๑ เมษายน ๒๕๖๘")),
    ("date.weekday", typed("เมื่อวันพุธที่ 1 พฤษภาคม 2568 ได้จัดประชุม")),
    ("date.meeting_differs", of_meeting(lambda m: replace(m, day=_day(m) - timedelta(days=1)))),
    (
        "date.reply_differs",
        of_meeting(
            lambda m: replace(
                m, letter=replace(m.letter, reply_by=(m.letter.reply_by or date.min) + timedelta(days=1))
            )
        ),
    ),
    ("date.common_year", typed("ในวันที่ 3 มีนาคม 2025")),
    ("date.text_after_cycle", lambda looked: typed(f"ภายใน 31 ธ.ค. {looked.fiscal_year_be}")(looked)),
    ("date.of_another_year", lambda looked: typed(f"วันที่ {words(_years_before(looked))}")(looked)),
    ("date.month_misspelt", typed("วันที่ 3 เมษยน 2568")),
    ("date.backwards", typed("รับสมัครวันที่ 9 มีนาคม 2561 ถึงวันที่ 3 มีนาคม 2561")),
    ("date.order_of_another_year", appointment(number="6459/2550")),
    ("date.refers_after_letter", letter(refers=("หนังสือจังหวัด ลงวันที่ 30 กันยายน 2600",))),
    (
        "date.circular_after_letter",
        of_meeting(
            lambda m: replace(
                m, circular=replace(m.circular, day=(m.letter.day or _day(m)) + timedelta(days=1))
            )
        ),
    ),
    (
        "date.appointed_after_letter",
        of_meeting(lambda m: replace(m, appointment=replace(m.appointment, day=_day(m)))),
    ),
    ("date.memo_after_letter", of_meeting(lambda m: replace(m, memo=replace(m.memo, day=_day(m))))),
    ("number.unreadable", to(number="ครั้งแรก")),
    ("number.unreadable", to(previous="ครั้งก่อน")),
    ("number.other_year", to(number="1/2550")),
    ("number.no_previous", of_meeting(lambda m: replace(m, number=f"2{m.number[1:]}"))),
    ("number.previous_skips", of_meeting(lambda m: replace(m, number=f"3{m.number[1:]}", previous=m.number))),
    ("number.previous_not_before", of_meeting(lambda m: replace(m, previous=m.number))),
    ("year.text_differs", typed("ผลการดำเนินงานประจำปี พ.ศ. ๒๕๕๐")),
    ("day.does_not_fit", _too_long),
    ("day.no_lunch", schedule(pauses=())),
    ("day.no_lunch", schedule(pauses=(Pause("14:00", "14:15", "พัก"),))),
    ("day.total_differs", typed("นำเสนออำเภอละ 5 นาที รวม 23 ชั่วโมง")),
    ("order.hour_differs", _of_the_first("อำเภอ{district} นำเสนอเวลา 05.00 น.")),
    ("order.place_differs", _of_the_first("อำเภอ{district}นำเสนอเป็นลำดับที่ 99")),
    ("order.unknown_district", schedule(order=("แม่ไม่มี",))),
    (
        "order.district_twice",
        lambda looked: schedule(order=(looked.province.districts[0].name_th,) * 2)(looked),
    ),
    ("contact.two_names", contact(name=f"{CONTACT.name}ค์")),
    ("contact.two_names", members(_near_name)),
    ("contact.two_addresses", contact(email=f"x{CONTACT.email}")),
    ("contact.two_addresses", contact(email=CONTACT.email.replace("example", "exmple"))),
    ("contact.two_addresses", contact(line=_one_letter_more(CONTACT.line))),
    ("contact.two_addresses", contact(telephone="0-5300-00000")),
    ("contact.other_telephone", contact(telephone="0-5400-0000")),
    ("contact.other_position", _writes_in_another_position),
    ("contact.other_position", typed(f"{CONTACT.name} นักวิชาการพัฒนาชุมชนชำนาญการ")),
    ("contact.domain", typed("ส่งทาง prasan@gmial.com")),
    ("contact.domain", typed("ส่งทาง prasan@example.go.ht")),
    ("contact.domain", typed("ดาวน์โหลดที่ htp://example.go.th")),
    ("contact.telephone_digits", typed("โทร. 08-0000-000")),
    ("contact.thai_digits", contact(line="kanda๐๑")),
    ("contact.no_telephone", contact(telephone="5300")),
    ("contact.no_email", contact(email="kanda.example.go.th")),
    ("province.other_code", letter(number="พบ 0019.2/ว 96")),
    ("province.no_code", letter(number="ขร ๐๐๑๙.๒/ว ๙๖")),
    ("province.lacks_code", letter(number="0019.2/ว 96")),
    ("province.ministry_code", typed("หนังสือกรมการพัฒนาชุมชน ที่ มห 0408.3/ว 123")),
    ("province.other_name", signatory(position="รองผู้ว่าราชการจังหวัดภูเก็ต")),
    ("province.other_postcode", letter(office=("ศาลากลางจังหวัด", "83000"))),
    ("place.subdistrict_elsewhere", _subdistrict_elsewhere),
    ("province.no_code", letter(refers=("หนังสือจังหวัดเชียงราย ที่ ขร ๐๐๑๙.๒/ว ๒๗๐๘๙",))),
    ("words.sign_apart", typed("เดินทางไปกรุงเทพ ฯ")),
    ("words.sign_apart", typed("ผู้นำ ,กลุ่ม และชุมชน")),
    ("words.sign_two_ways", typed("กิจกรรมต่างๆ")),
    ("words.keyboard", typed("ขอเชิญ xitg4m ผู้นำ")),
    ("words.doubled", to(committee="คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนชนจังหวัด")),
    ("words.doubled", typed("การพัฒนาการพัฒนาชุมชน")),
    ("words.paragraph_twice", of_meeting(_said_twice)),
    ("total.types", typed("กลุ่มเป้าหมาย 5 ประเภท")),
    ("total.types_listed", typed("กลุ่มเป้าหมายประกอบด้วย ผู้นำชุมชน กลุ่มองค์กรชุมชน และชุมชน")),
    ("total.other_unit", typed("ผู้นำชุมชน 7 กลุ่ม กลุ่มองค์กรชุมชน 2 กลุ่ม เครือข่ายองค์กรชุมชน 1 เครือข่าย")),
    ("total.percent_over", typed("ดำเนินการแล้ว คิดเป็นร้อยละ 101")),
    ("date.spoken", typed("ส่งรายงานภายในเดือนหน้า")),
    ("date.before_resolved", _certified_before),
    ("date.objection_differs", _object_within("5 วัน")),
    ("minutes.absent_spoke", _absent_member_spoke),
    ("minutes.other_chair", _presided_by_another),
    (
        "minutes.checked_by_writer",
        held(written_by=Person("นายไพศาล บุรีรักษ์"), checked_by=Person("นายไพศาล บุรีรักษ์")),
    ),
    ("minutes.quorum_differs", held(items=(Minuted("1", ("กรรมการมาไม่ครบองค์ประชุม",)),))),
    ("votes.tied", minuted("เห็นชอบ", Votes(3, 3, 0))),
    (
        "letter.no_circular_mark",
        lambda looked: letter(number=f"{CODES[looked.province.name_th]} 0019.2/96")(looked),
    ),
    (
        "letter.number_nearly",
        lambda looked: typed(f"หนังสือที่ {CODES[looked.province.name_th]} 19.2/ว 300")(looked),
    ),
    ("letter.no_closing", letter(paragraphs=("ด้วยจังหวัดจะประชุม",))),
    ("letter.closing_twice", letter(paragraphs=("จึงเรียนมาเพื่อโปรดทราบ", "จึงเรียนมาเพื่อพิจารณา"))),
    ("letter.cause_words", letter(paragraphs=("ตามที่ จังหวัดได้แจ้งแนวทาง", "จึงเรียนมาเพื่อพิจารณา"))),
    ("letter.cause_words", letter(paragraphs=("ด้วยจังหวัดได้แจ้งแนวทาง นั้น", "จึงเรียนมาเพื่อพิจารณา"))),
    ("letter.label_twice", of_meeting(_respect_typed)),
    ("refers.not_listed", letter(paragraphs=("ตามหนังสือที่อ้างถึง 2 จังหวัดได้แจ้งแล้ว",))),
    ("refers.incomplete", letter(refers=("หนังสือจังหวัด ลงวันที่ 30 กันยายน 2560",))),
    ("refers.incomplete", letter(refers=("หนังสือจังหวัด ที่ ชร 0019.2/ว 27089",))),
    ("letter.label_twice", letter(to="เรียน นายอำเภอทุกอำเภอ")),
    ("letter.label_twice", signatory(name="(นายประสิทธิ์ รุ่งเรืองกิจ)")),
    ("letter.number_shape", letter(number="ชร 0019.2//ว 96")),
    ("letter.number_twice", of_meeting(lambda m: replace(m, memo=Letter(number=m.letter.number)))),
    ("letter.number_nearly", _circular_misnumbered),
    ("letter.to_another_place", letter(to="ผู้ว่าราชการจังหวัดภูเก็ต")),
    ("letter.to_another_place", letter(to="นายอำเภอเบตง")),
    ("letter.of_another_place", _signed_by_a_district),
    ("order.number_shape", appointment(number="6459")),
    ("order.number_differs", typed(f"{COMMITTEE} ตามคำสั่งจังหวัด ที่ 12/2560")),
    ("signatory.for_oneself", signatory(position="ผู้ว่าราชการ", on_behalf=("ปฏิบัติราชการแทน", "ผู้ว่าราชการ"))),
    ("signatory.for_nobody", signatory(on_behalf=("ปฏิบัติราชการแทน",))),
    ("name.no_surname", signatory(name="นายประสิทธิ์รุ่งเรืองกิจ")),
    ("name.title_otherwise", contact(name=CONTACT.name.replace("นางสาว", "นางสาว "))),
    ("name.title_otherwise", typed(f"มอบ {CONTACT.name.replace('นางสาว', 'น.ส.')} ประสานงาน")),
    ("name.title_otherwise", typed(f"มอบ {CONTACT.name.replace('นางสาว', 'คุณ')} ประสานงาน")),
    ("name.is_position", signatory(name="รองผู้ว่าราชการจังหวัด", position="นายประสิทธิ์ รุ่งเรืองกิจ")),
    ("name.title_lacking", of_meeting(lambda m: replace(m, memo_by=m.signatory, signatory=_untitled(m)))),
    ("committee.member_elsewhere", members(_of_another_province)),
    ("committee.substitute_is_member", members(_member_stands_in)),
    ("reply.other_office", _reply_of_another),
    (
        "reply.declines_and_person",
        to(replies=(Reply("อำเภอหนึ่ง", attends=False, person=Person("นายไพศาล บุรีรักษ์")),)),
    ),
    ("reply.undated", to(replies=(Reply("อำเภอหนึ่ง", attends=True),))),
    ("reply.unsaid", of_meeting(lambda m: replace(m, replies=(Reply("อำเภอหนึ่ง", m.letter.day),)))),
    ("reply.attends_and_substitute", _attends_twice),
    ("place.district_elsewhere", typed("อำเภอเบตง รายงานผลแล้ว")),
    ("place.other_province", _district_of_another_province),
    ("place.subdistrict_misspelt", _subdistrict_misspelt),
    ("province.other_name", letter(paragraphs=(f"{COMMITTEE}ภูเก็ต ขอเชิญประชุม",))),
    ("place.wrong_kind", lambda looked: typed(f"อำเภอ{looked.province.name_th}")(looked)),
    ("enclosure.no_measure", letter(enclosures=("วาระการประชุม จำนวน 1",))),
    ("enclosure.lacking", letter(enclosures=("วาระการประชุม จำนวน 1 ฉบับ",))),
    ("enclosure.no_number", letter(enclosures=("วาระการประชุม จำนวน ฉบับ",))),
    ("enclosure.twice", letter(enclosures=("แบบตอบรับ จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 2 ฉบับ"))),
    ("enclosure.another", letter(paragraphs=("ตามลำดับการนำเสนอ (สิ่งที่ส่งมาด้วย 3)",))),
    ("enclosure.count_differs", letter(paragraphs=("พร้อมสิ่งที่ส่งมาด้วย จำนวน 9 รายการ",))),
    ("annex.not_the_list", typed("จำนวนทั้งสิ้น 9 หน่วยงาน (เอกสารแนบ 3)")),
    (
        "annex.same_title",
        of_meeting(lambda m: replace(m, annexes=(*m.annexes[:2], replace(m.annexes[0], number=3)))),
    ),
    ("unit.other_type", first_unit(type=ApplicantType.LEADER, name="กลุ่มแม่บ้าน")),
    ("unit.title_twice", first_unit(name="กลุ่มกลุ่มแม่บ้าน")),
    ("unit.private_number", first_unit(name="นายแก้ว ตัวอย่าง โทร 0000000000")),
    ("unit.private_number", first_unit(name="นายแก้ว ตัวอย่าง 1-0000-00000-00-9")),
    ("unit.numbered", first_unit(name="๑. กลุ่มทอผ้า")),
    ("unit.no_name", first_unit(name="กลุ่มทดสอบระบบ")),
    ("name.unit_otherwise", _unit_nearly_named),
    ("name.unit_otherwise", _unit_cut),
    ("name.unit_otherwise", _leader_otherwise("นางคำปัน อินทะนนท์")),
    ("name.unit_otherwise", _leader_otherwise("นางสาวคำปัน อินทะนน")),
    ("name.unit_otherwise", typed("กลุ่มแปรรูปอาหารบ้านห้วยไคร้เสนอ และกลุ่มแปรรูปอาหารบ้านห้วยใคร้เสนอ")),
    ("unit.nearly_twice", _unit_spelt_otherwise),
    ("words.misspelt", typed("เสนอที่ประชุมเพือพิจารณา")),
    ("words.misspelt", letter(enclosures=("แบบตอบรัย จำนวน 1 ฉบับ",))),
    ("words.misspelt", typed("เรียนมาเพื่อพิจารณ")),
    ("words.misspelt", typed("ระบบมาตรฐาน (มชข.) พ.ศ 2568")),
    ("words.misspelt", typed("จังหวัดได้ก าหนดแนวทาง")),
    ("words.unclosed", typed("ระบบมาตรฐาน (มชช. ประจำปี")),
    ("words.left_in", typed("มอบนางสาว(ชื่อ-สกุล) ประสานงาน")),
    ("words.left_in", typed("ประชุมครั้งที่ ?/2568<br>")),
    ("words.left_in", typed("มอบหมายให้ [ใส่ชื่อ] ดำเนินการ")),
    ("words.sign_twice", typed("กลุ่มต่าง ๆๆ")),
    ("digits.mixed", typed("แนวทางข้อ ๒3")),
    ("digits.letters", typed("ที่ ชร OO19.2/96")),
    ("digits.apart", typed("เอกสาร จำนวน 1 2 ฉบับ")),
    ("digits.comma", typed("งบประมาณ 150,00 บาท")),
    ("year.no_year", typed("แผนงานประจำปี 25668")),
    ("total.parts", typed("จำนวนทั้งสิ้น 9 หน่วยงาน จำนวน 3 คน จำนวน 4 กลุ่ม")),
    ("total.units", lambda looked: replace(looked, units=looked.units[1:])),
    ("total.of_district", _of_the_first("อำเภอ{district} ผ่านการประเมิน 99 หน่วยงาน")),
    ("total.districts", typed("นำเสนอสามสิบสองอำเภอ")),
    ("total.sum", typed("กรรมการชาย 3 คน หญิง 5 คน รวม 7 คน")),
    ("total.reckoned", typed("เพิ่มขึ้นจาก 110 หน่วยงาน เป็น 129 หน่วยงาน เพิ่มขึ้น 20 หน่วยงาน")),
    ("total.reckoned", typed("ค่าอาหาร 50 คน ๆ ละ 80 บาท เป็นเงิน 4,500 บาท")),
    ("total.reckoned", typed("ใช้เวลา 10 + 5 = 20 นาที")),
    ("total.percents", typed("ผู้นำร้อยละ 55 กลุ่มร้อยละ 19 เครือข่ายร้อยละ 11 ชุมชนร้อยละ 17")),
    ("list.numbering", typed("ให้ 1) รับสมัคร 2) ตรวจสอบ 2) ประเมิน 4) รายงานผล")),
    ("total.reckoned", typed("ค่าอาหาร 2,000 บาท ค่าวัสดุ 1,500 บาท รวม 3,000 บาท")),
    ("total.districts_listed", _more_listed),
    ("total.in_words", typed("จำนวน 8 (เก้า) ฉบับ")),
    ("total.percent", typed("ผ่าน 3 จาก 4 หน่วยงาน คิดเป็นร้อยละ 80")),
    ("agenda.no_such_item", typed("ตามระเบียบวาระที่ 6")),
    ("agenda.other_title", typed("ตามระเบียบวาระที่ 4 เรื่องเพื่อทราบ")),
    ("agenda.other_title", to(agenda=Agenda(own=(AgendaItem("4", "เรื่องเพื่อทราบ", ("มีผู้ขอรับการรับรอง",)),)))),
    ("minutes.no_resolution", _unresolved),
    ("committee.other_words", _committee_of_the_districts),
    ("number.text_differs", of_the_day("ประชุมครั้งที่ 99/2568")),
    ("number.adopts_another", typed("รับรองรายงานการประชุมครั้งที่ 9/2550")),
    ("place.differs", of_the_day("ณ ห้องประชุมอื่น")),
    ("committee.other_words", typed("คณะกรรมการประเมินรับรองมาตรฐานชุมชนระดับจังหวัด")),
    ("committee.other_words", letter(subject="ขอเชิญประชุมคณะกรรมการพิจารณามาตรฐานการพัฒนาชุมชน")),
    ("committee.no_committee", to(committee=COMMITTEE.removeprefix("คณะ"))),
    ("committee.name_differs", typed("คณะอนุกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด")),
    ("date.of_letter_differs", _order_of_another_day),
    ("total.type", _one_type_for_another),
    ("day.minutes_differ", typed("นำเสนออำเภอละ 40 นาที (15+15 นาที)")),
    ("day.minutes_differ", typed("นำเสนออำเภอละ 99 นาที")),
    ("total.row", lambda looked: _table(looked, 1, 6)),
    ("total.row", lambda looked: _table(looked, 1, 3)),
    ("total.column", lambda looked: _table(looked, -1, 3)),
    ("total.column", lambda looked: _table(looked, 2, 2)),
    ("annex.not_bound", of_meeting(lambda m: replace(m, annexes=m.annexes[:2]))),
    ("annex.not_bound", typed("ตามเอกสารแนบ ๗")),
    ("enclosure.not_listed", typed("ตามสิ่งที่ส่งมาด้วย 4")),
    ("annex.not_cited", of_meeting(lambda m: replace(m, annexes=(*m.annexes, Annex(8, "อื่น", "0", 1))))),
    ("annex.acts", lambda looked: replace(looked, acting=((1, "/JS"),))),
    ("annex.twice", of_meeting(lambda m: replace(m, annexes=(*m.annexes, m.annexes[0])))),
    ("committee.size", _district),
    ("committee.of_another_place", to(committee="คณะกรรมการตรวจประเมินอำเภอ")),
    ("committee.quorum_differs", typed("กรรมการมาประชุมไม่น้อยกว่า 2 คน")),
    ("committee.members_differ", typed("คณะกรรมการประกอบด้วยกรรมการ 99 คน")),
    ("committee.chairs", members(lambda ms: ms[1:])),
    ("committee.chairs", members(lambda ms: (*ms, Member(Person("นายวีระ เพชรน้ำหนึ่ง"), Role.CHAIR)))),
    ("committee.no_secretary", members(_no_secretary)),
    ("committee.substitute_twice", members(_one_for_two)),
    ("committee.member_twice", members(lambda ms: (*ms, replace(ms[2], role=Role.MEMBER)))),
    ("committee.quorum_low", to(quorum=3)),
    ("committee.quorum_high", to(quorum=8)),
    ("committee.again_late", _called_again(15)),
    ("committee.again_unsaid", _called_again(14, "ขอเชิญประชุม")),
    ("committee.no_quorum", held(attendance=(Attendance("นายคนเดียว", present=True),))),
    ("attendance.came_and_substitute", _came_and_substitute),
    ("attendance.counted_twice", _stands_in_for_oneself),
    ("attendance.unwritten", of_meeting(_one_unwritten)),
    ("attendance.stranger", held(attendance=(Attendance("นายใครก็ไม่รู้", present=True),))),
    ("attendance.not_then_member", _successor(dated=True)),
    ("committee.two_in_office", _successor(dated=False)),
    ("committee.two_in_office", members(_two_heads)),
    ("resolution.no_quorum", _left_before_the_resolution),
    ("resolution.hour_outside", minuted(resolved_at="16:00")),
    ("votes.not_unanimous", minuted("มีมติเป็นเอกฉันท์", Votes(4, 1, 0))),
    ("votes.text_differs", minuted("เห็นชอบด้วยคะแนนเสียง 4 เสียง", Votes(5, 0, 0))),
    ("votes.refused", minuted("ไม่เห็นชอบ", Votes(4, 1, 0))),
    ("votes.text_differs", minuted("เห็นชอบด้วยคะแนน 4 ต่อ 1 เสียง", Votes(5, 0, 0))),
    ("votes.lost", minuted("เห็นชอบ", Votes(1, 4, 0))),
    (
        "votes.dissent_of_no_member",
        minuted("เห็นชอบ", Votes(5, 1, 0), dissent=("นายสมมุติ อื่นไกล เห็นว่ายังไม่ครบ",)),
    ),
    ("resolution.fewer_units", lambda looked: minuted(f"รับรอง {len(looked.units) - 1} หน่วยงาน")(looked)),
    ("contact.other_name", letter(paragraphs=("ประสานกับ นายอื่นไกล ใครกัน จึงเรียนมาเพื่อพิจารณา",))),
    ("unit.left_in", first_unit(name="กลุ่มทอผ้าบ้านเหนือ (รอแก้ชื่อ)")),
    ("date.event_differs", typed("มอบหนังสือรับรองวันที่ 5 มิถุนายน 2567 ใช่หรือไม่", "รับเกียรติบัตรวันที่ 6 มิถุนายน 2567")),
    (
        "date.effect_before_order",
        to(texts=(OwnText(Passage.ORDER_HOLDS, ("ทั้งนี้ ตั้งแต่วันที่ 1 ตุลาคม 2550 เป็นต้นไป",)),)),
    ),
    ("total.backwards", typed("ได้คะแนนระหว่าง 90 - 70 คะแนน")),
    ("total.below_pass_mark", typed("ได้คะแนนระหว่าง 60 - 90 คะแนน ผ่านเกณฑ์ร้อยละ 70 ทุกราย")),
    ("minutes.other_role", _called_secretary),
    ("day.pause_misnamed", schedule(pauses=(Pause("14:00", "14:45", "พักกลางวัน"), Pause("12:00", "13:00")))),
    ("total.average_outside", typed("คะแนนเฉลี่ย 60.5 คะแนน ต่ำสุด 70 คะแนน")),
    ("year.of_law_differs", typed("พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2529")),
    ("hours.colon", typed("พักเวลา 10:30 น.")),
    ("day.pause_long", schedule(pauses=(Pause("10:00", "11:00", "อาหารว่าง"), Pause("12:00", "13:00")))),
    ("date.due_before_meeting", _due_before_it),
    ("date.due_otherwise", _due_otherwise),
    ("date.previous_not_before", _dated_after_this),
    ("date.meeting_differs", _own_text(Passage.INVITATION_CLOSING, "โปรดเข้าร่วมประชุมในวันที่ 2 มีนาคม 2550")),
    ("hours.differ", _own_text(Passage.INVITATION_CLOSING, "โปรดเข้าร่วมประชุม เวลา 07.30 น.")),
    ("place.differs", _own_text(Passage.INVITATION_CLOSING, "ประชุมที่ห้องประชุมตัวอย่าง ชั้น 4 ศาลากลาง")),
    ("hours.begins_in_pause", schedule(begins="12:30")),
    ("day.does_not_fit", _before_anybody_applied),
    ("attendance.away_with_hours", held(attendance=(Attendance("นายทดสอบ", present=False, came="10:00"),))),
    ("signatory.for_one_below", signatory(on_behalf=("ปฏิบัติราชการแทน นายอำเภอตัวอย่าง",))),
    ("name.surname_twice", signatory(name="นายประสิทธิ์ ตัวอย่าง ตัวอย่าง")),
    ("name.title_misspelt", signatory(name="นาวสาวประสิทธิ์ ตัวอย่าง")),
    ("committee.secretaries", members(lambda m: (*m[:1], replace(m[1], role=Role.SECRETARY), *m[2:]))),
    ("committee.of_another_agency", _of_agency("เกษตรอำเภอ", "สำนักงานเกษตรจังหวัด")),
    ("committee.of_another_agency", _of_agency("เกษตรจังหวัด", "สำนักงานปศุสัตว์จังหวัด")),
    ("committee.member_elsewhere", _reply_from_another_province),
    ("refers.twice", letter(refers=("หนังสือที่ ชร 1/ว 2 ลงวันที่ 1 มีนาคม 2550",) * 2)),
    ("letter.address_otherwise", _addressed_otherwise),
    ("agenda.other_title", _opening_as_the_second_item),
    ("contact.other_position", held(written_by=Person(CONTACT.name, "ปลัดอำเภอ"))),
    ("number.next_not_after", typed("นัดประชุมครั้งต่อไป ครั้งที่ 1/2550")),
    ("date.next_not_after", typed("ประชุมครั้งต่อไปในวันที่ 1 ตุลาคม 2550")),
    ("total.counted_otherwise", typed("มีผู้สมัคร 30 หน่วยงาน จากผู้สมัครทั้งสิ้น 31 หน่วยงาน")),
    ("votes.dissent_uncounted", minuted("เห็นชอบ", Votes(5, 0, 0), dissent=("ไม่เห็นด้วย",))),
    ("attendance.counted_twice", came_too(substitute=True)),
    ("attendance.guest_is_member", came_too()),
    ("attendance.guest_twice", _guest_twice),
    ("minutes.ended_first", held(began="09:00", ended="08:30")),
    ("minutes.began_early", held(began="07:30")),
    ("minutes.writer_absent", _writer_absent),
    ("committee.of_another_district", _of_another_district),
    ("committee.of_another_district", _at_another_district),
    ("committee.of_another_district", _reply_of_another_district),
    ("unit.of_another_province", first_unit(name="กลุ่มทอผ้าอำเภอแม่สะเรียง")),
    ("unit.no_title", _leader_without_title),
    ("contact.line_apart", contact(line="kanda cdd")),
    ("date.due_before_cycle", typed("ให้อำเภอส่งเอกสารเพิ่มเติมภายในวันที่ 2 พฤษภาคม 2559")),
    ("date.months_backwards", typed("ดำเนินการพัฒนา (มี.ค.-ม.ค.)")),
    ("total.other_unit", typed("1) ประเภทผู้นำชุมชน จำนวน 7 กลุ่ม")),
    ("words.misspelt", typed("1) ประเภทผู้นำชน จำนวน 7 คน")),
    ("date.no_year", typed("ตามหนังสือลงวันที่ 23 พฤศจิกายน เรื่อง แต่งตั้งคณะกรรมการ")),
    ("date.after_month", typed("ดำเนินการพัฒนา (พ.ย.) ประเมินรับรอง (ธ.ค.)")),
    ("annex.another", typed("ตามหลักเกณฑ์ (เอกสารแนบ 2)")),
    ("total.beyond_full", typed("ต้องได้คะแนนไม่น้อยกว่าร้อยละ 700")),
    ("words.national_id", typed("นายทดสอบ ตัวอย่าง เลขประจำตัวประชาชน 1-0000-00000-00-9")),
    ("province.postcode_digits", _short_postcode),
    ("attendance.number_differs", minuted("กรรมการมาประชุม 99 คน")),
    ("unit.no_quorum", first_unit(took_part=0)),
    ("attendance.hours", held(attendance=(Attendance("", present=True, came="10:00", left="09:30"),))),
    ("votes.too_many", held(items=(Minuted("4", votes=Votes(5, 2, 1)),))),
    ("unit.twice", _doubled_unit),
    ("unit.in_two_districts", _leader_of_two_districts),
    ("unit.named_elsewhere", _named_elsewhere),
    ("place.unit_elsewhere", _text_elsewhere),
    ("unit.other_province", first_unit(district="9999", subdistrict="")),
    ("unit.other_district", first_unit(subdistrict="999901")),
    ("unit.against_evidence", first_unit(unconfirmed=2)),
    ("unit.photo_not_asked", first_unit(has_portrait=True, photo=None)),
    ("unit.publication_not_asked", first_unit(publication=None)),
    ("meeting.empty", to(place="")),
    ("meeting.empty", to(day=None)),
    ("meeting.empty", letter(number="")),
    ("papers.older", lambda looked: replace(looked, older=("เอกสารการประชุม",))),
    ("unit.undrawn", first_unit(name="กลุ่มทอผ้า🀀")),
    ("unit.loose", first_unit(name="กลุ่ม ิทอผ้า")),
    ("letters.loose", typed("เพื่อ ่โปรดพิจารณา")),
    ("letters.undrawn", to(place="ห้องประชุม🀀")),
    ("papers.garuda", lambda looked: replace(looked, garuda=Sentence("เปิดไม่ได้", "cannot be read"))),
)


@pytest.mark.parametrize(("code", "wrong"), MUTATIONS)
@settings(max_examples=2, deadline=None)
@given(looked=clean())
def test_one_field_set_wrongly_is_its_own_finding(code: str, wrong: Wrong, looked: Examined) -> None:
    found = {one.code: one for one in lint(wrong(looked))}
    assert code in found
    assert found[code].place.paper
    for sentence in (found[code].said, found[code].mend):
        assert "{" not in sentence.th + sentence.en


def test_every_code_is_shown_here() -> None:
    assert {code for code, _ in MUTATIONS} == set(CATALOGUE)


@settings(max_examples=10, deadline=None)
@given(clean(), st.data())
def test_errors_come_before_warnings_and_nothing_is_told_twice(looked: Examined, data: st.DataObject) -> None:
    for _, wrong in data.draw(st.lists(st.sampled_from(MUTATIONS), min_size=2, max_size=3)):
        if looked.units and looked.meeting.day:  # which some of them look at
            looked = wrong(looked)
    found = lint(looked)
    assert lint(looked) == found
    graves = [one.entry.grave for one in found]
    assert graves == sorted(graves)
    assert len({(one.code, one.values) for one in found}) == len(found)


def test_the_page_of_codes_is_what_the_checks_say() -> None:
    assert lint_docs.TARGET.read_text("utf-8") == lint_docs.render()
