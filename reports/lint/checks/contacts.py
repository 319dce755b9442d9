"""Names and contacts that are spelt two ways (rules.md 43, 44). Pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from mochocho.words import people as names
from mochocho.words.numbers import is_telephone
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import LETTER, nearly, people, texts

TWO_NAMES = warning(
    "contact.two_names",
    "44",
    Sentence(
        "ชื่อ “{written}” กับ “{other}” ({elsewhere}) เกือบเหมือนกัน",
        "the names “{written}” and “{other}” ({elsewhere}) are nearly the same",
    ),
    Sentence("ให้ตรวจ หากเป็นคนเดียวกันให้สะกดให้ตรงกัน", "if they are one person, spell both alike"),
)
TWO_ADDRESSES = error(
    "contact.two_addresses",
    "44",
    Sentence(
        "{kind} “{written}” กับ “{other}” ({elsewhere}) เกือบเหมือนกัน",
        "two spellings of one address ({kind}): “{written}” and “{other}” ({elsewhere})",
    ),
    Sentence("ให้ตรวจกับผู้ประสานงาน แล้วสะกดให้ตรงกันทุกฉบับ", "ask the contact, then spell it alike everywhere"),
)
OTHER_TELEPHONE = error(
    "contact.other_telephone",
    "44",
    Sentence(
        "หมายเลขโทรศัพท์ “{written}” อยู่กับชื่อผู้ประสานงาน แต่ผู้ประสานงานใช้ “{other}”",
        "the telephone “{written}” stands beside the contact's name, whose number is “{other}”",
    ),
    Sentence("ให้แก้ให้ตรงกันทุกฉบับ", "mend one of the two"),
)
NO_TELEPHONE = error(
    "contact.no_telephone",
    "43",
    Sentence("“{written}” ไม่ใช่หมายเลขโทรศัพท์", "“{written}” is no telephone number"),
    Sentence("ให้เขียน 9 หรือ 10 หลัก ขึ้นต้นด้วย 0 เช่น 0-5300-0000", "write 9 or 10 digits, as 0-5300-0000"),
)
NO_EMAIL = error(
    "contact.no_email",
    "43",
    Sentence("“{written}” ไม่ใช่ที่อยู่อีเมล", "“{written}” is no e-mail address"),
    Sentence("ให้เขียนแบบ name@example.go.th", "write it as name@example.go.th"),
)
ENTRIES = (TWO_NAMES, TWO_ADDRESSES, OTHER_TELEPHONE, NO_TELEPHONE, NO_EMAIL)
PROVINCE = "รายชื่ออำเภอของจังหวัด"
EMAIL, LINE, TELEPHONE = "อีเมล", "ไอดีไลน์", "หมายเลขโทรศัพท์"
EMAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LINE = re.compile(r"(?:line|ไลน์)(?: ?id| ?ไอดี)? ?[:：]? ?(@?[a-z0-9][a-z0-9._-]{2,})", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<![\d-])0(?:[ -]?\d){7,10}(?![\d-])")
_TO_ANOTHER = re.compile(r"-\d{1,2}$")  # 0 5300 0000-1, two neighbours
_TITLE = r"(?:นางสาว|นาง|นาย|น\.ส\.|คุณ|ท่าน|ว่าที่ ?(?:ร้อยตรี|ร\.ต\.) ?(?:หญิง)?)"
NAME = re.compile(rf"{_TITLE} ?[ก-๙]{{2,}}(?: [ก-๙]{{2,}})")
CIVIL = re.compile(r"(นางสาว|น\.ส\.|นาง|นาย)")
_DISTRICT = re.compile(r"(?:อำเภอ|(?<![ก-๙.])อ\.) ?([ก-๙]{3,40})")
_GOES_ON = re.compile(
    "[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[ก-ฮ]{1,2}์"
)  # behind a name: it is longer than that
_TONE = re.compile("[\u0e48-\u0e4b]")
_SHORTEST = 3  # letters of an address that may hide a mistake
Written = tuple[str, Place]


def check(looked: Examined) -> Iterator[Found]:
    """Names, addresses and telephones."""
    yield from _names(looked)
    yield from _districts(looked)
    found = _addresses(looked)
    for kind, near in ((EMAIL, _near_emails), (LINE, _near), (TELEPHONE, _one_letter)):
        for (other, elsewhere), (written, place) in combinations(found[kind].items(), 2):
            if near(written, other):
                yield TWO_ADDRESSES.at(
                    place, kind=kind, written=written, other=other, elsewhere=elsewhere.paper
                )
    yield from _contact(looked)


def _names(looked: Examined) -> Iterator[Found]:
    written = [(person.name, place) for person, place in people(looked.meeting)]
    written += [(name, text.place) for text in texts(looked) for name in NAME.findall(text.plain)]
    yield from _titles(written)
    known: dict[str, Written] = {}
    for name, place in written:
        known.setdefault(names.key(name), (name, place))
    for (key, (other, elsewhere)), (other_key, (name, place)) in combinations(known.items(), 2):
        if names.alike(key, other_key) and not _man_and_woman(name, other):
            yield TWO_NAMES.at(place, written=name, other=other, elsewhere=elsewhere.paper)


def _titles(written: Iterable[Written]) -> Iterator[Found]:
    """One name with two titles: นาง in one paper, นางสาว in another."""
    first: dict[str, tuple[str, Written]] = {}
    for name, place in written:
        if found := CIVIL.match(name):
            title = found[1].replace("น.ส.", "นางสาว")
            before, (other, elsewhere) = first.setdefault(names.key(name), (title, (name, place)))
            if title != before:
                yield TWO_NAMES.at(place, written=name, other=other, elsewhere=elsewhere.paper)


def _man_and_woman(one: str, other: str) -> bool:
    titles = {found[1] for name in (one, other) if (found := CIVIL.match(name))}
    return "นาย" in titles and len(titles) > 1


def _districts(looked: Examined) -> Iterator[Found]:
    """Districts of the province whose names a text nearly has."""
    known = [district.name_th for district in looked.province.districts]
    for text in texts(looked):
        for rest in _DISTRICT.findall(text.plain):
            if any(rest.startswith(name) and not _GOES_ON.match(rest, len(name)) for name in known):
                continue
            said = [(name, written) for name in known if (written := nearly(rest, name, names.alike))]
            said += [(name, written) for name in known if (written := _with_another_tone(rest, name))]
            for name, written in said[:1]:
                yield TWO_NAMES.at(
                    text.place, written=f"อำเภอ{written}", other=f"อำเภอ{name}", elsewhere=PROVINCE
                )


def _with_another_tone(rest: str, name: str) -> str:
    """A short name with another tone at the beginning of a text, or without one; "" where neither is."""
    of_its_length = rest[: len(name)]
    return next(
        (one for one in (of_its_length, rest) if one != name and _TONE.sub("", one) == _TONE.sub("", name)),
        "",
    )


def _addresses(looked: Examined) -> dict[str, dict[str, Place]]:
    """Each address as it is compared, and where it stands first."""
    found: dict[str, dict[str, Place]] = {EMAIL: {}, LINE: {}, TELEPHONE: {}}
    contact = looked.meeting.contact
    if contact.line:
        found[LINE][contact.line.casefold()] = Place(LETTER, "contact.line")
    for text in texts(looked):
        for address in EMAIL_ADDRESS.findall(text.plain):
            found[EMAIL].setdefault(address.casefold(), text.place)
        for line in _LINE.findall(EMAIL_ADDRESS.sub(" ", text.plain)):
            found[LINE].setdefault(line.casefold(), text.place)
        for number in _TELEPHONE.findall(text.plain):
            first = _TO_ANOTHER.sub("", number)
            found[TELEPHONE].setdefault(_digits(first if is_telephone(first) else number), text.place)
    return found


def _contact(looked: Examined) -> Iterator[Found]:
    contact = looked.meeting.contact
    number = contact.telephone.partition("ต่อ")[0].strip()
    if number and (not is_telephone(number) or contact.telephone.rstrip(". ").endswith("ต่อ")):
        yield NO_TELEPHONE.at(Place(LETTER, "contact.telephone"), written=contact.telephone)
    if contact.email and not EMAIL_ADDRESS.fullmatch(contact.email):
        yield NO_EMAIL.at(Place(LETTER, "contact.email"), written=contact.email)
    if not (contact.name and number):
        return
    for text in texts(looked):
        others = [one for one in _TELEPHONE.findall(text.plain) if _digits(one) != _digits(number)]
        if others and names.bare(contact.name) in names.bare(text.plain):
            yield from (OTHER_TELEPHONE.at(text.place, written=one, other=number) for one in others)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _near_emails(one: str, other: str) -> bool:
    first, _, domain = one.partition("@")
    second, _, other_domain = other.partition("@")
    if domain == other_domain:
        return _near(first, second) or _cut_at_a_dot(first, second)
    cut = domain.startswith(other_domain) or other_domain.startswith(domain)
    return first == second and (cut or names.alike(domain, other_domain))


def _cut_at_a_dot(one: str, other: str) -> bool:
    """Whether one has a part more: kanda and kanda.t."""
    short, long = sorted((one, other), key=len)
    return len(short) > _SHORTEST and long.startswith(short) and long[len(short)] in "._-"


def _near(one: str, other: str) -> bool:
    return _one_letter(one, other) or names.alike(one, other) or names.bare(one) == names.bare(other)


def _one_letter(one: str, other: str) -> bool:
    """Whether one has one letter more than the other, or two neighbours swapped."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return any(
            short[:at] + short[at + 1] + short[at] + short[at + 2 :] == long for at in range(len(short) - 1)
        )
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
