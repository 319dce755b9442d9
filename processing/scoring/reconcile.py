"""Reconciles several assessors' sheets of one applicant and round into one set of scores.

Pure; sheets are kept.

One sheet per assessor counts: that of the last day of a visit (`days.recency`). The points of those who
assessed an indicator become one by the pack's rule (`combining`); if nobody did, it is not assessed.
Assessors who differ are named in a finding; where they are further apart than the pack allows, what counts
stays open until a person settles it. A sheet that an officer of another district sent, or of another type,
is not counted. An assessor who has declared an interest gives no marks in any round, however the name is
written: that sheet is a declaration. `processing.scoring.assessors` tells who is who; names that are nearly
alike are asked about.

Each sheet's answers give points by the rules of its own form version. The table of indicators is that of the
newest counted sheet; points out of other full marks are scaled, and what an older sheet does not ask is not
assessed by it.

What people settled for an indicator counts in place of the assessors' answers, which a finding keeps.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from mochocho.standards.schema import Indicator, Standard
from mochocho.words import days, thai
from mochocho.words.model import (
    Application,
    AssessorMarks,
    Finding,
    IndicatorScore,
    Round,
    Scores,
    ScoreSheet,
    Settled,
    Spread,
    Value,
)
from mochocho.words.numbers import half_up
from processing.findings.making import finding, of_round, two_days
from processing.scoring import combining, score, sheet_remarks
from processing.scoring.assessors import Assessors
from processing.scoring.named_committee import UNKNOWN, Committee
from processing.scoring.sheet_remarks import not_assessed, remark
from xlsforms import names

StandardOf = Callable[[str], Standard]  # by form version


@dataclass(frozen=True, slots=True)
class Agreement:
    """How several answers become one.

    `rule`, `above`: as the pack says (`schema.Reconciling`); `settled`: by indicator, the answers that people
    decided on, which count for nothing without any sheet; `committee`: tells who is the chair.
    """

    rule: str = "mean"
    above: int | None = None
    settled: Mapping[str, Settled] = field(default_factory=dict)
    committee: Committee = UNKNOWN
    closed: frozenset[str] | None = None  # the sheets that had come when the chair closed the round

    def late(self, sheet: ScoreSheet) -> bool:
        return self.closed is not None and sheet.root_id not in self.closed


BY_MEAN = Agreement()
# What tells an assessor's answers: nothing is said of it while sheets are awaited.
TELLING = ("score.disagreement", "score.unreconciled", "score.partly_assessed", "score.cannot_assess")


@dataclass(frozen=True, slots=True)
class Consensus:
    """`scores` is None when no sheet counts. `counted`: in the order of the assessors' names.

    `declared`: the sheets that declare an interest. `awaited`: the members of whom nothing has come while the
    round is open; until then nobody is told what another answered.
    """

    scores: Scores | None
    counted: tuple[ScoreSheet, ...]
    findings: tuple[Finding, ...]
    declared: tuple[ScoreSheet, ...] = ()
    awaited: tuple[str, ...] = ()


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
    agreement: Agreement = BY_MEAN,
) -> Consensus:
    """The consensus of an applicant's sheets of one round, in whatever order they are given."""
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
        elif agreement.late(sheet):
            found.append(remark("sheet.after_closing", sheet))
        else:
            admitted.append(sheet)
    counted, remarks = _one_each(admitted, who)
    found += remarks
    found += who.asked(s for s in own if s.round is round_)
    scores = None
    if counted:
        scores, remarks = _scores([_Ruled.by(s, standard_of(s.form_version)) for s in counted], agreement)
        found += remarks
    found += _strangers(counted, agreement.committee)
    awaited = agreement.committee.awaited([*counted, *declared]) if agreement.closed is None else ()
    if scores and awaited:
        scores, found = _hidden(scores, found, len(counted), awaited)
    of_this = tuple(of_round(f, round_) for f in found)
    return Consensus(scores, tuple(counted), of_this, tuple(declared), awaited if counted else ())


def _strangers(sheets: Iterable[ScoreSheet], committee: Committee) -> Iterator[Finding]:
    """Findings about counted sheets by people whom the settings do not name."""
    if committee.known:
        yield from (
            remark("sheet.not_of_committee", s) for s in sheets if s.assessor and not committee.has(s)
        )


def _hidden(
    scores: Scores, found: Iterable[Finding], came: int, awaited: tuple[str, ...]
) -> tuple[Scores, list[Finding]]:
    """Without what tells one assessor's answers to another, until all sheets are in or the chair closes."""
    kept = [f for f in found if f.code not in TELLING]
    kept.append(finding("sheet.awaited", names.ONSITE, came=came, awaited=awaited))
    return replace(scores, spreads=(), marks=tuple(replace(one, points=()) for one in scores.marks)), kept


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
        both = two_days(kept.visited_on, passed_over.visited_on, kept.received_at, passed_over.received_at)
        said = _as_written(passed_over, kept)
        found.append(remark("sheet.duplicate_assessor", passed_over, who=sheet.assessor, days=both, **said))
    return list(latest.values()), found


def _recency(sheet: ScoreSheet) -> days.Recency:
    return days.recency(sheet.visited_on, sheet.received_at, sheet.root_id)


def _scores(sheets: Sequence[_Ruled], agreement: Agreement) -> tuple[Scores, list[Finding]]:
    """The scores by the indicators of the newest of these sheets, and findings about them."""
    newest = max(sheets, key=lambda one: _recency(one.sheet))
    standing = newest.standard
    found: list[Finding] = []
    for one in sheets:
        found += sheet_remarks.remarks(one.standard, one.sheet)
        found += _other_version(standing, one)
    each = [_Asked(i, sheets, agreement) for i in standing.indicators]
    found += [finding for asked in each for finding in asked.findings()]
    used = {asked.indicator.code for asked in each if asked.settled}
    unused = sorted((code, by) for code, by in agreement.settled.items() if code not in used)
    found += [_settled("score.reconciled_unused", code, by) for code, by in unused]
    names = tuple(one.sheet.assessor for one in sheets)
    total = score.total(standing, {asked.indicator.code: asked.score() for asked in each}, names)
    spreads = tuple(spread for asked in each if (spread := asked.spread()))
    # Nobody may take for a result what a person has still to decide.
    percent = None if any(spread.open for spread in spreads) else total.percent
    version = newest.sheet.form_version
    return replace(
        total,
        percent=percent,
        form_version=version,
        spreads=spreads,
        agreed_by=agreement.rule,
        marks=tuple(_marks_of(one, standing) for one in sheets),
    ), found


def _marks_of(one: _Ruled, standing: Standard) -> AssessorMarks:
    points = tuple(map(one.points, standing.indicators))
    return AssessorMarks(one.sheet.assessor, one.sheet.visited_on, points)


def _settled(code: str, indicator: str, by_people: Settled, /, **values: Value) -> Finding:
    said: dict[str, Value] = {"answer": by_people.answer, "reason": by_people.reason, "by": by_people.by}
    return finding(code, indicator, indicator=indicator, **said, **values)


class _Asked:
    """One indicator as several assessors answered it."""

    def __init__(self, indicator: Indicator, sheets: Sequence[_Ruled], agreement: Agreement) -> None:
        self.indicator, self._sheets, self._agreement = indicator, sheets, agreement
        self._points = [p for one in sheets if (p := one.points(indicator)) is not None]
        by = agreement.settled.get(indicator.code)
        self.settled = by if by and score.in_range(indicator.measure, by.answer) else None
        full = score.full_points(indicator)
        apart = combining.too_far_apart(self._points, full, agreement.above)
        self.open = apart and self.settled is None

    def score(self) -> IndicatorScore:
        if self.settled:
            return score.score_answer(self.indicator, self.settled.answer)
        if not self._points:
            return score.indicator_score(self.indicator, None)
        counts = combining.combined(self._agreement.rule, self._points, self._chair())
        found = score.indicator_score(self.indicator, counts, self._agreed())
        return replace(found, passed=None) if self.open else found

    def spread(self) -> Spread | None:
        if len(set(self._points)) < 2 and self.settled is None:
            return None
        answers = tuple(
            (one.sheet.assessor, answered[1] if (answered := one.answer(self.indicator.code)) else None)
            for one in self._sheets
        )
        low, high = (min(self._points), max(self._points)) if self._points else (Fraction(), Fraction())
        return Spread(self.indicator.code, answers, low, high, self.settled, self.open)

    def findings(self) -> Iterator[Finding]:
        code, marks = self.indicator.code, _marks(self.indicator, self._sheets)
        if self.settled:
            yield _settled("score.reconciled", code, self.settled, marks=marks)
            return
        if self.open:
            apart, above = half_up(max(self._points) - min(self._points)), self._agreement.above or 0
            said: dict[str, Value] = {"apart": apart, "above": above, "label": self.indicator.th}
            yield finding("score.unreconciled", code, indicator=code, marks=marks, **said)
        elif len(set(self._points)) > 1:
            yield finding("score.disagreement", code, indicator=code, marks=marks, rule=self._rule())
        yield from self._not_assessed()

    def _rule(self) -> str:
        """The rule that was followed; the chair's is not where the chair gave no points."""
        rule = self._agreement.rule
        return "no_chair" if rule == "chair" and self._chair() is None else rule

    def _chair(self) -> Fraction | None:
        chair = self._agreement.committee.chaired_by
        points = (one.points(self.indicator) for one in self._sheets if chair(one.sheet))
        return next((p for p in points if p is not None), None)

    def _agreed(self) -> int | None:
        """The answer, where all who assessed it gave the same, or the chair's counts."""
        sheets = list(self._sheets)
        if self._rule() == "chair":
            sheets = [one for one in sheets if self._agreement.committee.chaired_by(one.sheet)]
        answered = [found for one in sheets if (found := one.answer(self.indicator.code))]
        alike = all(own.measure == self.indicator.measure for own, _ in answered)
        answers = {answer for _, answer in answered}
        return answers.pop() if alike and len(answers) == 1 else None

    def _not_assessed(self) -> Iterator[Finding]:
        code = self.indicator.code
        without = [one.sheet for one in self._sheets if one.points(self.indicator) is None]
        who_not = tuple((sheet.assessor, *not_assessed(sheet, code)) for sheet in without)
        if self._points and without:
            yield finding("score.partly_assessed", code, indicator=code, who_not=who_not)
        if not self._points and any(any(row[1:]) for row in who_not):
            yield finding("score.cannot_assess", code, indicator=code, who_not=who_not)


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
