"""How long ago something was: for people in one word, for programs in seconds."""

from datetime import datetime


def seconds(since: datetime, at: datetime) -> float:
    """Never below zero, whatever the clocks say."""
    return max(0.0, (at - since).total_seconds())


def age(since: datetime, at: datetime) -> str:
    """In its largest whole unit: 3 d, 4 h, 5 min, 6 s."""
    passed = max(0, int((at - since).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if passed >= size:
            return f"{passed // size} {unit}"
    return f"{passed} s"
