"""รายงานการประชุม, form 11: who came, what was said and resolved (docs/thai-papers.md 3 and 5). Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mochocho.words.model import Votes
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.meetings.meeting import Attendance, Held, Member, Minuted, Person
from reports.view.after.resolved_units import ResolvedUnit, counted
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.appointing_order import ROLES
from reports.view.letters.convened import Convened
from reports.view.printed_words import DOTS, TYPE
from reports.view.resolved import outcome_of, particulars

TITLE = "รายงานการประชุม"
RESOLVED = "มติที่ประชุม"
_CAME = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หน้าที่ในคณะกรรมการ", "หมายเหตุ")
_ABSENT = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หน้าที่ในคณะกรรมการ", "เหตุที่ไม่มา")
_GUESTS = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หมายเหตุ")
_WIDTHS, _GUEST_WIDTHS = (5, 20, 21, 17, 17), (5, 24, 30, 21)
_UNITS = ("ลำดับ", "ชื่อ", "ประเภท", "อำเภอ", "มติ")
_UNIT_WIDTHS = (5, 25, 14, 12, 28)
_DISTRICT = _UNITS.index("อำเภอ")
_EMPTY_LINES = 2
_ITEM = re.compile(r"ระเบียบวาระที่ ([0-9๐-๙]+) (.*)")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def minutes(c: Convened, agenda: Sequence[Block], units: Sequence[ResolvedUnit]) -> Paper:
    """The minutes of a meeting. `agenda`: its blocks; `units`: about whom it resolved, in order.

    What was not written down is dots to fill in by hand.
    """
    held = c.meeting.held or Held()
    blocks = (*_attendance(c, held), *_items(c, agenda, held, units), *_end(c, held))
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.MEETING,
            title=(f"{TITLE}{c.committee}", c.number, f"เมื่อ{c.day}", c.place),
            blocks=blocks,
            signatures=(
                _signed(held.written_by, "ผู้จดรายงานการประชุม"),
                _signed(held.checked_by, "ผู้ตรวจรายงานการประชุม"),
            ),
        )
    )


def _attendance(c: Convened, held: Held) -> Iterator[Block]:
    members = {one.person.name: one for one in c.meeting.members}
    said = {one.of: one for one in held.attendance if one.of in members}
    came = [(members[of], one) for of, one in said.items() if one.present]
    absent = [(members[of], one) for of, one in said.items() if not one.present]
    guests = [one for one in held.attendance if one.of not in members and one.present]
    yield Block(Kind.ITEM, "ผู้มาประชุม")
    yield _table(_CAME, _WIDTHS, [_came(c, *row) for row in came])
    yield Block(Kind.ITEM, "ผู้ไม่มาประชุม")
    yield _table(
        _ABSENT, _WIDTHS, [(*_member(member), one.absent or DOTS) for member, one in absent], bool(came)
    )
    if guests or not held.attendance:
        yield Block(Kind.ITEM, "ผู้เข้าร่วมประชุม")
        yield _table(_GUESTS, _GUEST_WIDTHS, [_guest(c, one) for one in guests])
    began = c.occasion.words.time(held.began) if held.began else DOTS
    yield Block(Kind.ITEM, f"เริ่มประชุมเวลา {began} น.")
    if came:
        yield Block(Kind.PARAGRAPH, _quorum(c, len(came)))


def _quorum(c: Convened, came: int) -> str:
    """Half of the members unless the order says otherwise (Act of B.E. 2539, s. 79)."""
    every = len(c.meeting.members)
    needed = c.meeting.least_present
    told = f"กรรมการมาประชุม {came} คน จากกรรมการทั้งหมด {every} คน"
    if came >= needed:
        return f"{told} ครบองค์ประชุม ประธานจึงเปิดการประชุม และดำเนินการตามระเบียบวาระ ดังนี้"
    return f"{told} ไม่ครบองค์ประชุม ซึ่งต้องมีกรรมการอย่างน้อย {needed} คน"


def _came(c: Convened, member: Member, one: Attendance) -> tuple[str, ...]:
    if one.substitute is None:
        return (*_member(member), _hours(c, one))
    name, position, role = _member(member)
    note = " ".join(filter(None, (f"แทน {name}", _hours(c, one))))
    return one.substitute.name, _position(one.substitute) or position, role, note


def _guest(c: Convened, one: Attendance) -> tuple[str, ...]:
    who = one.guest or Person(one.of)
    return who.name, _position(who), _hours(c, one)


def _member(member: Member) -> tuple[str, str, str]:
    return member.person.name, _position(member.person), ROLES[member.role]


def _position(who: Person) -> str:
    return " ".join(filter(None, (who.position, who.agency)))


def _hours(c: Convened, one: Attendance) -> str:
    time = c.occasion.words.time
    parts = (
        f"มาเวลา {time(one.came)} น." if one.came else "",
        f"กลับเวลา {time(one.left)} น." if one.left else "",
        "ประชุมทางอิเล็กทรอนิกส์" if one.online else "",
    )
    return " ".join(filter(None, parts))


def _table(
    head: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]], known: bool = False
) -> Block:
    """Numbered rows. Where there are none: "- ไม่มี -" if that is `known`, else rows to fill in."""
    if not rows and known:
        return Block(Kind.CENTRE, "- ไม่มี -")
    filled = rows or [("",) * (len(head) - 1)] * 3
    numbered = tuple((str(number), *row) for number, row in enumerate(filled, 1))
    return Block(Kind.TABLE, cells=(head, *numbered), widths=widths, lines=0 if rows else 2)


def _items(
    c: Convened, agenda: Sequence[Block], held: Held, units: Sequence[ResolvedUnit]
) -> Iterator[Block]:
    minuted = {one.number.translate(_ARABIC): one for one in held.items}
    for number, title, body in _sections(agenda):
        yield Block(Kind.ITEM, f"ระเบียบวาระที่ {number} {title}")
        own = minuted.get(number)
        below = [one for key, one in minuted.items() if key.startswith(f"{number}.")]
        if own and own.paragraphs:
            yield from _said(own)
        elif not below:
            yield from body
        for one in below:
            yield Block(Kind.HEADING, f"{one.number} {_heading(one.number, body)}".rstrip())
            yield from _said(one)
            yield from _resolved(one)
        if "เพื่อพิจารณา" in title and units:
            yield from _of_units(c, units)
        if own or not below:
            yield from _resolved(own or Minuted(number))


def _sections(agenda: Sequence[Block]) -> Iterator[tuple[str, str, list[Block]]]:
    """Each item of the agenda: its number, its title, and its text without lines to write a resolution on."""
    number, title, body = "", "", list[Block]()
    for block in agenda:
        found = _ITEM.match(block.text) if block.kind is Kind.ITEM else None
        if found is None:
            if block.kind is not Kind.RESOLUTION:
                body.append(block)
            continue
        if number:
            yield number, title, body
        number, title, body = found[1].translate(_ARABIC), found[2], []
    if number:
        yield number, title, body


def _heading(number: str, body: Iterable[Block]) -> str:
    """What the agenda calls a part of an item."""
    wanted = number.translate(_ARABIC)
    for block in body:
        first, _, rest = block.text.partition(" ")
        if first.translate(_ARABIC) == wanted:
            return rest if block.kind is Kind.HEADING else ""
    return ""


def _said(one: Minuted) -> Iterator[Block]:
    yield from (Block(Kind.PARAGRAPH, text) for text in one.paragraphs)


def _resolved(one: Minuted) -> Iterator[Block]:
    """The resolution, votes where they were counted, and dissent with its reasons (the Act, s. 83)."""
    yield Block(Kind.RESOLUTION, RESOLVED, lines=0 if one.resolution else _EMPTY_LINES)
    if one.resolution:
        yield Block(Kind.PARAGRAPH, one.resolution)
    if one.votes:
        yield Block(Kind.PARAGRAPH, f"คะแนนเสียง {_votes(one.votes)}")
    if one.dissent:
        yield Block(Kind.PARAGRAPH, "ความเห็นแย้งและเหตุผล")
        yield from (Block(Kind.DASH, text) for text in one.dissent)


def _votes(votes: Votes) -> str:
    return f"เห็นชอบ {votes.in_favour} เสียง ไม่เห็นชอบ {votes.against} เสียง งดออกเสียง {votes.abstained} เสียง"


def _of_units(c: Convened, units: Sequence[ResolvedUnit]) -> Iterator[Block]:
    """What was resolved about each, as the register of resolutions has it."""
    asked = "การรับรอง" if c.provincial else "การประเมิน"
    told = [f"มติเกี่ยวกับผู้ขอรับ{asked} จำนวนทั้งสิ้น {len(units)} หน่วยงาน ดังนี้"]
    for outcome, word in OUTCOMES.items():
        if own := [unit for unit in units if unit.outcome is outcome]:
            told.append(f"{word} {len(own)} หน่วยงาน ({counted(own)})")
    yield Block(Kind.PARAGRAPH, told[0])
    yield from (Block(Kind.DASH, text) for text in told[1:])
    rows = (
        (str(number), unit.name, TYPE[unit.type], unit.district, _outcome(c, unit))
        for number, unit in enumerate(units, 1)
    )
    table = Block(Kind.TABLE, cells=(_UNITS, *rows), widths=_UNIT_WIDTHS)
    yield table if c.provincial else _without_district(table)


def _without_district(table: Block) -> Block:
    """A district's minutes name it in their title."""
    cells = tuple((*row[:_DISTRICT], *row[_DISTRICT + 1 :]) for row in table.cells)
    widths = (*table.widths[:_DISTRICT], *table.widths[_DISTRICT + 1 :])
    return replace(table, cells=cells, widths=widths)


def _outcome(c: Convened, unit: ResolvedUnit) -> str:
    resolution = unit.resolution
    if resolution is None:
        return DOTS
    parts = [outcome_of(resolution)]
    if resolution.reason:
        parts.append(f"เหตุผล: {resolution.reason}")
    told = dict(particulars(resolution, c.occasion.words))
    labels = ("เงื่อนไข", "คะแนนเสียง", "ผู้ไม่ร่วมพิจารณา", "หมายเหตุมติ")
    parts += [f"{label}: {told[label]}" for label in labels if told[label]]
    return " ".join(parts)


def _end(c: Convened, held: Held) -> Iterator[Block]:
    ended = c.occasion.words.time(held.ended) if held.ended else DOTS
    yield Block(Kind.ITEM, f"เลิกประชุมเวลา {ended} น.")


def _signed(who: Person | None, what: str) -> Signature:
    return Signature(who.name if who else "", (*filter(None, (_position(who) if who else "",)), what))
