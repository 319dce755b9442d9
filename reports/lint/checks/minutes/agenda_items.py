"""Items that are called, cited or minuted otherwise than the agenda has them (rules.md 45). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import AGENDA, MINUTES, plain, typed_by_the_office

TITLE = warning(
    "agenda.other_title",
    "45",
    Sentence(
        "วาระที่ {number} เขียนว่า “{written}” แต่วาระที่ {number} คือ “{title}”",
        "item {number} is called “{written}”, but item {number} is “{title}”",
    ),
    Sentence("ให้แก้ลำดับวาระหรือชื่อวาระ", "mend the number of the item or its title"),
)
NONE = warning(
    "agenda.no_such_item",
    "45",
    Sentence(
        "เขียน “{written}” แต่ระเบียบวาระมี {count} วาระ", "says “{written}”, but the agenda has {count} items"
    ),
    Sentence("ให้แก้ลำดับวาระในข้อความ", "mend the number of the item"),
)
UNRESOLVED = warning(
    "minutes.no_resolution",
    "45",
    Sentence(
        "วาระที่ {number} เรื่องเพื่อพิจารณา ไม่มีมติที่ประชุม ทั้งที่วาระอื่นมี",
        "item {number}, to be decided, has no resolution, though others have",
    ),
    Sentence("ให้บันทึกมติที่ประชุม", "write down what was resolved"),
)
ENTRIES = (TITLE, NONE, UNRESOLVED)
TO_KNOW, TO_DECIDE, OTHERS = "เรื่องเพื่อทราบ", "เรื่องเพื่อพิจารณา", "เรื่องอื่น"
OPENING, ADOPTING = "เรื่องที่ประธานแจ้ง", "เรื่องรับรองรายงาน"
_TITLES = {
    5: {1: OPENING, 2: ADOPTING, 3: TO_KNOW, 4: TO_DECIDE, 5: OTHERS},
    6: {1: OPENING, 2: ADOPTING, 4: TO_KNOW, 5: TO_DECIDE, 6: OTHERS},
}  # of an agenda with so many items; a beginning of each
_CALLED = (OPENING, ADOPTING, TO_KNOW, TO_DECIDE, OTHERS)
_CITED = re.compile(rf"(?:ระเบียบ)?วาระที่ ?(\d)(?![\d/])(?! ?ครั้ง)(?:\.\d+)* ?({'|'.join(_CALLED)})?")
_ANOTHER = re.compile("ครั้งที่แล้ว|ครั้งก่อน|ครั้งต่อไป|กรม|คราว")  # another meeting's agenda


def check(looked: Examined) -> Iterator[Found]:
    """The office's own titles, what its texts cite, and what was resolved."""
    agenda, held = looked.meeting.agenda, looked.meeting.held
    titles = _TITLES.get(agenda.items_count, {})
    for at, item in enumerate(agenda.own, 1):
        place = Place(AGENDA, f"agenda.own.{at}.title")
        if item.number.isdigit():
            yield from _called(place, int(item.number), plain(item.title), titles)
    for text in typed_by_the_office(looked):
        if "วาระที่" in text.plain and not _ANOTHER.search(text.plain):
            for found in _CITED.finditer(text.plain):
                number = int(found[1])
                if number > agenda.items_count:
                    yield NONE.at(text.place, written=found[0].strip(), count=agenda.items_count)
                elif found[2]:
                    yield from _called(text.place, number, found[2], titles)
    of_units = any(one.took_part is not None for one in looked.units)  # the minutes list what was resolved
    items = held.items if held and held.ended and not of_units else ()
    for at, minuted in enumerate(items, 1):
        first = minuted.number[:1]
        decided = first.isdigit() and titles.get(int(first)) == TO_DECIDE
        if decided and minuted.paragraphs and not minuted.resolution and any(one.resolution for one in items):
            yield UNRESOLVED.at(Place(MINUTES, f"held.items.{at}.resolution"), number=minuted.number)


def _called(place: Place, number: int, written: str, titles: dict[int, str]) -> Iterator[Found]:
    """A title that is another item's."""
    right = titles.get(number)
    others = [title for title in _CALLED if title != right and written.startswith(title)]
    if right and others and not written.startswith(right):
        yield TITLE.at(place, number=number, written=written, title=right)
