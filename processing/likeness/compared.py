"""Compares two applicants of one type and district by what their names say and where they are. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from mochocho.words import people
from mochocho.words.model import ApplicantType, Application
from processing.register.unit_names import UnitName, place, spelt, taken_apart

ABBREVIATED = "ฯ"
_TONES = re.compile("[\u0e48-\u0e4b]")
_KNOWN_WITHOUT = 4  # letters
_LEAST_SAID = 3  # letters before ฯ: fewer could begin any name


class Likeness(StrEnum):
    """How alike two names are."""

    SAME = "same"  # two spellings of one name
    NEAR = "near"  # a mistake may have made two of one


@dataclass(frozen=True, slots=True)
class Unit:
    """An applicant as it is compared: its type, name and place. Equal units are the same in everything."""

    type: ApplicantType
    name: str
    subdistrict: str = ""
    moo: str = ""
    village: str = ""

    @property
    def parts(self) -> UnitName:
        return taken_apart(self.type, self.name, self.village, self.subdistrict)


def unit(application: Application) -> Unit:
    """What of an application is compared."""
    a = application
    return Unit(a.type, a.name, a.subdistrict, a.moo, a.village)


@lru_cache(maxsize=16_384)
def likeness(one: Unit, other: Unit) -> Likeness | None:
    """How alike two applicants of one district are; None where name or place tells them apart.

    A mistake is sought in the words for what it is and in the village's name apart, so that a long village
    makes no two groups alike. What is not filled in tells nobody apart, and numbers always do.
    """
    first, second = one.parts, other.parts
    if one.type is not other.type or not first.whole or not second.whole:
        return None
    if not _one_place(one, other, first, second):
        return None
    if first.whole == second.whole:
        return Likeness.SAME
    return _by_parts(one, other, first, second)


def percent(one: Unit, other: Unit) -> int:
    """How much of two names is alike, in percent, for a person to read; 100 for two spellings of one."""
    first, second = sorted((one.parts.whole, other.parts.whole))
    return round(100 * SequenceMatcher(None, first, second, autojunk=False).ratio())


def _by_parts(one: Unit, other: Unit, first: UnitName, second: UnitName) -> Likeness | None:
    both_named = first.village != "" and second.village != ""
    if both_named and _apart(first.village, second.village):
        return None
    if first.what == second.what:
        certain = not both_named and _village(one, first) == _village(other, second)
        return Likeness.SAME if certain else Likeness.NEAR
    if _near(first.what, second.what) or _abbreviates(first.what, second.what):
        return Likeness.NEAR
    return Likeness.NEAR if not both_named and _near(first.whole, second.whole) else None


def _one_place(one: Unit, other: Unit, first: UnitName, second: UnitName) -> bool:
    """Whether two may be in one place: by subdistrict, then หมู่ที่, else by the village."""
    network = one.type is ApplicantType.NETWORK
    if network and first.of_district != second.of_district and first.what == second.what:
        return not (first.subdistrict or second.subdistrict)  # the network of a district, and of a part of it
    if network and first.whole == second.whole:  # its office moves with whoever leads it
        return not _apart(first.subdistrict, second.subdistrict)
    if _apart(_subdistrict(one, first), _subdistrict(other, second)):
        return False
    numbers = _moo(one, first), _moo(other, second)
    if all(numbers):
        return numbers[0] == numbers[1]
    return not _apart(_village(one, first), _village(other, second))


def _subdistrict(one: Unit, parts: UnitName) -> str:
    return parts.subdistrict or place(one.subdistrict)


def _moo(one: Unit, parts: UnitName) -> str:
    return spelt(one.moo).lstrip("0") or parts.moo


def _village(one: Unit, parts: UnitName) -> str:
    return place(one.village) or parts.village


def _apart(one: str, other: str) -> bool:
    return one != "" and other != "" and one != other and not _near(one, other)


def _near(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return people.alike(one, other) or _toneless(one) == _toneless(other) != ""


def _toneless(text: str) -> str:
    """A word without its tone marks; '' for one that is too short to be known without them."""
    letters = _TONES.sub("", text)
    return letters if len(letters) >= _KNOWN_WITHOUT else ""


def _abbreviates(one: str, other: str) -> bool:
    """Whether one of two is the other, shortened with ฯ."""
    for short, full in ((one, other), (other, one)):
        begins, found, ends = short.partition(ABBREVIATED)
        if found and len(begins) >= _LEAST_SAID and re.match(re.escape(begins), full) and full.endswith(ends):
            return True
    return False
