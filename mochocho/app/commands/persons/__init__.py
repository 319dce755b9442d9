"""Commands about one person's data, one module a command."""

from mochocho.app.commands.persons import (
    consent_command,
    erase_person_command,
    export_person_command,
    find_person_command,
)
from mochocho.app.commands.persons.person_group import person

# they add themselves to `person`
__all__ = ["consent_command", "erase_person_command", "export_person_command", "find_person_command"]

COMMANDS = (person,)
