"""Resolutions whose meeting is kept with another day or committee: told at every door, refused at none.

What a committee resolved is as it resolved it; it may be the meeting that is set up wrongly.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.words import thai
from mochocho.words.model import Gate, Resolution
from mochocho.words.places import Province
from processing.chunks import batched
from processing.meetings import committee_name
from processing.meetings.kept import meetings
from processing.meetings.meeting import Level, Meeting
from processing.tables import ApplicantRow

CHUNK = 500  # applicants asked for at once


def unlike(session: Session, resolutions: Iterable[tuple[str, Resolution]], province: Province) -> list[str]:
    """One Thai sentence for each resolution, by applicant key, in their order; "" where nothing differs."""
    kept = {one.key: one for one in meetings(session)}
    given = list(resolutions)
    districts = _districts(session, [key for key, _ in given]) if kept else {}
    return [_said(one, kept.get(_key(one, districts.get(key, ""))), province) for key, one in given]


def _districts(session: Session, keys: list[str]) -> dict[str, str]:
    query = select(ApplicantRow.key, ApplicantRow.district)
    found: dict[str, str] = {}
    for chunk in batched(keys, CHUNK):
        found |= dict(session.execute(query.where(ApplicantRow.key.in_(chunk))).all())
    return found


def _key(resolution: Resolution, district: str) -> str:
    if resolution.gate is Gate.PROVINCE:
        return Meeting(Level.PROVINCE, resolution.meeting_no).key
    return Meeting(Level.DISTRICT, resolution.meeting_no, district=district).key


def _said(resolution: Resolution, meeting: Meeting | None, province: Province) -> str:
    if meeting is None:
        return ""
    differs = " ".join(_differences(resolution, meeting, province))
    advice = "มติบันทึกไว้ตามที่พิมพ์ ให้ตรวจมติหรือข้อมูลการประชุม"
    return f"การประชุมครั้งที่ {meeting.number} ที่บันทึกไว้{differs} {advice}" if differs else ""


def _differences(resolution: Resolution, meeting: Meeting, province: Province) -> Iterator[str]:
    if meeting.day and meeting.day != resolution.meeting_date:
        kept, typed = (
            thai.date_words(day, thai_digits=False) for day in (meeting.day, resolution.meeting_date)
        )
        yield f"เป็นวันที่ {kept} แต่มติลงวันที่ {typed}"
    kept, typed = thai.normalise(meeting.committee), thai.normalise(resolution.committee)
    if kept and not committee_name.same(kept, typed, *_whose(meeting, province)):
        yield f"เป็นของ{kept} แต่มติเป็นของ{typed}"


def _whose(meeting: Meeting, province: Province) -> tuple[str, str]:
    """The kind of place that the committee is of, and its name."""
    district = province.district(meeting.district)
    if district is None:
        return committee_name.PROVINCE, province.name_th
    return committee_name.DISTRICT, district.name_th
