"""Covers what in a person's data is about other people: their names, national IDs and telephone numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from mochocho.app.persons.found_places import every_row
from mochocho.words import people
from mochocho.words.model import ApplicantType
from processing.persons.sought_person import By, Certainty, Sought, hits, json_in
from processing.redaction.covered_numbers import cover_numbers
from processing.register.unit_names import spelt

COVERED = "(ปกปิดชื่อผู้อื่น)"
# where people are named: the end of a path, its table in front
_NAMES = re.compile(
    r"(?:^|\.)(?:(?:lead_team|advisers|mentors|person|substitute|guest|written_by|checked_by|contact|signatory|memo_by|officer|portal_account|portal_access)\.name"
    r"|assessor|entered_by|author|waived_by|seen_by|recorded_by|made_by|asked_by|by|judged_by|reopened_by)$"
)
_APPLICANTS = ("applicant", "former_result")  # named by a person's name where it is a leader
_LEAST = 4  # letters: a shorter name stands in other words


@dataclass(frozen=True)
class OtherPeople:
    """Whom this home names beside the person."""

    person: Sought
    names: tuple[str, ...]  # the longest first, with and without title

    @cached_property
    def own_numbers(self) -> tuple[re.Pattern[str], ...]:
        return tuple(pattern for by, pattern in self.person.patterns if by is not By.KEY)

    def cover(self, value: Any) -> Any:
        """A stored value with every text covered; texts of JSON are given as what they hold."""
        match value:
            case str():
                inner = json_in(value)
                return self._text(value) if inner is None else self.cover(inner)
            case dict():
                return {self._text(str(name)): self.cover(one) for name, one in value.items()}
            case list() | tuple():
                return [self.cover(one) for one in value]
            case bool() | int() | float() | None:
                return value
            case _:
                return str(value)

    def _text(self, text: str) -> str:
        for name in self.names:
            if name in text:
                text = text.replace(name, COVERED)
        return self._numbers(text, self.own_numbers)

    def _numbers(self, text: str, own: Sequence[re.Pattern[str]]) -> str:
        if not own:
            return cover_numbers(text)
        parts, at = [], 0
        for found in own[0].finditer(text):
            parts += [self._numbers(text[at : found.start()], own[1:]), found[0]]
            at = found.end()
        return "".join([*parts, self._numbers(text[at:], own[1:])])


def other_people(session: Session, person: Sought) -> OtherPeople:
    """Everybody whom a row names and who is not the person."""
    own = person.spelt_name
    found = set[str]()
    for name in dict.fromkeys(named_people(session)):
        if any(hit.certainty is Certainty.SAME for hit in hits(person, name)) or spelt(name) in own:
            continue
        found |= {one for one in (name, people.untitled(name)) if len(one) >= _LEAST}
    return OtherPeople(person, tuple(sorted(found, key=lambda one: (-len(one), one))))


def named_people(session: Session) -> Iterator[str]:
    """Every name that stands where a person is named."""
    for table, values in every_row(session):
        if table.name in _APPLICANTS and values["type"] == ApplicantType.LEADER:
            yield values["name"]
        yield from names_in(values, table.name)


def names_in(value: Any, path: str) -> Iterator[str]:
    """Every such name in a stored value; `path`: where it stands, a table first."""
    match value:
        case str():
            if (inner := json_in(value)) is not None:
                yield from names_in(inner, path)
            elif value and _NAMES.search(path):
                yield value
        case Mapping():
            for name, one in value.items():
                yield from names_in(one, f"{path}.{name}")
        case list():
            for one in value:
                yield from names_in(one, path)
