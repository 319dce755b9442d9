"""Numbers that paragraphs begin with, in their order: 3.1.2 behind 3.1.1 (rules.md 44). Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from mochocho.words.numbers import arabic
from processing.meetings.meeting import Agenda
from reports.lint.checks.figures.reckoned import NUMBERING
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place
from reports.lint.printed_texts import AGENDA, Typed, typed_by_the_office

_PRINTED = (1, 2, 3)  # below what is for information, as papers print them
_NUMBERED = re.compile(r"((?:\d{1,2}\.)+)?(\d{1,2})([.)]?) ?(?=[ก-๙“\"(])")


def check(looked: Examined) -> Iterator[Found]:
    """The paragraphs of each field in their order; points of two levels are two lists."""
    yield from _lacking(looked.meeting.agenda)
    for _, paragraphs in groupby(typed_by_the_office(looked), lambda one: one.place.field.rpartition(".")[0]):
        yield from _turned(list(paragraphs))


def _lacking(agenda: Agenda) -> Iterator[Found]:
    """An item of the office's own, 4.2, where the agenda has no 4.1."""
    known = {f"{agenda.items_count - 2}.{at}" for at in _PRINTED} | {arabic(one.number) for one in agenda.own}
    for at, item in enumerate(agenda.own, 1):
        above, _, below = arabic(item.number).partition(".")
        before = f"{above}.{int(below or 1) - 1}"
        if int(below or 1) > 1 and before not in known:
            place = Place(AGENDA, f"agenda.own.{at}.number")
            yield NUMBERING.at(place, written=f"{item.number} โดยไม่มี {before}")


def _turned(paragraphs: Sequence[Typed]) -> Iterator[Found]:
    """Each number that is not the next one of its list; a list may begin again."""
    lists: dict[tuple[str, str], list[tuple[int, str, Typed]]] = {}
    for text in paragraphs:
        if found := _NUMBERED.match(text.plain):
            before, number, sign = found.groups(default="")
            if before or sign:
                lists.setdefault((before, sign), []).append((int(number), found[0].strip(), text))
    for points in lists.values():
        for (one, first, _), (other, second, where) in pairwise(points):
            if other not in (one + 1, 1):
                yield NUMBERING.at(where.place, written=f"{first} {second}")
