"""Telephone numbers that stand beside a name in a row: of somebody who is known by the name alone."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from mochocho.app.persons.found_places import every_row
from mochocho.words import numbers
from processing.persons.covered_texts import same_name
from processing.persons.sought_person import Sought, json_in

_NUMBER = re.compile(r"(?<!\d)[0๐]\d(?:[- ]?\d){7,8}(?!\d)")


def telephones_beside(session: Session, person: Sought) -> set[str]:
    """Bare, without those that stand beside another's name too: an office has one for all."""
    own, others = set[str](), set[str]()
    for _, values in every_row(session):
        for name, found in _beside_names(values):
            (own if same_name([person], name) else others).update(found)
    return own - others


def _beside_names(value: Any) -> Iterator[tuple[str, set[str]]]:
    """Each value of the field `name`, with the numbers in the fields beside it."""
    match value:
        case str():
            yield from _beside_names(json_in(value))
        case list():
            for one in value:
                yield from _beside_names(one)
        case dict():
            if isinstance(value.get("name"), str):
                texts = [one for one in value.values() if isinstance(one, str)]
                written = [numbers.bare(one) for text in texts for one in _NUMBER.findall(text)]
                yield value["name"], set(filter(numbers.is_telephone, written))
            for one in value.values():
                yield from _beside_names(one)
