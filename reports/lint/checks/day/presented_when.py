"""What texts say of whose turn it is to present, when, and for how long in all (rules.md 51, 52). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from processing.meetings.day_plan import HOUR, DayPlan, hour, planned
from reports.lint.checks.hours import dotted, sound
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import Typed, one_of, texts
from reports.lint.typed_hours import hours_in

HOUR_DIFFERS = error(
    "order.hour_differs",
    "51",
    Sentence(
        "เขียนว่าอำเภอ{district}นำเสนอเวลา {written} แต่ลำดับการนำเสนอกำหนดไว้ {hour} น.",
        "says {written} for {district}, but the order of presentation has {hour}",
    ),
    Sentence("ให้แก้ข้อความหรือลำดับการนำเสนอให้ตรงกัน", "mend the text or the order of presentation"),
)
PLACE_DIFFERS = error(
    "order.place_differs",
    "52",
    Sentence(
        "เขียนว่าอำเภอ{district}นำเสนอเป็นลำดับ {written} แต่ลำดับการนำเสนอคือลำดับที่ {place}",
        "says that {district} is number {written}, but in the order of presentation it is {place}",
    ),
    Sentence("ให้แก้ข้อความหรือลำดับการนำเสนอให้ตรงกัน", "mend the text or the order of presentation"),
)
ALL_DIFFERS = error(
    "day.total_differs",
    "51",
    Sentence(
        "เขียนเวลานำเสนอรวม {written} แต่นำเสนอจริงรวม {right} ไม่นับเวลาพัก",
        "says {written} for all presentations, but they take {right} without the breaks",
    ),
    Sentence(
        "ให้แก้เวลารวมในข้อความ และอย่านับเวลาพักกลางวันเป็นเวลานำเสนอ",
        "mend the total in the text; lunch is no time to present in",
    ),
)
ENTRIES = (HOUR_DIFFERS, PLACE_DIFFERS, ALL_DIFFERS)
_ALL = re.compile(r"(?:รวม|ทั้งหมด|ทั้งสิ้น)(?:เป็น)?(?:เวลา)? ?(\d+) ?ชั่วโมง(?:(?: ?และ)? ?(\d+) ?นาที)?")
_PRESENTS = "นำเสนอ"
_BEFORE_HOUR = r" ?(?:เริ่ม)?นำเสนอ(?:ผลงาน|ข้อมูล)?(?:ใน)? ?เวลา ?$"
_BEFORE = 60  # letters


def check(looked: Examined) -> Iterator[Found]:
    """Hours, places and the whole of the presentations that texts name."""
    plan = planned(looked.meeting, looked.shares) if sound(looked.meeting) else None
    if plan is None or not plan.slots:
        return
    turns = list(dict.fromkeys(slot.district for slot in plan.slots))
    names = one_of(turns)
    place = re.compile(
        rf"อำเภอ ?({names}) ?นำเสนอ(?:เป็น)?(?:ใน)?ลำดับ(?:ที่)? ?(\d+)(?!\d)"
        rf"|ลำดับที่ ?(\d+) ?(?:คือ ?)?อำเภอ ?({names})"
    )
    begins = re.compile(rf"เริ่ม(?:การ)?(?:นำเสนอ|พิจารณา)?(?:จาก|ที่|ด้วย)อำเภอ ?({names})(?![ก-๙])")
    ends = re.compile(rf"อำเภอ ?({names}) ?(?:นำเสนอ)?(?:เป็น)?(?:อำเภอ|ลำดับ)(แรก|สุดท้าย)")
    hours = re.compile(rf"อำเภอ ?({names}){_BEFORE_HOUR}")
    for text in texts(looked):
        if _PRESENTS in text.plain or "ลำดับ" in text.plain:
            yield from _places(text, place, turns)
            said = [*ends.findall(text.plain), *((one, "แรก") for one in begins.findall(text.plain))]
            yield from _first_or_last(text, said, turns)
            yield from _hours(text, hours, plan)
            yield from _together(text, plan)


def _places(text: Typed, pattern: re.Pattern[str], turns: list[str]) -> Iterator[Found]:
    for found in pattern.finditer(text.figures):
        district, written = found[1] or found[4], int(found[2] or found[3])
        right = turns.index(district) + 1
        if written != right:
            yield PLACE_DIFFERS.at(text.place, district=district, written=written, place=right)


def _first_or_last(text: Typed, said: list[tuple[str, str]], turns: list[str]) -> Iterator[Found]:
    for district, written in said:
        if district != turns[0 if written == "แรก" else -1]:
            right = turns.index(district) + 1
            yield PLACE_DIFFERS.at(text.place, district=district, written=written, place=right)


def _hours(text: Typed, pattern: re.Pattern[str], plan: DayPlan) -> Iterator[Found]:
    for said in hours_in(text.figures):
        if found := pattern.search(text.figures[max(0, said.at - _BEFORE) : said.at]):
            right = plan.hours[found[1]][0]
            if said.starts != right:
                values = {"district": found[1], "written": said.written}
                yield HOUR_DIFFERS.at(text.place, **values, hour=dotted(hour(right)))


def _together(text: Typed, plan: DayPlan) -> Iterator[Found]:
    right = sum(slot.ends - slot.starts for slot in plan.slots)
    for found in _ALL.finditer(text.figures):
        before = text.figures[max(0, found.start() - _BEFORE) : found.start()]
        if _PRESENTS in before and not plan.left_over and _minutes(found) != right:
            yield ALL_DIFFERS.at(text.place, written=found[0], right=_in_hours(right))


def _minutes(found: re.Match[str]) -> int:
    return HOUR * int(found[1]) + int(found[2] or 0)


def _in_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    return f"{hours} ชั่วโมง {rest} นาที" if rest else f"{hours} ชั่วโมง"
