"""Commands about decisions, one module a command."""

from mochocho.app.commands.decisions import (
    audit_show_command,
    cards_command,
    rulings_command,
    rulings_excel_command,
)
from mochocho.app.commands.decisions.audit_command import audit
from mochocho.app.commands.decisions.decide_command import decide
from mochocho.app.commands.decisions.decisions_command import decisions
from mochocho.app.commands.decisions.documents_command import documents
from mochocho.app.commands.decisions.match_command import match
from mochocho.app.commands.decisions.sheets_command import sheets

# they add themselves to `audit`, `documents` and `decisions`
__all__ = ["audit_show_command", "cards_command", "rulings_command", "rulings_excel_command"]

COMMANDS = (documents, decide, decisions, match, sheets, audit)
