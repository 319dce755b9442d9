"""Meetings as an office should set them up: nothing in them is wrong. Everybody is invented."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from mochocho.words import thai
from mochocho.words.model import ApplicantType, Votes
from mochocho.words.places import Province
from processing.meetings.day_plan import hour, minute
from processing.meetings.meeting import (
    Agenda,
    AgendaItem,
    Annex,
    Appointment,
    Attendance,
    Contact,
    Held,
    Letter,
    Level,
    Meeting,
    Member,
    Minuted,
    Pause,
    Person,
    Reply,
    Role,
    Schedule,
    Signatory,
)
from reports.lint.checks.day.days_off import why_off
from reports.lint.checks.province_codes import CODES
from reports.lint.examined import Examined, ListedUnit
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.agenda import agenda
from reports.view.occasion import Occasion, Order, Sitting
from reports.view.printed_words import UNIT, Words

PEOPLE = (
    *("นายสมชาย ใจกล้าหาญ", "นางบุญมี ศรีสวัสดิ์", "นายกิตติพงษ์ แก้วมณี", "นางสาวดวงพร อินทร์แปลง"),
    *("นายธีระ พรหมประทาน", "นางสาวเพ็ญศรี ทองสุก", "นายวิโรจน์ ชูเกียรติคุณ", "นางอำไพ ณ ลำปางหลวง"),
    *("นายณรงค์ศักดิ์ จันทร์ฉาย", "นางเฉลียว หอมหวล"),
)
CONTACT = Contact(
    "นางสาวกานดา ตัวอย่าง", "นักวิชาการพัฒนาชุมชนปฏิบัติการ", "0-5300-0000", "kanda.t@example.go.th", "kanda.cdd"
)
PROVINCES = ("เชียงราย", "ลำพูน", "นครสวรรค์")
COMMITTEE = "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"


def words(day: date, weekday: bool = False) -> str:
    """A day as it is typed into a letter, with Arabic digits."""
    return thai.date_words(day, thai_digits=False, weekday=weekday)


def span(meeting: Meeting) -> str:
    """Its hours as they are typed."""
    return f"เวลา {meeting.starts.replace(':', '.')} - {meeting.ends.replace(':', '.')} น."


@st.composite
def clean(draw: st.DrawFn, year: int | None = None) -> Examined:
    """A meeting of a province in which nothing is wrong, with its units and its agenda."""
    province = Province.named(draw(st.sampled_from(PROVINCES)))
    fiscal = year or draw(st.integers(2561, 2575))
    first = date(fiscal - 543, 1, 10)
    day = draw(st.sampled_from(_open(_days(first, 105))))
    units = _units(draw, province)
    meeting = _meeting(draw, province, fiscal, day)
    meeting = _with_texts(meeting, units)
    return Examined(meeting, province, fiscal, units, (agenda_paper(meeting, province, fiscal, units),))


def _units(draw: st.DrawFn, province: Province) -> tuple[ListedUnit, ...]:
    counts = draw(
        st.lists(
            st.integers(0, 3), min_size=len(province.districts), max_size=len(province.districts)
        ).filter(any)
    )
    return tuple(
        ListedUnit(
            key=f"{district.code}-{no}",
            type=TYPES[no % 4],
            name=f"{UNIT[TYPES[no % 4]]}บ้านตัวอย่าง {district.code} {no}",
            district=district.code,
            subdistrict=district.subdistricts[0].code,
            has_portrait=no % 4 == 0,
            photo=True,
            publication=True,
        )
        for district, count in zip(province.districts, counts, strict=True)
        for no in range(count)
    )


def _meeting(draw: st.DrawFn, province: Province, fiscal: int, day: date) -> Meeting:
    starts = draw(st.sampled_from(["08:30", "09:00"]))
    *names, substitute, former = draw(st.permutations(PEOPLE))[:9]
    members = tuple(
        Member(Person(name, "ตำแหน่งตัวอย่าง", "หน่วยงานตัวอย่าง"), role)
        for name, role in zip(
            names,
            (Role.CHAIR, Role.VICE_CHAIR, *[Role.MEMBER] * 3, Role.SECRETARY, Role.ASSISTANT_SECRETARY),
            strict=True,
        )
    )
    members = (
        replace(members[0], substitute=draw(st.sampled_from([None, Person(substitute), Person("", "รอง")]))),
        *members[1:],
        Member(Person(former, "ตำแหน่งตัวอย่าง"), until=day - timedelta(days=1)),
    )
    letter_day = draw(st.sampled_from(_open(_days(day - timedelta(days=60), 53))))
    replied = draw(st.sampled_from(_open(_days(letter_day + timedelta(days=1), 7))))
    order = draw(st.permutations([district.name_th for district in province.districts]))
    return Meeting(
        Level.PROVINCE,
        f"1/{thai.be(day.year)}",
        day=day,
        starts=starts,
        ends=draw(st.sampled_from(["16:00", "16:30"])),
        place="ห้องประชุมตัวอย่าง ชั้น 3 ศาลากลางจังหวัด",
        committee=COMMITTEE,
        appointment=appointment(_open(_days(day - timedelta(days=150), 7))[0]),
        members=members,
        quorum=draw(st.sampled_from([None, 4, 5, 6])),
        letter=Letter(
            urgency=draw(st.sampled_from(["", "ด่วนที่สุด"])),
            number=f"{CODES[province.name_th]} 0019.2/ว 96",
            day=letter_day,
            to="นายอำเภอทุกอำเภอ",
            refers=(_opened(province, letter_day - timedelta(days=30)),),
            enclosures=("วาระการประชุม จำนวน 1 ฉบับ", "ลำดับการนำเสนอ จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 1 ฉบับ"),
            reply_by=replied,
            office=(f"ศาลากลางจังหวัด{province.name_th} อำเภอ{province.districts[0].name_th}",),
        ),
        contact=CONTACT,
        signatory=Signatory("นายประสิทธิ์ รุ่งเรืองกิจ", f"รองผู้ว่าราชการจังหวัด{province.name_th}"),
        schedule=Schedule(
            minutes=draw(st.integers(5, 13)),
            questions=draw(st.integers(0, 4)),
            begins=draw(st.sampled_from(["", "09:15"])),
            order=tuple(order[: draw(st.integers(0, len(order)))]),
            pauses=(Pause("12:00", "13:00"),),
        ),
        annexes=tuple(
            Annex(no, title, "0" * 64, 2) for no, title in enumerate(("หลักเกณฑ์", "คำสั่งจังหวัด", "คำสั่งอำเภอ"), 1)
        ),
        replies=(
            Reply("อำเภอเมืองตัวอย่าง", letter_day, attends=True, person=Person("นายไพศาล บุรีรักษ์")),
            Reply("อำเภอที่ยังไม่ตอบ"),
        ),
        held=draw(st.sampled_from([None, _held(starts, members)])),
    )


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=days) for days in range(count)]


def _open(days: list[date]) -> list[date]:
    """Those on which offices work."""
    return [day for day in days if not why_off(day)]


def _opened(province: Province, day: date) -> str:
    """The letter that opened the cycle, as others refer to it."""
    number = f"{CODES[province.name_th]} 0019.2/ว 27089"
    return f"หนังสือจังหวัด{province.name_th} ที่ {number} ลงวันที่ {words(day)}"


def appointment(day: date) -> Appointment:
    """An order of that day."""
    return Appointment(f"6459/{thai.be(day.year)}", day, f"แต่งตั้ง{COMMITTEE}")


def _held(starts: str, members: tuple[Member, ...]) -> Held:
    """All but one came, one of them for two stays."""
    came = tuple(Attendance(member.person.name, present=True) for member in members[:6])
    came = (replace(came[0], left="10:00"), replace(came[0], came="10:45"), *came[1:])
    away = Attendance(members[6].person.name, present=False, absent="ติดราชการ")
    late = Attendance(
        "", present=True, guest=Person("นางวรรณา พืชผล"), came=hour(minute(starts) + 60), left="15:00"
    )
    items = (Minuted("4", ("ที่ประชุมพิจารณาแล้ว",), "เห็นชอบตามที่เสนอ", Votes(5, 0, 1), resolved_at="10:45"),)
    return Held(starts, "15:30", (*came, away, late), items, Person("นายไพศาล บุรีรักษ์"))


def _with_texts(meeting: Meeting, units: tuple[ListedUnit, ...]) -> Meeting:
    """The meeting with a letter and an item of the agenda that say the same as its fields."""
    assert meeting.day is not None
    assert meeting.letter.reply_by is not None
    said, contact = words(meeting.day, weekday=True), meeting.contact
    reply = (
        f"ขอความกรุณาส่งแบบตอบรับ ภายในวันที่ {words(meeting.letter.reply_by)} ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) "
        f"{contact.email} หรือ ID Line : {contact.line} โดยมอบหมายให้ {contact.name} "
        f"หมายเลขโทรศัพท์ {contact.telephone} เป็นผู้ประสานงาน"
    )
    paragraphs = (
        f"จังหวัดได้กำหนดการประชุม{COMMITTEE} ใน{said} {span(meeting)} ณ {meeting.place}",
        reply,
        "ลงทะเบียนเวลา 08.00 - 08.30 น. และพักรับประทานอาหารกลางวันเวลา 12.00 - 13.00 น.",
        "จึงเรียนมาเพื่อพิจารณาดำเนินการ",
    )
    item = AgendaItem("4", "เรื่องเพื่อพิจารณา", counted(units))
    letter = replace(meeting.letter, paragraphs=paragraphs)
    return replace(meeting, letter=letter, agenda=Agenda(own=(item,)))


def counted(units: tuple[ListedUnit, ...]) -> tuple[str, ...]:
    """How many units of each type lie before the committee, as the sample's item 4 says it."""
    counts = {type_: sum(unit.type is type_ for unit in units) for type_ in ApplicantType}
    return (
        f"ผ่านการตรวจประเมิน จำนวนทั้งสิ้น {len(units)} หน่วยงาน ประกอบด้วย (เอกสารแนบ 4)",
        *(f"{no}) จำนวน {counts[type_]} {UNIT[type_]}" for no, type_ in enumerate(TYPES, 1)),
    )


def agenda_paper(meeting: Meeting, province: Province, fiscal: int, units: tuple[ListedUnit, ...]) -> Paper:
    """The agenda as it is printed, and the order of presentation as a table."""
    sitting = Sitting(
        meeting.number, meeting.day or date(2025, 1, 1), meeting.starts, meeting.ends, meeting.place, 15
    )
    order = Order(meeting.appointment.number, meeting.appointment.day or date(2024, 11, 18))
    occasion = Occasion(
        *(province.name_th, fiscal, "ระบบมาตรฐานการพัฒนาชุมชน (มชช.)", True, sitting),
        *(COMMITTEE, order, "คณะกรรมการตรวจประเมินอำเภอ", order, Words(thai_digits=True)),
    )
    counts = {type_: sum(unit.type is type_ for unit in units) for type_ in ApplicantType}
    printed = agenda(occasion, counts)
    return Paper("ระเบียบวาระการประชุม", Form.MEETING, (*printed.blocks, table(units, province)), printed.title)


def table(units: tuple[ListedUnit, ...], province: Province) -> Block:
    """District × type with its sums, as the order of presentation has it (rules.md 52)."""
    rows = []
    for no, district in enumerate(province.districts, 1):
        here = [unit.type for unit in units if unit.district == district.code]
        counts = [here.count(type_) for type_ in TYPES]
        rows.append((str(no), district.name_th, *map(str, counts), str(sum(counts))))
    sums = [str(sum(int(row[at]) for row in rows)) for at in range(2, 7)]
    head = ("ลำดับ", "อำเภอ", "ผู้นำชุมชน", "กลุ่ม", "เครือข่าย", "ชุมชน", "รวม")
    return Block(Kind.TABLE, cells=(head, *rows, ("รวม", "", *sums)))
