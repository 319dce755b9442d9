"""What a run tells while it goes, and of what failed."""

from collections.abc import Callable
from dataclasses import dataclass

from mochocho.words.sentences import Sentence

ProgressCall = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True)
class Problem:
    """One item that failed: what to tell of it, and whether trying again may help."""

    stage: str
    item: str
    said: Sentence
    again: bool
