"""The meeting that a home's packet is for: the one that is kept, or, while none is, that of its settings."""

from dataclasses import replace

from sqlalchemy.orm import Session

from mochocho.settings.config import Orders, Settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.meetings.committee_name import of_district, of_province
from processing.meetings.kept import provincial
from processing.meetings.meeting import (
    Agenda,
    Appointment,
    Contact,
    Letter,
    Level,
    Meeting,
    Schedule,
    Signatory,
)


def of_home(home: Home) -> Meeting | None:
    """As `meeting_of_packet`, of what is kept now."""
    with reading(home.engine) as session:
        return meeting_of_packet(session, home.settings)


def committee_of(home: Home, meeting: Meeting | None) -> str:
    """The committee as papers of this meeting call it, and resolutions name it; None = the province's."""
    name, committees = meeting.committee if meeting else "", home.settings.committees
    if district := home.province.district(meeting.district if meeting else ""):
        return of_district(name or committees.district_th, district.name_th)
    return of_province(name or committees.provincial_th, home.province.name_th)


def meeting_of_packet(session: Session, settings: Settings) -> Meeting | None:
    """The provincial meeting of the latest number that is kept; else of the settings; None without either."""
    return provincial(session) or of_settings(settings)


def of_settings(settings: Settings) -> Meeting | None:
    """The meeting that the settings name, with what papers said of every meeting before it was data."""
    if (meeting := settings.meeting) is None:
        return None
    committees = settings.committees
    return Meeting(
        Level.PROVINCE,
        meeting.number,
        day=meeting.date,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
        committee=committees.provincial_th,
        appointment=appointment_of(committees.provincial_order),
        agenda=Agenda(video_shown=True),
        schedule=Schedule(minutes=meeting.minutes_per_district, order=settings.presentation_order),
    )


def order_of(home: Home) -> tuple[str, ...]:
    """The districts in the order of presentation, by name; those not named follow by name."""
    meeting = of_home(home)
    return home.settings.presentation_order if meeting is None else meeting.schedule.order


def as_bound(meeting: Meeting) -> Meeting:
    """What of a meeting the packet prints: it is made anew for a change of this and of nothing else."""
    return replace(
        meeting,
        members=(),
        quorum=None,
        letter=Letter(),
        contact=Contact(),
        signatory=Signatory(),
        circular=Letter(),
        memo=Letter(),
        memo_by=Signatory(),
        replies=(),
        held=None,
        signed=(),
        texts=(),
    )


def appointment_of(order: Orders | None) -> Appointment:
    """As the settings name the order that appointed a committee."""
    return Appointment(order.number, order.date) if order else Appointment()
