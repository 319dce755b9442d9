"""Commands about one person's data, one module a command."""

from mochocho.app.commands.persons import find_person_command
from mochocho.app.commands.persons.person_group import person

__all__ = ["find_person_command"]  # it adds itself to `person`

COMMANDS = (person,)
