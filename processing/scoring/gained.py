"""How far an applicant came between two of its own assessments, and what is left (rules.md 29). Pure.

Only like is compared with like: where the two forms ask an indicator in other words or measure it
differently, or one does not ask it, there is no progress to tell; the gap is that of the later form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mochocho.standards.schema import Indicator, Standard
from mochocho.words.model import OwnResult, SelfRound
from mochocho.words.thai import normalise


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator's points, in hundredths. `before`, `after`: None = not assessed.

    `alike`: whether both forms ask the same and measure it alike.
    """

    indicator: Indicator
    before: Fraction | None
    after: Fraction | None
    alike: bool

    @property
    def gained(self) -> Fraction | None:
        """After less before; None where that says nothing."""
        if not self.alike or self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def gap(self) -> Fraction | None:
        """Full marks less what was earned last; None = not assessed."""
        last = self.before if self.after is None else self.after
        return None if last is None else self.indicator.full_marks * 100 - last


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums over all indicators, each None where any indicator has no part of it; `full` in marks.

    Where not all are `alike`, the sums before are of another form, and nothing was gained between the two.
    """

    before: Fraction | None
    after: Fraction | None
    gained: Fraction | None
    gap: Fraction | None
    full: int
    alike: bool


@dataclass(frozen=True, slots=True)
class OwnProgress:
    """One of the applicant's sub-criteria before and after; the target is that of the later form."""

    result: OwnResult
    before: int | None
    after: int | None

    @property
    def gained(self) -> int | None:
        """After less before; None where either is not known."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def gap(self) -> int | None:
        """Target less what was reached last; 0 once it is reached, None where either is not known."""
        last = self.before if self.after is None else self.after
        return None if last is None or self.result.target is None else max(0, self.result.target - last)


def of_indicators(
    before: SelfRound | None, after: SelfRound | None, asked: Standard, later: Standard
) -> tuple[Progress, ...]:
    """Every indicator of the later form, in its order. `asked`, `later`: the criteria of both."""
    measured = {i.code: i for i in asked.indicators}
    earned = [{s.code: s.points for s in one.scores.indicators} if one else {} for one in (before, after)]
    return tuple(
        Progress(i, earned[0].get(i.code), earned[1].get(i.code), _alike(measured.get(i.code), i))
        for i in later.indicators
    )


def sums(every: Sequence[Progress]) -> Sums:
    """The sums of one applicant's progress."""
    alike = all(one.alike for one in every)
    return Sums(
        before=_total(one.before for one in every) if alike else None,
        after=_total(one.after for one in every),
        gained=_total(one.gained for one in every),
        gap=_total(one.gap for one in every),
        full=sum(one.indicator.full_marks for one in every),
        alike=alike,
    )


def _total(points: Iterable[Fraction | None]) -> Fraction | None:
    total = Fraction()
    for one in points:
        if one is None:
            return None
        total += one
    return total


def of_sub_criteria(before: SelfRound | None, after: SelfRound | None) -> tuple[OwnProgress, ...]:
    """Every sub-criterion of either, by its id: another text is another one."""
    first, last = ({own.item: own for own in one.assessment.own} if one else {} for one in (before, after))
    return tuple(
        OwnProgress(
            last.get(item) or first[item],
            first[item].actual if item in first else None,
            last[item].actual if item in last else None,
        )
        for item in dict.fromkeys((*first, *last))
    )


def _alike(one: Indicator | None, other: Indicator) -> bool:
    return one is not None and _asks(one) == _asks(other)


def _asks(one: Indicator) -> tuple[object, ...]:
    return normalise(one.th), one.measure, one.full_marks, one.attendance
