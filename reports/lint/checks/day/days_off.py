"""Days on which offices are closed: weekends and the holidays that have one date each year. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Meeting
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import LETTER, MEETING, PAPERS, typed_by_the_office
from reports.lint.typed_days import days_in, in_words

OFF = warning(
    "date.day_off",
    "43",
    Sentence("{what} {day} เป็น{why}", "{what_en}, {day}, is a day off (“{why}”)"),
    Sentence("ให้ตรวจวัน หากไม่ได้ตั้งใจ", "check the day, unless it is meant"),
)
ENTRIES = (OFF,)
_WEEKEND = {5: "วันเสาร์", 6: "วันอาทิตย์"}
_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "วันขึ้นปีใหม่",
    (4, 6): "วันจักรี",
    (4, 13): "วันสงกรานต์",
    (4, 14): "วันสงกรานต์",
    (4, 15): "วันสงกรานต์",
    (5, 4): "วันฉัตรมงคล",
    (6, 3): "วันเฉลิมพระชนมพรรษาพระบรมราชินี",
    (7, 28): "วันเฉลิมพระชนมพรรษา",
    (8, 12): "วันแม่แห่งชาติ",
    (10, 13): "วันนวมินทรมหาราช",
    (10, 23): "วันปิยมหาราช",
    (12, 5): "วันพ่อแห่งชาติ",
    (12, 10): "วันรัฐธรรมนูญ",
    (12, 31): "วันสิ้นปี",
}


def check(looked: Examined) -> Iterator[Found]:
    """The meeting's day, what is due, and the day under which each paper is signed: few are on a day off."""
    for what, what_en, day, place in _days(looked.meeting):
        if day and (why := why_off(day)) and not _is_meant(looked, day):
            yield OFF.at(place, what=what, what_en=what_en, day=in_words(day), why=why)


def _days(meeting: Meeting) -> Iterator[tuple[str, str, date | None, Place]]:
    """What each typed day is, as a finding names it in both languages, and where it stands."""
    yield "วันประชุม", "the meeting's day", meeting.day, Place(MEETING, "day")
    due = Place(LETTER, "letter.reply_by")
    yield "กำหนดส่งแบบตอบรับ", "the day replies are due", meeting.letter.reply_by, due
    due = Place(PAPERS["circular"], "circular.reply_by")
    yield "กำหนดส่งตามหนังสือเปิดรอบ", "the day the circular sets", meeting.circular.reply_by, due
    order = Place(MEETING, "appointment.day")
    yield "วันที่ของคำสั่งแต่งตั้ง", "the appointing order's day", meeting.appointment.day, order
    for name, what, letter in (
        ("letter", ("วันที่ของหนังสือเชิญ", "the invitation's day"), meeting.letter),
        ("circular", ("วันที่ของหนังสือเปิดรอบ", "the circular's day"), meeting.circular),
        ("memo", ("วันที่ของบันทึกข้อความ", "the memo's day"), meeting.memo),
    ):
        yield *what, letter.day, Place(PAPERS[name], f"{name}.day")


def _is_meant(looked: Examined, day: date) -> bool:
    """Whether the office itself wrote which day of a weekend it is: ในวันเสาร์ที่ 26 เมษายน 2568."""
    weekday = _WEEKEND.get(day.weekday())
    return any(
        found.day == day and f"วัน{found.weekday}" == weekday
        for text in typed_by_the_office(looked)
        if weekday and weekday in text.plain
        for found in days_in(text.plain)
    )


def why_off(day: date) -> str:
    """What day off it is, "" on a working day."""
    return _HOLIDAYS.get((day.month, day.day)) or _WEEKEND.get(day.weekday(), "")
