"""Whether a text names a person: by national ID, telephone, name in any spelling or key. Pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from mochocho.words import numbers, people, thai
from mochocho.words.errors import Unfit
from processing.register.unit_names import spelt

_LONGEST_NAME = 120  # characters: a text that is longer is no name by itself
_LEAST = 4  # letters of a name that is looked for inside other texts: fewer stand in any word
_BETWEEN = r"[-\s.]{0,3}"  # what people type between the digits of a number
_THAI_CONSONANT = "ก-ฮ"


class By(StrEnum):
    """What of the person a text holds."""

    KEY = "key"
    NATIONAL_ID = "national_id"
    TELEPHONE = "telephone"
    NAME = "name"


class Certainty(StrEnum):
    """How sure it is that a text is about the person."""

    SAME = "same"  # the number, the key, or the whole name in another spelling
    WITHIN = "within"  # the name's letters stand in a longer text
    NEAR = "near"  # a name that a mistake may have made of it: a person is asked


@dataclass(frozen=True, slots=True)
class Hit:
    """What one text holds of the person. `written`: as it stands there, '' where a number was found."""

    by: By
    certainty: Certainty
    written: str = ""


@dataclass(frozen=True)
class Sought:
    """The person who is sought; '' = not known. Numbers hold Arabic digits alone."""

    national_id: str = ""
    telephone: str = ""
    name: str = ""
    key: str = ""

    @cached_property
    def needles(self) -> tuple[bytes, ...]:
        """What of the person may stand in a file that is no text, such as a photo's metadata."""
        texts = [text for text in (self.key, self.national_id, self.telephone, self.name) if text]
        return tuple(text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be"))

    @cached_property
    def patterns(self) -> tuple[tuple[By, re.Pattern[str]], ...]:
        """What finds each number and the key in a text."""
        found = []
        if self.key:
            found.append((By.KEY, re.compile(re.escape(self.key), re.IGNORECASE)))
        if self.national_id:
            found.append((By.NATIONAL_ID, re.compile(rf"(?<!\d){_typed(self.national_id)}(?!\d)")))
        if self.telephone:
            abroad = rf"(?:{_typed('0')}|\+?{_typed('66')}{_BETWEEN}(?:\(0\){_BETWEEN})?)"
            rest = _typed(self.telephone[1:])
            found.append((By.TELEPHONE, re.compile(rf"(?<!\d){abroad}{_BETWEEN}{rest}(?!\d)")))
        return tuple(found)

    @cached_property
    def spelt_name(self) -> str:
        return spelt(people.untitled(self.name)) if self.name else ""

    @cached_property
    def likely_name(self) -> re.Pattern[str] | None:
        """What every text that holds the name holds: its consonants in order. Far quicker than spelling the
        text anew; None for a name of other letters.
        """
        consonants = re.findall(f"[{_THAI_CONSONANT}]", self.spelt_name)
        if len(consonants) < _LEAST:
            return None
        return re.compile(f"[^{_THAI_CONSONANT}]{{0,12}}".join(consonants))


def sought(national_id: str = "", telephone: str = "", name: str = "", key: str = "") -> Sought:
    """The person as somebody typed it. Raises Unfit, by the name of its parameter, when
    nothing is given, or a number cannot be one."""
    national_id, telephone = numbers.bare(national_id.strip()), numbers.bare(telephone.strip())
    if national_id and not re.fullmatch("[0-9]{13}", national_id):
        raise Unfit(
            "เลขประจำตัวประชาชนต้องมี 13 หลัก ให้ตรวจแล้วใส่ใหม่",
            "a national ID has 13 digits; look at it and give it again",
            part="national_id",
        )
    if telephone and not numbers.is_telephone(telephone):
        raise Unfit(
            "หมายเลขโทรศัพท์ต้องขึ้นต้นด้วย 0 และมี 9 หรือ 10 หลัก ให้ตรวจแล้วใส่ใหม่",
            "a telephone number begins with 0 and has 9 or 10 digits; look at it and give it again",
            part="telephone",
        )
    person = Sought(national_id, telephone, thai.normalise(name), key.strip())
    if person == Sought():
        raise Unfit(
            "ใส่อย่างน้อยหนึ่งอย่าง: --national-id --telephone --name หรือ --key",
            "give at least one of --national-id, --telephone, --name and --key",
            part="name",
        )
    if person.name and len(person.spelt_name) < _LEAST:
        raise Unfit(
            f"“{person.name}” สั้นเกินกว่าจะค้นได้ ให้ใส่ทั้งชื่อและนามสกุล",
            f"“{person.name}” is too short to be searched for; give the given name and the family name",
            part="name",
        )
    return person


@lru_cache(maxsize=100_000)
def hits(person: Sought, text: str) -> tuple[Hit, ...]:
    """What a text holds of the person, one of each kind at most."""
    found = [Hit(by, Certainty.SAME) for by, pattern in person.patterns if pattern.search(text)]
    if person.name and (named := _named(person, text)):
        found.append(Hit(By.NAME, named, text if len(text) <= _LONGEST_NAME else person.name))
    return tuple(found)


def hits_in_value(person: Sought, value: Any, path: str = "") -> Iterator[tuple[str, Hit]]:
    """As `hits`, of every text of a stored value with the path at which it stands; texts of JSON are read."""
    match value:
        case str():
            inner = json_in(value)
            if inner is None:
                yield from ((path, hit) for hit in hits(person, value))
            else:
                yield from hits_in_value(person, inner, path)
        case dict():
            for name, one in value.items():
                yield from hits_in_value(person, name, path)
                yield from hits_in_value(person, one, f"{path}.{name}" if path else str(name))
        case list() | tuple():
            for one in value:
                yield from hits_in_value(person, one, path)


def json_in(text: str) -> Any:
    """What a text of JSON holds; None for another text."""
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def holds_bytes(person: Sought, content: bytes) -> bool:
    """Whether a file that is no text holds any of it as it is spelt."""
    return any(needle in content for needle in person.needles)


def _named(person: Sought, text: str) -> Certainty | None:
    if len(text) < _LEAST or text.isdigit():
        return None
    likely = person.likely_name
    if (likely is None or likely.search(text)) and person.spelt_name in spelt(text):
        same = len(text) <= _LONGEST_NAME and spelt(people.untitled(text)) == person.spelt_name
        return Certainty.SAME if same else Certainty.WITHIN
    if len(text) > _LONGEST_NAME or not _may_be_near(person.name, text):
        return None
    return Certainty.NEAR if people.alike(people.key(text), people.key(person.name)) else None


def _may_be_near(name: str, text: str) -> bool:
    """Whether two names have so many letters in common that they are worth comparing."""
    consonants = set(re.findall(f"[{_THAI_CONSONANT}a-z]", name.casefold()))
    return len(consonants - set(text.casefold())) <= people.MOST_EDITS


def _typed(digits: str) -> str:
    """A pattern of these digits, Arabic or Thai, with what people type between them."""
    return _BETWEEN.join(f"[{digit}{numbers.THAI_DIGITS[int(digit)]}]" for digit in digits)
