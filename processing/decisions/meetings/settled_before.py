"""Which units an earlier meeting of the same committee has settled. Pure."""

from collections.abc import Iterable

from mochocho.words.model import Outcome, Resolution
from processing.meetings.meeting import Meeting
from processing.meetings.meeting_number import NUMBER, turn

_LAST = frozenset((Outcome.PASS, Outcome.FAIL))


def settled_before(meeting: Meeting | None, resolutions: Iterable[Resolution]) -> bool:
    """Whether a meeting before this one certified a unit or refused it. Who was put off comes again, and who
    was certified on a condition, as the committee resolves once more when it is met.

    `resolutions`: those that hold, at most one a gate. One that was taken back holds no more.
    """
    return meeting is not None and any(
        one.gate is meeting.gate and one.outcome in _LAST and _is_before(one.meeting_no, meeting.number)
        for one in resolutions
    )


def _is_before(number: str, other: str) -> bool:
    if not (NUMBER.fullmatch(number) and NUMBER.fullmatch(other)):
        return False  # a meeting without a number is no later one
    return turn(number) < turn(other)
