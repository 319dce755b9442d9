"""How a stage reports its progress."""

from collections.abc import Callable

ProgressCall = Callable[[str, int, int], None]  # stage, done, total
RowCall = Callable[[], None]  # one more row of a file was read


def silent(_stage: str, _done: int, _total: int) -> None:
    """Reports no progress."""


def unheard() -> None:
    """Reports no row."""
