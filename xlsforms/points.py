"""Points as whole numbers of parts of a mark, computed the same way by a form's XPath and here. Pure.

Phones compute with doubles, which cannot hold a third: three thirds may not add up to one, and that could
change how a sum is rounded. So a mark is divided into enough parts to make every step of every indicator a
whole number; sums stay whole, and only what is shown is rounded, once.
"""

from math import gcd, lcm

from mochocho.standards.schema import Indicator, Standard
from xlsforms import names

RUBRIC_LEVELS = 5
LARGEST = (
    999_999_999  # parts of all marks: ODK Collect keeps whole numbers of 31 bits; times 2,000,000 below 2^53
)


def steps(indicator: Indicator) -> int:
    """The number of equal steps in which an indicator's marks are earned."""
    measure = indicator.measure
    match measure.kind:
        case "count" | "percent":
            return measure.threshold
        case "yes_no":
            return 1
        case "rubric":
            return RUBRIC_LEVELS


def denominator(standard: Standard) -> int:
    """Parts of a mark, the same for all indicators of a standard.

    If too many thresholds share no divisor, a phone cannot count the parts needed. Then the largest possible
    number is used, and the steps of the remaining indicators are rounded to a part, on the phone only.
    """
    most = LARGEST // sum(indicator.full_marks for indicator in standard.indicators)
    parts, exact = 1, True
    for own in sorted({_parts_needed(indicator) for indicator in standard.indicators}):
        if lcm(parts, own) <= most:
            parts = lcm(parts, own)
        else:
            exact = False
    return parts if exact else most // parts * parts


def indicator_parts(indicator: Indicator, answer: int, parts: int) -> int:
    """What an answer earns, in parts of a mark."""
    earned, of = min(answer, steps(indicator)), steps(indicator)
    return (2 * earned * indicator.full_marks * parts + of) // (2 * of)


def indicator_formula(indicator: Indicator, parts: int) -> str:
    """The XPath of `indicator_parts`, for an answered indicator."""
    of, whole, answer = (
        steps(indicator),
        indicator.full_marks * parts,
        f"${{{names.indicator(indicator.code)}}}",
    )
    if indicator.measure.kind in ("count", "percent"):
        answer = f"if({answer} > {of}, {of}, {answer})"
    if whole % of == 0:
        return f"{answer} * {whole // of}"
    return f"int((2 * {answer} * {whole} + {of}) div {2 * of})"


def _parts_needed(indicator: Indicator) -> int:
    return steps(indicator) // gcd(steps(indicator), indicator.full_marks)
