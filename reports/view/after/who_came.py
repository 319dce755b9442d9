"""Who came to a meeting, as its minutes say it: who sat in whose place, who came and left when, the quorum.

Pure (docs/thai-papers.md 3 and 5).
"""

from collections.abc import Iterator, Mapping, Sequence

from mochocho.words import people
from processing.meetings.meeting import A_THIRD, Attendance, Held, Member, Person
from reports.view.blocks import Block, Kind
from reports.view.letters.appointing_order import ROLES
from reports.view.letters.convened import Convened
from reports.view.printed_words import DOTS

_CAME = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หน้าที่ในคณะกรรมการ", "หมายเหตุ")
_ABSENT = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หน้าที่ในคณะกรรมการ", "เหตุที่ไม่มา")
_GUESTS = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หมายเหตุ")
_WIDTHS, _GUEST_WIDTHS = (5, 18, 17, 18, 22), (5, 24, 30, 21)
Seat = tuple[str, Person | None]  # a member's key, and who sat there instead


def who_came(c: Convened, held: Held) -> Iterator[Block]:
    """The lists of members who came and who did not, of guests, the hour of the opening and its quorum."""
    members = {people.key(one.person.name): one for one in c.meeting.composition}
    own = [one for one in held.attendance if people.key(one.of) in members]
    came = _by_seat(one for one in own if one.there)
    guests = _guests(one for one in held.attendance if people.key(one.of) not in members and one.there)
    absent = [one for one in own if not one.there]
    yield Block(Kind.ITEM, "ผู้มาประชุม")
    yield _table(_CAME, _WIDTHS, [_came(c, members[of], stays) for (of, _), stays in came.items()])
    yield Block(Kind.ITEM, "ผู้ไม่มาประชุม")
    away = [(*_member(members[people.key(one.of)]), one.absent or DOTS) for one in absent]
    yield _table(_ABSENT, _WIDTHS, away, bool(came))
    if guests or not held.attendance:
        yield Block(Kind.ITEM, "ผู้เข้าร่วมประชุม")
        rows = [(who.name, position(who), _hours(c, stays)) for who, stays in guests.items()]
        yield _table(_GUESTS, _GUEST_WIDTHS, rows)
    began = c.occasion.words.time(held.began) if held.began else DOTS
    yield Block(Kind.ITEM, f"เริ่มประชุมเวลา {began} น.")
    if came:
        yield Block(Kind.PARAGRAPH, _opened(c, held, len({of for of, _ in came})))


def no_quorum(c: Convened, hour: str) -> Iterator[Block]:
    """That too few members were there when something was resolved; nothing where that is not known."""
    there = c.meeting.present_at(hour) if hour else None
    if c.meeting.lacks_quorum(there):
        when = f"ขณะลงมติเวลา {c.occasion.words.time(hour)} น."
        yield Block(Kind.PARAGRAPH, f"{when} มีกรรมการอยู่ในที่ประชุม {there} คน {_lacking(c)}")


def position(who: Person) -> str:
    """Position and agency, as far as known."""
    return " ".join(filter(None, (who.position, who.agency)))


def _opened(c: Convened, held: Held, came: int) -> str:
    """Later comers do not count for the quorum of the opening."""
    at_first = c.meeting.present_at(held.began) if held.began else None
    first, later = (came, 0) if at_first is None else (at_first, came - at_first)
    told = f"กรรมการมาประชุม {first} คน จากกรรมการทั้งหมด {len(c.meeting.composition)} คน"
    if c.meeting.lacks_quorum(first):
        return " ".join(filter(None, (told, _lacking(c), _reached_later(c, held))))
    after = f" ต่อมามีกรรมการเข้าประชุมอีก {later} คน" if later > 0 else ""
    by = f" เพราะนัดแทนการประชุม{c.called_again} จึงต้องมีไม่น้อยกว่า{A_THIRD}" if c.meeting.needs_a_third else ""
    return f"{told} ครบองค์ประชุม{by} ประธานจึงเปิดการประชุม{after} และดำเนินการตามระเบียบวาระ ดังนี้"


def _reached_later(c: Convened, held: Held) -> str:
    """When enough members were there at last; "" where they never were, or it is not known."""
    for hour in sorted({one.came for one in held.attendance if one.came > held.began} if held.began else ()):
        there = c.meeting.present_at(hour)
        if there is not None and not c.meeting.lacks_quorum(there):
            when = f"ต่อมาเวลา {c.occasion.words.time(hour)} น. มีกรรมการอยู่ในที่ประชุม {there} คน"
            return f"{when} ครบองค์ประชุม ประธานจึงดำเนินการตามระเบียบวาระ ดังนี้"
    return ""


def _lacking(c: Convened) -> str:
    return f"ไม่ครบองค์ประชุม ซึ่งต้องมีกรรมการอย่างน้อย {c.meeting.least_present} คน"


def _by_seat(attendance: Iterator[Attendance]) -> Mapping[Seat, list[Attendance]]:
    """The stays of each who sat in a member's place, in the order in which they first came."""
    found: dict[Seat, list[Attendance]] = {}
    for one in attendance:
        found.setdefault((people.key(one.of), one.substitute), []).append(one)
    return found


def _guests(attendance: Iterator[Attendance]) -> Mapping[Person, list[Attendance]]:
    found: dict[Person, list[Attendance]] = {}
    for one in attendance:
        found.setdefault(one.guest or Person(one.of), []).append(one)
    return found


def _came(c: Convened, member: Member, stays: Sequence[Attendance]) -> tuple[str, ...]:
    name, place, role = _member(member)
    if (substitute := stays[0].substitute) is None:
        return name, place, role, _hours(c, stays)
    note = " ".join(filter(None, (f"แทน {name}", _hours(c, stays))))
    return substitute.name, position(substitute) or place, role, note


def _member(member: Member) -> tuple[str, str, str]:
    return member.person.name, position(member.person), ROLES[member.role]


def _hours(c: Convened, stays: Sequence[Attendance]) -> str:
    """When somebody came, left and came back; and whether not in the room."""
    time, told = c.occasion.words.time, list[str]()
    for place, one in enumerate(stays):
        if one.came:
            told.append(f"{'กลับเข้าประชุม' if place else 'เข้าประชุม'}เวลา {time(one.came)} น.")
        if one.left:
            told.append(f"ออกจากที่ประชุมเวลา {time(one.left)} น.")
        if one.online and not (place and stays[place - 1].online):
            told.append("ประชุมทางอิเล็กทรอนิกส์")
    return " ".join(told)


def _table(
    head: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]], known: bool = False
) -> Block:
    """Numbered rows. Where there are none: "- ไม่มี -" if that is `known`, else rows to fill in."""
    if not rows and known:
        return Block(Kind.CENTRE, "- ไม่มี -")
    filled = rows or [("",) * (len(head) - 1)] * 3
    numbered = tuple((str(number), *row) for number, row in enumerate(filled, 1))
    return Block(Kind.TABLE, cells=(head, *numbered), widths=widths, lines=0 if rows else 2)
