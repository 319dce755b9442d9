"""E-mail addresses and telephones in texts that nobody can write to or call (rules.md 43). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.numbers import bare, is_telephone
from mochocho.words.sentences import Sentence
from reports.lint.checks.contacts import EMAIL_ADDRESS, NO_EMAIL, NO_TELEPHONE
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import Typed, texts

DOMAIN = warning(
    "contact.domain",
    "43",
    Sentence("“{written}” น่าจะหมายถึง “{right}”", "“{written}” seems to mean “{right}”"),
    Sentence("ให้แก้ที่อยู่", "mend the address"),
)
DIGITS = warning(
    "contact.telephone_digits",
    "43",
    Sentence(
        "หมายเลข “{written}” มี {digits} หลัก แต่หมายเลขที่ขึ้นต้นด้วย {begins} มี {right} หลัก",
        "“{written}” has {digits} digits; numbers that begin with {begins} have {right}",
    ),
    Sentence("ให้ตรวจว่าขาดหรือเกินหลักใด", "see which digit is lacking or too many"),
)
LINE_DIGITS = warning(
    "contact.thai_digits",
    "43",
    Sentence("“{written}” มีเลขไทย ผู้รับพิมพ์ตามแล้วหาไม่พบ", "“{written}” has Thai digits: nobody can type it so"),
    Sentence("ให้พิมพ์เป็นเลขอารบิก", "write Arabic digits"),
)
LINE_APART = warning(
    "contact.line_apart",
    "43",
    Sentence("ไอดีไลน์ “{written}” มีช่องว่าง ผู้รับค้นหาไม่พบ", "the LINE ID “{written}” has a space, which none has"),
    Sentence("ให้ลบช่องว่าง", "delete the space"),
)
ENTRIES = (DOMAIN, DIGITS, LINE_DIGITS, LINE_APART)
_DOMAINS = (
    "gmail.com",
    "hotmail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.co.th",
    "yahoo.co.th",
    "cdd.go.th",
)
_ENDS = re.compile(r"\.(?:go|ac|co|or|in|mi|net)\.(?!th$)[a-z]{1,3}$")  # .go.ht, .go.t
_WEB = re.compile(r"(?<![\w/@.])(?:www\.[\w.,/-]+|https?:// ?\S+|[a-z]{3,5}:/{1,3}\S+|www\. \S+)", re.ASCII)
_SOUND_WEB = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?[.,)]?", re.ASCII)
_AT = re.compile(
    r"(?<![\w/.])[A-Za-z0-9][\w.+-]*(?: ?@{1,2} ?|\(at\))[\w,-]+(?:[., ]+[A-Za-z]{2,4}\b)*", re.ASCII
)
_NO_AT = re.compile(
    r"(?:อีเมล\)?|อิเล็กทรอนิกส์|[Ee]-?mail) ?:? ?"
    r"((?!www\.)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:go\.th|ac\.th|co\.th|com))(?![\w.@])"
)
_CUT = re.compile(r"\d[\d -]{5,14}\d ต่อ(?! ?\d)(?! ?[ก-๙.])")  # nothing behind ต่อ
_LINE = re.compile(r"(?:line|ไลน์)(?: ?id| ?ไอดี)? ?[:：]? ?$", re.IGNORECASE)
_SHOP = re.compile("line ?@", re.IGNORECASE)  # an account of LINE
_APART = re.compile(r"@?[\w.-]+ [\w.-]+", re.ASCII)
_ADDRESS = re.compile(r"@|\(at\)|://?|www|\.[a-z]")  # one of these is in whatever is an address
_TELEPHONE = re.compile("โทร|มือถือ|เบอร์|ต่อ")
_CALL = re.compile(r"(?:โทร(?:ศัพท์|สาร)?|มือถือ|เบอร์)(?:เคลื่อนที่)?[ .:]{0,3}(\d[\d -]{5,16}\d)(?![\d/])")
_NUMBER = re.compile(r"(?<![\d/.-])0[- ]?[1-9](?:[- ]?\d){6,9}(?![\d/-])(?! ?-)")
_TO_NEXT = re.compile(r"- ?\d{1,2}$")  # 0 5300 0000-1, its neighbour too
MOBILE, LANDLINE = 10, 9  # digits
_SERVICE = re.compile(r"1\d{3}")  # 1567, and what stands behind it


def check(looked: Examined) -> Iterator[Found]:
    """Addresses and telephones of texts; what is none of the contact's own is told of by itself."""
    for text in texts(looked):
        contact = text.place.field.startswith("contact.")
        if contact and text.place.field.endswith(".line") and re.search("[๐-๙]", text.text):
            yield LINE_DIGITS.at(text.place, written=text.text)
        if contact and text.place.field.endswith(".line") and _APART.fullmatch(text.plain):
            yield LINE_APART.at(text.place, written=text.text)
        if _ADDRESS.search(text.plain):
            yield from _mistyped(text)
            yield from () if contact else _no_email(text)
        if "0" in text.plain:
            yield from _digits(text)
        if not contact and _TELEPHONE.search(text.plain):
            yield from _no_telephone(text)


def _no_email(text: Typed) -> Iterator[Found]:
    for found in _AT.finditer(text.plain):
        of_line = _SHOP.match(found[0]) or _LINE.search(text.plain[: found.start()])
        if not of_line and not EMAIL_ADDRESS.fullmatch(found[0]):
            yield NO_EMAIL.at(text.place, written=found[0])
    for found in _NO_AT.finditer(text.plain):
        yield NO_EMAIL.at(text.place, written=found[1])


def _no_telephone(text: Typed) -> Iterator[Found]:
    for found in _CUT.finditer(text.plain):
        yield NO_TELEPHONE.at(text.place, written=found[0])
    for found in _CALL.finditer(text.plain):
        if not is_telephone(found[1]) and not _several(found[1]) and not _SERVICE.match(found[1]):
            yield NO_TELEPHONE.at(text.place, written=found[1])


def _mistyped(text: Typed) -> Iterator[Found]:
    """Domains and web addresses that look like some and are none."""
    for address in EMAIL_ADDRESS.findall(text.plain):
        if right := _meant(address.partition("@")[2].casefold()):
            yield DOMAIN.at(text.place, written=address, right=right)
    for written in _WEB.findall(text.plain):
        if not _SOUND_WEB.fullmatch(written):
            yield DOMAIN.at(text.place, written=written, right="https://example.go.th")


def _digits(text: Typed) -> Iterator[Found]:
    """Telephones with too few digits for a mobile one, or too many for another."""
    for written in _NUMBER.findall(text.plain):
        digits = bare(written)
        right = MOBILE if digits[1] in "689" else LANDLINE
        if is_telephone(digits) and len(digits) != right and not _TO_NEXT.search(written):
            yield DIGITS.at(text.place, written=written, digits=len(digits), begins=digits[:2], right=right)


def _meant(domain: str) -> str:
    """The domain that was meant, "" where it is sound or not known."""
    if domain in _DOMAINS:
        return ""
    if _ENDS.search(domain):
        return f"{domain.rpartition('.')[0]}.th"
    return next((one for one in _DOMAINS if people.alike(one, domain)), "")


def _several(written: str) -> bool:
    """Whether it is one telephone behind another, or one with the last digits of its neighbours."""
    parts = re.split(r" +(?=0\d)", written)
    return all(map(is_telephone, parts)) or is_telephone(re.sub(r" ?- ?\d{1,2}$", "", written))
