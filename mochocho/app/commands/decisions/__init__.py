"""Commands about decisions, one module a command."""

from mochocho.app.commands.decisions import rulings_command, rulings_excel_command
from mochocho.app.commands.decisions.audit_command import audit
from mochocho.app.commands.decisions.decide_command import decide
from mochocho.app.commands.decisions.decisions_command import decisions
from mochocho.app.commands.decisions.documents_command import documents
from mochocho.app.commands.decisions.match_command import match
from mochocho.app.commands.decisions.sheets_command import sheets

__all__ = ["rulings_command", "rulings_excel_command"]  # they add themselves to `decisions`

COMMANDS = (documents, decide, decisions, match, sheets, audit)
