"""Words that stand twice, one right after the other (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from icu4py.breakers import WordBreaker

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import people, texts

DOUBLED = warning(
    "words.doubled",
    "44",
    Sentence("“{written}” มีคำว่า “{word}” ซ้ำ", "“{written}” has “{word}” twice"),
    Sentence("ให้ลบคำที่ซ้ำ", "delete one of the two"),
)
ENTRIES = (DOUBLED,)
LOCALE = "th_TH"
AROUND = 12  # letters shown before and after
# What may follow itself or a word that ends with it: คณะกรรมการการเลือกตั้ง, ในที่ที่, หมู่บ้านบ้านดอย, ผู้นำนำเสนอ.
MAY_REPEAT = frozenset(
    [
        "การ",
        "ที่",
        "บ้าน",
        "งาน",
        "คน",
        "น้ำ",
        "นำ",
        "ทำ",
        "มี",
        "เป็น",
        "กัน",
        "ไป",
        "มา",
        "ว่า",
        "ได้",
        "ให้",
        "วัน",
        "นาย",
        "นาง",
    ]
)
# These two never follow themselves, but may stand in one word before another: ให้ให้, ให้ความเห็น.
NEVER_TWICE = frozenset(["มี", "เป็น", "ให้"])
# What joins words and phrases stands once, also with a space between: เพื่อ เพื่อโปรดพิจารณา.
JOINING = frozenset(["และ", "หรือ", "เพื่อ", "ของ", "โดย", "ตาม", "จาก", "ซึ่ง", "ใน", "ที่", "แก่", "กับ"])
_WORD = re.compile("[ก-๙]{2,}")
_PHRASE = re.compile(r"([ก-๙]{5,40})\1")


def check(looked: Examined) -> Iterator[Found]:
    """Words that stand twice."""
    names = {person.name for person, _ in people(looked.meeting)}
    places = sorted((d.name_th for d in looked.province.districts), key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, (*places, looked.province.name_th))))
    for text in texts(looked):
        if text.text in names:
            continue
        plain = known.sub("\n", text.plain)
        for at, word in _doubled(plain):
            around = plain[max(0, at - AROUND) : at + 2 * len(word) + AROUND]
            yield DOUBLED.at(text.place, written=" ".join(around.split()), word=word)


def _doubled(plain: str) -> Iterator[tuple[int, str]]:
    """Where a word or a phrase stands that its like follows at once, and what it is."""
    phrases = list(_PHRASE.finditer(plain))
    yield from ((found.start(), found[1]) for found in phrases)
    at, before, apart = 0, "", False
    for word in map(str, WordBreaker(plain, LOCALE)):
        inside = any(found.start() <= at < found.end() for found in phrases)
        if not inside and _WORD.fullmatch(word) and _repeats(word, before, apart=apart):
            yield at - len(word) - apart, word
        if word == " " and before:
            apart = True
        else:
            before, apart = word, False
        at += len(word)


def _repeats(word: str, before: str, *, apart: bool) -> bool:
    """Whether a word says again what the one before it said; `apart`: a space stands between them."""
    if apart:
        return word == before and word in JOINING
    if word in MAY_REPEAT:
        return word == before and word in NEVER_TWICE
    return before.endswith(word)
