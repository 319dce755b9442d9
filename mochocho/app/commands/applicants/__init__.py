"""Commands about single applicants, one module a command."""

from mochocho.app.commands.applicants.explain_command import explain

COMMANDS = (explain,)
