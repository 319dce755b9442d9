"""What the catalogue says of one code: how grave it is, what rule it follows, its words for each reader.

A template has placeholders `{name}` or `{name:way}`; the ways are those of `value_words`.
"""

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from mochocho.words.model import Severity


class Audience(StrEnum):
    """Who reads: the field does what it is asked; the office sees to it; a committee is told what is."""

    FIELD = "field"
    OFFICE = "office"
    COMMITTEE = "committee"


SAME = "="  # of the field's words: those of the office

ROUND = "round"  # a value that any finding of score sheets may have: whose marks they are


@dataclass(frozen=True, slots=True)
class Wording:
    """How one finding is said. Which of a code's wordings is meant follows from the names of its values.

    `said`: what is; `mend`: what mends it; the office reads both. A committee reads what is and no
    instruction: `committee`, where `said` would not read well alone. `field`: '' = the field is not told,
    `SAME` = what the office reads; of a document, why it is asked for, in few words beside its name.
    `severity`: None = as the document it is about, which blocks where it is mandatory.
    """

    said: str
    mend: str
    committee: str = ""
    field: str = ""
    severity: Severity | None = Severity.WARNING

    def template(self, audience: Audience) -> str:
        """The sentence for one reader; '' where it is not told."""
        office = f"{self.said} {self.mend}".rstrip()
        match audience:
            case Audience.COMMITTEE:
                return self.committee or self.said
            case Audience.FIELD:
                return office if self.field == SAME else self.field
            case _:
                return office

    @property
    def placeholders(self) -> frozenset[str]:
        """The names of the values that this wording is made of."""
        every = (self.template(audience) for audience in Audience)
        return frozenset(name for text in every for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `rule`: its number or section in docs/rules.md, '' where no source states one."""

    code: str
    rule: str
    wordings: tuple[Wording, ...]

    def wording(self, names: frozenset[str]) -> Wording:
        """The wording made of values of these names. Raises LookupError where there is none."""
        for one in self.wordings:
            if one.placeholders == names - {ROUND}:
                return one
        raise LookupError(f"{self.code} is not worded for the values {sorted(names)}")


def entry(code: str, rule: str, *wordings: Wording) -> Entry:
    return Entry(code, rule, wordings)
