"""One rule for times that were written down: a clock that once ran ahead must not stop anything. Pure.

What was written then lies in the future by as much as the clock was wrong. A time that has passed is trusted,
one that is to come only where it can have been set from now.
"""

from datetime import datetime, timedelta


def within(at: datetime | None, now: datetime, seconds: float) -> bool:
    """Whether it was less than so long ago. What was never, or lies in the future, was long ago."""
    return at is not None and timedelta() <= now - at < timedelta(seconds=seconds)


def still(until: datetime, now: datetime, longest: float) -> bool:
    """Whether it is yet to come. What lies further away than the `longest` it is ever set to is over."""
    return timedelta() < until - now <= timedelta(seconds=longest)
