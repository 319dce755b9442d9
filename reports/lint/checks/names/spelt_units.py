"""Names of groups and networks in texts that are nearly those of the list, or of another text. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from mochocho.words import people
from mochocho.words.model import ApplicantType
from mochocho.words.sentences import Sentence
from reports.lint.checks.contacts import CIVIL, NAME
from reports.lint.checks.units import LIST
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import people as everybody
from reports.lint.printed_texts import plain, typed_by_the_office

NEARLY = warning(
    "name.unit_otherwise",
    "49",
    Sentence(
        "เขียน “{written}” แต่{elsewhere}เขียน “{other}”",
        "says “{written}”, but {elsewhere} says “{other}”",
    ),
    Sentence("ให้ตรวจ หากเป็นรายเดียวกันให้สะกดให้ตรงกัน", "if they are one, spell both alike"),
)
ENTRIES = (NEARLY,)
_KINDS = "กลุ่ม|เครือข่าย|ชมรม|วิสาหกิจชุมชน|สหกรณ์|กองทุน"
_NAMED = re.compile(rf"((?:{_KINDS}|(?<![ก-๙])ชุมชนบ้าน)[ก-๙]{{6,60}})")
_BODY = tuple("0123456789")  # of a paragraph: what else holds a name is of the meeting's people
_START = 8  # letters that are right
_SHORTEST = 12  # letters of a name that another is hardly like by chance
_SAME = 3  # letters behind the one in which two texts differ
# Letters of one sound, which two clerks write one for the other
_ONE_SOUND = ("ไใ", "นณ", "สศษ", "ทธ", "พภ", "ขค", "รล", "ยญ", "่้๊", "ิี", "ึื", "ุู", "็์")
Known = tuple[str, str]  # a name, and where it stands


def check(looked: Examined) -> Iterator[Found]:
    """Groups and networks that texts name."""
    names = _of_units(looked)
    yield from _leaders(looked)
    said = defaultdict[str, list[Known]](list)
    for text in typed_by_the_office(looked):
        for written in _NAMED.findall(text.plain):
            units = names.get(written[:_START], ())
            if any(written.startswith(name) for name in units):
                continue
            near = next(((name, got) for name in units if (got := _one_wrong(written, name))), None)
            if near:
                yield NEARLY.at(text.place, written=near[1], elsewhere=LIST, other=near[0])
                continue
            yield from _against(said[written[:_START]], written, text.place)
            said[written[:_START]].append((written, text.place.paper))


def _of_units(looked: Examined) -> Mapping[str, list[str]]:
    """The names of the list by their first letters, people's left out."""
    found = defaultdict[str, list[str]](list)
    for unit in looked.units:
        name = plain(unit.name)
        if unit.type is not ApplicantType.LEADER and len(name) >= _SHORTEST:
            found[name[:_START]].append(name)
    return found


def _leaders(looked: Examined) -> Iterator[Found]:
    """People of the list whom a text names nearly, or with another title."""
    known = {
        people.key(one.name): plain(one.name) for one in looked.units if one.type is ApplicantType.LEADER
    }
    committee = {people.key(person.name) for person, _ in everybody(looked.meeting)}
    for text in typed_by_the_office(looked):
        for written in NAME.findall(text.plain) if text.place.field.endswith(_BODY) else ():
            key = people.key(written)
            if key in committee:
                continue
            near = [key] if key in known else [one for one in known if people.alike(one, key)]
            titled = near and CIVIL.match(known[near[0]]) and CIVIL.match(written)
            if near and (near[0] != key or (titled and not known[near[0]].startswith(titled[0]))):
                yield NEARLY.at(text.place, written=written, elsewhere=LIST, other=known[near[0]])


def _one_wrong(written: str, name: str) -> str:
    """What stands there, where one letter is another, one too many or one too few; "" = something else."""
    wrong = _parting(written, name)
    if wrong is None:  # the text ends within the name, or right behind it
        return written if len(name) - len(written) == 1 else ""
    if any(letter.isdigit() for letter in (written[wrong], name[wrong])):
        return ""
    for length, rest, behind in (
        (len(name), name[wrong + 1 :], written[wrong + 1 :]),
        (len(name) + 1, name[wrong:], written[wrong + 1 :]),
        (len(name) - 1, name[wrong + 1 :], written[wrong:]),
    ):
        enough = len(rest) > 1 or (len(rest) == 1 and length == len(name)) or behind == ""
        if enough and behind.startswith(rest) and not _is_longer(written[length:]):
            return written[:length]
    return ""


def _parting(one: str, other: str) -> int | None:
    """The first place at which two texts differ; None where one begins the other."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)


def _is_longer(rest: str) -> bool:
    """Whether a mark follows: then the last letter is that of another word."""
    return bool(re.match("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]", rest))


def _against(others: list[Known], written: str, place: Place) -> Iterator[Found]:
    """Two texts that differ in one letter of one sound, and go on alike."""
    for other, elsewhere in others:
        at = _parting(written, other)
        if at is None or at < _SHORTEST - 1:
            continue
        one_sound = any(written[at] in like and other[at] in like for like in _ONE_SOUND)
        if one_sound and written[at + 1 : at + 1 + _SAME] == other[at + 1 : at + 1 + _SAME]:
            yield NEARLY.at(
                place, written=written[: at + 1 + _SAME], other=other[: at + 1 + _SAME], elsewhere=elsewhere
            )
            return
