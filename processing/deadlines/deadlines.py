"""Every district of a home with each day of its calendar, as it stands on a day that is asked about."""

from collections.abc import Collection
from datetime import date

from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing.deadlines.arrivals import arrivals
from processing.rounds import set_calendar
from processing.rounds.district_terms import DistrictTerm, district_terms


def deadlines_of(home: Home, day: date, districts: Collection[str] | None = None) -> tuple[DistrictTerm, ...]:
    """By district in the order of their codes, then by stage; `districts`: only these (codes).

    Reads every applicant of these districts. Raises Terminal where the settings give a day to a district that
    the province has not.
    """
    extensions = set_calendar.extensions_of(home)
    codes = [one.code for one in home.province.districts]
    if strange := [one.district for one in extensions if one.district not in codes]:
        raise Terminal(
            f"calendar.extensions: จังหวัด{home.province.name_th}ไม่มีอำเภอ “{strange[0]}” ให้แก้ชื่ออำเภอในการตั้งค่า",
            f'calendar.extensions: {home.province.name_th} has no district "{strange[0]}"; mend the settings',
        )
    wanted = [code for code in codes if districts is None or code in districts]
    calendar = set_calendar.of(home)
    return tuple(district_terms(calendar, extensions, wanted, arrivals(home, wanted), day))
