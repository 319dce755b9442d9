"""What an applicant's name says: what it is, and which village, number and subdistrict it names. Pure.

A group, network or community is named by people as they speak of it: with or without the word for its kind,
the village, `บ้าน` or `บ.` before the village. What is left of two spellings of one name when these are taken
apart is equal.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mochocho.words import people, thai
from mochocho.words.model import ApplicantType

_KARAN = "\u0e4c"
_TWICE = re.compile("([ะาเ-ไำๅ])\\1+")  # a vowel that is typed twice
_LEAST = 2  # letters that a name keeps when a place is taken off its end

# What offices shorten, before its dots are lost.
_SHORT = (
    (re.compile(r"(?<!อบ)(?<!อบ\.)(?<![ก-ฮ]\.)ต\s?\.\s?"), " ตำบล"),
    (re.compile(r"(?<![ก-ฮ]\.)อ\s?\.\s?"), " อำเภอ"),
    (re.compile(r"(?<![ก-ฮ]\.)จ\s?\.\s?"), " จังหวัด"),
    (re.compile(r"(?<![ก-ฮ]\.)(?<!ผญ)บ\s?\.\s?"), " บ้าน"),
    (re.compile(r"(?<![ก-ฮ]\.)ม\s?\.\s?(?:ที่\s?)?(?=[0-9๐-๙])"), " หมู่"),
    (re.compile(r"(?:กลุ่ม\s?)?ว\s?ส\s?ช\s?\.\s?|ว\s?\.\s?ส\s?\.\s?ช\s?\.\s?"), "วิสาหกิจชุมชน"),
)
# These say only that it is a group, a network or a community; spelt as by `spelt`.
_KIND = re.compile("กลุ่ม|วิสาหกิจชุมชน|วิสาหกิจ|องคกรชุมชน|องคการชุมชน|องคกร|เครือข่าย|ชมรม|ชุมชน(?!น)")
_MARKER = re.compile(
    "(?P<village>(?<!แม่)(?<!พ่อ)(?:หมู่บ้าน|บ้าน))|(?P<moo>หมู่(?:ที่)?(?=[0-9]))"
    "|(?P<subdistrict>(?:ระดับ|ประจำ)?ตำบล)|(?P<district>(?:ระดับ|ประจำ)?อำเภอ)|(?P<province>จังหวัด)"
)
_PLACE = re.compile("^(?:ตำบล|หมู่บ้าน|บ้าน)(?=.)")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name taken apart, each part spelt as by `spelt`; '' = not named.

    `what`: without kind and place; `whole`: `what` and the village. `of_district`: it names a district and no
    smaller place.
    """

    what: str
    whole: str
    village: str = ""
    moo: str = ""
    subdistrict: str = ""
    of_district: bool = False


@lru_cache(maxsize=16_384)
def spelt(text: str) -> str:
    """The letters and digits of a text in the one spelling in which names are compared.

    Besides what `people.bare` passes over: การันต์, which stands on the wrong letter as often as not, and
    vowels that are typed twice.
    """
    before = ""
    while text != before:  # letters that come together may be misspelt together
        before = text
        text = _TWICE.sub(r"\1", thai.normalise(people.bare(text).replace(_KARAN, "")))
    return text


def place(name: str) -> str:
    """The name of a village or subdistrict, spelt without the word for it."""
    return _PLACE.sub("", spelt(_in_full(name)))


@lru_cache(maxsize=16_384)
def taken_apart(type_: ApplicantType, name: str, village: str = "", subdistrict: str = "") -> UnitName:
    """The parts of an applicant's name; a person's is not divided. `village`, `subdistrict`: where it says it
    is.
    """
    if type_ is ApplicantType.LEADER:
        person = spelt(people.untitled(name))
        return UnitName(person, person)
    full = spelt(_in_full(name))
    parts = _divided(_without_kind(full))
    if type_ is ApplicantType.COMMUNITY:  # it is a village or a part of a town: that is what it is
        what = parts["what"] + parts["village"]
        return UnitName(what or full, what or full, moo=parts["moo"], subdistrict=parts["subdistrict"])
    what, named = parts["what"], parts["village"]
    if not named:
        what, named = _shortened(what, place(village))
    if not parts["subdistrict"]:
        what, parts["subdistrict"] = _shortened(what, place(subdistrict))
    return UnitName(
        what,
        what + named or full,
        named,
        parts["moo"],
        parts["subdistrict"],
        of_district="district" in parts and not (named or parts["subdistrict"]),
    )


def _in_full(name: str) -> str:
    text = thai.normalise(name)
    for short, full in _SHORT:
        text = short.sub(full, text)
    return text


def _without_kind(full: str) -> str:
    while (found := _KIND.match(full)) and found.end() < len(full):
        full = full[found.end() :]
    return full


def _divided(text: str) -> dict[str, str]:
    """`what` before the first word for a place, then each place by the word before it."""
    parts = {"what": "", "village": "", "moo": "", "subdistrict": ""}
    for name, words in _pieces(text):
        if name == "moo" and (number := re.match("[0-9]+", words)):
            parts["moo"] = str(int(number[0]))
            words, name = words[number.end() :], "what"
        parts[name] = parts.get(name, "") + words
    return parts


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    name, start = "what", 0
    for found in _MARKER.finditer(text):
        yield name, text[start : found.start()]
        name, start = str(found.lastgroup), found.end()
    yield name, text[start:]


def _shortened(what: str, end: str) -> tuple[str, str]:
    """`what` without the place at its end, and that place; what is left still names something."""
    if end and what.endswith(end) and len(what) >= len(end) + _LEAST and not _is_mark(what[-len(end) :][0]):
        return what[: -len(end)], end
    return what, ""


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"
