"""Commands about decisions, one module a command."""

from mochocho.app.commands.decisions.audit_command import audit
from mochocho.app.commands.decisions.decide_command import decide
from mochocho.app.commands.decisions.documents_command import documents
from mochocho.app.commands.decisions.match_command import match

COMMANDS = (documents, decide, match, audit)
