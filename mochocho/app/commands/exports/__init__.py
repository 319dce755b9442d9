"""Commands that write what leaves the home, one module a command."""

from mochocho.app.commands.exports import archive_command, medium_command, registers_command
from mochocho.app.commands.exports.export_group import export

__all__ = ["archive_command", "medium_command", "registers_command"]  # they add themselves to `export`

COMMANDS = (export,)
