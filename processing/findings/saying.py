"""Saying a finding to somebody: its words from the catalogue, with its values in them. Pure."""

from collections.abc import Collection, Mapping
from string import Formatter
from typing import Any

from mochocho.words import thai
from processing.findings.catalogue import CATALOGUE
from processing.findings.entry import ROUND, Audience
from processing.findings.value_words import ROUNDS, Value, written


class _Words(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return written(value, format_spec)


_WORDS = _Words()


def sentence(code: str, values: Collection[tuple[str, Value]], audience: Audience = Audience.OFFICE) -> str:
    """The sentence for one reader, digits as Thai ones; '' where that reader is not told."""
    given: Mapping[str, Value] = dict(values)
    template = CATALOGUE[code].wording(frozenset(given)).template(audience)
    said = _WORDS.vformat(template, (), given)
    if said and (round_ := ROUNDS.get(str(given.get(ROUND)))):
        said = f"{round_}: {said}"
    return thai.digits(said)
