"""One title that is written two ways before one name: นางสาว กานดา, น.ส.กานดา, นางสาวกานดา. Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people as names
from mochocho.words.sentences import Sentence
from reports.lint.checks.contacts import NAME
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import Typed, each_once, people, plain

OTHERWISE = warning(
    "name.title_otherwise",
    "44",
    Sentence(
        "เขียน “{written}” แต่{elsewhere}เขียน “{other}”",
        "says “{written}”, but {elsewhere} says “{other}”",
    ),
    Sentence("ให้เขียนคำนำหน้าชื่อแบบเดียวกันทุกฉบับ", "write the title alike everywhere"),
)
MISSPELT = error(
    "name.title_misspelt",
    "44",
    Sentence("“{written}” ใน “{name}” ไม่ใช่คำนำหน้าชื่อ", "“{written}” of “{name}” is no title"),
    Sentence("ให้เขียน “{right}”", "write “{right}”"),
)
ENTRIES = (OTHERWISE, MISSPELT)
_SLIP = re.compile("นาวสาว|นาสาว|นงสาว|นางสาง|นางาว|นางสาสว|น\\.ศ\\.|นส\\.")  # no names begin so
_TITLE = re.compile("(นางสาว|น\\.ส\\.|นาง|นาย|คุณ|ท่าน)( ?)")
_FULL = {"น.ส.": "นางสาว"}
_POLITE = ("คุณ", "ท่าน")  # which no paper writes for somebody whose title it knows
_AS_TOLD = re.compile(r"replies|held\.attendance\.\d+\.(?:substitute|guest)")  # as whoever answered wrote it


def check(looked: Examined) -> Iterator[Found]:
    """The titles of people whom a field names with one."""
    known: dict[str, tuple[str, str, Place]] = {}
    for person, place in people(looked.meeting):
        if slip := _SLIP.match(plain(person.name)):
            yield MISSPELT.at(place, written=slip[0], name=person.name, right="นางสาว")
        if not _AS_TOLD.match(place.field) and (title := _TITLE.match(person.name)):
            written, was = plain(person.name), known.get(names.key(person.name))
            if was and _differ(title[0], was[0]):
                yield _told(place, written, was)
            known.setdefault(names.key(person.name), (title[0], written, place))
    for text in each_once(looked):
        if not _AS_TOLD.match(text.place.field):
            yield from _in_text(text, known)


def _in_text(text: Typed, known: dict[str, tuple[str, str, Place]]) -> Iterator[Found]:
    for written in NAME.findall(text.plain):
        title, was = _TITLE.match(written), known.get(names.key(written))
        if title and was and _differ(title[0], was[0]):
            yield _told(text.place, written, was)


def _differ(one: str, other: str) -> bool:
    """Whether one title is written two ways; two titles are told of as two names."""
    first, second = one.rstrip(), other.rstrip()
    polite = first in _POLITE and second not in _POLITE
    return polite or (one != other and _FULL.get(first, first) == _FULL.get(second, second))


def _told(place: Place, written: str, was: tuple[str, str, Place]) -> Found:
    return OTHERWISE.at(place, written=written, other=was[1], elsewhere=was[2].paper)
