"""Comparing people's names: which are the same, and which so alike that a person is asked. Pure.

A name is stored and printed as `thai.normalise` spells it. When names are compared, spaces, titles and other
differences between two clerks' spellings of one person are ignored. Names that are nearly alike are never
taken to be the same.
"""

import re
import unicodedata
from functools import lru_cache

from mochocho.words import thai

_FEW = 5  # a name may hide one mistake in this many letters, two in twice as many
MOST_EDITS = 2
_TITLES_AT_MOST = 4

_CIVIL = (
    "นางสาว",
    "นาง",
    "นาย",
    "น.ส.",
    "เด็กชาย",
    "เด็กหญิง",
    "ด.ช.",
    "ด.ญ.",
    "คุณหญิง",
    "คุณ",
    "mr.",
    "mrs.",
    "miss",
    "ms.",
)
_LEARNED = (
    *(
        "ศาสตราจารย์",
        "รองศาสตราจารย์",
        "ผู้ช่วยศาสตราจารย์",
        "อาจารย์",
        "ศ.",
        "รศ.",
        "ผศ.",
        "อ.",
        "ดร.",
        "ด็อกเตอร์",
        "ดอกเตอร์",
    ),
    *(
        "dr.",
        "prof.",
        "นายแพทย์",
        "แพทย์หญิง",
        "ทันตแพทย์",
        "ทันตแพทย์หญิง",
        "เภสัชกร",
        "เภสัชกรหญิง",
        "นพ.",
        "พญ.",
        "ทพ.",
    ),
    *(
        "ทพญ.",
        "ภก.",
        "ภญ.",
        "น.พ.",
        "พ.ญ.",
        "หม่อมหลวง",
        "หม่อมราชวงศ์",
        "ม.ล.",
        "ม.ร.ว.",
        "กำนัน",
        "ผู้ใหญ่บ้าน",
        "ผญบ.",
    ),
)
_RANKS = (
    *(
        "พล.อ.",
        "พล.ท.",
        "พล.ต.",
        "พ.อ.",
        "พ.ท.",
        "พ.ต.",
        "ร.อ.",
        "ร.ท.",
        "ร.ต.",
        "จ.ส.อ.",
        "จ.ส.ท.",
        "จ.ส.ต.",
    ),
    *("ส.อ.", "ส.ท.", "ส.ต.", "พลฯ", "พลทหาร", "พล.ร.อ.", "พล.ร.ท.", "พล.ร.ต.", "น.อ.", "น.ท.", "น.ต."),
    *(
        "พ.จ.อ.",
        "พ.จ.ท.",
        "พ.จ.ต.",
        "จ.อ.",
        "จ.ท.",
        "จ.ต.",
        "พล.อ.อ.",
        "พล.อ.ท.",
        "พล.อ.ต.",
        "พ.อ.อ.",
        "พ.อ.ท.",
        "พ.อ.ต.",
    ),
    *("พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.", "ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต.", "ด.ต."),
    *("ส.ต.อ.", "ส.ต.ท.", "ส.ต.ต.", "อส.", "มว.อ.", "มว.ท.", "มว.ต."),
    *(
        f"{rank}{grade}"
        for rank in ("พล", "พัน", "ร้อย", "จ่าสิบ", "สิบ", "พันจ่า", "จ่า", "นาวา", "นาวาอากาศ", "เรือ", "เรืออากาศ")
        for grade in ("เอก", "โท", "ตรี")
    ),
    *(
        f"{rank}ตำรวจ{grade}"
        for rank in ("พล", "พัน", "ร้อย", "สิบ", "จ่าสิบ", "ดาบ")
        for grade in ("เอก", "โท", "ตรี", "")
    ),
    *("หมวดเอก", "หมวดโท", "หมวดตรี"),
)

TITLES = (*_CIVIL, *_LEARNED, *_RANKS)  # as they are written in full


def _pattern(titles: tuple[str, ...]) -> str:
    """A pattern for any of these titles, the longest first. Abbreviations match with or without dots."""
    return "|".join(_one(title) for title in sorted(titles, key=lambda t: (-len(t), t)))


def _one(title: str) -> str:
    if not title.endswith("."):
        return re.escape(title)
    parts = [part for part in re.split(r"\.|(?<=[ก-ฮ])(?=[ก-ฮ]\.)", title) if part]
    return r"[. ]{0,2}".join(map(re.escape, parts)) + r"[. ]"


_NO_MARK = (
    "(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"  # a title ends where a letter begins: นาง|สาวิตรี, not นางสาว|ิตรี
)
_CIVIL_TITLE = re.compile(rf"(?:{_pattern(_CIVIL)})[. ]*{_NO_MARK}")
_OTHER_TITLE = re.compile(
    rf"(?:ว่าที่[. ]*)?(?:(?:{_pattern(_RANKS)})[. ]*(?:\(?หญิง\)?[. ]*)?"
    rf"|(?:{_pattern(_LEARNED)})[. ]*(?:\(?หญิง\)?[. ]+)?){_NO_MARK}"
)
_KEPT = {"L", "M", "N"}  # Unicode categories: letters, marks, numbers
_SELECTORS = range(0xFE00, 0xFE10)  # variation selectors
_SAME_SOUND = str.maketrans("ขฃคฅฆฉชฌซศษสญยดฎตฏถฐทธฑฒนณผพภฝฟลฬหฮรฤ", "คคคคคชชชสสสสยยดดตตททททททนนพพพฟฟลลฮฮรร")


@lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """The key by which a name is compared: equal for all spellings of one name."""
    return bare(untitled(name))


def bare(text: str) -> str:
    """The letters, marks and digits of any text, without what two clerks write differently."""
    return "".join(c for c in _folded(text) if _counts(c)).replace("ๅ", "า")


def untitled(name: str) -> str:
    """A name without titles; a civil title is removed once only, since นางน้อย is a given name too."""
    text, civil = _folded(name), False
    for _ in range(_TITLES_AT_MOST):
        found = _OTHER_TITLE.match(text) or (None if civil else _CIVIL_TITLE.match(text))
        if found is None or not (rest := text[found.end() :]):
            return text
        civil = civil or _CIVIL_TITLE.match(text) is not None
        text = rest
    return text


def alike(one: str, other: str) -> bool:
    """Whether two different keys may have been meant as the same name.

    One edit in five letters, two in ten or more. Names that differ in a number are never alike: numbers are
    put there to tell apart.
    """
    if one == other or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    most = min(MOST_EDITS, min(len(one), len(other)) // _FEW)
    return abs(len(one) - len(other)) <= most and _edits(one, other, most) <= most


def sounds(letters: str) -> str:
    """The consonants of Thai letters, one for all of the same sound; letters of other scripts as they are."""
    sound = letters.translate(_SAME_SOUND)
    return re.sub(
        r"(.)\1+", r"\1", "".join(c for c in sound if "ก" <= c <= "ฮ" or not "\u0e00" <= c <= "\u0e7f")
    )


def _folded(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in thai.normalise(text).casefold()
    )


def _counts(char: str) -> bool:
    return unicodedata.category(char)[0] in _KEPT and ord(char) not in _SELECTORS


def _edits(one: str, other: str, most: int) -> int:
    """Edit distance: letters added, removed, changed or swapped with the next; `most` + 1 if it is more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
