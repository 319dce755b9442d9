"""What the settings contribute to a packet: meeting, committees, emblem."""

from mochocho.settings.config import Orders, Settings
from mochocho.standards.origins import is_official
from mochocho.storage.home import Home
from reports.packet.emblem import emblem
from reports.view.occasion import Occasion, Order, Sitting
from reports.view.pictures import Picture, Size
from reports.view.printed_words import Words


def occasion_of(home: Home) -> Occasion:
    """The meeting, committees and cycle named by the settings and the pack."""
    s = home.settings
    return Occasion(
        province=home.province.name_th,
        year_be=home.pack.fiscal_year_be,
        programme=home.pack.programme_th,
        official=is_official(home.pack),
        sitting=sitting(s),
        provincial_committee=s.committees.provincial_th,
        provincial_order=_order(s.committees.provincial_order),
        district_committee=s.committees.district_th,
        district_order=_order(s.committees.district_order),
        words=Words(s.papers.thai_digits),
    )


def sitting(settings: Settings) -> Sitting | None:
    """The meeting of the settings; None where they name none."""
    if (m := settings.meeting) is None:
        return None
    return Sitting(m.number, m.date, m.starts, m.ends, m.place, m.minutes_per_district)


def _order(order: Orders | None) -> Order | None:
    return Order(order.number, order.date) if order else None


def emblem_of(home: Home) -> Picture | None:
    """The emblem for the cover, put into the store. Raises Terminal when it cannot be used."""
    image = emblem(home)
    return Picture(home.store.put(image), Size.EMBLEM) if image is not None else None
