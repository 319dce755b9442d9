"""What comes to the sample's office after its packet is made: documents that a person has to look at."""

from itertools import count, islice

from mochocho.app.demo import field_day
from mochocho.app.demo.field_day import Officer
from mochocho.app.demo.sample_province import Judged, Plan, Unit
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from mochocho.words.progress import ProgressCall
from sync import officers
from sync.openrosa.server import Server

MANY = 6  # leaders whose copy of the ID card is dark


def arrive(home: Home, plan: Plan, progress: ProgressCall | None = None) -> None:
    """Send the late applications of the first two districts, and take them in; papers are not made anew."""
    late = Plan(plan.province, plan.districts[:2], tuple(_units(plan)), plan.photo_width)
    server = Server(home, "127.0.0.1", 0)
    server.start()
    try:
        staff = tuple(_officer(home, district, server.url) for district in late.districts)
        field_day.send_applications(home, late, staff, progress)
    finally:
        server.stop()
    run_once(home, progress)


def _units(plan: Plan) -> "list[Unit]":
    numbers = islice(count(max(unit.number for unit in plan.units) + 1), MANY)
    return [
        Unit(number, plan.districts[number % 2], ApplicantType.LEADER, judged=Judged.ACCEPTED)
        for number in numbers
    ]


def _officer(home: Home, district: str, url: str) -> Officer:
    """The officer of this district, whose phone gets a new code."""
    code = next(one.code for one in home.province.districts if one.name_th == district)
    one = next(one for one in officers.listing(home) if code in one.districts)
    return Officer(district, code, f"{url}/key/{officers.renew(home, one.id)}")
