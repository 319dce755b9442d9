"""Reconciles several assessors' sheets of one applicant and round into one set of scores.

Pure; sheets are kept.

One sheet per assessor counts: that of the last day of a visit (`days.recency`). An indicator's points are the
exact mean of the points of those who assessed it; if nobody did, it is not assessed. Assessors who differ are
named in a finding. A sheet that an officer of another district sent, or of another type, is not counted. An
assessor who has declared an interest gives no marks in any round, however the name is written: that sheet is
a declaration. `processing.scoring.assessors` tells who is who; names that are nearly alike are asked about.

Each sheet's answers give points by the rules of its own form version. The table of indicators is that of the
newest counted sheet; points out of other full marks are scaled, and what an older sheet does not ask is not
assessed by it.

What people settled for an indicator counts in place of the assessors' answers, which a finding keeps.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mochocho.standards.schema import Indicator, Standard
from mochocho.words import days, thai
from mochocho.words.model import (
    Application,
    Finding,
    IndicatorScore,
    Round,
    Scores,
    ScoreSheet,
    Settled,
    Value,
)
from processing.findings.making import finding, of_round, two_days
from processing.scoring import score, sheet_remarks
from processing.scoring.assessors import Assessors
from processing.scoring.sheet_remarks import not_assessed, remark

StandardOf = Callable[[str], Standard]  # by form version
NOTHING_SETTLED: Mapping[str, Settled] = {}


@dataclass(frozen=True, slots=True)
class Consensus:
    """`scores` is None when no sheet counts. `counted`: in the order of the assessors' names.

    `declared`: the sheets that declare an interest.
    """

    scores: Scores | None
    counted: tuple[ScoreSheet, ...]
    findings: tuple[Finding, ...]
    declared: tuple[ScoreSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A sheet with the rules of its own form version."""

    sheet: ScoreSheet
    standard: Standard
    asked: Mapping[str, Indicator]  # by code

    @classmethod
    def by(cls, sheet: ScoreSheet, standard: Standard) -> "_Ruled":
        return cls(sheet, standard, {i.code: i for i in standard.indicators})

    def answer(self, code: str) -> tuple[Indicator, int] | None:
        """The answer, and the indicator as this version has it; None where it is not assessed."""
        indicator, answer = self.asked.get(code), self.sheet.answers.get(code)
        return None if indicator is None or answer is None else (indicator, answer)

    def points(self, indicator: Indicator) -> Fraction | None:
        """Points by its own rules, scaled to the full marks of `indicator`; None = not assessed."""
        answered = self.answer(indicator.code)
        if answered is None:
            return None
        own, answer = answered
        return score.indicator_points(own, answer) * indicator.full_marks / own.full_marks


def reconcile(
    application: Application,
    standard_of: StandardOf,
    sheets: Iterable[ScoreSheet],
    round_: Round = Round.ONSITE,
    settled: Mapping[str, Settled] = NOTHING_SETTLED,
) -> Consensus:
    """The consensus of an applicant's sheets of one round, in whatever order they are given.

    `settled`: by indicator, the answers that people decided on; without any sheet they count for nothing.
    """
    found: list[Finding] = []
    admitted, declared = [], []
    every = sorted(sheets, key=lambda s: (thai.sort_key(s.assessor), s.root_id))
    own = [s for s in every if application.is_theirs(s.officer_districts)]
    who = Assessors(own)
    for sheet in (s for s in every if s.round is round_):
        found += sheet_remarks.doubted_days(sheet)
        if held := _held(application, standard_of(sheet.form_version), sheet):
            found.append(held)
        elif sheet.interest is not None:
            declared.append(sheet)
            found.append(sheet_remarks.declared(sheet))
        elif declaration := who.declared(sheet):
            found.append(remark("sheet.interested", sheet, **_as_written(sheet, declaration)))
        else:
            admitted.append(sheet)
    counted, remarks = _one_each(admitted, who)
    found += remarks
    found += who.asked(s for s in own if s.round is round_)
    scores = None
    if counted:
        scores, remarks = _scores([_Ruled.by(s, standard_of(s.form_version)) for s in counted], settled)
        found += remarks
    return Consensus(scores, tuple(counted), tuple(of_round(f, round_) for f in found), tuple(declared))


def _held(application: Application, standard: Standard, sheet: ScoreSheet) -> Finding | None:
    if not application.is_theirs(sheet.officer_districts):
        return remark("officer.other_district", sheet)
    if sheet.answers and not any(i.code in sheet.answers for i in standard.indicators):
        return remark("sheet.other_type", sheet, standard=standard.th)
    return None


def _as_written(one: ScoreSheet, other: ScoreSheet) -> dict[str, Value]:
    """The assessor's name on the other sheet, where it is spelled differently."""
    return {} if one.assessor == other.assessor else {"written_as": other.assessor}


def _one_each(sheets: Sequence[ScoreSheet], who: Assessors) -> tuple[list[ScoreSheet], list[Finding]]:
    """Each assessor's sheet of the last visit (`_recency`), and a finding for each other sheet."""
    latest: dict[str, ScoreSheet] = {}
    found = []
    for sheet in sheets:
        assessor = who.id_of(sheet)
        other = latest.get(assessor)
        if other is None:
            latest[assessor] = sheet
            continue
        latest[assessor] = kept = max(other, sheet, key=_recency)
        passed_over = sheet if kept is other else other
        both = two_days(kept.visited_on, passed_over.visited_on)
        said = _as_written(passed_over, kept)
        found.append(remark("sheet.duplicate_assessor", passed_over, who=sheet.assessor, days=both, **said))
    return list(latest.values()), found


def _recency(sheet: ScoreSheet) -> days.Recency:
    return days.recency(sheet.visited_on, sheet.received_at, sheet.root_id)


def _scores(sheets: Sequence[_Ruled], settled: Mapping[str, Settled]) -> tuple[Scores, list[Finding]]:
    """The scores by the indicators of the newest of these sheets, and findings about them."""
    newest = max(sheets, key=lambda one: _recency(one.sheet))
    standing = newest.standard
    found: list[Finding] = []
    for one in sheets:
        found += sheet_remarks.remarks(one.standard, one.sheet)
        found += _other_version(standing, one)
    indicators: dict[str, IndicatorScore] = {}
    for indicator in standing.indicators:
        by_people = settled.get(indicator.code)
        if by_people and score.in_range(indicator.measure, by_people.answer):
            indicators[indicator.code] = score.score_answer(indicator, by_people.answer)
            marks = _marks(indicator, sheets)
            found.append(_settled("score.reconciled", indicator.code, by_people, marks=marks))
        else:
            indicators[indicator.code] = _consensus(indicator, sheets)
            found += _differences(indicator, sheets)
    used = {f.subject for f in found if f.code == "score.reconciled"}
    found += [_settled("score.reconciled_unused", c, s) for c, s in sorted(settled.items()) if c not in used]
    total = score.total(standing, indicators, tuple(one.sheet.assessor for one in sheets))
    return replace(total, form_version=newest.sheet.form_version), found


def _settled(code: str, indicator: str, by_people: Settled, /, **values: Value) -> Finding:
    said: dict[str, Value] = {"answer": by_people.answer, "reason": by_people.reason, "by": by_people.by}
    return finding(code, indicator, indicator=indicator, **said, **values)


def _consensus(indicator: Indicator, sheets: Sequence[_Ruled]) -> IndicatorScore:
    points = [p for one in sheets if (p := one.points(indicator)) is not None]
    if not points:
        return score.indicator_score(indicator, None)
    answered = [found for one in sheets if (found := one.answer(indicator.code))]
    alike = all(own.measure == indicator.measure for own, _ in answered)
    answers = {answer for _, answer in answered}
    agreed = answers.pop() if alike and len(answers) == 1 else None
    return score.indicator_score(indicator, sum(points, Fraction()) / len(points), agreed)


def _differences(indicator: Indicator, sheets: Sequence[_Ruled]) -> list[Finding]:
    code = indicator.code
    points = {p for one in sheets if (p := one.points(indicator)) is not None}
    without = [one.sheet for one in sheets if one.points(indicator) is None]
    found = []
    if len(points) > 1:
        found.append(finding("score.disagreement", code, indicator=code, marks=_marks(indicator, sheets)))
    who_not = tuple((sheet.assessor, *not_assessed(sheet, code)) for sheet in without)
    if points and without:
        found.append(finding("score.partly_assessed", code, indicator=code, who_not=who_not))
    if not points and any(any(row[1:]) for row in who_not):
        found.append(finding("score.cannot_assess", code, indicator=code, who_not=who_not))
    return found


def _marks(indicator: Indicator, sheets: Sequence[_Ruled]) -> tuple[tuple[str, str], ...]:
    return tuple((one.sheet.assessor, _mark(one.sheet, indicator.code)) for one in sheets)


def _mark(sheet: ScoreSheet, code: str) -> str:
    answer = sheet.answers.get(code)
    return "" if answer is None else str(answer)


def _other_version(standing: Standard, one: _Ruled) -> list[Finding]:
    """Differences between the rules of a sheet and the rules that hold."""
    if one.standard == standing:
        return []
    sheet = one.sheet
    found = [remark("sheet.other_version", sheet)]
    stands = {i.code for i in standing.indicators}
    if lacking := tuple(i.code for i in standing.indicators if i.code not in one.asked):
        found.append(remark("sheet.indicator_lacking", sheet, indicators=lacking))
    if gone := tuple(code for code in one.asked if one.answer(code) and code not in stands):
        found.append(remark("sheet.indicator_gone", sheet, indicators=gone))
    return found
