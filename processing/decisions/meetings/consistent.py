"""Whether what a resolution says of its meeting fits together: votes, presence, condition, deferral. Pure.

Votes are of those who came less those who were recused (rules: docs/thai-papers.md 5, Act of B.E. 2539,
s. 13-16 and 82): a majority decides, and the chair where they are even.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from mochocho.words import days, people, thai
from mochocho.words.model import Outcome
from processing.decisions.decision import Resolved
from processing.decisions.meetings.outcomes import OUTCOMES

Part = Literal[
    "committee",
    "meeting_no",
    "meeting_date",
    "votes",
    "present",
    "recused",
    "condition",
    "due",
    "deferred_to",
    "note",
]
Wrong = tuple[Part, str]

MOST_PRESENT = 99
_LONGEST = timedelta(days=366)  # a condition is met within a year of the meeting
_MEETING_NO = re.compile("([1-9][0-9]{0,3})/(25[0-9]{2})")
_SHORTEST_NAME = 5  # letters of a committee's name: fewer name no committee
_SHORTEST_PERSON = 3


def wrong(resolved: Resolved, fiscal_year_be: int) -> Iterator[Wrong]:
    """Each part that is to be put right, and in Thai what to do."""
    if said := _committee(thai.normalise(resolved.committee)):
        yield "committee", said
    if said := _number(resolved.meeting_no, fiscal_year_be):
        yield "meeting_no", said
    if far := days.far_from_cycle(resolved.meeting_date, fiscal_year_be):
        yield "meeting_date", far.th
    yield from _recused(resolved)
    yield from _present(resolved)
    yield from _votes(resolved)
    yield from _condition(resolved)
    yield from _deferral(resolved, fiscal_year_be)


def _committee(name: str) -> str:
    if not name:
        return "ต้องระบุชื่อคณะกรรมการที่มีมติ"
    if sum(map(str.isalpha, name)) < _SHORTEST_NAME:
        return "ชื่อคณะกรรมการสั้นเกินไป ให้เขียนชื่อเต็ม เช่น คณะกรรมการตรวจประเมินอำเภอแม่จัน"
    return ""


def _number(number: str, fiscal_year_be: int) -> str:
    parts = _MEETING_NO.fullmatch(number)
    if parts is None:
        return "ครั้งที่ของการประชุมต้องเขียนแบบ 1/2568 (ปี พ.ศ. สี่หลัก)"
    if abs(int(parts[2]) - fiscal_year_be) > 1:
        return f"ปีของครั้งที่ {number} ห่างจากปีงบประมาณ {fiscal_year_be} เกินหนึ่งปี ให้ตรวจปี พ.ศ."
    return ""


def _recused(resolved: Resolved) -> Iterator[Wrong]:
    seen = set[str]()
    for name in map(thai.normalise, resolved.recused):
        if sum(map(str.isalpha, name)) < _SHORTEST_PERSON:
            yield "recused", "ผู้ที่ไม่ร่วมพิจารณาต้องเขียนชื่อและนามสกุล คั่นแต่ละคนด้วยจุลภาค"
        elif (key := people.key(name)) in seen:
            yield "recused", f"“{name}” อยู่ในรายชื่อผู้ที่ไม่ร่วมพิจารณาซ้ำ ให้เหลือครั้งเดียว"
        else:
            seen.add(key)


def _present(resolved: Resolved) -> Iterator[Wrong]:
    present, recused = resolved.present, len(resolved.recused)
    if present is None:
        return
    if not 1 <= present <= MOST_PRESENT:
        yield "present", f"จำนวนผู้มาประชุมต้องอยู่ระหว่าง 1 ถึง {MOST_PRESENT} คน"
    elif present <= recused:
        yield (
            "present",
            f"ผู้มาประชุม {present} คน ไม่ร่วมพิจารณา {recused} คน จึงไม่เหลือผู้พิจารณา ให้ตรวจจำนวนและรายชื่อ",
        )


def _votes(resolved: Resolved) -> Iterator[Wrong]:
    votes, present, recused = resolved.votes, resolved.present, len(resolved.recused)
    if votes is None:
        return
    if min(votes.in_favour, votes.against, votes.abstained) < 0:
        yield "votes", "คะแนนเสียงต้องเป็นจำนวนเต็มที่ไม่ติดลบ"
    elif present is None:
        yield "present", "เมื่อนับคะแนนเสียง ต้องระบุจำนวนผู้มาประชุม"
    elif votes.cast != present - recused:
        there = f"มาประชุม {present} คน ไม่ร่วมพิจารณา {recused} คน ซึ่งไม่นับ"
        unlike = f"ไม่เท่ากับผู้มีสิทธิออกเสียง {present - recused} คน ({there})"
        yield "votes", f"คะแนนเสียงรวม {votes.cast} {unlike} ให้ตรวจจำนวน"
    elif said := _against_majority(resolved.outcome, votes.in_favour, votes.against):
        yield "votes", said


def _against_majority(outcome: Outcome, in_favour: int, against: int) -> str:
    """Even votes are the chair's to decide."""
    counted = f"เห็นชอบ {in_favour} ไม่เห็นชอบ {against}"
    if outcome.passes and (in_favour < against or not in_favour):
        return f"มติ{OUTCOMES[outcome]}ขัดกับคะแนนเสียง ({counted}) ให้ตรวจมติหรือคะแนนเสียง"
    if outcome is Outcome.FAIL and against < in_favour:
        return f"มติ{OUTCOMES[outcome]}ขัดกับคะแนนเสียง ({counted}) ให้ตรวจมติหรือคะแนนเสียง"
    return ""


def _condition(resolved: Resolved) -> Iterator[Wrong]:
    condition, due = thai.normalise(resolved.condition), resolved.due
    word = OUTCOMES[Outcome.CONDITIONAL]
    if resolved.outcome is not Outcome.CONDITIONAL:
        if condition:
            yield "condition", f"มีเงื่อนไข แต่มติเป็น{OUTCOMES[resolved.outcome]} เงื่อนไขใช้กับมติ{word}เท่านั้น"
        if due:
            yield "due", f"มีวันครบกำหนด แต่มติเป็น{OUTCOMES[resolved.outcome]} วันครบกำหนดใช้กับมติ{word}เท่านั้น"
        return
    if not thai.says_something(condition):
        yield "condition", f"มติ{word}ต้องมีเงื่อนไข เพราะจะพิมพ์ในเอกสารและแจ้งผู้สมัคร"
    if due is None:
        yield "due", f"มติ{word}ต้องมีวันครบกำหนดของเงื่อนไข"
    elif said := _far(due, resolved.meeting_date):
        yield "due", said


def _far(due: date, met: date) -> str:
    if due < met:
        return "วันครบกำหนดของเงื่อนไขอยู่ก่อนวันประชุม ให้ตรวจปี พ.ศ./ค.ศ."
    if due - met > _LONGEST:
        return "วันครบกำหนดของเงื่อนไขเกินหนึ่งปีหลังวันประชุม ให้ตรวจปี พ.ศ./ค.ศ."
    return ""


def _deferral(resolved: Resolved, fiscal_year_be: int) -> Iterator[Wrong]:
    word, to = OUTCOMES[Outcome.DEFERRED], resolved.deferred_to
    if resolved.outcome is not Outcome.DEFERRED:
        if to:
            mine = OUTCOMES[resolved.outcome]
            yield "deferred_to", f"มีครั้งที่ที่เลื่อนไป แต่มติเป็น{mine} ใช้กับมติ{word}เท่านั้น"
    elif not to:
        yield "deferred_to", f"มติ{word}ต้องระบุว่าเลื่อนไปพิจารณาในการประชุมครั้งที่เท่าใด เช่น 2/2568"
    elif said := _number(to, fiscal_year_be):
        yield "deferred_to", said
    elif _MEETING_NO.fullmatch(resolved.meeting_no) and _place(to) <= _place(resolved.meeting_no):
        yield "deferred_to", f"เลื่อนไปครั้งที่ {to} ซึ่งไม่อยู่หลังครั้งที่ {resolved.meeting_no} ให้ตรวจครั้งที่"


def _place(number: str) -> tuple[int, int]:
    """When a meeting is among others: by its year, then its number."""
    which, _, year = number.partition("/")
    return int(year), int(which)
