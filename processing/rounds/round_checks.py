"""Forms that came outside their round, in another order, or for days that another covers. Pure.

The day that a person gave decides, as it does everywhere: a form that is sent late, because there was no
signal, is not late. Where no day is believed nothing is said here; another finding asks for the day.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from mochocho.words.model import (
    Application,
    Finding,
    Knowledge,
    OwnWork,
    ReadFrom,
    Round,
    ScoreSheet,
    SelfAssessment,
    Value,
)
from processing.findings import value_words
from processing.findings.making import finding, of_round
from processing.rounds.calendar import Calendar, Stage

_ORDER = (
    Stage.SELF_BEFORE,
    Stage.PLAN,
    Stage.SELF_PERIODIC,
    Stage.SELF_AFTER,
    Stage.ONSITE,
    Stage.PROVINCIAL,
)
_TOLD_ELSEWHERE = (Stage.SELF_BEFORE, Stage.SELF_AFTER)  # by `self_assessment.order`


@dataclass(frozen=True, slots=True)
class Dated:
    """One form that counts: its stage and day. `path`: where the day was read; `who`: a sheet's assessor."""

    stage: Stage
    day: date
    instance_id: str
    path: str
    who: str | None = None

    @property
    def form(self) -> str:
        """Which form it is, as sentences name it."""
        return value_words.ONSITE if self.who is not None else self.stage.value

    def finding(self, code: str, /, **values: Value) -> Finding:
        named: dict[str, Value] = {"form": self.form} if self.who is None else {"who": self.who}
        read_from = ReadFrom(self.instance_id, self.path)
        made = finding(code, self.form, read_from, **named, day=self.day.isoformat(), **values)
        return of_round(made, Round.PROVINCIAL) if self.stage is Stage.PROVINCIAL else made


def check(
    application: Application,
    own: OwnWork,
    sheets: Iterable[ScoreSheet],
    records: Iterable[Knowledge],
    calendar: Calendar,
) -> Iterator[Finding]:
    """Findings for a person to look at; none keeps a gate shut. `sheets`: those that count."""
    forms = tuple(_dated(application, own, sheets, records))
    for form in forms:
        yield from _outside(form, calendar)
    yield from _in_another_order(forms)
    yield from _overlapping([one.assessment for one in own.rounds])


def _dated(
    application: Application, own: OwnWork, sheets: Iterable[ScoreSheet], records: Iterable[Knowledge]
) -> Iterator[Dated]:
    """The forms that have a day, in the order of their stages."""
    if application.applied_on:
        yield Dated(Stage.APPLICATION, application.applied_on, application.instance_id, "applied_on")
    if own.plan and own.plan.agreed_on:
        yield Dated(Stage.PLAN, own.plan.agreed_on, own.plan.instance_id, "agreed_on")
    for one in (r.assessment for r in own.rounds):
        if one.assessed_on:
            yield Dated(Stage(one.round.value), one.assessed_on, one.instance_id, "assessed_on")
    for record in records:
        if record.recorded_on and application.is_theirs(record.officer_districts):
            yield Dated(Stage.KNOWLEDGE, record.recorded_on, record.instance_id, "recorded_on")
    for sheet in sheets:
        if sheet.visited_on:
            stage = Stage(sheet.round.value)
            yield Dated(stage, sheet.visited_on, sheet.instance_id, "visited_on", sheet.assessor)


def _outside(form: Dated, calendar: Calendar) -> Iterator[Finding]:
    term = calendar.get(form.stage)
    if term is None:
        return
    if form.day > term.due:
        yield form.finding("round.late", due=term.due.isoformat())
    elif term.first and form.day < term.first:
        yield form.finding("round.early", first=term.first.isoformat())


def _in_another_order(forms: Sequence[Dated]) -> Iterator[Finding]:
    """Each form whose day is before that of one that comes first; the last of those is named."""
    for form in (f for f in forms if f.stage in _ORDER):
        place = _ORDER.index(form.stage)
        before = [
            other
            for other in forms
            if other.stage in _ORDER[:place]
            and other.day > form.day
            and not (form.stage in _TOLD_ELSEWHERE and other.stage in _TOLD_ELSEWHERE)
        ]
        if before:
            last = max(before, key=lambda other: other.day)
            values = {"earlier_form": last.form, "earlier_day": last.day.isoformat()}
            yield form.finding("round.order", **values)


def _overlapping(assessments: Sequence[SelfAssessment]) -> Iterator[Finding]:
    """Two self-assessments of one day, and periodic ones that are closer than the months between them."""
    dated = [(one, one.assessed_on) for one in assessments if one.assessed_on]
    for (one, day), (other, later) in combinations(dated, 2):
        if day == later:
            yield _about(other, later, earlier_form=one.round.value)
            continue
        periodic = one.round is other.round is Round.SELF_PERIODIC
        if periodic and other.interval and later < _months_after(day, other.interval):
            yield _about(other, later, earlier_day=day.isoformat(), months=other.interval)


def _about(assessment: SelfAssessment, day: date, /, **values: Value) -> Finding:
    form = Dated(Stage(assessment.round.value), day, assessment.instance_id, "assessed_on")
    return form.finding("round.overlap", **values)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last; far in the future for an absurd number."""
    number = day.year * 12 + day.month - 1 + min(months, 1200)
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
