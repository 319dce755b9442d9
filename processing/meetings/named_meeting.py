"""Which meeting a person means who types its number."""

from mochocho.excel.typed import arabic
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.places import District
from mochocho.words.thai import normalise
from processing.meetings import kept, packet_meeting
from processing.meetings.meeting import Level, Meeting


def named(home: Home, written: str) -> Meeting:
    """The kept meeting of `1/2568` (the province's), `แม่จัน:1/2568` or a key; "" = the one that the packet is
    for, which the settings alone may name.

    Raises Terminal with what there is.
    """
    with reading(home.engine) as session:
        of_packet = packet_meeting.meeting_of_packet(session, home.settings)
        key = key_of(home, written) if written.strip() else of_packet and of_packet.key
        meeting = of_packet if of_packet and of_packet.key == key else kept.meeting_of(session, key or "")
        there = ", ".join(shown(home, one) for one in kept.meetings(session))
    if meeting is None and there:
        raise Terminal(
            f"ไม่มีการประชุม “{written}” ที่บันทึกไว้คือ: {there}", f'no meeting "{written}"; there are: {there}'
        )
    if meeting is None:
        raise Terminal(
            "ยังไม่ได้ตั้งการประชุม สั่ง `mochocho meeting new` เพื่อเริ่ม",
            "no meeting is set up yet; `mochocho meeting new` begins one",
        )
    return meeting


def key_of(home: Home, written: str) -> str:
    """The key that a person means. Raises Terminal where it names no district."""
    place, _, number = arabic(normalise(written)).rpartition(":")
    if not place or place == Level.PROVINCE:
        return Meeting(Level.PROVINCE, number).key
    return Meeting(Level.DISTRICT, number, district=district_of(home, place).code).key


def district_of(home: Home, name: str) -> District:
    """The district of this name or code. Raises Terminal where there is none in the province."""
    if district := home.province.district(home.province.code_of(name)):
        return district
    raise Terminal(
        f"จังหวัด{home.province.name_th}ไม่มีอำเภอ “{name}” ให้ตรวจชื่อ",
        f'{home.province.name_th} has no district "{name}"',
    )


def shown(home: Home, meeting: Meeting) -> str:
    """As `named` takes it."""
    district = home.province.district(meeting.district)
    return f"{district.name_th}:{meeting.number}" if district else meeting.number
