"""What an earlier meeting of the same committee resolved, and which units it has settled. Pure."""

from collections.abc import Iterable

from mochocho.words.model import Outcome, Resolution
from processing.meetings.meeting import Meeting
from processing.meetings.meeting_number import is_before

_LAST = frozenset((Outcome.PASS, Outcome.FAIL))


def settled_before(meeting: Meeting | None, resolutions: Iterable[Resolution]) -> bool:
    """Whether a meeting before this one certified a unit or refused it. Who was put off comes again, and who
    was certified on a condition, as the committee resolves once more when it is met.

    `resolutions`: those that hold, at most one a gate. One that was taken back holds no more.
    """
    return any(one.outcome in _LAST and resolved_before(meeting, one) for one in resolutions)


def resolved_before(meeting: Meeting | None, resolution: Resolution) -> bool:
    """Whether this committee resolved it at a meeting before this one."""
    return (
        meeting is not None
        and resolution.gate is meeting.gate
        and is_before(resolution.meeting_no, meeting.number)
    )
