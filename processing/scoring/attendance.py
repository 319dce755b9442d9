"""Attendance as one percentage (rules.md 37): the same integer expression as the phone's XPath. Pure.

The source says "at least 70 % of all members", but not whether of each meeting or on average. The rule here
takes all meetings together: members present in all of them, out of members in all of them, rounded down.
Every meeting is kept, and those that are too low by themselves are named, so that a committee may decide
otherwise.
"""

from collections.abc import Sequence

from mochocho.words.model import HeldMeeting

MOST = 100


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
