"""Commands about certificates, one module a matter."""

from mochocho.app.commands.certificates import give_out_command, mend_command
from mochocho.app.commands.certificates.issue_command import certificates
from mochocho.app.commands.certificates.verify_command import verify_certificate

__all__ = ["give_out_command", "mend_command"]  # they add themselves to `certificates`

COMMANDS = (certificates, verify_certificate)
