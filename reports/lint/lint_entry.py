"""What a check may find: its code, how grave it is, its rule, and its words in both languages. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from mochocho.words.sentences import Sentence

Value = str | int


class Grave(StrEnum):
    """An error must be mended before the papers are signed; a warning is for a person to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: the paper in Thai, and the field of the meeting's data, "letter.paragraphs.2".

    "" = in no field of the meeting.
    """

    paper: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `said`, `mend` have placeholders `{name}`. `rule`: a number of docs/rules.md, or a law."""

    code: str
    grave: Grave
    rule: str
    said: Sentence
    mend: Sentence

    def at(self, place: Place, /, **values: Value) -> "Found":
        """This entry, found there, with the values of its words."""
        return Found(self, place, tuple(sorted(values.items())))


@dataclass(frozen=True, slots=True)
class Found:
    """One mistake found."""

    entry: Entry
    place: Place
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def code(self) -> str:
        """Of its entry."""
        return self.entry.code

    @property
    def said(self) -> Sentence:
        """What is wrong."""
        return self._worded(self.entry.said)

    @property
    def mend(self) -> Sentence:
        """What to do about it."""
        return self._worded(self.entry.mend)

    def _worded(self, words: Sentence) -> Sentence:
        given = dict(self.values)
        return Sentence(words.th.format(**given), words.en.format(**given))


def error(code: str, rule: str, said: Sentence, mend: Sentence) -> Entry:
    return Entry(code, Grave.ERROR, rule, said, mend)


def warning(code: str, rule: str, said: Sentence, mend: Sentence) -> Entry:
    return Entry(code, Grave.WARNING, rule, said, mend)
