"""The age of something: one word for people, seconds for programs."""

from datetime import datetime

from mochocho.words.sentences import Sentence


def seconds(since: datetime, at: datetime) -> float:
    """The age in seconds, never below zero, whatever the clocks say."""
    return max(0.0, (at - since).total_seconds())


def age(since: datetime, at: datetime) -> Sentence:
    """The age in its largest whole unit: 3 d, 4 h, 5 min, 6 s."""
    passed = max(0, int((at - since).total_seconds()))
    units = ((86_400, "วัน", "d"), (3_600, "ชั่วโมง", "h"), (60, "นาที", "min"), (1, "วินาที", "s"))
    size, th, en = next((unit for unit in units if passed >= unit[0]), units[-1])
    return Sentence(f"{passed // size} {th}", f"{passed // size} {en}")
