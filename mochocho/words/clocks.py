"""Comparing stored times with the clock, so that a clock that once ran ahead stops nothing. Pure.

A time written by such a clock lies in the future. So a time in the past is trusted, and a time in the future
only if it could have been set from now.
"""

from datetime import datetime, timedelta


def within(at: datetime | None, now: datetime, seconds: float) -> bool:
    """Whether `at` was less than `seconds` ago. None and times in the future count as long ago."""
    return at is not None and timedelta() <= now - at < timedelta(seconds=seconds)


def still(until: datetime, now: datetime, longest: float) -> bool:
    """Whether `until` is still to come. A time more than `longest` seconds away counts as over."""
    return timedelta() < until - now <= timedelta(seconds=longest)
