"""How a stage says how far it is."""

from collections.abc import Callable

ProgressCall = Callable[[str, int, int], None]  # stage, done, total
