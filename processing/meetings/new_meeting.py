"""A meeting that begins: what the office set or kept before is taken over, so that nobody types it again."""

from dataclasses import replace

from sqlalchemy.orm import Session

from mochocho.settings.config import Assessor, Settings
from mochocho.words.places import District
from processing.meetings import kept, packet_meeting
from processing.meetings.committee_name import of_district
from processing.meetings.meeting import Level, Meeting, Member, Person, Role, Schedule
from processing.meetings.meeting_number import is_before


def begun(session: Session, settings: Settings, number: str, district: District | None) -> Meeting:
    """A meeting of this number of the province's committee, or of the district's.

    From the committee's last kept meeting: members, letter heads, own texts, contact, order of presentation.
    Where none is kept, from the settings: [meeting] if it is the same or was before, [committees],
    presentation_order.
    """
    code = district.code if district else ""
    earlier = [one for one in kept.meetings(session) if one.district == code]
    if earlier:
        return _after(earlier[-1], number)
    return _of_district(settings, number, district) if district else _of_province(settings, number)


def _after(last: Meeting, number: str) -> Meeting:
    letter = replace(last.letter, number="", day=None, reply_by=None)
    return Meeting(
        last.level,
        number,
        district=last.district,
        place=last.place,
        committee=last.committee,
        appointment=last.appointment,
        members=last.members,
        quorum=last.quorum,
        previous=last.number,
        letter=letter,
        contact=last.contact,
        signatory=last.signatory,
        memo_by=last.memo_by,
        agenda=replace(last.agenda, own=(), video_shown=False),
        schedule=replace(last.schedule, begins="", pauses=()),
        texts=last.texts,
    )


def _of_province(settings: Settings, number: str) -> Meeting:
    committees = settings.committees
    members = tuple(map(_member, (one for one in committees.assessors if one.committee == "provincial")))
    named = packet_meeting.of_settings(settings)
    if named and named.number == number:
        # what a paper claims is claimed by whoever sets up the meeting
        return replace(named, members=members, agenda=replace(named.agenda, video_shown=False))
    if named and is_before(named.number, number):
        return _after(replace(named, members=members), number)
    return Meeting(
        Level.PROVINCE,
        number,
        committee=committees.provincial_th,
        appointment=packet_meeting.appointment_of(committees.provincial_order),
        members=members,
        schedule=Schedule(order=settings.presentation_order),
    )


def _of_district(settings: Settings, number: str, district: District) -> Meeting:
    committees, named = settings.committees, {district.name_th, f"อำเภอ{district.name_th}"}
    here = (
        one
        for one in committees.assessors
        if one.committee == "district" and (not one.districts or named & {*one.districts})
    )
    return Meeting(
        Level.DISTRICT,
        number,
        district=district.code,
        committee=of_district(committees.district_th, district.name_th),
        appointment=packet_meeting.appointment_of(committees.district_order),
        members=tuple(map(_member, here)),
        schedule=Schedule(by_unit=True),  # nothing but its own units comes before it
    )


def _member(one: Assessor) -> Member:
    return Member(Person(one.name), Role(one.role))
