"""Who signs, for whom and with which title (thai-papers.md 2; rules.md 42). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Level, Signatory
from reports.lint.checks.contacts import NAME
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import PAPERS, plain
from reports.lint.printed_texts import people as everybody

FOR_ONESELF = error(
    "signatory.for_oneself",
    "42",
    Sentence("ผู้ลงนามตำแหน่ง “{position}” ปฏิบัติราชการแทนตำแหน่งเดียวกัน", "“{position}” signs for “{position}”"),
    Sentence(
        "ให้แก้ตำแหน่ง หรือลบบรรทัดปฏิบัติราชการแทนเมื่อลงนามเอง",
        "mend the position, or delete for whom it is signed",
    ),
)
FOR_NOBODY = error(
    "signatory.for_nobody",
    "42",
    Sentence(
        "เขียน “{written}” ใต้ตำแหน่งผู้ลงนาม ซึ่งไม่บอกว่าลงนามแทนผู้ใด",
        "“{written}” below the position does not say for whom it is signed",
    ),
    Sentence(
        "ให้เขียน ปฏิบัติราชการแทน แล้วตามด้วยตำแหน่งของผู้ที่ลงนามแทน",
        "write “ปฏิบัติราชการแทน” and the position of whom it is signed for",
    ),
)
FOR_ONE_BELOW = error(
    "signatory.for_one_below",
    "42",
    Sentence(
        "จังหวัดลงนามแทน “{written}” ซึ่งเป็นผู้รับหนังสือของจังหวัด",
        "the province signs for “{written}”, to whom its letters go",
    ),
    Sentence("ให้แก้เป็นตำแหน่งของผู้มอบอำนาจ เช่น ผู้ว่าราชการจังหวัด", "name who gave the power, as the governor"),
)
NO_SURNAME = warning(
    "name.no_surname",
    "42",
    Sentence("“{name}” ไม่มีนามสกุลหรือไม่ได้เว้นวรรค", "“{name}” has no surname, or no space before it"),
    Sentence("ให้เขียนชื่อ เว้นวรรค แล้วนามสกุล", "write first name, a space, and surname"),
)
SWAPPED = warning(
    "name.is_position",
    "42",
    Sentence("ตำแหน่ง “{written}” เป็นชื่อบุคคล", "the position “{written}” is somebody's name"),
    Sentence("ให้สลับชื่อกับตำแหน่ง", "swap the name and the position"),
)
UNTITLED = warning(
    "name.title_lacking",
    "42",
    Sentence(
        "“{name}” ไม่มีคำนำหน้าชื่อ แต่{elsewhere}เขียน “{other}”",
        "“{name}” has no title, but is “{other}” in {elsewhere}",
    ),
    Sentence("ให้เขียนคำนำหน้าชื่อให้ตรงกันทุกฉบับ", "write the title alike everywhere"),
)
SURNAME_TWICE = error(
    "name.surname_twice",
    "42",
    Sentence("“{name}” มีนามสกุลซ้ำ", "“{name}” has the surname twice"),
    Sentence("ให้เหลือครั้งเดียว", "leave it there once"),
)
ENTRIES = (FOR_ONESELF, FOR_NOBODY, FOR_ONE_BELOW, SURNAME_TWICE, NO_SURNAME, SWAPPED, UNTITLED)
_INSTEAD = re.compile(r"^.*?(?:แทน|รักษาการในตำแหน่ง|ปฏิบัติหน้าที่) ?")
_AGAIN = re.compile(r"\S (\S{2,}) \1$")
_BESIDE = re.compile("ราชการแทน$")
_ANSWERED = re.compile(r"replies|held\.attendance")  # names as they were told: some people have one name
_MONKS = ("พระ", "หลวง", "เจ้า", "แม่ชี")  # they have no surname in papers


def check(looked: Examined) -> Iterator[Found]:
    """The signatories' names, positions and lines below."""
    meeting = looked.meeting
    for field, one in (("signatory", meeting.signatory), ("memo_by", meeting.memo_by)):
        place = Place(PAPERS[field], f"{field}.on_behalf")
        yield from _instead(one, place)
        below = next((line for line in map(plain, one.on_behalf) if "นายอำเภอ" in line), "")
        if below and meeting.level is Level.PROVINCE:
            yield FOR_ONE_BELOW.at(place, written=below)
    for person, place in everybody(meeting):
        if not _ANSWERED.match(place.field) and not _has_surname(person.name):
            yield NO_SURNAME.at(place, name=person.name)
        if _AGAIN.search(plain(person.name)):
            yield SURNAME_TWICE.at(place, name=person.name)
        if NAME.fullmatch(plain(person.position)):
            yield SWAPPED.at(place, written=person.position)
    yield from _titles(looked)


def _instead(one: Signatory, place: Place) -> Iterator[Found]:
    written = " ".join(map(plain, one.on_behalf))
    if not written:
        return
    written = f"{'แทน ' if _BESIDE.search(plain(one.position)) else ''}{written}"  # said beside the position
    instead = _INSTEAD.match(written)
    of_whom = written[instead.end() :] if instead else ""
    if not instead or not of_whom:
        yield FOR_NOBODY.at(place, written=written)
    elif of_whom.split() == plain(one.position).split():
        yield FOR_ONESELF.at(place, position=one.position)


def _has_surname(name: str) -> bool:
    """Also of what has no title: it may be an office."""
    bare = people.untitled(name).strip()
    return people.key(name) == people.bare(name) or " " in bare or bare.startswith(_MONKS)


def _titles(looked: Examined) -> Iterator[Found]:
    """Somebody who has a title in one field and none in another."""
    titled: dict[str, tuple[str, str]] = {}
    for person, place in everybody(looked.meeting):
        if people.bare(person.name) != people.key(person.name):
            titled.setdefault(people.key(person.name), (person.name, place.paper))
    for person, place in everybody(looked.meeting):
        key = people.key(person.name)
        if key in titled and people.bare(person.name) == key:
            other, elsewhere = titled[key]
            yield UNTITLED.at(place, name=person.name, other=other, elsewhere=elsewhere)
