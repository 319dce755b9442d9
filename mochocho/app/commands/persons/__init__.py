"""Commands about one person's data, one module a command."""

from mochocho.app.commands.persons import export_person_command, find_person_command
from mochocho.app.commands.persons.person_group import person

__all__ = ["export_person_command", "find_person_command"]  # they add themselves to `person`

COMMANDS = (person,)
