"""The failures of a run."""

from dataclasses import dataclass

from mochocho.words.sentences import Sentence


@dataclass(frozen=True)
class Problem:
    """One item that failed: the sentence to print, and whether trying again may help."""

    stage: str
    item: str
    said: Sentence
    again: bool
