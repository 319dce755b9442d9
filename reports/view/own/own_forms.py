"""A unit's own forms: its self-assessments beside the committee's scores, its plan and the results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mochocho.standards.schema import Indicator, Standard
from mochocho.words import thai
from mochocho.words.model import Case, HeldMeeting, OwnResult, OwnWork, PlanItem, Round, Scores, SelfRound
from processing.scoring import attendance, score
from reports.view.own.plan_ways import Way, noted, plan_remarks, summaries, way_of
from reports.view.printed_words import ROUNDED, Words

ROUND_HEAD = {Round.SELF_BEFORE: "ก่อนพัฒนา", Round.SELF_AFTER: "หลังพัฒนา"}
NOTHING = "-"
READ_AS = {"together": "รวม", "each": "ครั้งที่ต่ำสุด"}
PERCENT = "ร้อยละ"
NOT_IN_PLAN = "(ไม่อยู่ในแผนฉบับที่นับ)"


@dataclass(frozen=True, slots=True)
class OwnView:
    """`rows` of texts below `head`; titles are empty where there is no such form.

    `plan_ways`: below each of `plan_rows`, how it is to be reached and what was noted of it.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    plan_title: str
    plan_head: tuple[str, ...]
    plan_rows: tuple[tuple[str, ...], ...]
    plan_ways: tuple[Way, ...]
    plan_notes: tuple[str, ...]


def own_view(case: Case, standard: Standard, w: Words) -> OwnView | None:
    """None where no such form was received.

    Shown in percent, because two form versions may have other full marks.
    """
    own = case.own
    if own.plan is None and not own.rounds:
        return None
    plan = tuple(_plan_rows(own, w))
    return OwnView(
        title="ผลการประเมินตนเองเทียบกับผลของคณะกรรมการ (ร้อยละของคะแนนเต็ม)" if own.rounds else "",
        head=("ที่", "ด้าน", *ROUND_HEAD.values(), "คณะกรรมการ"),
        rows=tuple(_rows(case, standard, w)) if own.rounds else (),
        notes=(*_notes(own, standard, w), *_rounding(case), *summaries(own, w)),
        plan_title="แผนพัฒนาตนเอง" if own.plan or plan else "",
        plan_head=("ตัวบ่งชี้", "เกณฑ์ย่อยของตนเอง", "เป้าหมาย", "ผลที่ทำได้", "กำหนดแล้วเสร็จ"),
        plan_rows=tuple(row for row, _ in plan),
        plan_ways=tuple(way for _, way in plan),
        plan_notes=(*_plan_notes(own, w), *plan_remarks(own, w)),
    )


def _rounding(case: Case) -> Iterator[str]:
    """How percents are rounded, unless the committee's scores say it already."""
    if case.own.rounds and case.assessment.scores is None:
        yield ROUNDED


def _last(own: OwnWork, round_: Round) -> SelfRound | None:
    return next((r for r in reversed(own.rounds) if r.assessment.round is round_), None)


def _rows(case: Case, standard: Standard, w: Words) -> Iterator[tuple[str, ...]]:
    """One row per dimension, then the total."""
    rounds = [_last(case.own, round_) for round_ in ROUND_HEAD]
    compared = [*(one.scores if one else None for one in rounds), case.assessment.scores]
    for no, dimension in enumerate(standard.dimensions, 1):
        codes = frozenset(i.code for i in dimension.indicators)
        shares = (_share(scores, dimension.code, codes, w) for scores in compared)
        yield w.text(no), w.text(dimension.th), *shares
    yield "", "รวม", *(_percent(scores, w) for scores in compared)


def _share(scores: Scores | None, code: str, indicators: frozenset[str], w: Words) -> str:
    if scores is None or any(i.points is None for i in scores.indicators if i.code in indicators):
        return NOTHING
    found = next((d for d in scores.dimensions if d.code == code and d.full), None)
    return w.hundredths(score.percent(found.points, found.full)) if found else NOTHING


def _percent(scores: Scores | None, w: Words) -> str:
    return NOTHING if scores is None or scores.percent is None else w.hundredths(scores.percent)


def _notes(own: OwnWork, standard: Standard, w: Words) -> Iterator[str]:
    dated = ((said, _last(own, round_)) for round_, said in ROUND_HEAD.items())
    days = [f"{said}เมื่อ {short_day(one.assessment.assessed_on, w)}" for said, one in dated if one]
    if days:
        yield f"ประเมิน{' '.join(days)}"
    between = [r for r in own.rounds if r.assessment.round is Round.SELF_PERIODIC]
    if between:
        each = (f"{short_day(r.assessment.assessed_on, w)} ร้อยละ {_percent(r.scores, w)}" for r in between)
        yield f"ประเมินระหว่างพัฒนา {w.text(len(between))} ครั้ง: {', '.join(each)}"
    after = _last(own, Round.SELF_AFTER)
    for indicator in standard.indicators if after else ():
        if after and (held := after.assessment.meetings.get(indicator.code)):
            yield _meetings(indicator, held, w)


def _meetings(indicator: Indicator, held: tuple[HeldMeeting, ...], w: Words) -> str:
    """Every meeting, and the percentage as the pack reads it (rules.md 37)."""
    each = ", ".join(
        f"{short_day(m.met_on, w)} {figure(m.present, w)}/{figure(m.members, w)} คน" for m in held
    )
    share = attendance.as_read(indicator, held)
    total = f" {READ_AS[indicator.attendance]}ร้อยละ {w.text(share)}" if share is not None else ""
    return f"{w.text(indicator.code)} ผู้เข้าประชุม/สมาชิก: {each}{total}"


def _plan_rows(own: OwnWork, w: Words) -> Iterator[tuple[tuple[str, ...], Way]]:
    """The plan's sub-criteria with the latest result of each, then results that are no longer in the plan."""
    done, notes = _results(own), noted(own, w)
    items = own.plan.items if own.plan else ()
    for item in items:
        yield _plan_row(item, done.get(item.id), w), (*way_of(item, w), *notes.get(item.id, ()))
    known = {item.id for item in items}
    for result in (r for id_, r in done.items() if id_ not in known):
        text = f"{result.text} {NOT_IN_PLAN}" if own.plan else result.text
        target = amount(result.target, result.unit, w)
        row = w.text(result.indicator), w.text(text), target, figure(result.actual, w), NOTHING
        yield row, notes.get(result.item, ())


def _results(own: OwnWork) -> Mapping[str, OwnResult]:
    """The latest result of each sub-criterion that has one."""
    found: dict[str, OwnResult] = {}
    for result in (r for one in own.rounds for r in one.assessment.own):
        if result.actual is not None or result.item not in found:
            found[result.item] = result
    return found


def _plan_row(item: PlanItem, result: OwnResult | None, w: Words) -> tuple[str, ...]:
    actual = figure(result.actual, w) if result else NOTHING
    target = amount(item.target, item.unit, w)
    return w.text(item.indicator), w.text(item.text), target, actual, short_day(item.due, w)


def _plan_notes(own: OwnWork, w: Words) -> Iterator[str]:
    plan = own.plan
    if plan is None:
        return
    parts = [f"ตกลงแผนเมื่อ {short_day(plan.agreed_on, w)}"] if plan.agreed_on else []
    parts += [f"ร่วมกับ{w.text(plan.agreed_with)}"] if plan.agreed_with else []
    parts += [f"ระยะเวลา {w.text(plan.period_months)} เดือน"] if plan.period_months else []
    if parts:
        yield " ".join(parts)
    if plan.mentors:
        named = (f"{m.name} ({m.agency})" if m.agency else m.name for m in plan.mentors)
        yield w.text(f"พี่เลี้ยง: {', '.join(named)}")


def short_day(value: date | None, w: Words) -> str:
    return thai.date_short(value, w.thai_digits) if value else NOTHING


def figure(value: int | None, w: Words) -> str:
    return NOTHING if value is None else w.text(value)


def amount(value: int | None, unit: str, w: Words) -> str:
    """`๔ ครั้ง`, `ร้อยละ ๘๐`."""
    parts = (PERCENT, figure(value, w)) if unit == PERCENT else (figure(value, w), w.text(unit))
    return " ".join(parts).strip()
