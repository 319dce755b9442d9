"""How a stage reports its progress."""

from collections.abc import Callable

ProgressCall = Callable[[str, int, int], None]  # stage, done, total
