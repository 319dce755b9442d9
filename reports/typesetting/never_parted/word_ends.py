"""Where the words of a Thai text end: as ICU finds them, found anew where it gives one letters of another."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from icu4py.breakers import LineBreaker

from reports.typesetting.never_parted.beside_marks import may_end, never_ends
from reports.typesetting.never_parted.compounds import begin_of, begins_one, is_word, word_of

LOCALE = "th_TH"
MOST_CHARACTERS = 20  # of a word
BEFORE, BEHIND = 2, 6  # words up to the one that is none, and from it on, among which a better cut is sought
_THAI = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]+")
# A letter without a sound ends its syllable (สินท|ร์), as a final one of Burmese and Shan does (ၶ|မ်း).
SILENCED = "[ก-ฮ][\u0e34\u0e38]?\u0e4c|[\u1000-\u1021\u1075-\u1081]\u1037?\u103a"
# Neither does a word end inside a vowel around two consonants (เห|ลียง).
_SILENCED = re.compile(
    SILENCED + "|(?:(?<=เห)[งญนมยรลว]|(?<=เ[กขคตปพผ])[รล])[\u0e35\u0e37][\u0e48-\u0e4b]?[ยอ]"
)
# The last letter before a place in the midst of a syllable: เ|ก, ก|า, เดี|ย, ตั|ว.
_SPLIT = re.compile(
    "[เ-ไ](?=[ก-ฮ])|.(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])|ั(?=ว)"
    "|(?:(?<=เ[ก-ฮ])|(?<=เ[ก-ฮ][งญนมยรลว]))[ีื](?=[ยอ])|(?<=[ีื])[่-๋](?=[ยอ])",
    re.DOTALL,
)
_ABBREVIATES = re.compile("ฯ(?:(?:ล|พณ)ฯ)?")
_NOT = "ไม่"
_TWO, _FIRST_OF_TWO = "งานการ", len("งาน")


def words_of(text: str) -> list[int]:
    """Where words end in `text`, ascending. Where one of ICU's is none (จุด|อ่อนข|อง, เป็นก|รอบ), or begins what
    fewer words would say (มีน|โย|บาย), it and the words beside it are cut into the fewest of the dictionary.
    """
    ends = sorted({*accumulate(map(len, _words(text))), *may_end(text), *never_ends(text)})
    at = 0
    while at < len(ends):
        begin = begin_of(text, _start(ends, at))
        if not _is_one(word_of(text, begin, ends[at])):
            at = _cut_anew(text, ends, at)
        elif _runs_on(text, begin, ends, at):
            at = _cut_anew(text, ends, at, fewer=True)
        at += 1
    return [end for end in ends if not _splits(text, end)]


def _splits(text: str, at: int) -> bool:
    """Whether this place is in the midst of a syllable."""
    return bool(_SPLIT.match(text, at - 1) or _SILENCED.match(text, at))


def _words(text: str) -> Iterator[str]:
    """ICU's words. Its งานการ is two: in papers it ends one and begins the next (ดำเนินงาน|การพัฒนา). It takes
    ฯ for a letter (กร|รม|การฯ), but no exclamation mark, which ends a word as well.
    """
    for word in LineBreaker(_ABBREVIATES.sub(lambda found: "!" * len(found[0]), text), LOCALE):
        if word.startswith(_TWO):
            yield word[:_FIRST_OF_TWO]
            yield word[_FIRST_OF_TWO:]
        else:
            yield word


def _is_one(word: str) -> bool:
    """Whether this may be a word: one of the dictionary, also with ไม่ before it, or no Thai at all."""
    negated = word.startswith(_NOT) and is_word(word[len(_NOT) :])
    return negated or is_word(word) or _THAI.fullmatch(word) is None


def _runs_on(text: str, begin: int, ends: Sequence[int], at: int) -> bool:
    """Whether the end of word `at` may begin another, which ends as one of the next words does."""
    behind = ends[at + 1 : at + BEHIND]
    return any(
        begins_one(text, inner)
        and is_word(text[begin:inner])
        and any(is_word(word_of(text, inner, end)) for end in behind)
        for inner in range(begin + 2, ends[at])
    )


def _start(ends: Sequence[int], at: int) -> int:
    return ends[at - 1] if at else 0


def _cut_anew(text: str, ends: list[int], at: int, *, fewer: bool = False) -> int:
    """Cut the words around word `at` into as few of the dictionary, or `fewer`, as can be put together of
    them. The last of those in their place, or `at`.
    """
    best: tuple[int, int, list[int]] | None = None  # first and last word, and the ends in their place
    most = 0 if fewer else -1  # words that the best spares
    for first in range(max(at - BEFORE, 0), at + 1):
        begin = begin_of(text, _start(ends, first))
        stretches = list(_stretches(text, ends, begin, at))
        came_from = _fewest(stretches[-1][1]) if stretches else []
        for last, stretch in stretches:
            cuts = _cuts(came_from, len(stretch))
            spared = _together(stretch, begin, ends[first : last + 1]) - len(cuts) if cuts else -1
            if spared > most and (not fewer or _crosses_two(cuts, begin, ends[first:last])):
                most = spared
                best = first, last, [*(begin + cut for cut in cuts[:-1]), ends[last]]
    if best is None and not fewer:
        best = _given_back(text, ends, at)
    if best is None:
        return at
    first, last, anew = best
    anew = [
        at for pair in pairwise((begin_of(text, _start(ends, first)), *anew)) for at in _within(text, *pair)
    ]
    ends[first : last + 1] = anew
    return first + len(anew) - 1


def _given_back(text: str, ends: Sequence[int], at: int) -> tuple[int, int, list[int]] | None:
    """Word `at`, which is none, without the letters that make a word of those before it or behind (หมู่บ้า|นทิก,
    เกอร์หมู่|บ้าน): first and last word, and the ends in their place.
    """
    begin, end = _start(ends, at), ends[at]
    inside = [place for place in range(begin + 1, end) if not _splits(text, place)]
    whole = len([*_words(text[begin:end])]) == 1  # ICU knows it where it stands alone
    for first in range(max(at - BEFORE, 0), at):
        before, sure = begin_of(text, _start(ends, first)), _by_no_chance(text, ends, first, at)
        for place in reversed(inside):
            if is_word(text[before:place]) and (sure or (not whole and is_word(text[begin:place]))):
                return first, at, [place, end]
    for last in range(min(at + BEFORE, len(ends) - 1), at, -1):
        sure = _by_no_chance(text, ends, at + 1, last + 1)
        for place in inside:
            if is_word(word_of(text, place, ends[last])) and (
                sure or (not whole and is_word(text[place:end]))
            ):
                return at, last, [place, ends[last]]
    return None


def _by_no_chance(text: str, ends: Sequence[int], first: int, after: int) -> bool:
    """Whether letters that make a word with these are theirs: they are several, or no word without them."""
    return after - first > 1 or not _is_one(word_of(text, _start(ends, first), ends[first]))


def _within(text: str, start: int, end: int) -> Iterator[int]:
    """Where words end inside a compound, if ICU knows them where it stands alone, and the compound's end."""
    words = list(_words(text[start:end]))
    if all(is_word(word.rstrip(" ")) for word in words):
        yield from (start + at for at in accumulate(map(len, words[:-1])))
    yield end


def _stretches(text: str, ends: Sequence[int], begin: int, at: int) -> Iterator[tuple[int, str]]:
    """What stands from `begin` to the end of word `at` and of each of the next, while it is Thai letters."""
    for last in range(at, min(at + BEHIND, len(ends))):
        stretch = word_of(text, begin, ends[last])
        if not _THAI.fullmatch(stretch):
            return
        yield last, stretch


def _fewest(text: str) -> list[int]:
    """For each place of `text`, where the last of the fewest words that end there begins; -1: none do."""
    came_from, counts = [0] + [-1] * len(text), [0] + [len(text) + 1] * len(text)
    for start in range(len(text)):
        if came_from[start] >= 0:
            for end in range(start + 2, min(start + MOST_CHARACTERS, len(text)) + 1):
                if counts[start] + 1 < counts[end] and is_word(text[start:end]):
                    came_from[end], counts[end] = start, counts[start] + 1
    return came_from


def _together(stretch: str, begin: int, ends: Sequence[int]) -> int:
    """The fewest words of a dictionary that these words of a stretch are, each whole."""
    places = [0, *(end - begin for end in ends[:-1]), len(stretch)]
    counts = [0]
    for last in range(1, len(places)):
        counts.append(
            min(
                counts[first] + 1
                for first in range(last)
                if first == last - 1 or is_word(stretch[places[first] : places[last]])
            )
        )
    return counts[-1]


def _crosses_two(cuts: Sequence[int], begin: int, ends: Sequence[int]) -> bool:
    """Whether a new word reaches over two of these ends of words: chance seldom makes one that does."""
    return any(sum(start < end - begin < cut for end in ends) > 1 for start, cut in pairwise((0, *cuts)))


def _cuts(came_from: Sequence[int], end: int) -> list[int]:
    """The ends of the words up to `end`; none if they do not reach it."""
    cuts: list[int] = []
    while end > 0:
        cuts.insert(0, end)
        end = came_from[end]
    return cuts if end == 0 else []
