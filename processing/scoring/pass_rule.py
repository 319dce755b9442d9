"""Compares an applicant's scores with the pack's pass rule: findings, never a gate. Pure.

The district committee reads these findings and decides (g6); nothing is decided here.
"""

from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import Finding, Scores
from mochocho.words.numbers import half_up
from processing.findings.making import finding
from xlsforms import names


def check(pack: Pack, standard: Standard, scores: Scores | None) -> tuple[Finding, ...]:
    """The findings that separate these scores from a pass."""
    if scores is None:
        return (finding("score.not_assessed", names.ONSITE),)
    found = [_not_assessed(scores), _below_pass(pack, scores), *_required(standard, scores)]
    return tuple(f for f in found if f)


def _not_assessed(scores: Scores) -> Finding | None:
    missing = tuple(i.code for i in scores.indicators if i.points is None)
    return finding("score.not_assessed", names.ONSITE, indicators=missing) if missing else None


def _below_pass(pack: Pack, scores: Scores) -> Finding | None:
    needed = pack.pass_rule.percent
    if scores.percent is None or scores.percent >= needed * 100:
        return None
    printed = half_up(scores.percent)
    if printed == needed * 100:
        return finding("score.below_pass", names.ONSITE, needed=needed, rounded_to=printed)
    return finding("score.below_pass", names.ONSITE, percent=printed, needed=needed)


def _required(standard: Standard, scores: Scores) -> list[Finding]:
    required = {i.code: i for i in standard.indicators if i.required_to_pass}
    return [
        finding("score.required_not_met", s.code, indicator=s.code, label=required[s.code].th)
        for s in scores.indicators
        if s.code in required and s.passed is False
    ]
