"""Words that ICU parts and offices do not: compounds, and what begins with การ, ความ, ผู้ and the like."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

LONGEST = 20  # letters of the longest piece that is kept whole, so that it fits the narrowest column
LIST = Path(__file__).resolve().with_name("compounds.txt")
# Of the programme and of offices; kept whole wherever they stand, even where ICU's words lie across them.
TERMS = LIST.with_name("terms.txt")
# Words of the dictionary that ICU leaves whole, but for rare ones: it makes those of letters of others.
WHOLE_WORDS = LIST.with_name("whole_words.txt")
MOST_PARTS = 8
SHORTEST = 4  # characters of a compound
SHORT_PAIR = 8  # letters of two words that are likely a compound no list has (หญ้า|แฝก, ปลูก|อ้อย)
_OPENS = "([{“‘\"'#"
_CLOSING = " )]}”’»\"'?!:;,.…%ฯๆ/"
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

_THAI_LETTERS = frozenset(map(chr, (*range(0x0E01, 0x0E2F), *range(0x0E30, 0x0E3B), *range(0x0E40, 0x0E4F))))
_ONE_CONSONANT = re.compile("[ก-ฆจ-ฒด-ทน-ฮ]")  # but ณ, ธ: words of one

# What is written together with the word after it.
_BEFORE_A_WORD = frozenset({
    *(f"{before}{noun}" for before in ("", "ทาง", "ให้", "เป็น", "มี", "ได้", "ด้าน") for noun in ("การ", "ความ")),
    *("ผู้", "นัก", "ชาว", "ช่าง", "ข้อ", "คณะ", "ฝ่าย", "กลุ่ม", "เครื่อง", "น่า", "หัวหน้า", "รอง", "ไม่"),
    *("ศูนย์", "แหล่ง", "ภาค"),
})  # fmt: skip
# Of these none stands alone at the end of a line, not even of a cell that is too narrow for the whole.
_NEVER_ALONE = frozenset({"การ", "ความ", "ผู้", "นัก", "ชาว", "ข้อ", "น่า", "ไม่"})
# Somebody who does, or what is done, to the word after it (ผู้มา|ประชุม, การออก|เอกสาร), if that is an object.
_BEFORE_ITS_OBJECT = re.compile(
    "(?:ผู้|(?:ทาง|ให้|เป็น|มี|ด้าน)?การ)(?:ไม่)?(?:มา|มี|เข้าร่วม|เข้ารับ|ได้รับ|ผ่าน|ให้|จด|ออก|ตรวจ|ขอ|ยื่น)"
)
# What the word after it says the kind of (โรค|เบาหวาน, ธนาคาร|ต้นไม้), if that is a noun or an adjective.
_BEFORE_ITS_KIND = frozenset({
    *("สหกรณ์", "ธนาคาร", "ตลาด", "ลาน", "ศาลา", "อาคาร", "ถนน", "ฝาย", "ประปา", "บ่อ", "แปลง", "สวน", "ไร่"),
    *("หมอ", "ครู", "แพทย์", "นายก", "ปลัด", "สภา", "เทศบาล", "พนักงาน", "เจ้าพนักงาน", "นักวิชาการ", "นักจัดการ"),
    *("ข้าว", "กล้วย", "มะม่วง", "มะขาม", "เห็ด", "ไก่", "ปลา", "พันธุ์", "เกษตร", "ปุ๋ย", "ผ้า", "ผ้าไหม", "ผ้าฝ้าย"),
    *("น้ำพริก", "น้ำยา", "จักสาน", "โคม", "โรค", "ขยะ", "เบี้ย", "บัตร", "ใบ", "ถุง", "เวที", "ทะเบียน", "เงิน", "ค่า"),
    *("ผู้อำนวยการ", "เจ้าหน้าที่", "เจ้าคณะ", "นายช่าง", "นักวิเคราะห์", "ลูกจ้าง", "ปราชญ์", "ชมรม", "กองทุน"),
    *("วิสาหกิจ", "ที่ทำการ", "สำนักงาน", "ทางหลวง", "สะพาน", "โรง", "ร้าน", "เตา", "เตียง", "ขนม", "น้ำตาล"),
    *("กระเป๋า", "ตะกร้า", "ลาย", "ผัง", "คลัง", "ปัจจัย", "พลังงาน", "ปลูก", "เลี้ยง"),
    *("หนังสือ", "คู่มือ", "หลักสูตร", "เกณฑ์", "เลขที่", "น้ำมัน", "น้ำนม", "หมอน", "แชมพู", "ไม้ไผ่", "เครื่องจักสาน"),
    *("ปลอด", "แนว", "ไฟฟ้า", "งานบุญ", "งานศพ", "ผ้าป่า", "แผนที่", "แผนแม่บท", "ระดม", "แรงงาน", "ครอบครัว"),
})  # fmt: skip
_NO_OBJECT = frozenset({
    *("ที่", "ซึ่ง", "และ", "หรือ", "ใน", "ของ", "ให้", "แก่", "กับ", "จาก", "ตาม", "โดย", "เพื่อ", "ไม่", "จะ"),
    *("ได้", "แล้ว", "ไว้", "อยู่", "ทุก", "ทั้ง", "พร้อม", "แทน", "นั้น", "นี้", "ไป", "มา"),
})  # fmt: skip
# Of a sentence and of no compound, beside those.
_OF_SENTENCES = _NO_OBJECT.union({
    *("เป็น", "มี", "ถึง", "ต่อ", "ก็", "คือ", "จึง", "แต่", "ว่า", "เมื่อ", "ต้อง", "ละ", "การ", "ความ", "ผู้"),
    *("อัน", "เพราะ", "ถ้า", "หาก", "ระหว่าง", "ก่อน", "หลัง", "จน", "แม้", "ส่วน", "ด้วย", "อีก", "เช่น", "บาง"),
    *("แต่ละ", "ถูก", "เคย", "ยัง", "ควร", "อาจ", "คง", "เพียง", "กว่า", "มาก", "เขา", "เรา", "ท่าน", "ตน", "เอง"),
    *("กัน", "ใด", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "สิบ", "ขึ้น", "ลง", "เข้า", "ออก", "ทำ", "ใช้", "ทาง", "อย่าง"),
    *("คน", "ปี", "วัน"),
    *("จังหวัด", "อำเภอ", "ตำบล", "บ้าน"),  # before a name
})  # fmt: skip


@cache
def terms() -> frozenset[str]:
    """Words of the programme that are in no dictionary, and some that are."""
    return frozenset(TERMS.read_text(encoding="utf-8").split("\n")) - {""}


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern whose group 1 is any of these words, the longest at each place, also where they overlap."""
    return re.compile(f"(?=({_branches(sorted(words))}))")


def _branches(words: Sequence[str]) -> str:
    """An alternation of sorted words in which those with the same letter stand together."""
    if len(words) == 1:
        return re.escape(words[0])
    ended = "" in words
    by_letter = groupby((word for word in words if word), key=lambda word: word[0])
    found = "|".join(re.escape(letter) + _branches([word[1:] for word in same]) for letter, same in by_letter)
    return f"(?:{found}{'|' if ended else ''})"


@cache
def compounds() -> frozenset[str]:
    """The compounds of the list, some 36,000."""
    return frozenset(LIST.read_text(encoding="utf-8").split("\n"))


@cache
def _whole_words() -> frozenset[str]:
    return frozenset(WHOLE_WORDS.read_text(encoding="utf-8").split("\n"))


def is_word(text: str) -> bool:
    """Whether this is a word of the dictionary, if no rare one, or of the programme."""
    return _is_listed(text) or text in terms()


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of each word that ICU may part: most begin none, and are not looked for. Beside what
    it does not know, it parts also what it leaves whole elsewhere (ตอบ|แทน).
    """
    return frozenset(word[:SHORTEST] for words in (compounds(), _whole_words()) for word in words)


def begins_one(text: str, at: int) -> bool:
    """Whether a compound or a word of the dictionary may begin here."""
    return text[at : at + SHORTEST] in _beginnings()


def letters(text: str) -> int:
    """How many letters of `text` take room in a line; vowels and tones above and below do not."""
    return len(_MARKS.sub("", text))


def room(text: str) -> float:
    """How wide `text` is, in letters: a dot or a bracket takes half as much."""
    return letters(text) - sum(map(text.count, ".()")) / 2


def fewest(parts: Sequence[str]) -> list[str]:
    """The parts of a compound put together to as few as are words (ชุมชน|เข้มแข็ง), but not to itself; what
    never stands alone stays with the part after it.
    """
    best: list[list[str]] = [[] for _ in range(len(parts) + 1)]  # from each part on
    for first in reversed(range(len(parts))):
        ends = (end for end in range(len(parts), first, -1) if _one(parts, first, end))
        best[first] = min((["".join(parts[first:end]), *best[end]] for end in ends), key=len)
    return best[0]


def _one(parts: Sequence[str], first: int, end: int) -> bool:
    """Whether these parts are a word, or one with what never stands alone before it."""
    if not any(map(alone, parts[first : end - 1])):
        return end == len(parts) or alone(parts[end - 1])
    return end - first < len(parts) and is_word("".join(parts[first:end]).strip(_OPENS + _CLOSING))


@dataclass(frozen=True, slots=True)
class Joined:
    """Ends of words at which no line should end: inside compounds, and between what belongs together (after
    การ, between compounds that overlap), where a line may end before it may inside a compound. It may first
    in a `short` pair, which may be one.
    """

    inside: frozenset[int]
    between: frozenset[int]
    short: frozenset[int]


def alone(word: str) -> bool:
    """Whether a line may end after this word, where it may inside a compound."""
    return word.lstrip(_OPENS) not in _NEVER_ALONE


def joined(text: str, ends: Sequence[int]) -> Joined:
    """What belongs together in `text`. `ends`: of all its words, ascending."""
    starts = (0, *ends)
    inside: set[int] = set()
    between: set[int] = set()
    prefix = -1  # where the word began that waits for the next, as การ does; -1: none
    not_for: frozenset[str] = frozenset()  # the words it does not wait for
    first = 0
    while first < len(ends):
        last = _farthest(text, starts, first, inside)
        begins = starts[first]
        between.update(ends[first:last])
        waited = prefix >= 0 and word_of(text, begins, ends[last]) not in not_for
        whole = word_of(text, begin_of(text, prefix), ends[last]) if waited else ""
        if whole and letters(whole) <= LONGEST:
            between.add(begins)
            begins = prefix
        # A compound is whole: รับรอง waits for nothing, though รอง does; ได้การ waits as การ does.
        word = text[begin_of(text, starts[first]) : ends[last]]
        if _BEFORE_ITS_OBJECT.fullmatch(text, begin_of(text, begins), ends[last]):
            prefix, not_for = begins, _NO_OBJECT
        elif word in _BEFORE_ITS_KIND:
            prefix, not_for = begins, _OF_SENTENCES
        else:
            prefix, not_for = begins if word in _BEFORE_A_WORD else -1, frozenset()
        first = last + 1
    shared, short = _near(text, starts, inside | between)
    inside |= shared
    return Joined(frozenset(inside), frozenset(between - inside), frozenset(short))


def _near(text: str, starts: Sequence[int], done: Collection[int]) -> tuple[set[int], set[int]]:
    """Where two words share a compound, and where two short ones may be one; but for what is `done`."""
    shared: set[int] = set()
    short: set[int] = set()
    for first, at in enumerate(starts[1:-1]):
        if at in done:
            continue
        word, after = text[begin_of(text, starts[first]) : at], word_of(text, at, starts[first + 2])
        if word[-1:] not in _THAI_LETTERS or after[:1] not in _THAI_LETTERS:
            continue
        if _share(word, after):
            shared.add(at)
        elif _short_pair(word, after):
            short.add(at)
    return shared, short


def _share(word: str, after: str) -> bool:
    """Whether two words of ICU share a compound: แก้ลำ|ดับ, ล่วง|หน้าที่; or one of them is no word: อ|สม."""
    if _ONE_CONSONANT.fullmatch(word) or _ONE_CONSONANT.fullmatch(after):
        return True
    both, at, begins = word + after, len(word), _beginnings()
    return any(
        both[cut : cut + SHORTEST] in begins and _is_listed(both[cut:]) and is_word(both[:cut])
        for cut in range(2, at)
    ) or (
        both[:SHORTEST] in begins
        and any(_is_listed(both[:cut]) and is_word(both[cut:]) for cut in range(at + 1, len(both) - 1))
    )


def _short_pair(word: str, after: str) -> bool:
    """Whether two words, as short as they are, may be a compound."""
    return (
        letters(word) + letters(after) <= SHORT_PAIR
        and not {word, after} & _OF_SENTENCES
        and is_word(word)
        and is_word(after)
    )


def _is_listed(text: str) -> bool:
    return text in compounds() or text in _whole_words()


def _farthest(text: str, starts: Sequence[int], first: int, inside: set[int]) -> int:
    """The last word of the compound that word `first` begins, and of those overlapping it; or `first`."""
    last = _longest(text, starts, first)
    inside.update(starts[first + 1 : last + 1])
    inner = first + 1
    while inner <= last:
        further = _longest(text, starts, inner)
        if further > last and letters(word_of(text, starts[first], starts[further + 1])) <= LONGEST:
            inside.update(starts[inner + 1 : further + 1])
            last = further
        inner += 1
    return last


def _longest(text: str, starts: Sequence[int], first: int) -> int:
    """The last word of the longest compound that begins with word `first`; `first` if none does."""
    begin = begin_of(text, starts[first])
    if not begins_one(text, begin):
        return first
    for last in range(min(first + MOST_PARTS, len(starts) - 1) - 1, first, -1):
        word = word_of(text, begin, starts[last + 1])
        if _is_listed(word):
            return last
    return first


def begin_of(text: str, start: int) -> int:
    """Where the letters of a word begin that ICU leaves behind opening marks."""
    while text[start : start + 1] in _OPENS and start < len(text):
        start += 1
    return start


def word_of(text: str, begin: int, end: int) -> str:
    """A word without the spaces and closing marks that ICU leaves at its end."""
    return text[begin:end].rstrip(_CLOSING)
