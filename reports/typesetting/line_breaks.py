"""Where a Thai line may break: splits texts into unbreakable pieces for the typesetter.

ICU finds the words; words that offices never separate (พ.ศ. ๒๕๖๘, ต่าง ๆ, ครั้งที่ ๑) are joined; names stay
whole. A piece that fits no line is cut between grapheme clusters, so no text is lost.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from icu4py.breakers import LineBreaker

from reports.view.applicant_names import Name
from reports.view.pictures import Code, Picture

LOCALE = "th_TH"
LONGEST = 20  # letters of the longest piece
ALWAYS_WHOLE = (
    *("หมู่ที่", "วันที่", "ครั้งที่", "ร้อยละ", "(มีเงื่อนไข)"),
    *("คณะกรรมการ", "ขับเคลื่อน", "ประกอบด้วย", "เชิดชูเกียรติ"),
)
CUT = 6  # clusters in a piece of a cut text: thousands of single letters make a PDF slow to read
NUMBER = "๐-๙0-9"
_GLUED_SPACE = re.compile(
    rf"(?:พ\.ศ\.|ค\.ศ\.|เวลา|ชั้น|ข้อ|ปี|ที่|แนบ|จำนวน|ร้อยละ|หมู่|ระดับ) (?=[{NUMBER}])"
    rf"|(?<=[{NUMBER}]) (?=น\.|บาท|คน|กลุ่ม|เครือข่าย|ชุมชน|ชุด|ฉบับ|นาที|หน่วยงาน|ราย|แฟ้ม|หน้า|%)"
    r"|(?<=[(\[“‘]) |(?<= ณ) |(?<=^ณ) "
)
BEGINS_NO_LINE = frozenset(")]}”’»?!:;,.…%ฯๆ/")
_OPENING, _CLOSING = r"(\[{“‘\"'", r")\]}”’»\"'?!:;,.…%ฯๆ/"
# Marks of Lao, Burmese, Khmer and Tai scripts; _BELOW joins the next letter to the one above it.
_BESIDE = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u105e-\u1064\u1071-\u1074"
_BESIDE += "\u1082-\u108d\u109a-\u109d\u17b4-\u17d3\u1a55-\u1a7f"
_BELOW = "\u1039\u17d2\u1a60"
_CLUSTER = re.compile(
    rf"[{_OPENING}]{{0,4}}[เ-ไ\u0ec0-\u0ec4]?.(?:[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f{_BESIDE}]|(?<=[{_BELOW}]).)*[ะาำๅ]?"
    rf"(?: ?[{_CLOSING}]){{0,20}}",
    re.DOTALL,
)
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


class Breaker:
    """Splits texts into pieces. `kept_whole`: names of places that are never broken."""

    def __init__(self, kept_whole: Iterable[str] = ()) -> None:
        words = sorted({*ALWAYS_WHOLE, *kept_whole}, key=lambda w: (-len(w), w))
        self._whole = re.compile("|".join(map(re.escape, words)))

    def pieces(self, text: str) -> list[str]:
        """The pieces of `text`, between which a line may end; " " where it may end at a space."""
        return [piece for part in self._unbroken(text) for piece in _fitting(part)]

    def _unbroken(self, text: str) -> Iterator[str]:
        kept = {m.end() for m in _GLUED_SPACE.finditer(text)}
        for m in self._whole.finditer(text):
            kept.update(range(m.start() + 1, m.end()))
        start = end = 0
        for segment in LineBreaker(text, LOCALE):
            end += len(segment)
            if end == len(text) or (end not in kept and text[end] not in BEGINS_NO_LINE):
                yield text[start:end]
                start = end

    def boxed(self, value: Any) -> Any:
        """A view model as plain JSON values in which every text is a list of pieces."""
        if isinstance(value, Name):
            return person(value.text) if value.person else self.pieces(value.text)
        if isinstance(value, Picture | Code):
            return value.name
        if isinstance(value, str):
            return self.pieces(value)
        if is_dataclass(value) and not isinstance(value, type):
            return {f.name: self.boxed(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, tuple):
            return [self.boxed(item) for item in value]
        if isinstance(value, Enum):
            return value.value
        return value


def person(name: str) -> list[str]:
    """A person's name: broken only at its spaces, as long as its words fit a line."""
    words = name.split(" ")
    return [piece for i, word in enumerate(words) for piece in _fitting(word + " " * (i < len(words) - 1))]


def _fitting(atom: str) -> Iterator[str]:
    word = atom.rstrip(" ")
    if len(_MARKS.sub("", word)) <= LONGEST:
        if word:
            yield word
    else:
        clusters = _CLUSTER.findall(word)
        yield from ("".join(clusters[i : i + CUT]) for i in range(0, len(clusters), CUT))
    if len(atom) > len(word):
        yield " "
