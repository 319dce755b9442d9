"""The doctor's check of the meeting that papers are for."""

from collections.abc import Iterator

from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.looking import looked
from mochocho.settings.config import Settings
from mochocho.standards.load import load_pack
from mochocho.words.days import far_from_cycle
from mochocho.words.errors import MochochoError
from mochocho.words.sentences import Sentence
from processing.meetings.kept import provincial
from processing.meetings.meeting import Meeting
from processing.meetings.packet_meeting import of_settings

_SET_UP = Sentence(
    "สั่ง `mochocho meeting new` เพื่อตั้งการประชุม มิฉะนั้นเอกสารจะเว้นครั้งที่ วันที่ และสถานที่ประชุมไว้",
    "set one up with `mochocho meeting new`: without it papers leave its number, date and place blank",
)
_MEND = Sentence(
    "แก้ในไฟล์จาก `mochocho meeting export` หรือใน [meeting] ของการตั้งค่าถ้ายังไม่ได้บันทึกการประชุม",
    "mend the file of `mochocho meeting export`, or [meeting] in the settings where none is kept yet",
)


def examine(settings: Settings) -> Iterator[Check]:
    """One check: is there a meeting, does it end after it begins, is it of the cycle."""
    meeting = looked(settings.url, provincial) or of_settings(settings)
    if meeting is None:
        yield Check("meeting", "warn", Sentence("ยังไม่ได้ตั้ง", "none"), _SET_UP)
        return
    yield _check(meeting, settings.pack)


def _check(meeting: Meeting, pack: str) -> Check:
    number, day = meeting.number, meeting.day
    said = Sentence(f"ครั้งที่ {number} วันที่ {day}", f"{number} on {day}")
    if day is None:
        said = Sentence(f"ครั้งที่ {number} ยังไม่มีวันที่", f"{number}, without a day yet")
    if meeting.starts and meeting.ends and meeting.ends <= meeting.starts:
        found = Sentence(f"{said.th}: เวลาเลิกไม่อยู่หลังเวลาเริ่ม", f"{said.en} ends before it starts")
        return Check("meeting", "fail", found, _MEND)
    if year := _far_from(meeting, pack):
        found = Sentence(
            f"{said.th}: ปีห่างจากปีงบประมาณ {year} เกินหนึ่งปี",
            f"{said.en}: more than a year from the fiscal year {year}",
        )
        return Check("meeting", "warn", found, _MEND)
    return Check("meeting", "ok", said)


def _far_from(meeting: Meeting, pack: str) -> int | None:
    """The cycle's fiscal year (BE), if the meeting is too far from it."""
    try:
        year = load_pack(pack).pack.fiscal_year_be
    except MochochoError:
        return None  # reported by the check of the standards
    return year if meeting.day and far_from_cycle(meeting.day, year) else None
