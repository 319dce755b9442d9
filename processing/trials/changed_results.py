"""What differs between two assessments of one applicant. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mochocho.words.model import Application, Assessment, Finding, Gate, GateState, Scores, Severity

AGAINST_PASSING = "score."  # how the codes of what separates scores from a pass begin


@dataclass(frozen=True, slots=True)
class Marks:
    """Points, full marks and percent in hundredths, and whether the pass rule is met."""

    points: Fraction
    full: int
    percent: Fraction | None
    passes: bool


@dataclass(frozen=True, slots=True)
class ChangedIndicator:
    """One indicator's points before and after; None = not assessed, or not an indicator there."""

    code: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One applicant whose result would change. `before`, `after`: None where no score sheet counts."""

    application: Application
    before: Marks | None
    after: Marks | None
    indicators: tuple[ChangedIndicator, ...]
    gates: tuple[tuple[Gate, GateState, GateState], ...]
    come: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    @property
    def turned(self) -> bool:
        """Whether the pass rule would answer otherwise."""
        return bool(self.before and self.before.passes) is not bool(self.after and self.after.passes)


def changed(application: Application, before: Assessment, after: Assessment) -> Changed | None:
    """None where nothing that anybody reads would differ."""
    one = Changed(
        application=application,
        before=_marks(before),
        after=_marks(after),
        indicators=tuple(_indicators(before.scores, after.scores)),
        gates=tuple(
            (old.gate, old.state, new.state)
            for old, new in zip(before.gates, after.gates, strict=True)
            if old.state is not new.state
        ),
        come=_without(after.findings, before.findings),
        gone=_without(before.findings, after.findings),
    )
    differs = one.before != one.after or one.indicators or one.gates or one.come or one.gone
    return one if differs else None


def _marks(assessment: Assessment) -> Marks | None:
    scores = assessment.scores
    if scores is None:
        return None
    blocking = (f for f in assessment.findings if f.severity is Severity.BLOCKING)
    passes = not any(one.code.startswith(AGAINST_PASSING) for one in blocking)
    return Marks(scores.points, scores.full, scores.percent, passes)


def _indicators(before: Scores | None, after: Scores | None) -> Iterable[ChangedIndicator]:
    old, new = ({i.code: i.points for i in scores.indicators} if scores else {} for scores in (before, after))
    for code in dict.fromkeys((*old, *new)):
        if (code in old) is not (code in new) or old.get(code) != new.get(code):
            yield ChangedIndicator(code, old.get(code), new.get(code))


def _without(found: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    known = set(others)
    return tuple(dict.fromkeys(one for one in found if one not in known))
