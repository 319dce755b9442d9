"""Units that a text puts into another district than their own (rules.md 52). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import one_of, plain, texts

ELSEWHERE = error(
    "place.unit_elsewhere",
    "52",
    Sentence(
        "เขียนว่า “{name}” อยู่ในอำเภอ{written} แต่ใบสมัครอยู่ในอำเภอ{district}",
        "says that “{name}” is of {written}, but it applied in {district}",
    ),
    Sentence(
        "ให้แก้ชื่ออำเภอในข้อความ หรือตรวจอำเภอในใบสมัคร", "mend the text, or check the district in its application"
    ),
)
ENTRIES = (ELSEWHERE,)
_SHORTEST = 8  # letters of a name that is no other word's part


def check(looked: Examined) -> Iterator[Found]:
    """Names of units with a district right behind them."""
    names = {district.code: district.name_th for district in looked.province.districts}
    of = defaultdict[str, set[str]](set)
    for unit in looked.units:
        if len(unit.name) >= _SHORTEST and unit.district in names:
            of[plain(unit.name)].add(names[unit.district])
    named = re.compile(rf"(?:อำเภอ|อ\.) ?({one_of(names.values())})(?![ก-๙])")
    for text in texts(looked):
        for found in named.finditer(text.plain):
            before = text.plain[: found.start()].rstrip(" (")
            for name, districts in of.items():
                if before.endswith(name) and found[1] not in districts:
                    yield ELSEWHERE.at(text.place, name=name, written=found[1], district=sorted(districts)[0])
