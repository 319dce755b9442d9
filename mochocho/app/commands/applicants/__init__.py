"""Commands about applicants, one module a command."""

from mochocho.app.commands.applicants.disagreements_command import disagreements
from mochocho.app.commands.applicants.duplicates_command import applicants
from mochocho.app.commands.applicants.explain_command import explain
from mochocho.app.commands.applicants.register_command import register

COMMANDS = (applicants, disagreements, explain, register)
