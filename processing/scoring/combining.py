"""Several assessors' points of one indicator as one, and how far apart they are. Pure, exact."""

from collections.abc import Sequence
from fractions import Fraction

RULES = ("mean", "median", "chair")


def combined(rule: str, points: Sequence[Fraction], chair: Fraction | None = None) -> Fraction:
    """The points that count; `points`: one or more, in any order; `chair`: the chair's, None = gave none.

    By the chair's rule the chair's points count; where the chair gave none, the mean does.
    """
    if rule == "chair" and chair is not None:
        return chair
    if rule == "median":
        ordered, middle = sorted(points), len(points) // 2
        return ordered[middle] if len(points) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return sum(points, Fraction()) / len(points)


def too_far_apart(points: Sequence[Fraction], full: int, above: int | None) -> bool:
    """Whether a person must decide: the points differ by more than `above` percent of full marks."""
    return above is not None and bool(points) and (max(points) - min(points)) * 100 > above * full
