"""What is projected where assessors are reconciled: dots without names, the range, the median. Pure.

Whoever could not assess is told in words and has no dot: not assessed is never zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from statistics import median

from mochocho.standards.schema import Indicator, Pack, Standard
from mochocho.words.model import Scores, Spread
from processing.findings.value_words import AGREED_BY
from processing.scoring.score import full_points, in_range, indicator_points
from reports.view.applicant_names import Name
from reports.view.assessors.spreads import OPEN
from reports.view.printed_words import Tone, Words

NOTHING = "ไม่มีตัวบ่งชี้ที่กรรมการให้คะแนนต่างกันเกินเกณฑ์"
TITLE = "คะแนนที่กรรมการให้ต่างกัน"
SETTLED = "ประมวลแล้ว"
LEGEND = ("กรรมการหนึ่งคน", "ช่วงคะแนน", "ค่ากลาง (มัธยฐาน)")  # of a dot, a bar and a line
_MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class Dots:
    """Assessors who gave the same points. `at`: from 0 to 1, of full marks."""

    at: float
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale. `at`: as `Dots.at`; `said`: how many marks that is."""

    at: float
    said: str


@dataclass(frozen=True, slots=True)
class DotsRow:
    """One indicator. `low`, `high`, `middle`: as `Dots.at`; `counts`: what counts, in marks."""

    code: str
    text: str
    dots: tuple[Dots, ...]
    low: float
    high: float
    middle: float
    ticks: tuple[Tick, ...]
    said: tuple[str, ...]
    counts: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class DotsSheet:
    """Everything projected about one applicant in one round."""

    name: Name
    where: str
    rows: tuple[DotsRow, ...]


@dataclass(frozen=True, slots=True)
class Projected:
    """The whole paper; `nothing`: what it says where nobody differs."""

    title: str
    sample: str
    nothing: str
    sheets: tuple[DotsSheet, ...]
    legend: tuple[str, ...] = LEGEND


def shown(scores: Scores, pack: Pack) -> tuple[Spread, ...]:
    """Those that wait for a person or were settled, what waits first; every one that differs where the pack
    names no threshold.
    """
    if pack.reconciling is None or pack.reconciling.above is None:
        return scores.spreads
    return tuple(sorted((s for s in scores.spreads if s.open or s.settled), key=lambda s: not s.open))


def dots_rows(scores: Scores, spreads: Sequence[Spread], standard: Standard, w: Words) -> Iterator[DotsRow]:
    """A row for each of these spreads of the scores, in their order."""
    asked = {i.code: i for i in standard.indicators}
    counting = {i.code: i.points for i in scores.indicators}
    for spread in spreads:
        if indicator := asked.get(spread.indicator):
            yield _row(spread, indicator, counting.get(spread.indicator), scores.agreed_by, w)


def _row(spread: Spread, indicator: Indicator, counts: Fraction | None, rule: str, w: Words) -> DotsRow:
    full = full_points(indicator)
    answers = [answer for _, answer in spread.answers]
    given = [a for a in answers if a is not None and in_range(indicator.measure, a)]
    points = sorted(indicator_points(indicator, answer) for answer in given)
    unable = len(answers) - len(given)
    places = [float(p / full) for p in points]
    return DotsRow(
        code=w.text(spread.indicator),
        text=w.text(indicator.th),
        dots=tuple(Dots(at, len(list(some))) for at, some in groupby(places)),
        low=min(places, default=0.0),
        high=max(places, default=0.0),
        middle=median(places) if places else 0.0,
        ticks=tuple(_ticks(indicator.full_marks, w)),
        said=tuple(_said(points, unable, w)),
        counts=_counts(spread, counts, rule, w),
        tone=Tone.BAD if spread.open else Tone.GOOD if spread.settled else Tone.PLAIN,
    )


def _ticks(full_marks: int, w: Words) -> Iterator[Tick]:
    step = -(-full_marks // _MOST_TICKS)
    yield from (Tick(mark / full_marks, w.text(mark)) for mark in range(0, full_marks + 1, step))


def _said(points: Sequence[Fraction], unable: int, w: Words) -> Iterator[str]:
    if points:
        yield f"ต่ำสุด {w.hundredths(points[0])} สูงสุด {w.hundredths(points[-1])}"
        yield f"ต่างกัน {w.hundredths(points[-1] - points[0])} ค่ากลาง {w.hundredths(median(points))}"
    if unable:
        yield w.text(f"ประเมินไม่ได้ {unable} คน")


def _counts(spread: Spread, counts: Fraction | None, rule: str, w: Words) -> str:
    if spread.open or counts is None:
        return OPEN
    return (
        f"{SETTLED} ใช้ {w.hundredths(counts)}"
        if spread.settled
        else f"{AGREED_BY[rule]} {w.hundredths(counts)}"
    )
