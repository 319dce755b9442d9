"""Telephone numbers that stand beside a name in a row: of somebody who is known by the name alone."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy.orm import Session

from mochocho.app.erasing.whose.mentions import mention_of
from mochocho.app.persons.found_places import every_row
from mochocho.app.persons.holders import Holders
from mochocho.words import numbers
from processing.persons.covered_texts import same_name
from processing.persons.sought_person import Sought, json_in

_NUMBER = re.compile(r"(?<!\d)[0๐]\d(?:[- ]?\d){7,8}(?!\d)")


def telephones_beside(
    session: Session, belongs: Holders, person: Sought, only: Collection[str] | None
) -> set[str]:
    """Bare, without those that stand beside another's name too: an office has one for all. `only`: the parts
    in which the name is the person's, None = all.
    """
    own, others = set[str](), set[str]()
    for table, values in every_row(session):
        part = mention_of(table.name, values, "", belongs.of_row(table.name, values))
        for name, found in _beside_names(values):
            if not same_name([person], name):
                others |= found
            elif only is None or part in only:
                own |= found
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
