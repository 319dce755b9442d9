"""Text for people in both languages: Thai for offices, English for engineers.

Both are written together where the text is used; only the terminal chooses one.
tests/house/test_two_languages.py checks that both hold the same values and commands.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Sentence(NamedTuple):
    """One sentence in two languages. Inside another sentence write `{one.th}` and `{one.en}`."""

    th: str
    en: str

    def __str__(self) -> str:
        return self.en  # logs are for engineers


def plain(text: str) -> Sentence:
    """Text that is the same in both languages: a name, a path, a number."""
    return Sentence(text, text)


def joined(every: Iterable[Sentence], between: str = "\n") -> Sentence:
    """Several sentences as one, each on a line of its own."""
    listed = tuple(every)
    return Sentence(between.join(one.th for one in listed), between.join(one.en for one in listed))


def about(name: str, said: Sentence) -> Sentence:
    """`said`, preceded by the name of what it is about unless it begins with it,
    as servers' sentences often do.
    """
    return Sentence(*(one if one.startswith(f"{name}:") else f"{name}: {one}" for one in said))
