"""A home's districts as their papers need them, and the letter that reminds one."""

from collections.abc import Collection, Iterator
from datetime import date

from mochocho.settings.config import DUE_TH
from mochocho.storage.home import Home
from mochocho.words.places import District as Place
from processing.deadlines.deadlines import deadlines_of
from processing.meetings import packet_meeting
from processing.meetings.meeting import Level, Meeting
from processing.rounds import set_calendar
from processing.rounds.calendar import Stage, of_district
from reports.packet.assembly import occasion_of
from reports.view.blocks import Paper
from reports.view.districts.district_setting import District, Office
from reports.view.districts.reminder_letter import reminder_letter
from reports.view.letters.convened import Convened


def districts_of(
    home: Home, day: date, codes: Collection[str] | None = None
) -> Iterator[tuple[Place, District]]:
    """Each district, or each of these, in the order of their codes, as it stands on `day`.

    Raises Terminal as `deadlines_of`.
    """
    terms = deadlines_of(home, day, codes)
    calendar, extensions = set_calendar.of(home), set_calendar.extensions_of(home)
    occasion = occasion_of(home)
    for place in home.province.districts:
        if codes is None or place.code in codes:
            meeting = Meeting(Level.DISTRICT, "", district=place.code)
            yield (
                place,
                District(
                    Convened(meeting, occasion, place.name_th),
                    office_of(home, place.code),
                    of_district(calendar, extensions, place.code),
                    tuple(one for one in terms if one.district == place.code),
                    {stage: DUE_TH[stage.value] for stage in Stage},
                    day,
                ),
            )


def office_of(home: Home, code: str) -> Office:
    """A district's development office as the settings name it."""
    for one in home.settings.offices:
        if home.province.code_of(one.district) == code:
            return Office(one.head, one.contact, one.position, one.telephone, one.email, one.address)
    return Office()


def province_of(home: Home) -> Convened:
    """The province as it writes letters: by the meeting that the packet is for, where there is one."""
    meeting = packet_meeting.of_home(home) or Meeting(Level.PROVINCE, "")
    return Convened(meeting, occasion_of(home))


def reminder_of(home: Home, code: str, day: date) -> Paper | None:
    """The letter to a district (its code) about what is late on `day`; None where nothing is."""
    found = next((d for _, d in districts_of(home, day, [code])), None)
    return reminder_letter(province_of(home), found) if found else None
