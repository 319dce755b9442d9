"""How a stage reports its progress."""

from collections.abc import Callable

ProgressCall = Callable[[str, int, int], None]  # stage, done, total


def silent(_stage: str, _done: int, _total: int) -> None:
    """Reports no progress."""
