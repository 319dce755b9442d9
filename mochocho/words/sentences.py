"""What is said to a person, in both languages side by side: Thai for offices, English for engineers.

Whoever writes a sentence writes the pair, at the place where it is said; only the terminal chooses one of
them. tests/house/test_two_languages.py holds each pair together: the same values, the same commands.
"""

from typing import NamedTuple


class Sentence(NamedTuple):
    """One thing said twice. In a sentence around it, write `{one.th}` and `{one.en}`."""

    th: str
    en: str

    def __str__(self) -> str:
        return self.en  # logs are for engineers


def plain(text: str) -> Sentence:
    """What reads the same in both: a name, a path, a number."""
    return Sentence(text, text)


def about(name: str, said: Sentence) -> Sentence:
    """`said` with the name of what it is about before it, once: a server's sentence often begins with it."""
    return Sentence(*(one if one.startswith(f"{name}:") else f"{name}: {one}" for one in said))
