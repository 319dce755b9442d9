"""Numbers of letters and orders that cannot be, or have their digits swapped (rules.md 42, 45). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import MEETING, PAPERS, plain, texts

SHAPE = warning(
    "letter.number_shape",
    "42",
    Sentence("“{written}” ไม่เป็นรูปเลขที่หนังสือ", "“{written}” is not like a letter's number"),
    Sentence("ให้เขียนแบบ ชร 0019.2/ว 96", "write it as “ชร 0019.2/ว 96”"),
)
SAME = warning(
    "letter.number_twice",
    "42",
    Sentence("เลขที่ “{written}” เป็นของหนังสือสองฉบับ", "two letters have the number “{written}”"),
    Sentence("ให้ตรวจกับทะเบียนหนังสือส่ง", "look it up in the register of letters"),
)
NEARLY = warning(
    "letter.number_nearly",
    "45",
    Sentence(
        "เลขที่ “{written}” กับ “{other}” เกือบเหมือนกัน",
        "the numbers “{written}” and “{other}” are nearly the same",
    ),
    Sentence("ให้ตรวจกับต้นเรื่อง แล้วแก้ให้ตรงกัน", "look at the letter itself, then write it alike"),
)
NO_MARK = warning(
    "letter.no_circular_mark",
    "42",
    Sentence(
        "หนังสือเลขที่ “{written}” ถึง “{to}” แต่ไม่มีอักษร ว ของหนังสือเวียน",
        "letter “{written}” goes to “{to}”, but has no “ว”, the mark of a circular",
    ),
    Sentence("ให้เขียนแบบ ชร 0019.2/ว 96 หากเป็นหนังสือเวียน", "write it as “ชร 0019.2/ว 96”, if it is a circular"),
)
ORDER_SHAPE = warning(
    "order.number_shape",
    "45",
    Sentence(
        "เลขที่คำสั่ง “{written}” ไม่มีปี พ.ศ. สี่หลัก", "the order's number “{written}” has no year of four digits"
    ),
    Sentence("ให้เขียนแบบ 6459/2567", "write it as 6459/2567"),
)
ORDER_DIFFERS = error(
    "order.number_differs",
    "45",
    Sentence(
        "เขียนว่าแต่งตั้ง{committee}ตามคำสั่งที่ {written} แต่ที่บันทึกไว้คือคำสั่งที่ {number}",
        "says that order {written} appointed the committee, but order {number} is set",
    ),
    Sentence("ให้แก้ข้อความหรือเลขที่คำสั่งแต่งตั้ง", "mend the text or the number of the order"),
)
ENTRIES = (SHAPE, SAME, NEARLY, NO_MARK, ORDER_SHAPE, ORDER_DIFFERS)
_OWN = ("letter", "circular", "memo")
# ชร 0019.2/ว 96, มท 0404.1/ว 123, ชร 51001/12; what is left to be filled in by hand may be lacking
_LIKE = re.compile(r"[ก-ฮ]{2}\.? ?\d{4,5}(?:\.\d{1,2}){0,3} ?/ ?(?:ว\.? ?)?(?:\d+|[. _…]*)")
_AGENCY = re.compile(
    r"(?:(?P<letters>[ก-ฮ]{2})\.? ?)?(?<![\d.])(?P<agency>\d{4,5}(?:\.\d{1,2})*)"
    r" ?/ ?(?P<running>ว? ?\d{2,})(?![\d/])"
)
_SHORT = re.compile(
    r"(?P<letters>[ก-ฮ]{2})\.? ?(?P<agency>\d{1,3}(?:\.\d{1,2})+) ?/ ?ว? ?\d+"
)  # its zeros left out
_TO_MANY = re.compile("ทุก(?:อำเภอ|แห่ง|คน|ท่าน|ตำบล|หน่วย)")
_ORDER = re.compile(r"คำสั่ง[^\d]{0,60}?ที่ ?(\d{2,}/25\d\d)(?!\d)")
_ANOTHER_ORDER = re.compile("แก้ไข|เพิ่มเติม|ยกเลิก|แทน|เดิม")
_YEAR = re.compile(r"\d+(?:/\d{1,3})?")
_SHORTEST, _SAME = 4, 2  # letters of a running number, and digits of an agency, that tell what is meant
_FAR = 80  # letters between a committee and the order that appointed it


def check(looked: Examined) -> Iterator[Found]:
    """Numbers of the meeting's own letters and order, and how texts write them."""
    yield from _own(looked)
    yield from _nearly(looked)
    yield from _orders(looked)


def _own(looked: Examined) -> Iterator[Found]:
    seen = set[str]()
    for name in _OWN:
        number = plain(getattr(looked.meeting, name).number)
        place = Place(PAPERS[name])
        if re.search(r"[ก-ฮ] ?\S*\d", number) and not _LIKE.fullmatch(number):
            yield SHAPE.at(place, written=number)
        elif re.search(r"/ ?(?:ว ?)?\d", number) and number in seen:
            yield SAME.at(place, written=number)
        to = plain(getattr(looked.meeting, name).to)
        if _TO_MANY.search(to) and re.search(r"/ ?\d", number):
            yield NO_MARK.at(place, written=number, to=to)
        seen.add(number)
    order = plain(looked.meeting.appointment.number)
    if _YEAR.fullmatch(order):
        yield ORDER_SHAPE.at(Place(MEETING, "appointment.number"), written=order)


def _nearly(looked: Examined) -> Iterator[Found]:
    """Numbers that are nearly those of the meeting's own letters, or of its order."""
    meeting, order = looked.meeting, plain(looked.meeting.appointment.number)
    letters = [plain(one.number) for one in (meeting.letter, meeting.circular, meeting.memo)]
    own = [found for number in letters if (found := _AGENCY.search(number))]
    for text in texts(looked):
        for written in _AGENCY.finditer(text.plain):
            if other := next((one for one in own if _is_nearly(written, one)), None):
                yield NEARLY.at(text.place, written=written[0], other=other[0])
        for short in _SHORT.finditer(text.plain) if not text.place.field.endswith(".number") else ():
            if other := next((one for one in own if _lacks_zeros(short, one)), None):
                yield NEARLY.at(text.place, written=short[0], other=other[0])
        for number in _ORDER.findall(text.plain):
            if "/" in order and _are_swapped(number, order):
                yield NEARLY.at(text.place, written=number, other=order)


def _is_nearly(one: re.Match[str], own: re.Match[str]) -> bool:
    """Whether a number is that of the letter but for swapped digits, or but for the agency's last ones."""
    if one["letters"] and own["letters"] and one["letters"] != own["letters"]:
        return False
    running, own_running = (found["running"].replace(" ", "") for found in (one, own))
    if running == own_running and len(running) > _SHORTEST:
        return one["agency"] != own["agency"] and one["agency"][:_SAME] == own["agency"][:_SAME]
    swapped = one["agency"] == own["agency"] and _are_swapped(running, own_running)
    return swapped or _are_swapped(one["agency"], own["agency"])


def _lacks_zeros(short: re.Match[str], own: re.Match[str]) -> bool:
    """Whether a number is of the letter's own office, its zeros left out: ชร 19.2 for ชร 0019.2."""
    return short["letters"] == own["letters"] and short["agency"].lstrip("0") == own["agency"].lstrip("0")


def _are_swapped(one: str, other: str) -> bool:
    return one != other and len(one) == len(other) and sorted(one) == sorted(other)


def _orders(looked: Examined) -> Iterator[Found]:
    """The order that a text names behind the committee, where it is another than the one that is set."""
    meeting, number = looked.meeting, plain(looked.meeting.appointment.number)
    committee = plain(meeting.committee)
    if not committee or "/" not in number:
        return
    appointed = re.compile(
        rf"{re.escape(committee)}[^\d]{{0,{_FAR}}}?ตามคำสั่ง[^\d]{{0,60}}?ที่ ?(\d{{2,}}/25\d\d)(?!\d)"
    )
    for text in texts(looked):
        for found in appointed.finditer(text.plain):
            swapped = _are_swapped(found[1], number)
            if found[1] != number and not swapped and not _ANOTHER_ORDER.search(text.plain):
                yield ORDER_DIFFERS.at(text.place, committee=committee, written=found[1], number=number)
