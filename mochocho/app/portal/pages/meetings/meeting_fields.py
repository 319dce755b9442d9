"""The fields of a meeting that a page changes; all others stand in its workbook. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, arabic, day_of
from mochocho.words import thai
from mochocho.words.thai import normalise
from processing.meetings.meeting import Meeting

FIELDS: Mapping[str, str] = {
    "day": "วันที่",
    "starts": "เวลาเริ่ม",
    "ends": "เวลาเลิก",
    "place": "สถานที่",
    "committee": "ชื่อคณะกรรมการ",
    "quorum": "องค์ประชุม (คน)",
    "minutes": "นาทีต่ออำเภอ",
    "contact.name": "ผู้ประสานงาน",
    "contact.position": "ตำแหน่งผู้ประสานงาน",
    "contact.telephone": "โทรศัพท์ผู้ประสานงาน",
    "contact.email": "อีเมลผู้ประสานงาน",
    "signatory.name": "ผู้ลงนาม",
    "signatory.position": "ตำแหน่งผู้ลงนาม",
}
_WHOLE = ("quorum", "minutes")
_HOURS = ("starts", "ends")


def shown_in(meeting: Meeting) -> dict[str, str]:
    """What stands in each field, as a person types it."""
    return {
        "day": thai.date_words(meeting.day, thai_digits=False) if meeting.day else "",
        "starts": meeting.starts,
        "ends": meeting.ends,
        "place": meeting.place,
        "committee": meeting.committee,
        "quorum": "" if meeting.quorum is None else str(meeting.quorum),
        "minutes": str(meeting.schedule.minutes),
        "contact.name": meeting.contact.name,
        "contact.position": meeting.contact.position,
        "contact.telephone": meeting.contact.telephone,
        "contact.email": meeting.contact.email,
        "signatory.name": meeting.signatory.name,
        "signatory.position": meeting.signatory.position,
    }


def changed(meeting: Meeting, form: Mapping[str, str]) -> Meeting:
    """The meeting with what was typed. Raises Wrong for a day or a number that is none."""
    stands = shown_in(meeting)
    text = {name: normalise(form.get(name, value)) for name, value in stands.items()}
    for name in (*_WHOLE, *_HOURS):
        text[name] = arabic(text[name])
    return replace(
        meeting,
        day=_day(text["day"]) if text["day"] else None,
        starts=text["starts"],
        ends=text["ends"],
        place=text["place"],
        committee=text["committee"],
        quorum=_whole("quorum", text["quorum"]) if text["quorum"] else None,
        schedule=replace(meeting.schedule, minutes=_whole("minutes", text["minutes"])),
        contact=replace(
            meeting.contact,
            name=text["contact.name"],
            position=text["contact.position"],
            telephone=text["contact.telephone"],
            email=text["contact.email"],
        ),
        signatory=replace(
            meeting.signatory, name=text["signatory.name"], position=text["signatory.position"]
        ),
    )


def _day(text: str) -> date:
    try:
        return day_of(Cell(text))
    except Wrong as wrong:
        raise Wrong(f"{FIELDS['day']}: {wrong}") from wrong


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise Wrong(f"{FIELDS[name]}: ต้องเป็นจำนวนเต็ม")
    return int(text)
