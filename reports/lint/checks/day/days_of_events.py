"""One event on two days, an order that takes effect before it was made (rules.md 44, 45). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import Typed, typed_by_the_office
from reports.lint.typed_days import TypedDay, days_in, in_words

TWO_DAYS = warning(
    "date.event_differs",
    "44",
    Sentence(
        "เขียนวัน{event}เป็น {written} แต่{elsewhere}เขียน {other}",
        "says {written} for giving certificates, but another paper says {other}",
    ),
    Sentence("ให้แก้วันให้ตรงกัน หากเป็นงานเดียวกัน", "write one day, if both mean the same"),
)
EFFECT = warning(
    "date.effect_before_order",
    "45",
    Sentence(
        "คำสั่งมีผลตั้งแต่ {written} ก่อนวันที่ของคำสั่ง {day}",
        "the order takes effect on {written}, before its day, {day}",
    ),
    Sentence("ให้ตรวจวันที่มีผล หากไม่ได้ตั้งใจให้มีผลย้อนหลัง", "check the day, unless it is meant to reach back"),
)
ENTRIES = (TWO_DAYS, EFFECT)
_GIVEN = re.compile("(?:มอบ|รับ)(?:หนังสือรับรอง|เกียรติบัตร|ใบประกาศ)")
_EVENT = "มอบหนังสือรับรอง"
_ANOTHER = re.compile("ภายใน|ก่อน|หลัง|ตั้งแต่|ปี(?:ก่อน|ที่แล้ว)|เมื่อ|ได้")  # no day of its own
_EFFECTIVE = re.compile(r"ตั้งแต่(?:วัน[ก-๙]*)?(?:ที่)? ?$")
_NEAR = 60  # letters


def check(looked: Examined) -> Iterator[Found]:
    """The day on which certificates are given, as texts name it; from when on the order holds."""
    first: tuple[TypedDay, Place] | None = None
    ordered = looked.meeting.appointment.day
    for text in typed_by_the_office(looked):
        if said := _day_given(text):
            first = first or (said, text.place)
            if said.day != first[0].day:
                place, written, other = first[1].paper, said.written, first[0].written
                yield TWO_DAYS.at(text.place, event=_EVENT, written=written, elsewhere=place, other=other)
        if ordered and "เป็นต้นไป" in text.plain and text.place.paper == "คำสั่งแต่งตั้ง":
            for found in days_in(text.plain):
                holds = _EFFECTIVE.search(text.plain[: found.begins])
                if holds and found.day and found.day < ordered:
                    yield EFFECT.at(text.place, written=found.written, day=in_words(ordered))


def _day_given(text: Typed) -> TypedDay | None:
    found = _GIVEN.search(text.plain)
    said = next(days_in(text.plain[found.end() :]), None) if found else None
    if said is None or found is None or said.day is None:
        return None
    between = text.plain[found.end() :][: said.begins]
    return said if len(between) <= _NEAR and not _ANOTHER.search(between) else None
