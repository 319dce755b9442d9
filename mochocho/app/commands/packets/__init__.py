"""The packet of a meeting: made, released, compared and verified."""

from mochocho.app.commands.packets import release_command, released_verify_command
from mochocho.app.commands.packets.packet_command import packet

__all__ = ["release_command", "released_verify_command"]  # they add themselves to `packet`

COMMANDS = (packet,)
