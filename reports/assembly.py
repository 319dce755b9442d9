"""What a packet consists of: everyone in order, the occasion, the books and their parts, not typeset yet."""

from dataclasses import dataclass

from mochocho.config import Meeting, Orders
from mochocho.home import Home
from processing.casebook import cases
from processing.packs import Packs
from reports.emblem import emblem
from reports.view.arrange import Group, arrange
from reports.view.occasion import Occasion, Order, Sitting
from reports.view.pictures import Picture, Size
from reports.view.words import Words
from reports.volumes import Book, books


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything of a packet but its pages."""

    groups: tuple[Group, ...]
    occasion: Occasion
    books: tuple[Book, ...]


def assemble(home: Home) -> Assembly:
    """The packet as it would be now. Raises Terminal for settings a person must mend."""
    groups = tuple(arrange(cases(home), home.province, home.settings.presentation_order))
    occasion = occasion_of(home)
    return Assembly(groups, occasion, books(groups, Packs(home).of, occasion, _emblem(home)))


def occasion_of(home: Home) -> Occasion:
    """The meeting, committees and cycle that the settings and the pack name."""
    s = home.settings
    return Occasion(
        province=home.province.name_th,
        year_be=home.pack.fiscal_year_be,
        programme=home.pack.programme_th,
        official=home.pack.official,
        sitting=_sitting(s.meeting) if s.meeting else None,
        provincial_committee=s.committees.provincial_th,
        provincial_order=_order(s.committees.provincial_order),
        district_committee=s.committees.district_th,
        district_order=_order(s.committees.district_order),
        words=Words(s.papers.thai_digits),
    )


def _sitting(meeting: Meeting) -> Sitting:
    m = meeting
    return Sitting(m.number, m.date, m.starts, m.ends, m.place, m.minutes_per_district)


def _order(order: Orders | None) -> Order | None:
    return Order(order.number, order.date) if order else None


def _emblem(home: Home) -> Picture | None:
    image = emblem(home)
    return Picture(home.store.put(image), Size.EMBLEM) if image is not None else None
