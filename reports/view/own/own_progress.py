"""What an applicant gained from before to after its development, and what is left (rules.md 29).

A gain is told only where both forms ask the same and measure it alike; elsewhere words say that it cannot be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mochocho.standards.schema import Standard
from mochocho.words.model import Case, Round, SelfRound
from processing.assessment.evaluate import PackOf
from processing.scoring.gained import OwnProgress, Progress, Sums, of_indicators, of_sub_criteria, sums
from reports.view.own.own_forms import NOTHING, amount, figure
from reports.view.printed_words import Words
from xlsforms import names

NOT_ALIKE = "เทียบไม่ได้"
WHY_NOT_ALIKE = "แบบก่อนและหลังพัฒนาเป็นคนละเกณฑ์หรือวัดข้อนี้ต่างกัน จึงไม่คิดส่วนที่เปลี่ยนแปลง"
HEAD = ("ข้อ", "ตัวบ่งชี้", "ก่อนพัฒนา", "หลังพัฒนา", "เปลี่ยนแปลง", "คะแนนเต็ม", "เหลือถึงเต็ม")
OWN_HEAD = ("ข้อ", "เกณฑ์ย่อยของตนเอง", "ก่อนพัฒนา", "หลังพัฒนา", "เปลี่ยนแปลง", "เป้าหมาย", "เหลือถึงเป้าหมาย")


@dataclass(frozen=True, slots=True)
class ProgressView:
    """`rows`: one an indicator, the sum last; `own_rows`: one a sub-criterion. All texts, as `head` says."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    own_head: tuple[str, ...]
    own_rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def progress_view(case: Case, pack_of: PackOf, w: Words) -> ProgressView | None:
    """None where the applicant has not assessed itself both before and after."""
    last = {one.assessment.round: one for one in case.own.rounds}
    before, after = last.get(Round.SELF_BEFORE), last.get(Round.SELF_AFTER)
    if before is None or after is None:
        return None
    asked, later = (_standard(case, one, pack_of) for one in (before, after))
    indicators = of_indicators(before, after, asked, later)
    own = of_sub_criteria(before, after)
    return ProgressView(
        title="ความก้าวหน้าในการพัฒนาตนเองและส่วนที่ยังขาด (คะแนน)",
        head=HEAD,
        rows=(*(_row(one, w) for one in indicators), _sum(sums(indicators), w)),
        own_head=OWN_HEAD if own else (),
        own_rows=tuple(_own_row(one, w) for one in own),
        notes=tuple(_notes(indicators)),
    )


def _standard(case: Case, one: SelfRound, pack_of: PackOf) -> Standard:
    return pack_of(names.SELF_ASSESSMENT, one.assessment.form_version).standard(case.application.type)


def _row(one: Progress, w: Words) -> tuple[str, ...]:
    code, text = w.text(one.indicator.code), w.text(one.indicator.th)
    return code, text, *_figures(one, w), w.text(one.indicator.full_marks), _points(one.gap, w)


def _sum(one: Sums, w: Words) -> tuple[str, ...]:
    return "", "รวม", *_figures(one, w), w.text(one.full), _points(one.gap, w)


def _figures(one: Progress | Sums, w: Words) -> tuple[str, str, str]:
    """Before, after, and what changed."""
    return _points(one.before, w), _points(one.after, w), _signed(one.gained, w) if one.alike else NOT_ALIKE


def _own_row(one: OwnProgress, w: Words) -> tuple[str, ...]:
    result = one.result
    return (
        w.text(result.indicator),
        w.text(result.text),
        figure(one.before, w),
        figure(one.after, w),
        _signed_figure(one.gained, w),
        amount(result.target, result.unit, w),
        figure(one.gap, w),
    )


def _notes(every: Sequence[Progress]) -> Iterator[str]:
    if not all(one.alike for one in every):
        yield f"“{NOT_ALIKE}”: {WHY_NOT_ALIKE}"
    if any(one.alike and one.gained is None for one in every):
        yield "“-” ในช่องเปลี่ยนแปลง: ครั้งใดครั้งหนึ่งไม่ได้ประเมินข้อนั้น"


def _points(points: Fraction | None, w: Words) -> str:
    return NOTHING if points is None else w.hundredths(points)


def _signed(points: Fraction | None, w: Words) -> str:
    return NOTHING if points is None else _sign(points) + w.hundredths(abs(points))


def _signed_figure(moved: int | None, w: Words) -> str:
    return NOTHING if moved is None else _sign(moved) + w.text(abs(moved))


def _sign(moved: Fraction | int) -> str:
    return "+" if moved > 0 else "−" if moved < 0 else ""
