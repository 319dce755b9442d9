"""What a run tells of what failed."""

from dataclasses import dataclass

from mochocho.words.sentences import Sentence


@dataclass(frozen=True)
class Problem:
    """One item that failed: what to tell of it, and whether trying again may help."""

    stage: str
    item: str
    said: Sentence
    again: bool
