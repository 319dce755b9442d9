"""Words that stand twice, one right after the other (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from icu4py.breakers import WordBreaker

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import each_once, one_of, people, texts
from reports.lint.typed_days import MONTH_NAMES

DOUBLED = warning(
    "words.doubled",
    "44",
    Sentence("“{written}” มีคำว่า “{word}” ซ้ำ", "“{written}” has “{word}” twice"),
    Sentence("ให้ลบคำที่ซ้ำ", "delete one of the two"),
)
AGAIN = warning(
    "words.paragraph_twice",
    "44",
    Sentence(
        "ย่อหน้า “{written}” ซ้ำกับย่อหน้าที่ {first}", "the paragraph “{written}” is the same as paragraph {first}"
    ),
    Sentence("ให้ลบย่อหน้าที่ซ้ำ", "delete one of the two"),
)
ENTRIES = (DOUBLED, AGAIN)
LOCALE = "th_TH"
_LONG = 5  # letters of a place's name that is no other word's part
AROUND = 12  # letters shown before and after
SHORTEST_PARAGRAPH, SHOWN = 30, 40  # letters
# What may stand twice: ในที่ที่ประชุม, คนคนหนึ่ง, วันวันหนึ่ง, บ้านบ้านดอย.
TWICE_RIGHT = frozenset(["ที่", "คน", "วัน", "บ้าน", "น้ำ", "นาง", "กัน", "ไป", "การ", "งาน", "ค่อย", "เรื่อย"])
# What may follow a word that ends with it: คณะกรรมการ|การเลือกตั้ง, ผู้นำ|นำเสนอ, งบประมาณ|ประมาณหกหมื่น.
AFTER_ITS_LIKE = frozenset(
    [
        *("การ", "ที่", "บ้าน", "งาน", "คน", "น้ำ", "นำ", "ทำ", "มี", "เป็น", "กัน", "ไป", "มา", "ว่า", "ได้", "ให้"),
        *("วัน", "นาย", "นาง", "ขอ", "สั่ง", "ตอน", "แทน", "ทรัพย์", "ใช้", "เรียน", "รอง", "ตรวจ", "ประมาณ", "ชี้"),
        *("สมัคร", "ประเมิน", "ร่วม", "เสนอ", "พัฒนา", "ดิน", "ผลิต", "ทุน", "ไม้", "จัด", "รับ", "แจ้ง", "ออก"),
    ]
)
# What makes one word with the next, which may then follow once more: ผู้|สมัคร สมัครใหม่, ขั้น|ตอน ตอนท้าย.
MAKING = frozenset(["ผู้", "นัก", "ข้อ", "คำ", "ขั้น", "งบ", "ออม", "บ่ง", "ตัวบ่ง", "ที่", "เข้า", "ความ", "อาสา"])
# What joins words and phrases stands once, also with a space between: เพื่อ เพื่อโปรดพิจารณา.
JOINING = frozenset(["และ", "หรือ", "เพื่อ", "ของ", "โดย", "ตาม", "จาก", "ซึ่ง", "ใน", "ที่", "แก่", "กับ"])
_WHOLE_AGAIN = re.compile(r"(?<!\S)(?=\S*[ก-๙])(\S+) \1(?= |\Z)")  # น. น., ๆ ๆ, a whole clause
_BEGUN_AGAIN = re.compile(
    r"(?<![ก-๙])(?<!\d )(?<!\d)([ก-๙]{8,}|อำเภอ|ทั้งนี้|สามารถ|ได้รับ) \1"
)  # ผลการประเมิน ผลการประเมินเป็นดังนี้
_NUMBERED_AGAIN = re.compile(
    r"((?:ครั้ง|วัน|ลำดับ)ที่|เวลา|ที่(?=ที่ ?\d)) ?\1"
)  # behind a word: ประชุมครั้งที่ ครั้งที่ 1/2568
_NOT_NOT = re.compile(r"(?<!หรือ)(?<!ใช่)(ไม่) \1(?=[ก-๙])")  # ไม่ ไม่มี; หรือไม่ ไม่ทราบ is right
_AT_ONCE = re.compile(r"((?<![ก-๙])การ|จะ|ว่า|ได้|มี(?=มี(?: ?\d|จำนวน|ผู้)))\1")
_AGAIN_IN_FULL = re.compile(r"(?<!\S)((?:เวลา|ในวัน|วัน|ณ) ?\S[^\n]{4,60}?) \1(?!\S)")  # when and where
_DAY_AGAIN = re.compile(rf"(?<!\d)(\d{{1,2}} (?:{MONTH_NAMES})|25\d\d) \1(?!\d)")  # 30 เมษายน 30 เมษายน 2568
_WORD = re.compile("[ก-๙]{2,}")
_PHRASE = re.compile(r"(?<!ผู้)(?<!นัก)(?<!ข้อ)(?<!คำ)(?<!งบ)(?<!ออม)(?<!อาสา)([ก-ฮเ-ไ][ก-๙]{4,39})\1(?![ะ-ฺ็-๎])")


def check(looked: Examined) -> Iterator[Found]:
    """Words that stand twice."""
    names = {person.name for person, _ in people(looked.meeting)}
    places = [looked.province.name_th, *(d.name_th for d in looked.province.districts)]
    again = re.compile(rf"((?:อำเภอ|จังหวัด)(?:{one_of(places)})) ?\1")
    bare = re.compile(rf"({one_of(name for name in places if len(name) >= _LONG)})\1")
    known = re.compile(one_of((*places, "ชนเผ่า")))
    for text in each_once(looked):
        if text.text in names or not _WORD.search(text.plain):
            continue
        for found in (*again.finditer(text.plain), *bare.finditer(text.plain)):
            yield DOUBLED.at(text.place, written=found[0], word=found[1])
        plain = known.sub("\n", text.plain)
        for at, word in _doubled(plain):
            around = plain[max(0, at - AROUND) : at + 2 * len(word) + AROUND]
            yield DOUBLED.at(text.place, written=" ".join(around.split()), word=word)
    yield from _again(looked)


def _again(looked: Examined) -> Iterator[Found]:
    """Paragraphs of one list that say the same."""
    first: dict[tuple[str, str], str] = {}
    for text in texts(looked):
        path, _, number = text.place.field.rpartition(".")
        if path.endswith(("paragraphs", "grounds", "duties")) and len(text.plain) >= SHORTEST_PARAGRAPH:
            before = first.setdefault((path, text.plain), number)
            if before != number:
                yield AGAIN.at(text.place, written=text.plain[:SHOWN], first=before)


def _doubled(plain: str) -> Iterator[tuple[int, str]]:
    """Where a word or a phrase stands that its like follows at once, and what it is."""
    patterns = (
        _PHRASE,
        _WHOLE_AGAIN,
        _BEGUN_AGAIN,
        _NUMBERED_AGAIN,
        _NOT_NOT,
        _AT_ONCE,
        _AGAIN_IN_FULL,
        _DAY_AGAIN,
    )
    phrases = list[re.Match[str]]()
    for pattern in patterns:
        for found in pattern.finditer(plain):
            if not any(_overlap(found, other) for other in phrases):
                phrases.append(found)
    yield from ((found.start(), found[1]) for found in phrases if not _again_and_again(found))
    at, made, before, apart = 0, "", "", False
    for word in map(str, WordBreaker(plain, LOCALE)):
        inside = any(found.start() <= at < found.end() for found in phrases)
        compound = made in MAKING and not apart
        if not inside and not compound and _WORD.fullmatch(word) and _repeats(word, before, apart=apart):
            yield at - len(word) - apart, word
        if word == " " and before:
            apart = True
        else:
            made, before, apart = before, word, False
        at += len(word)


def _again_and_again(found: re.Match[str]) -> bool:
    """Whether it is said twice because it goes on: เรื่อยเรื่อย."""
    return found.re is _PHRASE and found[1] in TWICE_RIGHT


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _repeats(word: str, before: str, *, apart: bool) -> bool:
    """Whether a word says again what the one before it said; `apart`: a space stands between them."""
    if apart:
        return word == before and word in JOINING
    if word == before:
        return word not in TWICE_RIGHT
    return before.endswith(word) and word not in AFTER_ITS_LIKE
