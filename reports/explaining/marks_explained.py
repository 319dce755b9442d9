"""The marks of one round, from the total down to each answer and the rule that gave it points. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mochocho.standards.schema import Dimension, Indicator, Measure, Pack, Sourced, Standard
from mochocho.words.model import IndicatorScore, Scores
from mochocho.words.numbers import hundredths
from processing.findings.value_words import AGREED_BY
from processing.scoring import score
from reports.explaining.exact_figures import fraction, marks, percents
from reports.explaining.line_tree import Line, line
from reports.view.assessors.answers import answer_words
from reports.view.printed_words import SAMPLE
from reports.view.scores import NOT_ASSESSED
from xlsforms.points import RUBRIC_LEVELS, steps

STILL_OPEN = "ผล: ค้างไว้ เพราะกรรมการให้คะแนนต่างกันเกินเกณฑ์ และยังไม่มีผู้ประมวลคะแนน"
ORIGIN = {"official": "ตามเอกสารทางราชการ", "reconstructed": SAMPLE}


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's answer about one indicator, None = not assessed.

    `asked`: the indicator as that form's version has it, None where it has none; `stands_in`: where the
    answer was written and what supports it.
    """

    who: str
    asked: Indicator | None
    answer: int | None
    stands_in: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Everybody's answers about one indicator; `settled`: what people decided in place of them, or ''."""

    given: Sequence[Answered]
    settled: str = ""


AnswersOf = Callable[[Indicator], Answers]


def total(pack: Pack, standard: Standard, scores: Scores, answers_of: AnswersOf, about: str) -> Line:
    """The total of a round, its dimensions, and their indicators; `about`: what the total is found by."""
    earned = {i.code: i for i in scores.indicators}
    sides = [_dimension(pack, one, scores, earned, answers_of) for one in standard.dimensions]
    said = f"คะแนนรวม ได้ {marks(scores.points)} จากคะแนนเต็ม {_full(scores.full)} คะแนน"
    return line(said, *_percent(scores), *(one for one in sides if one), about=about)


def _percent(scores: Scores) -> Iterator[Line]:
    if waits := [spread.indicator for spread in scores.spreads if spread.open]:
        yield line(f"ยังไม่มีร้อยละ เพราะกรรมการให้คะแนนต่างกันเกินเกณฑ์และยังไม่มีผู้ประมวลคะแนน ({', '.join(waits)})")
    elif scores.percent is None:
        missing = ", ".join(i.code for i in scores.indicators if i.points is None)
        yield line(f"ยังไม่มีร้อยละ เพราะยังประเมินไม่ครบทุกตัวบ่งชี้ ({missing}) และที่ยังไม่ประเมินไม่นับเป็นศูนย์")
    else:
        worked = f"{fraction(scores.points)} ÷ {_full(scores.full)} × 100"
        yield line(f"ร้อยละ {percents(scores.percent)} = {worked}")


def _dimension(
    pack: Pack,
    dimension: Dimension,
    scores: Scores,
    earned: Mapping[str, IndicatorScore],
    answers_of: AnswersOf,
) -> Line | None:
    found = next((d for d in scores.dimensions if d.code == dimension.code), None)
    if found is None:
        return None
    below = [
        indicator_line(pack, one, earned[one.code], answers_of(one), scores)
        for one in dimension.indicators
        if one.code in earned
    ]
    added = " + ".join(
        fraction(points)
        for one in dimension.indicators
        if one.code in earned and (points := earned[one.code].points) is not None
    )
    share = percents(score.percent(found.points, found.full))
    out_of = f"ได้ {marks(found.points)} จาก {_full(found.full)} คะแนน ร้อยละ {share}"
    said = f"{dimension.code} {dimension.th}: {out_of}"
    return line(f"{said} = {added}" if added else said, *below, about=dimension.code)


def indicator_line(
    pack: Pack, indicator: Indicator, earned: IndicatorScore, answers: Answers, scores: Scores
) -> Line:
    """The points of one indicator, the rule, and each answer."""
    got = f"{NOT_ASSESSED} ไม่นับเป็นศูนย์" if earned.points is None else f"ได้ {marks(earned.points)}"
    below = [line(f"กติกา: {_rule(indicator.measure)}", line(_source(indicator)))]
    below += [_answer(pack, indicator, one) for one in answers.given]
    spread = next((one for one in scores.spreads if one.indicator == indicator.code), None)
    if spread:
        ends = f"ต่ำสุด {marks(spread.lowest)} สูงสุด {marks(spread.highest)}"
        below.append(line(f"กรรมการให้ต่างกัน {marks(spread.difference)} คะแนน ({ends})"))
    below += _combined(indicator, earned, answers, scores.agreed_by)
    below += [line(STILL_OPEN)] if spread and spread.open else _met(indicator, earned)
    said = f"{indicator.code} {indicator.th}: {got} จาก {indicator.full_marks} คะแนน"
    return line(said, *below, about=indicator.code)


def _rule(measure: Measure) -> str:
    match measure.kind:
        case "count":
            return f"จำนวน{measure.unit_th} คะแนนเต็ม × คำตอบ ÷ {measure.threshold} และไม่เกินคะแนนเต็ม"
        case "percent":
            return f"ร้อยละ คะแนนเต็ม × คำตอบ ÷ {measure.threshold} และไม่เกินคะแนนเต็ม"
        case "yes_no":
            return "ใช่หรือมี ได้คะแนนเต็ม ไม่ใช่หรือไม่มี ได้ 0"
        case "rubric":
            return f"คะแนนเต็ม × ระดับ ÷ {RUBRIC_LEVELS}"


def _source(item: Sourced) -> str:
    return f"ที่มา: {item.source} ({ORIGIN[item.confidence]})"


def _answer(pack: Pack, standing: Indicator, one: Answered) -> Line:
    points = points_of(standing, one)
    if one.asked is None:
        return line(f"{one.who}: แบบฟอร์มรุ่นนั้นไม่มีข้อนี้ จึงยังไม่ประเมิน", *one.stands_in)
    if one.answer is None or points is None:
        return line(f"{one.who}: {NOT_ASSESSED}", *one.stands_in)
    levels = {level.level: level.th for level in pack.rubric_levels}
    said = f"{one.who} ตอบ {answer_words(one.asked, one.answer, levels)}"
    return line(f"{said} → {_worked(standing, one.asked, one.answer)} = {marks(points)}", *one.stands_in)


def points_of(standing: Indicator, one: Answered) -> Fraction | None:
    """One person's points, by the rules of its form's version, out of the full marks that hold."""
    if one.asked is None or one.answer is None:
        return None
    return score.indicator_points(one.asked, one.answer) * standing.full_marks / one.asked.full_marks


def _worked(standing: Indicator, asked: Indicator, answer: int) -> str:
    of = steps(asked)
    said = f"{asked.full_marks} × {min(answer, of)}/{of}"
    if asked.full_marks == standing.full_marks:
        return said
    return f"{said} × {standing.full_marks}/{asked.full_marks} (คะแนนเต็มของแบบฟอร์มรุ่นนั้นคือ {asked.full_marks})"


def _combined(indicator: Indicator, earned: IndicatorScore, answers: Answers, rule: str) -> Iterator[Line]:
    points = [own for one in answers.given if (own := points_of(indicator, one)) is not None]
    if answers.settled:
        said = f"ใช้คำตอบที่ประมวลแล้วแทน{AGREED_BY[rule]} = {marks(earned.points or 0)}"
        yield line(said, line(answers.settled))
        return
    if earned.points is None or len(points) < 2:
        return
    if rule != "mean":
        ordered = ", ".join(map(fraction, sorted(points)))
        yield line(f"รวมกรรมการ {len(points)} คน: {AGREED_BY[rule]} จาก {ordered} = {marks(earned.points)}")
        return
    added = " + ".join(map(fraction, points))
    yield line(f"รวมกรรมการ {len(points)} คน: ค่าเฉลี่ย ({added}) ÷ {len(points)} = {marks(earned.points)}")


def _met(indicator: Indicator, earned: IndicatorScore) -> Iterator[Line]:
    if earned.points is None:
        return
    verdict = _VERDICT[earned.passed] if earned.passed is not None else "ค้างไว้จนกว่าคณะกรรมการตกลงค่า"
    needed = hundredths(score.passing_points(indicator))
    must = " และเป็นตัวบ่งชี้บังคับ" if indicator.required_to_pass else ""
    yield line(f"ผล: {verdict} ข้อนี้ผ่านเมื่อได้ตั้งแต่ {needed} คะแนน เทียบก่อนปัดเศษ{must}")


def pass_rule(pack: Pack, standard: Standard, scores: Scores) -> Line:
    """The rule of passing, part by part; a committee decides (rules.md 45)."""
    rule = pack.pass_rule
    if scores.percent is None:
        waits = any(spread.open for spread in scores.spreads)
        reached = f"ยังเทียบไม่ได้ เพราะ{'ยังประมวลคะแนนไม่ครบ' if waits else 'ยังประเมินไม่ครบ'}"
    else:
        word, sign = ("ถึงเกณฑ์", "≥") if scores.percent >= rule.percent * 100 else ("ต่ำกว่าเกณฑ์", "<")
        reached = f"{word}: {hundredths(scores.percent)} {sign} {rule.percent} เทียบก่อนปัดเศษ"
    required = [i for i in standard.indicators if i.required_to_pass]
    earned = {i.code: i.passed for i in scores.indicators}
    return line(
        "เกณฑ์ผ่าน (คะแนนไม่ตัดสินเอง คณะกรรมการเป็นผู้มีมติ กติกา 45)",
        line(f"คะแนนรวมตั้งแต่ร้อยละ {rule.percent} – {reached}", line(_source(rule))),
        *(line(f"ตัวบ่งชี้บังคับ {i.code} {i.th} – {_VERDICT[earned.get(i.code)]}") for i in required),
        *(() if required else (line("ไม่มีตัวบ่งชี้บังคับ"),)),
        about="pass",
    )


_VERDICT = {True: "ผ่าน", False: "ไม่ผ่าน", None: NOT_ASSESSED}


def _full(points: int) -> str:
    return fraction(points)
