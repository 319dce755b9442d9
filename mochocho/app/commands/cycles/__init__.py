"""Commands about the cycle as a whole."""

from mochocho.app.commands.cycles.cycle_command import cycle

COMMANDS = (cycle,)
