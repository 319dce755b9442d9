"""Commands about meetings, one module a command."""

from mochocho.app.commands.meetings import lint_command, meeting_papers_command, schedule_command
from mochocho.app.commands.meetings.meeting_group import meeting

__all__ = ["lint_command", "meeting_papers_command", "schedule_command"]  # they add themselves to `meeting`

COMMANDS = (meeting,)
