"""Commands about applicants, one module a command."""

from mochocho.app.commands.applicants.disagreements_command import disagreements
from mochocho.app.commands.applicants.duplicates_command import applicants
from mochocho.app.commands.applicants.explain_command import explain

COMMANDS = (applicants, disagreements, explain)
