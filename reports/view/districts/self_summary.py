"""สรุปผลการประเมินตนเอง: each indicator against full marks, and what is left (rules.md 22, 29)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from mochocho.standards.schema import Indicator, Standard
from mochocho.words.model import Case, IndicatorScore, OwnResult, Round, SelfRound
from processing.assessment.evaluate import PackOf
from processing.scoring.score import full_points
from reports.view.blocks import Block, Kind, Paper
from reports.view.districts.district_setting import NOTHING, District, name_and_place, to_sign
from reports.view.letters.convened import paragraphs
from reports.view.own.own_forms import amount, figure
from reports.view.printed_words import ROUNDING, TYPE
from xlsforms import names

TITLE = "สรุปผลการประเมินตนเอง"
_HEAD = ("ข้อ", "ตัวบ่งชี้", "คะแนนเต็ม", "ก่อนพัฒนา", "หลังพัฒนา", "เหลือถึงเต็ม")
_WIDTHS = (10, 36, 14, 14, 14, 14)
_OWN = ("ข้อ", "เกณฑ์ย่อยของตนเอง", "เป้าหมาย", "ผลที่ทำได้", "เหลือถึงเป้าหมาย")
_OWN_WIDTHS = (10, 36, 18, 16, 20)
_DATED = {Round.SELF_BEFORE: "ก่อนพัฒนา", Round.SELF_PERIODIC: "ระหว่างพัฒนา", Round.SELF_AFTER: "หลังพัฒนา"}


def self_summary(d: District, case: Case, pack_of: PackOf) -> Paper:
    """What the applicant gave itself before and after, by the criteria of its last form, and what is left.

    What another form's criteria do not have in common, or was not assessed, is no figure.
    """
    last = case.own.rounds[-1]
    version = last.assessment.form_version
    standard = pack_of(names.SELF_ASSESSMENT, version).standard(case.application.type)
    name, _ = name_and_place(d, case)
    below = (f"{name} ({TYPE[case.application.type]})",)
    signed = to_sign("ผู้สมัคร", "ผู้รับ")
    return d.paper(TITLE, below, [*_blocks(d, case, standard, last), signed])


def _blocks(d: District, case: Case, standard: Standard, last: SelfRound) -> Iterator[Block]:
    for one in case.own.rounds:
        day = d.c.date(one.assessment.assessed_on) if one.assessment.assessed_on else "ไม่ทราบวันที่"
        yield Block(Kind.DASH, f"ประเมิน{_DATED[one.assessment.round]} {day} {_percent(d, one)}")
    before, after = (_scored(case, round_) for round_ in (Round.SELF_BEFORE, Round.SELF_AFTER))
    yield Block(Kind.ITEM, "1. คะแนนเทียบกับคะแนนเต็ม")
    rows = tuple(
        (
            i.code,
            i.th,
            str(i.full_marks),
            *_figures(d, i, before.get(i.code), after.get(i.code)),
        )
        for i in standard.indicators
    )
    yield Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)
    if last.assessment.own:
        yield Block(Kind.ITEM, "2. ผลตามเกณฑ์ย่อยของตนเอง")
        own = tuple(_own(d, result) for result in last.assessment.own)
        yield Block(Kind.TABLE, cells=(_OWN, *own), widths=_OWN_WIDTHS)
    yield from paragraphs(
        (
            f"หมายเหตุ {ROUNDING} เครื่องหมาย - คือไม่ได้ประเมิน",
            f"เสนอผลการประเมินตนเองต่อ{d.c.committee} เพื่อประกอบการตรวจประเมิน",
        )
    )


def _percent(d: District, one: SelfRound) -> str:
    percent = one.scores.percent
    return (
        f"ได้ร้อยละ {d.c.occasion.words.hundredths(percent)}" if percent is not None else "ประเมินไม่ครบทุกตัวบ่งชี้"
    )


def _scored(case: Case, round_: Round) -> Mapping[str, IndicatorScore]:
    """By indicator, the last of a round."""
    found = next((one for one in reversed(case.own.rounds) if one.assessment.round is round_), None)
    return {one.code: one for one in found.scores.indicators} if found else {}


def _figures(
    d: District, indicator: Indicator, before: IndicatorScore | None, after: IndicatorScore | None
) -> tuple[str, str, str]:
    full = full_points(indicator)
    points = [one.points if one and one.full == full else None for one in (before, after)]
    latest = points[1] if points[1] is not None else points[0]
    return (
        _points(d, points[0]),
        _points(d, points[1]),
        _points(d, full - latest if latest is not None else None),
    )


def _points(d: District, points: Fraction | None) -> str:
    return NOTHING if points is None else d.c.occasion.words.hundredths(points)


def _own(d: District, result: OwnResult) -> tuple[str, ...]:
    words = d.c.occasion.words
    left = None if result.target is None or result.actual is None else max(0, result.target - result.actual)
    target = amount(result.target, result.unit, words)
    return result.indicator, result.text, target, figure(result.actual, words), figure(left, words)
