"""What the applicant gained from before to after its development, and what is left to full marks. Pure."""

from fractions import Fraction

from mochocho.words.model import Round, SelfRound
from mochocho.words.numbers import hundredths
from processing.scoring.gained import OwnProgress, Progress, Sums, of_indicators, of_sub_criteria, sums
from reports.explaining.explained_case import ExplainedCase
from reports.explaining.line_tree import SCREEN, Line, line
from reports.view.own.own_forms import figure
from reports.view.own.own_progress import NOT_ALIKE, WHY_NOT_ALIKE
from xlsforms import names


def progress_line(known: ExplainedCase) -> Line | None:
    """Per indicator and sub-criterion; None where there is no self-assessment before or after."""
    last = {one.assessment.round: one for one in known.case.own.rounds}
    before, after = last.get(Round.SELF_BEFORE), last.get(Round.SELF_AFTER)
    newest = after or before
    if newest is None:
        return None
    kind = known.case.application.type
    packs = (known.pack_of(names.SELF_ASSESSMENT, _version(one or newest)) for one in (before, newest))
    asked, later = (pack.standard(kind) for pack in packs)
    every = of_indicators(before, after, asked, later)
    return line(
        "ความก้าวหน้าจากก่อนถึงหลังพัฒนา และช่องว่างถึงคะแนนเต็ม (กติกา 29)",
        *map(_indicator, every),
        _sums(sums(every)),
        *map(_own, of_sub_criteria(before, after)),
        about="progress",
    )


def _version(one: SelfRound) -> str:
    return one.assessment.form_version


def _indicator(one: Progress) -> Line:
    return line(f"{one.indicator.code}: {_moved(one, one.indicator.full_marks)}")


def _sums(one: Sums) -> Line:
    return line(f"รวมทุกตัวบ่งชี้: {_moved(one, one.full)}")


def _moved(one: Progress | Sums, full: int) -> str:
    both = f"ก่อน {_points(one.before)} หลัง {_points(one.after)} จาก {full}"
    if not one.alike:
        moved = f"{NOT_ALIKE} เพราะ{WHY_NOT_ALIKE}"
    elif one.gained is None:
        moved = "ยังเทียบไม่ได้"
    else:
        moved = f"เปลี่ยน {_signed(one.gained)}"
    return f"{both} · {moved} · เหลือถึงเต็ม {_points(one.gap)}"


def _own(one: OwnProgress) -> Line:
    result = one.result
    reached = f"ก่อน {figure(one.before, SCREEN)} หลัง {figure(one.after, SCREEN)}"
    aimed = f"เป้าหมาย {figure(result.target, SCREEN)} · เหลือ {figure(one.gap, SCREEN)}"
    return line(f"เกณฑ์ย่อย {result.indicator} {result.text}: {reached} {aimed}")


def _points(points: Fraction | None) -> str:
    return "-" if points is None else hundredths(points)


def _signed(points: Fraction) -> str:
    return f"{'+' if points > 0 else '-' if points < 0 else ''}{hundredths(abs(points))}"
