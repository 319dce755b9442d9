"""Who a unit is: place, days, eligibility as its form says it, and what was resolved about it."""

from collections.abc import Iterator, Sequence
from datetime import date

from mochocho.standards.schema import Choice, DurationMonths, Eligibility, Standard
from mochocho.words.model import Application, Case, HeldMeeting
from reports.view import resolved
from reports.view.applicant_names import place_line
from reports.view.printed_words import Words, enumerated

Fact = tuple[str, str]  # label, what is known
YES_NO = {"yes": "ใช่", "no": "ไม่ใช่", "": "ไม่ได้ตอบ"}
MONTHS = 12


def facts(case: Case, district: str, w: Words) -> Iterator[Fact]:
    """What the first page tells beside name and type, in its order; `district`: stands above it already."""
    a = case.application
    yield "พื้นที่", place_line(a, w) or district
    yield "วันที่สมัคร", w.date(a.applied_on) if a.applied_on else "-"
    if case.masked_id:
        yield "เลขประจำตัวประชาชน", w.masked(case.masked_id)
    yield from ((label, w.text(said)) for label, said in background(a))
    if members := _members(case):
        yield "จำนวนสมาชิก", w.text(members)
    if visits := visited(case):
        yield "วันที่ตรวจประเมิน", enumerated([w.date(day) for day in visits])
    if refused := _refused(a):
        yield "ความยินยอม", refused
    if former := case.assessment.counted and case.assessment.counted.former:
        yield f"ผลปี {w.text(former.year_be)}", resolved.former_line(former, w)
    yield from resolved.lines(case, w)


def background(application: Application) -> Iterator[Fact]:
    """Age, occupation and year of founding, each only where it was given; digits are Arabic."""
    age = "" if application.age is None else f"{application.age} ปี"
    given = {label: said for label, said in (("อายุ", age), ("อาชีพ", application.occupation)) if said}
    if given:
        yield "และ".join(given), " ".join(given.values())
    if application.founded_be is not None:
        yield "ปีที่ก่อตั้ง", f"พ.ศ. {application.founded_be}"


def main_works(application: Application) -> Iterator[Fact]:
    """The main works in one line, numbered where they are several; nothing where none was given."""
    match application.main_works:
        case ():
            return
        case (work,):
            yield "ผลงานสำคัญ", work
        case works:
            yield "ผลงานสำคัญ", " ".join(f"({no}) {work}" for no, work in enumerate(works, 1))


def visited(case: Case) -> list[date]:
    """The days on which assessors were on site, each once."""
    scores = case.assessment.scores
    return sorted({one.visited_on for one in (scores.marks if scores else ()) if one.visited_on})


def eligible(application: Application, standard: Standard, w: Words) -> Iterator[Fact]:
    """Each rule of eligibility with what the form says to it: years of residence, kind of position."""
    for rule in standard.eligibility:
        yield w.text(rule.th), w.text(answered(rule, application.eligibility.get(rule.code, "")))


def answered(rule: Eligibility, answer: str) -> str:
    """What a form says to a rule, in words; months as years and months."""
    match rule.check:
        case DurationMonths() if answer.isascii() and answer.isdigit():
            return _years(int(answer))
        case Choice(choices=choices):
            return next((one.th for one in choices if one.code == answer), YES_NO.get(answer, answer))
    return YES_NO.get(answer, answer)


def _years(months: int) -> str:
    years, rest = divmod(months, MONTHS)
    said = ([f"{years} ปี"] if years else []) + ([f"{rest} เดือน"] if rest or not years else [])
    return " ".join(said)


def _members(case: Case) -> str:
    """How many members it had at the last meeting that a self-assessment tells of; "" where none does."""
    held = [one for round_ in case.own.rounds for some in round_.assessment.meetings.values() for one in some]
    last = _last([one for one in held if one.members is not None])
    return f"{last.members} คน" if last else ""


def _last(held: Sequence[HeldMeeting]) -> HeldMeeting | None:
    return max(held, key=lambda one: one.met_on or date.min) if held else None


def _refused(application: Application) -> str:
    """The consents that were refused: the committee must know before it shows or publishes anything."""
    said = []
    if application.photo_consent is False:
        said.append("ไม่ยินยอมให้ใช้ภาพถ่าย")
    if application.publication_consent is False:
        said.append("ไม่ยินยอมให้เผยแพร่ชื่อ")
    return " และ".join(said)
