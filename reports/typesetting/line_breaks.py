"""Where a Thai line may break: splits texts into unbreakable pieces for the typesetter.

ICU finds the words; compounds (`compounds`) and what offices never separate (`kept_together`) are joined;
people's names break at their spaces only, others between their parts (`name_parts`). A piece that fits no
line is parted again between its words, a word between syllables, so no text is lost; one that only a narrow
cell may not hold is a list of the parts between which it may go on there.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from itertools import islice, pairwise, takewhile
from typing import Any

from reports.typesetting.never_parted.beside_marks import never_ends
from reports.typesetting.never_parted.compounds import (
    LONGEST,
    any_of,
    fewest,
    is_word,
    joined,
    letters,
    room,
    terms,
)
from reports.typesetting.never_parted.kept_together import (
    LONGEST_WHOLE,
    after_dots,
    glued_spaces,
    stays_with_next,
    wholes,
)
from reports.typesetting.never_parted.name_parts import LONGEST_PART, parts_of
from reports.typesetting.never_parted.word_ends import SILENCED, words_of
from reports.view.applicant_names import Name
from reports.view.blocks import Block, Kind
from reports.view.pictures import Code, Picture
from reports.view.view_fields import field_names

Part = str | list[str]  # whole, or the parts that it falls into where a column is narrow

NARROWEST = 14  # letters that the narrowest column of names holds in a size that can be read
NARROW_CELL = 8  # letters that the narrowest cell of words holds
REMEMBERED = 20_000  # texts: most stand in many dossiers
HEADS_NAMES = ("ชื่อ", "ที่อยู่")  # a column of names is headed so: ชื่อ, ชื่อ - สกุล; villages have names
CUT = 6  # clusters in a piece of a cut text: thousands of single letters make a PDF slow to read
BEGINS_NO_LINE = frozenset(" )]}”’»>?!:;,.…%ฯๆ/")
_OPENING, _CLOSING = r"(\[{“‘\"'", r")\]}”’»\"'?!:;,.…%ฯๆ/"
# Marks of Lao, Burmese, Khmer and Tai scripts; _BELOW joins the next letter to the one above it.
_BESIDE = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u105e-\u1064\u1071-\u1074"
_BESIDE += "\u1082-\u108d\u109a-\u109d\u17b4-\u17d3\u1a55-\u1a7f"
_BELOW = "\u1039\u17d2\u1a60"
_CLOSED = re.compile(rf"(?: ?[{_CLOSING}])+")
_CLUSTER = re.compile(
    rf"[{_OPENING}]{{0,4}}[เ-ไ\u0ec0-\u0ec4]?.(?:[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f{_BESIDE}]|(?<=[{_BELOW}]).)*[ะาำๅ]?"
    rf"(?:(?:[ก-ฮ]{{0,2}}(?:{SILENCED}))[{_BESIDE}]*)?(?: ?[{_CLOSING}]){{0,20}}",
    re.DOTALL,
)
_WORD = re.compile(r"[^ ]+ *")
# A title and what follows it is a name: นายช่าง and the like are none.
_TITLED = re.compile(
    r"(?:นางสาว|นาง|นาย|เด็กชาย|เด็กหญิง|น\.ส\. ?)(?!ก|อำเภอ|ทะเบียน|ช่าง|แพทย์|จ้าง|หน้า|ทุน|ตรวจ|ประกัน)"
    r"[ก-๎]{2,}(?: [ก-๎]{2,})?"
)
# Two consonants that begin one syllable: no syllable begins at the second.
_BEGIN_TOGETHER = re.compile("[กขคตปพผทสศ]ร|[กขคปพผ]ล|[กขค]ว|ห[งญนมยรลว]|อย")
_BEGINS_SYLLABLE = re.compile(
    rf"[{_OPENING}]{{0,4}}(?:[เ-ไ]|[ก-ฮ][\u0e31\u0e34-\u0e39\u0e47-\u0e4b]*[ะาำ]|[ก-ฮ][\u0e31\u0e34-\u0e39])"
)


class Breaker:
    """Splits texts into pieces. `kept_whole`: names of places that are never broken."""

    def __init__(self, kept_whole: Iterable[str] = ()) -> None:
        self._whole = any_of(terms().union(kept_whole))
        self._known: dict[str, tuple[Part, ...]] = {}

    def pieces(self, text: str) -> list[str]:
        """The pieces of `text`, between which a line may end: at " " it may, at a line break it does."""
        return ["".join(piece) for piece in self._parts(text)]

    def _parts(self, text: str) -> list[Part]:
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[text] = tuple(self._parted(text, None))
        return list(known)

    def boxed(self, view: Any, names: Iterable[str] = ()) -> Any:
        """A view model as plain JSON values in which every text is a list of pieces.

        `names`: of people and places that its sentences may hold, besides those that the view itself says are
        names. They break at their spaces only.
        """
        words = {
            word for name in (*names, *_names(view)) for word in name.split() if 1 < letters(word) <= LONGEST
        }
        return self._boxed(view, any_of(words) if words else None)

    def unit(self, name: str) -> list[Part]:
        """The name of a group, network, community or place: broken only between its parts, as long as these
        can be set on a line.
        """
        parts = parts_of(name, frozenset(words_of(name)))
        return [
            piece
            for part in parts
            for piece in (
                [_narrowed(part, _flat(self._parts(part)))]
                if letters(part) <= LONGEST_PART
                else self.pieces(part)
            )
        ]

    def _boxed(self, value: Any, names: re.Pattern[str] | None) -> Any:
        if isinstance(value, str):
            return list(self._parted(value, names)) if names and names.search(value) else self._parts(value)
        if isinstance(value, tuple):
            return [self._boxed(item, names) for item in value]
        if isinstance(value, dict):
            return {key: self._boxed(item, names) for key, item in value.items()}
        if isinstance(value, Name):
            return person(value.text) if value.person else self.unit(value.text)
        if isinstance(value, Picture | Code):
            return value.name
        if isinstance(value, Block) and value.kind is Kind.TABLE:
            return self._boxed(_named(value), names)
        if (held := field_names(value.__class__)) is not None:
            return {name: self._boxed(getattr(value, name), names) for name in held}
        if isinstance(value, Enum):
            return value.value
        return value

    def _parted(self, text: str, names: re.Pattern[str] | None) -> Iterator[Part]:
        for i, line in enumerate(text.split("\n")):
            yield from "\n" * bool(i)
            yield from self._of_a_line(line, names)

    def _of_a_line(self, text: str, names: re.Pattern[str] | None) -> Iterator[Part]:
        ends = words_of(text)
        dots = {*after_dots(text)}
        if not dots.issubset(ends):
            ends = sorted(dots.union(ends))
        never = {end for end in ends[:-1] if text[end] in BEGINS_NO_LINE}
        never.update(_in_titled_names(text, ends))
        if names:
            never.update(_in_found(names, text))
        known = joined(text, ends)
        in_terms = {*_in_found(self._whole, text)}
        within = known.inside | in_terms
        found = tuple(wholes(text))
        units = {place for whole in found for place in whole}
        glued = units.union(glued_spaces(text), set(never_ends(text)) - dots)
        joints = Joints(
            short=sorted(known.short - within - never - glued),
            between=sorted(known.between - within - never - glued),
            inside=sorted(known.inside.intersection(ends) - in_terms - never - glued),
            in_terms=sorted(in_terms.intersection(ends) - never - glued),
            glued=sorted(glued - units - never),
            after_labels=sorted(at for at in glued - units - never if "ก" <= text[at - 2 : at - 1] <= "๎"),
            around=sorted(_around(text, found)),
            in_units=sorted(at for at in units - never if text[at - 1] == " "),
        )
        start = 0
        for end in ends:
            if end == len(text) or not (
                end in never or end in glued or end in within or end in known.between or end in known.short
            ):
                yield from _fitting(text, start, end, joints)
                start = end


def _named(table: Block) -> Any:
    """A table as its fields, with the names in its columns of names as such."""
    columns = (
        {at for at, head in enumerate(table.cells[0]) if head.startswith(HEADS_NAMES)} if table.cells else ()
    )
    cells = tuple(
        tuple(
            Name(cell, bool(_TITLED.match(cell))) if at in columns and number else cell
            for at, cell in enumerate(row)
        )
        for number, row in enumerate(table.cells)
    )
    return {field.name: getattr(table, field.name) for field in fields(table)} | {"cells": cells}


def _in_found(words: re.Pattern[str], text: str) -> Iterator[int]:
    for m in words.finditer(text):
        yield from range(m.start(1) + 1, m.end(1))


def _around(text: str, found: Iterable[range]) -> Iterator[int]:
    """Before a date or number that stays whole, behind it, and behind the marks that close it."""
    for whole in found:
        yield whole.start - 1
        yield whole.stop
        if closed := _CLOSED.match(text, whole.stop):
            yield closed.end()


def _names(value: Any) -> Iterator[str]:
    """The people whom a view names."""
    if isinstance(value, Name):
        if value.person:
            yield value.text
    elif isinstance(value, tuple):
        for item in value:
            yield from _names(item)
    else:
        for name in field_names(value.__class__) or ():
            yield from _names(getattr(value, name))


def _in_titled_names(text: str, ends: Sequence[int]) -> Iterator[int]:
    """The places inside names that follow a title; at the spaces of a name a line may end."""
    for m in _TITLED.finditer(text):
        if m.start() == 0 or m.start() in ends:
            at = m.start()
            for word in m[0].split(" "):
                if letters(word) <= LONGEST:
                    yield from range(at + 1, at + len(word))
                at += len(word) + 1


def person(name: str) -> list[Part]:
    """A person's name: broken at its spaces only, but not behind a title or ณ, while its words fit a line."""
    words = name.split(" ")
    parts: list[str] = []
    open_ended = False  # whether the last part waits for the name that it begins
    for i, word in enumerate(words):
        spaced = word + " " * (i < len(words) - 1)
        if open_ended and letters(parts[-1] + word) <= LONGEST_PART:
            parts[-1] += spaced
        else:
            parts.append(spaced)
        open_ended = stays_with_next(word)
    return [_narrowed(piece, _WORD.findall(piece)) for part in parts for piece in _spaced(part, LONGEST_PART)]


def _flat(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield from [part] if isinstance(part, str) else part


def _narrowed(part: str, words: Iterable[str]) -> Part:
    """A part of a name, in its words where it is too long for a narrow column, long words in syllables."""
    if letters(part) <= NARROWEST:
        return part
    pieces = [
        piece for word in words for piece in (_by_syllables(word) if letters(word) > NARROWEST else (word,))
    ]
    return pieces if len(pieces) > 1 else part


@dataclass(frozen=True, slots=True)
class Joints:
    """Where what belongs together is parted when it is too long: at the first kind that helps.

    `short`: between two words that may be a compound; `inside` one of the dictionary, `in_terms` inside
    one of the programme, which is the more harmful; `glued`: between a number and its unit and the like,
    `after_labels` those of them before the number (ครั้งที่ ๒); `around` and `in_units`: beside and inside
    dates and telephone numbers. What has any of these is too long from LONGEST_WHOLE on.
    """

    short: Sequence[int]
    between: Sequence[int]
    glued: Sequence[int]
    after_labels: Sequence[int]
    inside: Sequence[int]
    in_terms: Sequence[int]
    around: Sequence[int]
    in_units: Sequence[int]

    def by_harm(self) -> tuple[tuple[Sequence[int], int], ...]:
        """The least harmful first, each with how many letters may be left before it."""
        kinds = (self.short, self.between, self.glued, self.inside, self.in_terms)
        within = ((kind, LONGEST) for kind in kinds)
        return (*within, (self.around, LONGEST_WHOLE), (self.in_units, LONGEST))


def _fitting(text: str, start: int, end: int, joints: Joints) -> Iterator[Part]:
    """The text from `start` to `end`, while it is longer than a piece may be parted at the first joints that
    make it shorter.
    """
    kept = any(start < at < end for at in (*joints.glued, *joints.in_units))
    longest = LONGEST_WHOLE if kept else LONGEST
    while room(text[start:end].rstrip(" ")) > longest:
        cuts = (_cut(text, start, end, places, most) for places, most in joints.by_harm())
        cut = next(filter(None, cuts), None)
        if cut is None:
            break
        yield from _in_cells(text, start, cut, joints, longest)
        start = cut
    yield from _in_cells(text, start, end, joints, longest)


def _in_cells(text: str, start: int, end: int, joints: Joints, longest: int) -> Iterator[Part]:
    """What may go on in the next line of a narrow cell in parts: at the least harmful joints that it has."""
    atom = text[start:end]
    word = atom.rstrip(" ")
    parts = []
    if NARROW_CELL < room(word) <= longest:
        parts = _parts_in_cells(word, start, joints)
    if parts:
        yield parts
        yield from " " * (len(atom) > len(word))
    else:
        yield from _spaced(atom, longest)


def _parts_in_cells(word: str, start: int, joints: Joints) -> list[str]:
    """The parts between which a word goes on in a narrow cell, or none. `start`: of the word in its text."""
    kinds = (
        joints.short,
        joints.between,
        joints.inside,
        joints.after_labels,
        joints.in_terms,
        joints.glued,
        joints.in_units,
    )
    for kind in kinds:
        cuts = [at - start for at in kind if start < at < start + len(word)]
        if cuts and len(parts := fewest([word[a:b] for a, b in pairwise((0, *cuts, len(word)))])) > 1:
            return parts
    return []


def _cut(text: str, start: int, end: int, places: Sequence[int], most: int) -> int | None:
    """The last of these places, ascending, that leaves no more than `most` letters before it."""
    behind = islice(places, bisect_right(places, start), None)
    fitting = takewhile(lambda at: at < end and room(text[start:at]) <= most, behind)
    return max(fitting, default=None)


def _spaced(atom: str, longest: int = LONGEST) -> Iterator[str]:
    word = atom.rstrip(" ")
    if room(word) > longest:
        yield from _by_syllables(word)
    elif word:
        yield word
    if len(atom) > len(word):
        yield " "


def _by_syllables(word: str) -> Iterator[str]:
    """A word longer than a line may be, cut between words that it is made of (สุวรรณ|โชติ), where a syllable
    surely begins in none of them, or else between clusters.
    """
    ends = (0, *words_of(word))
    inside = {
        at for pair in pairwise(ends) if is_word(word[slice(*pair)]) for at in range(pair[0] + 1, pair[1])
    }
    piece: list[str] = []
    at = 0
    for cluster in _CLUSTER.findall(word):
        begins = _BEGINS_SYLLABLE.match(cluster) and not (
            piece and _BEGIN_TOGETHER.match(piece[-1][-1] + cluster)
        )
        may_end = at in ends or (begins and at not in inside)
        if len(piece) >= 2 * CUT or (len(piece) >= CUT and may_end):
            yield "".join(piece)
            piece = []
        piece.append(cluster)
        at += len(cluster)
    yield "".join(piece)
