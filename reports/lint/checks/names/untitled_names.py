"""Known people whom texts name without a title or with another position (rules.md 43, 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people as names
from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Person
from reports.lint.checks.contacts import TWO_NAMES
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import Typed, each_once, people, plain

POSITION = warning(
    "contact.other_position",
    "44",
    Sentence(
        "เขียนตำแหน่งของ “{name}” เป็น “{written}” แต่ที่บันทึกไว้คือ “{position}”",
        "says “{written}” for “{name}”, whose position is “{position}”",
    ),
    Sentence("ให้แก้ตำแหน่งให้ตรงกันทุกฉบับ", "write the position alike everywhere"),
)
ENTRIES = (POSITION,)
_HEAD = re.compile(
    "(?:รอง|ผู้ช่วย)?(?:ผู้ว่าราชการ|ปลัด|พัฒนาการ|เกษตร|ท้องถิ่น|ปศุสัตว์|ประมง|สาธารณสุข|คลัง|พาณิชย์|แรงงาน|นาย)(?:จังหวัด|อำเภอ)"
)  # who is one of these is no other one
_ONE_OFFICE = re.compile(r"\.(?:substitute|written_by|checked_by)$|^(?:members|contact)\b(?!.*substitute)")
_HIGHER = "พิเศษ"  # behind a position it makes another: ชำนาญการพิเศษ
_DEPUTIES = ("รอง", "ผู้ช่วย")  # before a position they make another
_PAIR = re.compile(r"(?=(?<![ก-๙])([ก-๙]{2,24} [ก-๙]{2,24})(?![ก-๙]))")
_SHORTEST = 9  # letters of a name that may be told from other words
_SAME_BEGINNING = 8  # letters of a position that is meant
Known = dict[str, tuple[str, Place]]


def check(looked: Examined) -> Iterator[Found]:
    """Names without titles, and positions behind names."""
    known: Known = {}
    for person, place in people(looked.meeting):
        known.setdefault(names.key(person.name), (person.name, place))
    contact, signatory = looked.meeting.contact, looked.meeting.signatory
    others = (Person(one.name, one.position) for one in (contact, signatory))
    held = {
        names.untitled(plain(one.name)): one
        for one in (*(member.person for member in looked.meeting.members), *others)
        if one.name and len(one.position) > _SAME_BEGINNING
    }
    yield from _positions(looked)
    for text in each_once(looked):
        yield from _nearly_known(text, known)
        for bare, person in held.items():
            if bare in text.plain:
                yield from _position(text, bare, person)


def _nearly_known(text: Typed, known: Known) -> Iterator[Found]:
    """Two words that nearly are somebody's name and surname; with a title they are told as names."""
    for found in _PAIR.finditer(text.plain) if " " in text.plain else ():
        key = names.bare(found[1])
        if len(key) < _SHORTEST or names.key(found[1]) in known:
            continue
        alike = (one for one in known if _may_be(one, key) and names.alike(key, one))
        other = next((one for one in alike if len(one) >= _SHORTEST), None)
        if other and not text.place.field.endswith(".name"):
            name, place = known[other]
            yield TWO_NAMES.at(text.place, written=found[1], other=name, elsewhere=place.paper)


def _may_be(one: str, other: str) -> bool:
    """Whether it is worth comparing them letter by letter: a slip leaves the first or the last as it is."""
    return abs(len(one) - len(other)) <= names.MOST_EDITS and (one[:1] == other[:1] or one[-1:] == other[-1:])


def _positions(looked: Examined) -> Iterator[Found]:
    """Somebody whose position fields of the meeting give twice, and not alike."""
    first: dict[str, tuple[Person, Place]] = {}
    for person, place in people(looked.meeting):
        if person.position:
            other, before = first.setdefault(names.key(person.name), (person, place))
            said, right = (plain(one.position).split(" ")[0] for one in (person, other))
            both_stand_in = all(_ONE_OFFICE.search(one.field) for one in (place, before))
            differs = both_stand_in and not (_same(said, right) or _same(right, said))
            if _is_another(said, right) or _is_another(right, said) or differs:
                yield POSITION.at(place, name=person.name, written=person.position, position=other.position)


def _is_another(said: str, right: str) -> bool:
    """Whether one position begins as another does, or lacks its rank, and is not that."""
    heads = _HEAD.match(said), _HEAD.match(right)
    if heads[0] and heads[1] and heads[0][0] != heads[1][0]:
        return True
    deputy = any(right == f"{rank}{said}"[: len(right)] for rank in _DEPUTIES)
    begins = said[:_SAME_BEGINNING] == right[:_SAME_BEGINNING]
    return deputy or (begins and not _same(said, right) and not right.startswith(said))


def _same(said: str, right: str) -> bool:
    return said.startswith(right) and not said.removeprefix(right).startswith(_HIGHER)


def _position(text: Typed, bare: str, person: Person) -> Iterator[Found]:
    """What stands right behind the name and begins as the position does, but is another."""
    written = re.match(r"[ ,]*(?:ตำแหน่ง ?)?([ก-๙]+)", text.plain.partition(bare)[2])
    if written is None:
        return
    said, right = written[1], plain(person.position).split(" ")[0]
    if ("ตำแหน่ง" in written[0] and not _same(said, right) and not right.startswith(said)) or _is_another(
        said, right
    ):
        yield POSITION.at(text.place, name=person.name, written=said, position=person.position)
