"""How far apart assessors were, indicator by indicator: each answer, what counts, who settled it and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mochocho.standards.schema import Indicator, Pack, Standard
from mochocho.words.model import Scores, Spread
from processing.findings.value_words import AGREED_BY, assessor
from reports.view.assessors.answers import answer_words, settled_words
from reports.view.printed_words import Tone, Words

OPEN = "รอประมวล"
NOT_ASSESSED = "ไม่ได้ประเมิน"


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One indicator; points in marks. `answers`: each assessor's, in words."""

    code: str
    text: str
    answers: tuple[str, ...]
    lowest: str
    highest: str
    difference: str
    counts: str
    why: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class SpreadTable:
    title: str
    head: tuple[str, ...]
    rows: tuple[SpreadRow, ...]


def spread_table(scores: Scores, standard: Standard, pack: Pack, title: str, w: Words) -> SpreadTable | None:
    """The indicators of a round in which assessors differ or that people settled; None = there is none."""
    rows = tuple(spread_rows(scores, standard, pack, w))
    head = ("ข้อ", "คำตอบของกรรมการแต่ละคน", "ต่ำสุด", "สูงสุด", "ต่าง", "ที่ใช้", "เหตุที่ใช้")
    return SpreadTable(title, head, rows) if rows else None


def spread_rows(scores: Scores, standard: Standard, pack: Pack, w: Words) -> Iterator[SpreadRow]:
    """In the order of the indicators."""
    asked = {i.code: i for i in standard.indicators}
    counting = {i.code: i.points for i in scores.indicators}
    levels = {level.level: level.th for level in pack.rubric_levels}
    for spread in scores.spreads:
        if (indicator := asked.get(spread.indicator)) is None:
            continue
        points = counting.get(spread.indicator)
        yield SpreadRow(
            code=w.text(spread.indicator),
            text=w.text(indicator.th),
            answers=tuple(w.text(line) for line in _answers(spread, indicator, levels)),
            lowest=w.hundredths(spread.lowest),
            highest=w.hundredths(spread.highest),
            difference=w.hundredths(spread.difference),
            counts=OPEN if spread.open or points is None else w.hundredths(points),
            why=w.text(_why(spread, scores.agreed_by, indicator, levels)),
            tone=Tone.BAD if spread.open else Tone.PLAIN,
        )


def _answers(spread: Spread, indicator: Indicator, levels: Mapping[int, str]) -> Iterator[str]:
    for name, answer in spread.answers:
        said = NOT_ASSESSED if answer is None else answer_words(indicator, answer, levels)
        yield f"{assessor(name)}: {said}"


def _why(spread: Spread, agreed_by: str, indicator: Indicator, levels: Mapping[int, str]) -> str:
    if by := spread.settled:
        return f"ประมวลเป็น {settled_words(indicator, by.answer, levels, by.by, by.reason)}"
    return "ต่างกันเกินเกณฑ์ ยังไม่มีผู้ประมวลคะแนน" if spread.open else AGREED_BY[agreed_by]
