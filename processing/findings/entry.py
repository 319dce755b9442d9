"""An entry of the catalogue: a code's severity, its rule, and its words for each reader.

A template has placeholders `{name}` or `{name:way}`; the ways are those of `value_words`.
"""

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from mochocho.words.model import Severity


class Audience(StrEnum):
    """The readers: the field does what it is asked; the office sees to it; a committee reads facts only."""

    FIELD = "field"
    OFFICE = "office"
    COMMITTEE = "committee"


SAME = "="  # as `field`: the office's words

ROUND = "round"  # a value that findings of score sheets may have: whose marks they are


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a finding; the names of a finding's values decide which wording of its code is used.

    `said`: the fact; `mend`: what to do about it; the office reads both. `committee`: a committee's words,
    without instructions, where `said` does not read well by itself. `field`: '' = the field is not told,
    `SAME` = the office's words; for a document, the reason in a few words beside its name. `severity`: None =
    that of the document it is about, which blocks if the document is mandatory.
    """

    said: str
    mend: str
    committee: str = ""
    field: str = ""
    severity: Severity | None = Severity.WARNING

    def template(self, audience: Audience) -> str:
        """The sentence for one reader; '' if that reader is not told."""
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
        """The names of the values that this wording uses."""
        every = (self.template(audience) for audience in Audience)
        return frozenset(name for text in every for _, name, _, _ in Formatter().parse(text) if name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `rule`: its number or section in docs/rules.md, '' where no source states one."""

    code: str
    rule: str
    wordings: tuple[Wording, ...]

    def wording(self, names: frozenset[str]) -> Wording:
        """The wording for values of these names. Raises LookupError where there is none."""
        for one in self.wordings:
            if one.placeholders == names - {ROUND}:
                return one
        raise LookupError(f"{self.code} is not worded for the values {sorted(names)}")


def entry(code: str, rule: str, *wordings: Wording) -> Entry:
    return Entry(code, rule, wordings)
