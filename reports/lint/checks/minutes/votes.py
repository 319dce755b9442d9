"""What a meeting resolved, with which votes, and when (Act of B.E. 2539, s. 79, 82, 83). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.model import Votes
from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import minute
from processing.meetings.meeting import Held, Meeting, Minuted
from reports.lint.checks.hours import dotted, is_hour
from reports.lint.checks.minutes.attended import members_there
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import MINUTES, plain
from reports.lint.spelt_numbers import in_figures

ITEM_NO_QUORUM = error(
    "resolution.no_quorum",
    "Act of B.E. 2539, s. 79",
    Sentence(
        "วาระที่ {number} ลงมติเวลา {hour} น. ขณะมีกรรมการอยู่ {present} คน ไม่ครบองค์ประชุม {quorum} คน",
        "item {number} was resolved at {hour} with {present} members there; the quorum is {quorum}",
    ),
    Sentence(
        "ให้ตรวจเวลาที่มีมติและเวลาที่กรรมการมาและออก หากไม่ครบจริงต้องพิจารณาใหม่เมื่อครบองค์ประชุม",
        "check its hour, and who came and left when; without a quorum it is decided again with one",
    ),
)
VOTES = error(
    "votes.too_many",
    "Act of B.E. 2539, s. 82",
    Sentence(
        "วาระที่ {number} นับคะแนนเสียงได้ {cast} แต่มีกรรมการมาประชุม {present} คน",
        "item {number} has {cast} votes, but {present} members came",
    ),
    Sentence("ให้ตรวจคะแนนเสียงหรือรายชื่อผู้มาประชุม", "check the votes, or who came"),
)
OUTSIDE = error(
    "resolution.hour_outside",
    "",
    Sentence(
        "วาระที่ {number} ลงมติเวลา {hour} น. อยู่นอกเวลาประชุม {began} - {ended} น.",
        "item {number} was resolved at {hour}, outside the meeting of {began} - {ended}",
    ),
    Sentence(
        "ให้แก้เวลาที่มีมติ หรือเวลาเริ่มและเลิกประชุมในรายงานการประชุม",
        "mend the hour, or when the meeting began or ended",
    ),
)
UNANIMOUS = error(
    "votes.not_unanimous",
    "Act of B.E. 2539, s. 83",
    Sentence(
        "วาระที่ {number} เขียนว่าเป็นเอกฉันท์ แต่มีผู้ไม่เห็นชอบ {against} คน",
        "item {number} is said to be unanimous, but {against} were against",
    ),
    Sentence("ให้แก้ข้อความหรือคะแนนเสียง", "mend the text or the votes"),
)
DIFFER = error(
    "votes.text_differs",
    "Act of B.E. 2539, s. 82",
    Sentence(
        "วาระที่ {number} เขียน “{written}” แต่คะแนนที่บันทึกไว้คือ {right} เสียง",
        "item {number} says “{written}”, but {right} votes are counted",
    ),
    Sentence("ให้แก้ข้อความหรือคะแนนเสียงให้ตรงกัน", "mend the text or the votes"),
)
LOST = error(
    "votes.lost",
    "Act of B.E. 2539, s. 82",
    Sentence(
        "วาระที่ {number} มีมติ “{resolution}” แต่คะแนนไม่เห็นชอบ {against} มากกว่าเห็นชอบ {in_favour}",
        "item {number} resolves “{resolution}”, but {against} were against and {in_favour} in favour",
    ),
    Sentence("ให้แก้มติหรือคะแนนเสียง", "mend the resolution or the votes"),
)
TIED = warning(
    "votes.tied",
    "Act of B.E. 2539, s. 82",
    Sentence(
        "วาระที่ {number} คะแนนเห็นชอบและไม่เห็นชอบเท่ากัน {votes} เสียง",
        "item {number} has {votes} votes in favour and as many against",
    ),
    Sentence(
        "ให้เขียนในมติว่าประธานออกเสียงชี้ขาด หรือแก้คะแนนเสียง",
        "say that the chair had the casting vote, or mend the votes",
    ),
)
REFUSED = warning(
    "votes.refused",
    "Act of B.E. 2539, s. 82",
    Sentence(
        "วาระที่ {number} มีมติ “{resolution}” แต่คะแนนเห็นชอบ {in_favour} มากกว่าไม่เห็นชอบ",
        "item {number} resolved “{resolution}”, but {in_favour} voted in favour, which is more than against",
    ),
    Sentence("ให้ตรวจมติหรือคะแนนเสียง", "check the resolution or the votes"),
)
DISSENT = warning(
    "votes.dissent_uncounted",
    "Act of B.E. 2539, s. 83",
    Sentence(
        "วาระที่ {number} มีความเห็นแย้ง แต่คะแนนเสียงไม่มีผู้ไม่เห็นชอบหรืองดออกเสียง",
        "item {number} has a dissent, but nobody voted against or abstained",
    ),
    Sentence("ให้แก้คะแนนเสียง หรือนำความเห็นแย้งออก", "mend the votes, or take the dissent out"),
)
ENTRIES = (ITEM_NO_QUORUM, VOTES, OUTSIDE, UNANIMOUS, DIFFER, LOST, REFUSED, TIED, DISSENT)
_FEWER = r"[^\d]{0,16}?(\d+) ?(?:เสียง|คะแนน)"
_AGAINST = re.compile(rf"(?:ไม่เห็น(?:ชอบ|ด้วย)|คัดค้าน){_FEWER}")
_ABSTAINED = re.compile(rf"งดออกเสียง{_FEWER}")
_IN_FAVOUR = re.compile(r"(?<!ไม่)เห็น(?:ชอบ|ด้วย)(?:(?!ไม่เห็น|งดออก)[^\d]){0,16}?(\d+) ?(?:เสียง|คะแนน)")
_ALL_OF_THEM = re.compile(r"เอกฉันท์ ?\(? ?(?:จำนวน|ด้วยคะแนน(?:เสียง)?)? ?(\d+) ?(?:เสียง|คะแนน)")
_TO = re.compile(r"(\d+) ?(?:เสียง ?)?ต่อ ?(\d+) ?(?:เสียง|คะแนน)")
_ADOPTED = re.compile("(?<!ไม่)(?:เห็นชอบ|รับรอง|อนุมัติ)")
_REFUSED = re.compile("ไม่(?:เห็นชอบ|รับรอง|อนุมัติ|ผ่าน)(?:ให้|การ|รับรอง)*")
_SO_MANY = re.compile(rf"{_ADOPTED.pattern}[^\d]{{0,60}}\d")


def check(looked: Examined) -> Iterator[Found]:
    """Each item of the minutes."""
    meeting, held = looked.meeting, looked.meeting.held
    if not held or not meeting.members:
        return
    present = members_there(meeting, held)
    for at, item in enumerate(held.items, 1):
        path = f"held.items.{at}"
        yield from _resolved(meeting, item, path, len(present))
        yield from _when(held, item, path)
        if item.votes:
            yield from _voted(item, item.votes, path)


def _resolved(meeting: Meeting, item: Minuted, path: str, came: int) -> Iterator[Found]:
    """Of an item whose hour is known those count who were there then, else all who came."""
    known = meeting.present_at(item.resolved_at) if is_hour(item.resolved_at) else None
    if item.resolution and meeting.lacks_quorum(known):
        yield ITEM_NO_QUORUM.at(
            Place(MINUTES, f"{path}.resolved_at"),
            number=item.number,
            hour=dotted(item.resolved_at),
            present=known,
            quorum=meeting.least_present,
        )
    there = came if known is None else known
    if item.votes and meeting.held and meeting.held.attendance and item.votes.cast > there:
        where = Place(MINUTES, f"{path}.votes")
        yield VOTES.at(where, number=item.number, cast=item.votes.cast, present=there)


def _when(held: Held, item: Minuted, path: str) -> Iterator[Found]:
    hours = (held.began, item.resolved_at, held.ended)
    if not all(map(is_hour, hours)):
        return
    if not minute(held.began) <= minute(item.resolved_at) <= minute(held.ended):
        yield OUTSIDE.at(
            Place(MINUTES, f"{path}.resolved_at"),
            number=item.number,
            hour=dotted(item.resolved_at),
            began=dotted(held.began),
            ended=dotted(held.ended),
        )


def _voted(item: Minuted, votes: Votes, path: str) -> Iterator[Found]:
    place = Place(MINUTES, f"{path}.votes")
    adopted = bool(_ADOPTED.search(item.resolution)) and not _REFUSED.search(item.resolution)
    if adopted and votes.against > votes.in_favour:
        values = {"against": votes.against, "in_favour": votes.in_favour}
        yield LOST.at(place, number=item.number, resolution=item.resolution, **values)
    refused = bool(_REFUSED.search(item.resolution)) and not _adopted_in_part(item.resolution)
    if refused and votes.in_favour > votes.against:
        yield REFUSED.at(place, number=item.number, resolution=item.resolution, in_favour=votes.in_favour)
    said = " ".join((*item.paragraphs, item.resolution))
    if adopted and votes.against == votes.in_favour > 0 and "ชี้ขาด" not in said:
        yield TIED.at(place, number=item.number, votes=votes.in_favour)
    if item.dissent and not votes.against and not votes.abstained:
        yield DISSENT.at(place, number=item.number)
    yield from _said(item, votes, place)


def _adopted_in_part(resolution: str) -> bool:
    """Whether some are adopted beside those that are refused: รับรอง 24 หน่วยงาน ไม่รับรอง 2 หน่วยงาน."""
    return bool(_SO_MANY.search(plain(_REFUSED.sub("", resolution))))


def _said(item: Minuted, votes: Votes, place: Place) -> Iterator[Found]:
    """What the texts of the item say of the votes."""
    for text in map(in_figures, map(plain, (*item.paragraphs, item.resolution))):
        if "เอกฉันท์" in text and "ไม่เป็นเอกฉันท์" not in text and votes.against:
            yield UNANIMOUS.at(place, number=item.number, against=votes.against)
        for for_it, against_it in _TO.findall(text):
            if (int(for_it), int(against_it)) != (votes.in_favour, votes.against):
                both = f"{votes.in_favour} ต่อ {votes.against}"
                yield DIFFER.at(place, number=item.number, written=f"{for_it} ต่อ {against_it}", right=both)
        for pattern, right in (
            (_IN_FAVOUR, votes.in_favour),
            (_ALL_OF_THEM, votes.in_favour),
            (_AGAINST, votes.against),
            (_ABSTAINED, votes.abstained),
        ):
            for found in pattern.finditer(text):
                if int(found[1]) != right:
                    yield DIFFER.at(place, number=item.number, written=found[0], right=right)
