"""Words that ICU parts and offices do not: compounds, and what begins with การ, ความ, ผู้ and the like."""

import re
from collections.abc import Iterable, Sequence
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
_OPENS = "([{“‘\"'#"
_CLOSING = " )]}”’»\"'?!:;,.…%ฯๆ/"
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

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
_NO_OBJECT = frozenset({
    *("ที่", "ซึ่ง", "และ", "หรือ", "ใน", "ของ", "ให้", "แก่", "กับ", "จาก", "ตาม", "โดย", "เพื่อ", "ไม่", "จะ"),
    *("ได้", "แล้ว", "ไว้", "อยู่", "ทุก", "ทั้ง", "พร้อม", "แทน", "นั้น", "นี้", "ไป", "มา"),
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
    return text in compounds() or text in _whole_words() or text in terms()


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of each word that ICU may part: most begin none, and are not looked for. Beside what
    it does not know, it parts also what it leaves whole elsewhere (ตอบ|แทน).
    """
    return frozenset(word[:SHORTEST] for words in (compounds(), _whole_words()) for word in words)


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
    การ, between compounds that overlap), where a line may end before it may inside a compound.
    """

    inside: frozenset[int]
    between: frozenset[int]


def alone(word: str) -> bool:
    """Whether a line may end after this word, where it may inside a compound."""
    return word.lstrip(_OPENS) not in _NEVER_ALONE


def joined(text: str, ends: Sequence[int]) -> Joined:
    """What belongs together in `text`. `ends`: of all its words, ascending."""
    starts = (0, *ends)
    inside: set[int] = set()
    between: set[int] = set()
    prefix = -1  # where the word began that waits for the next, as การ does; -1: none
    for_object = False  # whether it waits for the object of a verb
    first = 0
    while first < len(ends):
        last = _farthest(text, starts, first, inside)
        begins = starts[first]
        between.update(ends[first:last])
        no_object = for_object and word_of(text, begins, ends[last]) in _NO_OBJECT
        whole = word_of(text, begin_of(text, prefix), ends[last]) if prefix >= 0 and not no_object else ""
        if whole and letters(whole) <= LONGEST:
            between.add(begins)
            begins = prefix
        for_object = _BEFORE_ITS_OBJECT.fullmatch(text, begin_of(text, begins), ends[last]) is not None
        # A compound is whole: รับรอง waits for nothing, though รอง does; ได้การ waits as การ does.
        waits = for_object or text[begin_of(text, starts[first]) : ends[last]] in _BEFORE_A_WORD
        prefix = begins if waits else -1
        first = last + 1
    return Joined(frozenset(inside), frozenset(between - inside))


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
    if text[begin : begin + SHORTEST] not in _beginnings():
        return first
    for last in range(min(first + MOST_PARTS, len(starts) - 1) - 1, first, -1):
        word = word_of(text, begin, starts[last + 1])
        if word in compounds() or word in _whole_words():
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
