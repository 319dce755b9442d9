"""Attendance as one percentage (rules.md 37): the same integer expressions as the phone's XPath. Pure.

The source says "at least 70 % of all members", but not whether of each meeting or on average; the pack says
how it is read (`Indicator.attendance`). All meetings together: members present in all of them, out of members
in all of them, rounded down; every meeting is kept, and those that are too low by themselves are named, so
that a committee may decide otherwise. Each by itself: the percentage of the least attended.
"""

from collections.abc import Sequence

from mochocho.standards.schema import Indicator
from mochocho.words.model import HeldMeeting

MOST = 100


def as_read(indicator: Indicator, meetings: Sequence[HeldMeeting]) -> int | None:
    """The answer that the meetings give, as the pack reads attendance; None as for `percent`."""
    together = percent(meetings)
    if together is None or indicator.attendance == "together":
        return together
    shares = [percent([one]) for one in meetings]
    return min((one for one in shares if one is not None), default=None) if None not in shares else None


def percent(meetings: Sequence[HeldMeeting]) -> int | None:
    """0 to 100; None if there is no meeting or one lacks a number: not assessed, never zero."""
    present = [m.present for m in meetings if m.present is not None]
    members = [m.members for m in meetings if m.members is not None]
    if len(present) != len(meetings) or len(members) != len(meetings) or not sum(members):
        return None
    return min(sum(present) * 100 // sum(members), MOST)


def below(meetings: Sequence[HeldMeeting], threshold: int) -> tuple[HeldMeeting, ...]:
    """The meetings whose own attendance does not reach `threshold` percent."""
    return tuple(m for m in meetings if (own := percent([m])) is not None and own < threshold)
