"""What is stored about a person without what names them: for a person whose data is erased. Pure."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

from mochocho.words import people
from processing.decisions.chain import canonical
from processing.persons.sought_person import By, Certainty, Sought, hits, json_in

ERASED = "(ลบข้อมูลแล้ว)"  # in place of a name, a number, an address
# what people and programs put between the letters of a name; the mark of a silent letter stands anywhere
_BETWEEN = r"[\s.\-_\u0e4c\u00ad\u200b-\u200f\ufeff]*"
_TITLE = r"(?:(?:นางสาว|นาง|นาย|น\.?\s*ส\.?|คุณ|ดร\.?)\s*)?"
_TAG = re.compile(r"(<[^>]*>)")
_HELD = re.compile("\ue000([0-9]+)\ue001")  # in place of what is kept: characters that no text has


@dataclass(frozen=True)
class Eraser:
    """Takes persons out of texts. `persons`: one for each way in which they are named; `longer`: names of
    others in which such a name stands, which are kept.

    A text in which a name stands in a spelling that cannot be cut out goes as a whole. Keys of applicants
    stay: they name nobody once the rest is gone.
    """

    persons: tuple[Sought, ...]
    longer: tuple[str, ...] = ()

    def value(self, value: Any) -> Any:
        """A stored value without the persons; an equal value where it does not name them."""
        match value:
            case str():
                inner = json_in(value)
                if inner is None:
                    return self.text(value)
                covered = self.value(inner)
                return value if covered == inner else canonical(covered)
            case dict():
                return {self.value(name): self.value(one) for name, one in value.items()}
            case list():
                return [self.value(one) for one in value]
        return value

    def xml(self, xml: str) -> str:
        """A submitted form without the persons; the very same text where it does not name them."""
        parts = []
        for part in _TAG.split(xml):
            text = html.unescape(part)
            covered = text if part.startswith("<") else self.text(text)
            parts.append(part if covered == text else escape(covered))
        return "".join(parts)

    def text(self, text: str) -> str:
        """One text without the persons."""
        if not any(_named(person, text) for person in self.persons):
            return text
        held = list[str]()

        def hold(found: re.Match[str]) -> str:
            held.append(found[0])
            return f"\ue000{len(held) - 1}\ue001"

        for other in self._others:
            text = other.sub(hold, text)
        for person, patterns in zip(self.persons, self._patterns, strict=True):
            for pattern in patterns if _named(person, text) else ():
                text = pattern.sub(ERASED, text)
            if _named(person, text):
                return ERASED
        return _HELD.sub(lambda found: held[int(found[1])], text)

    @cached_property
    def _others(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_spelt(name) for name in sorted(self.longer, key=len, reverse=True))

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], ...], ...]:
        return tuple(
            (
                *(pattern for by, pattern in person.patterns if by is not By.KEY),
                *((_spelt(person.name),) if person.name else ()),
            )
            for person in self.persons
        )


def longer_names(persons: Iterable[Sought], every: Iterable[str]) -> tuple[str, ...]:
    """Of these names those that are another's and hold the name of one of the persons."""
    named = [person for person in persons if person.name]
    return tuple(
        name
        for name in dict.fromkeys(every)
        if any(_certainty(one, name) is Certainty.WITHIN for one in named)
    )


def same_name(persons: Iterable[Sought], name: str) -> bool:
    """Whether a name is that of one of them, in whatever spelling."""
    return any(_certainty(one, name) is Certainty.SAME for one in persons if one.name)


def _certainty(person: Sought, text: str) -> Certainty | None:
    return next((hit.certainty for hit in hits(person, text) if hit.by is By.NAME), None)


def _named(person: Sought, text: str) -> bool:
    return any(hit.by is not By.KEY and hit.certainty is not Certainty.NEAR for hit in hits(person, text))


def _spelt(name: str) -> re.Pattern[str]:
    """What finds a name with or without a title, however its letters are spaced."""
    letters = [one for one in people.untitled(name) if not re.fullmatch(_BETWEEN, one)]
    spelt = _BETWEEN.join(map(re.escape, letters))
    return re.compile(f"{_TITLE}{spelt}\u0e4c?", re.IGNORECASE)
