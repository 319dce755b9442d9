"""Commands about meetings, one module a command."""

from mochocho.app.commands.meetings import (
    editable_command,
    lint_command,
    meeting_after_command,
    meeting_annex_command,
    meeting_data_command,
    meeting_papers_command,
    schedule_command,
    signed_command,
)
from mochocho.app.commands.meetings.meeting_group import meeting

__all__ = [
    "editable_command",
    "lint_command",
    "meeting_after_command",
    "meeting_annex_command",
    "meeting_data_command",
    "meeting_papers_command",
    "schedule_command",
    "signed_command",
]  # they add themselves to `meeting`

COMMANDS = (meeting,)
