"""รายงานการประชุม, form 11: who came, what was said and resolved (docs/thai-papers.md 3 and 5). Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mochocho.words.model import Votes
from mochocho.words.numbers import arabic
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.meetings.meeting import Held, Minuted, Person
from reports.view.after.resolved_units import ResolvedUnit, counted
from reports.view.after.who_came import no_quorum, position, who_came
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.convened import Convened, paragraphs
from reports.view.printed_words import DOTS, TYPE
from reports.view.resolved import outcome_with_condition, particulars
from reports.wording.typed_points import in_lines, set_apart

TITLE = "รายงานการประชุม"
RESOLVED = "มติที่ประชุม"
_UNITS = ("ลำดับ", "ชื่อ", "ประเภท", "อำเภอ", "มติ")
_UNIT_WIDTHS = (5, 22, 15, 15, 33)
_DISTRICT = _UNITS.index("อำเภอ")
_EMPTY_LINES = 2
_ITEM = re.compile(r"ระเบียบวาระที่ ([0-9๐-๙]+) (.*)")
_NOTHING = re.compile(r"[- ]*ไม่มี[- ]*")


def minutes(c: Convened, agenda: Sequence[Block], units: Sequence[ResolvedUnit]) -> Paper:
    """The minutes of a meeting. `agenda`: its blocks; `units`: about whom it resolved, in order.

    What was not written down is dots to fill in by hand.
    """
    held = c.meeting.held or Held()
    blocks = (*who_came(c, held), *_items(c, agenda, held, units), *_end(c, held))
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


def _items(
    c: Convened, agenda: Sequence[Block], held: Held, units: Sequence[ResolvedUnit]
) -> Iterator[Block]:
    minuted = {arabic(one.number): one for one in held.items}
    for number, title, body in _sections(agenda):
        yield Block(Kind.ITEM, f"ระเบียบวาระที่ {number} {title}")
        own = minuted.get(number, Minuted(number))
        below = [one for key, one in minuted.items() if key.startswith(f"{number}.")]
        told = _told(own, body) if own.paragraphs or not below else ()
        yield from told
        for one in below:
            yield Block(Kind.HEADING, f"{one.number} {_heading(one.number, body)}".rstrip())
            yield from paragraphs(one.paragraphs)
            yield from _resolved(c, one)
        decided = units if "เพื่อพิจารณา" in title else ()
        to_fill_in = not below and not _nothing(told)
        if to_fill_in or decided or own.resolution or own.votes or own.dissent:
            yield from _resolved(c, own, decided)


def _told(own: Minuted, body: Sequence[Block]) -> tuple[Block, ...]:
    """What was said, else what the agenda says, else lines to write on."""
    return paragraphs(own.paragraphs) or tuple(body) or (Block(Kind.RESOLUTION, lines=_EMPTY_LINES),)


def _nothing(told: Iterable[Block]) -> bool:
    """Whether they say only that there was nothing, about which nothing was resolved."""
    return all(_NOTHING.fullmatch(block.text) for block in told)


def _sections(agenda: Sequence[Block]) -> Iterator[tuple[str, str, list[Block]]]:
    """Each item of the agenda: its number, its title, and its text without lines to write on."""
    number, title, body = "", "", list[Block]()
    for block in agenda:
        found = _ITEM.match(block.text) if block.kind is Kind.ITEM else None
        if found is None:
            if block.kind is not Kind.RESOLUTION:
                body.append(block)
            continue
        if number:
            yield number, title, body
        number, title, body = arabic(found[1]), found[2], []
    if number:
        yield number, title, body


def _heading(number: str, body: Iterable[Block]) -> str:
    """What the agenda calls a part of an item."""
    wanted = arabic(number)
    for block in body:
        first, _, rest = block.text.partition(" ")
        if arabic(first) == wanted:
            return rest if block.kind is Kind.HEADING else ""
    return ""


def _resolved(c: Convened, one: Minuted, units: Sequence[ResolvedUnit] = ()) -> Iterator[Block]:
    """The resolution, that it had no quorum, votes where they were counted, what was resolved about each
    unit, and dissent with its reasons (the Act, s. 83).
    """
    yield Block(Kind.RESOLUTION, RESOLVED, lines=0 if one.resolution or units else _EMPTY_LINES)
    if one.resolution:
        yield from paragraphs([one.resolution])
        yield from no_quorum(c, one.resolved_at)
    if one.votes:
        yield Block(Kind.PARAGRAPH, f"คะแนนเสียง {_votes(one.votes)}")
    if units:
        yield from _of_units(c, units)
    if one.dissent:
        yield Block(Kind.PARAGRAPH, "ความเห็นแย้งและเหตุผล")
        yield from (Block(Kind.DASH, in_lines(text)) for text in one.dissent)


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
    why = f" เหตุผล: {set_apart(resolution.reason)}" if resolution.reason else ""
    parts = [f"{outcome_with_condition(resolution, c.occasion.words)}{why}"]
    told = dict(particulars(resolution, c.occasion.words))
    labels = ("คะแนนเสียง", "ผู้ไม่ร่วมพิจารณา", "หมายเหตุมติ")
    parts += [f"{label}: {told[label]}" for label in labels if told[label]]
    if c.meeting.lacks_quorum(unit.took_part):
        parts.append(f"ไม่ครบองค์ประชุม มีผู้ร่วมพิจารณา {unit.took_part} คน")
    return in_lines("\n".join(parts))


def _end(c: Convened, held: Held) -> Iterator[Block]:
    ended = c.occasion.words.time(held.ended) if held.ended else DOTS
    yield Block(Kind.ITEM, f"เลิกประชุมเวลา {ended} น.")


def _signed(who: Person | None, what: str) -> Signature:
    return Signature(who.name if who else "", (*filter(None, (position(who) if who else "",)), what))
