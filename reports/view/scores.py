"""The scores of one unit as its dossier shows them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from mochocho.standards.schema import Dimension, Indicator, Pack, Standard
from mochocho.words.model import ApplicantType, AssessorMarks, DimensionScore, IndicatorScore, Scores
from mochocho.words.numbers import half_up
from mochocho.words.thai import sort_key
from processing.findings.value_words import assessor
from processing.scoring.score import added, percent
from reports.view.assessors.answers import answer_words
from reports.view.assessors.spreads import SpreadTable, spread_table
from reports.view.printed_words import ROUNDING, Tone, Words, enumerated

MOST_MARKED = 9  # assessors who have a column each; a committee has five to nine members (rules.md 24)
CORNERS = 3  # the fewest that make a radar chart
NOT_ASSESSED = "ยังไม่ประเมิน"
PROVINCIAL = "จังหวัด"
HELD = "ค้างไว้"  # the verdict of an indicator that a person has still to settle
SPREADS = "คะแนนที่กรรมการให้ต่างกัน"
CAPTION = {True: "ร้อยละของคะแนนเต็ม", False: "ประเมินยังไม่ครบทุกตัวบ่งชี้"}
VERDICT: Mapping[bool | None, tuple[str, Tone]] = {
    True: ("ผ่าน", Tone.GOOD),
    False: ("ไม่ผ่าน", Tone.BAD),
    None: ("-", Tone.PLAIN),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One corner of the chart, called by its number and name; `permille` of full marks, 0-1000."""

    label: str
    permille: int


@dataclass(frozen=True, slots=True)
class DimensionRow:
    no: str
    name: str
    points: str
    full: str
    percent: str
    provincial: str  # points of the provincial round, "" where there was none


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    code: str
    text: str
    answer: str
    full: str
    marks: tuple[str, ...]  # of each assessor
    points: str
    provincial: str
    verdict: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    title: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class ScoresView:
    title: str
    figure: str  # ร้อยละ
    caption: str
    total: str
    provincial: str
    head: tuple[str, ...]
    dimensions: tuple[DimensionRow, ...]
    axes: tuple[Axis, ...]
    chart_caption: str
    indicators_title: str
    indicators_head: tuple[str, ...]
    indicators: tuple[IndicatorGroup, ...]
    assessors: str
    provincial_assessors: str
    rounding: str
    spreads: tuple[SpreadTable, ...]  # of each round in which assessors differ


def scores_view(
    scores: Scores, type_: ApplicantType, pack: Pack, w: Words, provincial: Scores | None = None
) -> ScoresView:
    """The scores of one unit: total, by dimension with the chart, by indicator with each assessor's marks.

    `provincial` is shown beside them where there was such a round; it is added to nothing.
    """
    standard = pack.standard(type_)
    beside = (PROVINCIAL,) if provincial else ()
    marks_head = tuple(f"คนที่ {w.text(no)}" for no in range(1, len(_marked(scores)) + 1))
    waits = sum(spread.open for spread in scores.spreads)
    complete = scores.percent is not None
    by_dimension = tuple(_dimension_axes(scores, standard, w))
    by_component = tuple(_component_axes(scores, standard, w))
    # A radar of one or two corners shows nothing: then components are drawn instead of dimensions.
    deeper = len(by_dimension) < CORNERS <= len(by_component)
    return ScoresView(
        title="ผลการประเมินรายด้าน",
        figure=w.hundredths(scores.percent) if scores.percent is not None else "",
        caption=w.text(f"รอประมวลคะแนน {waits} ตัวบ่งชี้") if waits else CAPTION[complete],
        total=f"ได้ {w.hundredths(scores.points)} จากคะแนนเต็ม {w.marks(scores.full)} คะแนน "
        f"(เกณฑ์ผ่านร้อยละ {w.text(pack.pass_rule.percent)})",
        provincial=provincial_line(provincial, w) if provincial else "",
        head=("ที่", "ด้าน", "ได้", "เต็ม", "ร้อยละ", *beside),
        dimensions=tuple(_dimension_rows(scores, standard, provincial, w)),
        axes=by_component if deeper else by_dimension,
        chart_caption="แผนภูมิรายองค์ประกอบ" if deeper else "แผนภูมิรายด้าน",
        indicators_title="คะแนนรายตัวบ่งชี้",
        indicators_head=("ข้อ", "ตัวบ่งชี้", "ผลที่ตรวจพบ", "เต็ม", *marks_head, "ได้", *beside, "ผล"),
        indicators=tuple(_indicator_groups(scores, standard, pack, provincial, w)),
        assessors=_assessors(scores, w, numbered=True),
        provincial_assessors=f"รอบจังหวัด {_assessors(provincial, w, numbered=False)}" if provincial else "",
        rounding=ROUNDING,
        spreads=tuple(_spreads(scores, standard, pack, provincial, w)),
    )


def _spreads(
    scores: Scores, standard: Standard, pack: Pack, provincial: Scores | None, w: Words
) -> Iterator[SpreadTable]:
    for title, of in ((SPREADS, scores), (f"รอบจังหวัด: {SPREADS}", provincial)):
        if of and (table := spread_table(of, standard, pack, title, w)):
            yield table


def provincial_line(provincial: Scores, w: Words) -> str:
    """The result of the provincial round."""
    share = "ยังไม่ครบทุกตัวบ่งชี้" if provincial.percent is None else f"ร้อยละ {w.hundredths(provincial.percent)}"
    said = f"ได้ {w.hundredths(provincial.points)} จากคะแนนเต็ม {w.marks(provincial.full)} คะแนน ({share})"
    return w.text(f"รอบจังหวัด: {said}")


def _dimension_rows(
    scores: Scores, standard: Standard, provincial: Scores | None, w: Words
) -> Iterator[DimensionRow]:
    beside = {d.code: d.points for d in provincial.dimensions} if provincial else {}
    for no, dimension, score in _dimensions(scores, standard):
        yield DimensionRow(
            w.text(no),
            w.text(dimension.th),
            w.hundredths(score.points),
            w.marks(score.full),
            w.hundredths(percent(score.points, score.full)),
            _beside(beside.get(dimension.code), provincial, w),
        )


def _beside(points: Fraction | None, provincial: Scores | None, w: Words) -> str:
    if provincial is None:
        return ""
    return "-" if points is None else w.hundredths(points)


def _dimension_axes(scores: Scores, standard: Standard, w: Words) -> Iterator[Axis]:
    for no, dimension, score in _dimensions(scores, standard):
        yield Axis(w.text(f"{no} {dimension.th}"), _permille(score.points, score.full))


def _dimensions(scores: Scores, standard: Standard) -> Iterator[tuple[int, Dimension, DimensionScore]]:
    earned = {d.code: d for d in scores.dimensions}
    for no, dimension in enumerate(standard.dimensions, 1):
        if dimension.code in earned:
            yield no, dimension, earned[dimension.code]


def _component_axes(scores: Scores, standard: Standard, w: Words) -> Iterator[Axis]:
    earned = {i.code: i for i in scores.indicators}
    for component in (c for d in standard.dimensions for c in d.components):
        own = [earned[i.code] for i in component.indicators if i.code in earned]
        yield Axis(
            w.text(f"{component.code} {component.th}"), _permille(added(own), sum(i.full for i in own))
        )


def _permille(points: Fraction, full: int) -> int:
    return half_up(percent(points, full) / 10)


def _marked(scores: Scores) -> tuple[AssessorMarks, ...]:
    """The assessors whose marks stand beside the agreed ones: where they are several and all are in."""
    shown = tuple(one for one in scores.marks if one.points)
    return shown if 1 < len(shown) <= MOST_MARKED else ()


def _assessors(scores: Scores, w: Words, numbered: bool) -> str:
    """Who assessed it and when each was there; `numbered`: by the columns of their marks."""
    numbers = {one: no for no, one in enumerate(_marked(scores), 1)} if numbered else {}
    named = [_visit(one, numbers.get(one), w) for one in scores.marks]
    named = named or sorted(scores.assessors, key=sort_key)
    return w.text(f"ผู้ตรวจประเมิน: {enumerated(named)}") if named else ""


def _visit(one: AssessorMarks, column: int | None, w: Words) -> str:
    """`นายหนึ่ง ใจดี (คนที่ ๑ ตรวจวันที่ ๒ เมษายน ๒๕๖๘)`."""
    said = [f"คนที่ {column}"] if column else []
    if one.visited_on:
        said.append(f"ตรวจวันที่ {w.date(one.visited_on)}")
    return f"{assessor(one.assessor)} ({' '.join(said)})" if said else assessor(one.assessor)


def _indicator_groups(
    scores: Scores, standard: Standard, pack: Pack, provincial: Scores | None, w: Words
) -> Iterator[IndicatorGroup]:
    beside = {i.code: i.points for i in provincial.indicators} if provincial else {}
    earned = {i.code: i for i in scores.indicators}
    levels = {level.level: level.th for level in pack.rubric_levels}
    marks = _marks(scores, w)
    waits = {w.text(spread.indicator) for spread in scores.spreads if spread.open}
    for dimension in standard.dimensions:
        rows = (
            _indicator(
                i, earned.get(i.code), levels, marks(i.code), _beside(beside.get(i.code), provincial, w), w
            )
            for i in dimension.indicators
        )
        marked = (replace(row, verdict=HELD, tone=Tone.BAD) if row.code in waits else row for row in rows)
        yield IndicatorGroup(w.text(dimension.th), tuple(marked))


def _marks(scores: Scores, w: Words) -> Callable[[str], tuple[str, ...]]:
    """What each assessor gave for an indicator, by its code."""
    at = {one.code: place for place, one in enumerate(scores.indicators)}

    def given(code: str) -> tuple[str, ...]:
        points = [one.points[at[code]] if code in at else None for one in _marked(scores)]
        return tuple("-" if one is None else w.hundredths(one) for one in points)

    return given


def _indicator(
    indicator: Indicator,
    score: IndicatorScore | None,
    levels: Mapping[int, str],
    marks: tuple[str, ...],
    provincial: str,
    w: Words,
) -> IndicatorRow:
    assessed = score is not None and score.points is not None
    verdict, tone = VERDICT[score.passed if score else None]
    return IndicatorRow(
        code=w.text(indicator.code),
        text=w.text(indicator.th),
        answer=w.text(_answer(indicator, score, levels)) if assessed else NOT_ASSESSED,
        full=w.text(indicator.full_marks),
        points=w.hundredths(score.points) if score and score.points is not None else "-",
        marks=marks,
        provincial=provincial,
        verdict=verdict,
        tone=tone,
    )


def _answer(indicator: Indicator, score: IndicatorScore | None, levels: Mapping[int, str]) -> str:
    answer = score.answer if score else None
    return "-" if answer is None else answer_words(indicator, answer, levels)
