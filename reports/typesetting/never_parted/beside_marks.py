"""Where words meet at a mark without a space: ICU takes ดิน,น้ำ and 1.น้ำ for one word each. Pure."""

import re
from collections.abc import Iterator

_THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
# Before what is in brackets, and behind what closes, but not behind a label: ก)ดิน
_MAY_END = re.compile(rf"(?<=[{_THAI}])(?=[(\[{{“‘])|(?<=[{_THAI}]{{2}}[,;:!?)\]}}”’])(?=[{_THAI}])")
_QUOTED = re.compile(rf"(?<![^\s{_THAI}])\"[^\"]+\"(?![^\s{_THAI}])")
# Behind other marks, numbers and letters, such as those of a list, and before them; not inside รพ.สต. or
# อ้อย/ข้าว.
_NEVER_ENDS = re.compile(
    rf"(?<=[^\s{_THAI}ฯๆ(\[{{“‘\"'#/–—])(?<![{_THAI}๐-๙0-9]-)(?=[{_THAI}])(?!(?<=\.)[ก-ฮ]{{1,4}}\.)"
    rf"|(?<=[{_THAI}])(?=[^\s{_THAI}ฯๆ(\[{{“‘)\]}}”’»\"'?!:;,.…%/–—-])"
)


def may_end(text: str) -> Iterator[int]:
    """Where a line may end beside a mark."""
    yield from (found.start() for found in _MAY_END.finditer(text))
    for found in _QUOTED.finditer(text):
        yield from (at for at in found.span() if 0 < at < len(text) and not text[at].isspace())


def never_ends(text: str) -> Iterator[int]:
    """Where a word begins behind a mark that stays with it, or ends before one."""
    behind = frozenset(may_end(text))
    return (found.start() for found in _NEVER_ENDS.finditer(text) if found.start() not in behind)
