"""Applicants put into the register without a form, for tests of what is decided about them."""

from datetime import date

from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing import codec
from processing.tables import ApplicantRow
from tests.pins.applicants import application

DISTRICT = "5701"


def name(number: int) -> str:
    return f"กลุ่มตัวอย่าง {number}"


def put(home: Home, *numbers: int, district: str = DISTRICT) -> None:
    """Applicants as the register has them: `number` 3 is `k3`, and applied on the third."""
    with transaction(home.engine) as session:
        for n in numbers:
            read = application(ApplicantType.GROUP, key=f"k{n}", root_id=f"r{n}", applied_on=date(2025, 1, n))
            session.add(
                ApplicantRow(
                    key=f"k{n}",
                    root_id=f"r{n}",
                    instance_id=f"i{n}",
                    state_digest="d",
                    type="group",
                    name=name(n),
                    district=district,
                    application=codec.dump(read),
                )
            )
