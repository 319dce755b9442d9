"""Commands about districts, one module a command."""

from mochocho.app.commands.districts import (
    district_calendar_command,
    district_papers_command,
    extend_command,
)
from mochocho.app.commands.districts.districts_group import districts

__all__ = [
    "district_calendar_command",
    "district_papers_command",
    "extend_command",
]  # they add themselves to `districts`

COMMANDS = (districts,)
