"""What meeting and settings contribute to a packet: the occasion and the emblem."""

from dataclasses import replace

from mochocho.settings.config import Orders
from mochocho.standards.origins import is_official
from mochocho.storage.home import Home
from processing.meetings import packet_meeting
from processing.meetings.meeting import Appointment, Meeting
from reports.packet.emblem import emblem
from reports.view.letters.convened import Convened
from reports.view.occasion import Occasion, Order, Sitting
from reports.view.pictures import Picture, Size
from reports.view.printed_words import Words


def occasion_of(home: Home) -> Occasion:
    """The meeting that the packet is for, committees and cycle. What is not known yet prints as dots."""
    s, meeting = home.settings, packet_meeting.of_home(home)
    if meeting and home.redacted:  # nobody can tell what an annex holds, or who signed it
        meeting = replace(meeting, annexes=())
    committee = meeting.committee if meeting else ""
    return Occasion(
        province=home.province.name_th,
        year_be=home.pack.fiscal_year_be,
        programme=home.pack.programme_th,
        official=is_official(home.pack),
        sitting=sitting(meeting),
        provincial_committee=committee or s.committees.provincial_th,
        provincial_order=_appointed(meeting) or _order(s.committees.provincial_order),
        district_committee=s.committees.district_th,
        district_order=_order(s.committees.district_order),
        words=Words(s.papers.thai_digits),
        meeting=meeting,
    )


def convened(home: Home, meeting: Meeting) -> Convened:
    """A meeting with its cycle and, of a district's committee, its district."""
    district = home.province.district(meeting.district)
    return Convened(meeting, occasion_of(home), district.name_th if district else "")


def sitting(meeting: Meeting | None) -> Sitting | None:
    """When and where a meeting is."""
    if meeting is None:
        return None
    m = meeting
    return Sitting(m.number, m.day, m.starts, m.ends, m.place, m.schedule.minutes)


def _appointed(meeting: Meeting | None) -> Order | None:
    given = meeting.appointment if meeting else Appointment()
    return Order(given.number, given.day) if given.number else None


def _order(order: Orders | None) -> Order | None:
    return Order(order.number, order.date) if order else None


def emblem_of(home: Home) -> Picture | None:
    """The emblem for the cover, put into the store. Raises Terminal when it cannot be used."""
    image = emblem(home)
    return Picture(home.store.put(image), Size.EMBLEM) if image is not None else None
