"""Whether what a resolution says of its meeting fits together: votes, presence, condition, deferral. Pure.

Votes are of those who came less those who were recused (rules: docs/thai-papers.md 5, Act of B.E. 2539,
s. 13-16 and 82): a majority decides, and the chair where they are even.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from mochocho.words import days, people, thai
from mochocho.words.model import Outcome
from mochocho.words.sentences import Sentence
from processing.decisions.decision import Resolved
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.meetings.meeting_number import NUMBER, turn, wrong_number

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
Wrong = tuple[Part, Sentence]

MOST_PRESENT = 99
_LONGEST = timedelta(days=366)  # a condition is met within a year of the meeting
_SHORTEST_NAME = 5  # letters of a committee's name: fewer name no committee
_SHORTEST_PERSON = 3

_NO_PERSON = Sentence(
    "ผู้ที่ไม่ร่วมพิจารณาต้องเขียนชื่อและนามสกุล คั่นแต่ละคนด้วยจุลภาค",
    "write first name and surname of those who were recused, each after a comma",
)
_PRESENT = Sentence(
    f"จำนวนผู้มาประชุมต้องอยู่ระหว่าง 1 ถึง {MOST_PRESENT} คน",
    f"the number of members who came must be from 1 to {MOST_PRESENT}",
)
_NEGATIVE = Sentence("คะแนนเสียงต้องเป็นจำนวนเต็มที่ไม่ติดลบ", "votes must be whole numbers that are not negative")
_UNCOUNTED = Sentence(
    "เมื่อนับคะแนนเสียง ต้องระบุจำนวนผู้มาประชุม", "where votes are counted, say how many members came"
)
_NO_CONDITION = Sentence(
    f"มติ{OUTCOMES[Outcome.CONDITIONAL]}ต้องมีเงื่อนไข เพราะจะพิมพ์ในเอกสารและแจ้งผู้สมัคร",
    f"the resolution “{OUTCOMES[Outcome.CONDITIONAL]}” needs its condition: papers print it, "
    "the applicant is told",
)
_NO_DUE = Sentence(
    f"มติ{OUTCOMES[Outcome.CONDITIONAL]}ต้องมีวันครบกำหนดของเงื่อนไข",
    f"the resolution “{OUTCOMES[Outcome.CONDITIONAL]}” needs the day by which its condition is due",
)
_NOT_DEFERRED_TO = Sentence(
    f"มติ{OUTCOMES[Outcome.DEFERRED]}ต้องระบุว่าเลื่อนไปพิจารณาในการประชุมครั้งที่เท่าใด เช่น 2/2568",
    f"the resolution “{OUTCOMES[Outcome.DEFERRED]}” needs the number of the meeting "
    "that it is put off to, such as 2/2568",
)


def wrong(resolved: Resolved, fiscal_year_be: int) -> Iterator[Wrong]:
    """Each part that is to be put right, and what to do."""
    if said := _committee(thai.normalise(resolved.committee)):
        yield "committee", said
    if said := wrong_number(resolved.meeting_no, fiscal_year_be):
        yield "meeting_no", said
    if said := days.far_from_cycle(resolved.meeting_date, fiscal_year_be):
        yield "meeting_date", said
    yield from _recused(resolved)
    yield from _present(resolved)
    yield from _votes(resolved)
    yield from _condition(resolved)
    yield from _deferral(resolved, fiscal_year_be)


def _committee(name: str) -> Sentence | None:
    if not name:
        return Sentence("ต้องระบุชื่อคณะกรรมการที่มีมติ", "name the committee that resolved")
    if sum(map(str.isalpha, name)) < _SHORTEST_NAME:
        return Sentence(
            "ชื่อคณะกรรมการสั้นเกินไป ให้เขียนชื่อเต็ม เช่น คณะกรรมการตรวจประเมินอำเภอแม่จัน",
            "the committee's name is too short; write it in full, such as “คณะกรรมการตรวจประเมินอำเภอแม่จัน”",
        )
    return None


def _recused(resolved: Resolved) -> Iterator[Wrong]:
    seen = set[str]()
    for name in map(thai.normalise, resolved.recused):
        if sum(map(str.isalpha, name)) < _SHORTEST_PERSON:
            yield "recused", _NO_PERSON
        elif (key := people.key(name)) in seen:
            yield (
                "recused",
                Sentence(
                    f"“{name}” อยู่ในรายชื่อผู้ที่ไม่ร่วมพิจารณาซ้ำ ให้เหลือครั้งเดียว",
                    f"“{name}” stands twice among those who were recused; leave it once",
                ),
            )
        else:
            seen.add(key)


def _present(resolved: Resolved) -> Iterator[Wrong]:
    present, recused = resolved.present, len(resolved.recused)
    if present is None:
        return
    if not 1 <= present <= MOST_PRESENT:
        yield "present", _PRESENT
    elif present <= recused:
        said = Sentence(
            f"ผู้มาประชุม {present} คน ไม่ร่วมพิจารณา {recused} คน จึงไม่เหลือผู้พิจารณา ให้ตรวจจำนวนและรายชื่อ",
            f"{present} members came and {recused} were recused, so nobody is left to decide; "
            "check number and names",
        )
        yield "present", said


def _votes(resolved: Resolved) -> Iterator[Wrong]:
    votes, present, recused = resolved.votes, resolved.present, len(resolved.recused)
    if votes is None:
        return
    if min(votes.in_favour, votes.against, votes.abstained) < 0:
        yield "votes", _NEGATIVE
    elif present is None:
        yield "present", _UNCOUNTED
    elif votes.cast != present - recused:
        voters = present - recused
        unlike = Sentence(
            f"คะแนนเสียงรวม {votes.cast} ไม่เท่ากับผู้มีสิทธิออกเสียง {voters} คน "
            f"(มาประชุม {present} คน ไม่ร่วมพิจารณา {recused} คน ซึ่งไม่นับ) ให้ตรวจจำนวน",
            f"the votes are {votes.cast} together, but {voters} members could vote "
            f"({present} came less {recused} recused); check the numbers",
        )
        yield "votes", unlike
    elif said := _against_majority(resolved.outcome, votes.in_favour, votes.against):
        yield "votes", said


def _against_majority(outcome: Outcome, in_favour: int, against: int) -> Sentence | None:
    """Even votes are the chair's to decide."""
    pass_outvoted = outcome.passes and (in_favour < against or not in_favour)
    fail_outvoted = outcome is Outcome.FAIL and against < in_favour
    if not (pass_outvoted or fail_outvoted):
        return None
    return Sentence(
        f"มติ{OUTCOMES[outcome]}ขัดกับคะแนนเสียง (เห็นชอบ {in_favour} ไม่เห็นชอบ {against}) ให้ตรวจมติหรือคะแนนเสียง",
        f"the resolution “{OUTCOMES[outcome]}” is against the votes "
        f"({in_favour} in favour, {against} against); check either",
    )


def _condition(resolved: Resolved) -> Iterator[Wrong]:
    condition, due = thai.normalise(resolved.condition), resolved.due
    if resolved.outcome is not Outcome.CONDITIONAL:
        mine = OUTCOMES[resolved.outcome]
        if condition:
            yield "condition", _unasked(Sentence("เงื่อนไข", "condition"), mine)
        if due:
            yield "due", _unasked(Sentence("วันครบกำหนด", "due day"), mine)
        return
    if not thai.says_something(condition):
        yield "condition", _NO_CONDITION
    if due is None:
        yield "due", _NO_DUE
    elif said := _far(due, resolved.meeting_date):
        yield "due", said


def _unasked(what: Sentence, outcome: str) -> Sentence:
    """That this is said of a resolution which is on no condition."""
    word = OUTCOMES[Outcome.CONDITIONAL]
    return Sentence(
        f"มี{what.th} แต่มติเป็น{outcome} {what.th}ใช้กับมติ{word}เท่านั้น",
        f"there is a {what.en}, but the resolution is “{outcome}”; a {what.en} goes with “{word}” alone",
    )


def _far(due: date, met: date) -> Sentence | None:
    if due < met:
        return Sentence(
            "วันครบกำหนดของเงื่อนไขอยู่ก่อนวันประชุม ให้ตรวจปี พ.ศ./ค.ศ.",
            "the condition is due before the day of the meeting; check which era the years are of",
        )
    if due - met > _LONGEST:
        return Sentence(
            "วันครบกำหนดของเงื่อนไขเกินหนึ่งปีหลังวันประชุม ให้ตรวจปี พ.ศ./ค.ศ.",
            "the condition is due more than a year after the meeting; check which era the years are of",
        )
    return None


def _deferral(resolved: Resolved, fiscal_year_be: int) -> Iterator[Wrong]:
    word, to = OUTCOMES[Outcome.DEFERRED], resolved.deferred_to
    if resolved.outcome is not Outcome.DEFERRED:
        if to:
            mine = OUTCOMES[resolved.outcome]
            unasked = Sentence(
                f"มีครั้งที่ที่เลื่อนไป แต่มติเป็น{mine} ใช้กับมติ{word}เท่านั้น",
                f"a meeting to put it off to goes with “{word}” alone, but the resolution is “{mine}”",
            )
            yield "deferred_to", unasked
    elif not to:
        yield "deferred_to", _NOT_DEFERRED_TO
    elif said := wrong_number(to, fiscal_year_be):
        yield "deferred_to", said
    elif NUMBER.fullmatch(resolved.meeting_no) and turn(to) <= turn(resolved.meeting_no):
        not_after = Sentence(
            f"เลื่อนไปครั้งที่ {to} ซึ่งไม่อยู่หลังครั้งที่ {resolved.meeting_no} ให้ตรวจครั้งที่",
            f"it is put off to the meeting {to}, which is not after {resolved.meeting_no}; check the numbers",
        )
        yield "deferred_to", not_after
