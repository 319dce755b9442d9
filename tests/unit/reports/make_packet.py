"""Makes the packet of a 12-unit province from hand-made cases, in a process of its own.

python -m tests.unit.reports.make_packet HOME OUT [edited]
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import reports.packet.lay_out
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Committees, Meeting, Orders, Settings
from mochocho.storage.files import Store
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Case
from mochocho.words.places import Province
from reports.packet.make_packet import PacketFiles, make_packet
from tests.unit.reports.made_cases import TYPES, Cases, blocking

ORDER = ("แม่จัน", "พาน")
EDITED = "กลุ่มทอผ้าบ้านหนองบัว (แก้ไขแล้ว)"


def settings(home: Path) -> Settings:
    return Settings(
        home=home,
        presentation_order=ORDER,
        meeting=Meeting(
            number="1/2568", date=date(2025, 5, 1), starts="09:00", ends="14:30", place="ห้องประชุมพวงแสด ชั้น 3"
        ),
        committees=Committees(provincial_order=Orders(number="6459/2567", date=date(2024, 11, 18))),
    )


def twelve(store: Store, *, edited: bool = False) -> list[Case]:
    """Ten units that passed in two districts, two that are held back. `edited`: the sixth is renamed."""
    made = Cases(Province.named("เชียงราย"), store, pictures=4)
    cases = [made.case(ORDER[no % 2], TYPES[no % 4], no) for no in range(10)]
    cases += [made.case("พาน", t, 20, passed=False, findings=[blocking("ขาดใบสมัคร")]) for t in TYPES[:2]]
    if edited:
        named = replace(cases[5].application, name=EDITED)
        cases[5] = replace(cases[5], application=named)
    return cases


class MadeCases:
    """These cases as if they stood in the database."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = {case.application.key: case for case in cases}

    def each(self) -> Iterator[Case]:
        return iter(self._cases.values())

    def of(self, keys: Iterable[str]) -> Iterator[Case]:
        return (self._cases[key] for key in keys)


def instead(cases: Sequence[Case]) -> Callable[[Home], AbstractContextManager[MadeCases]]:
    """What stands for `casebook.opened`."""
    return lambda _home: nullcontext(MadeCases(cases))


def packet(home: Home, out: Path, cases: Sequence[Case]) -> PacketFiles:
    """The packet of these cases instead of those of the database."""
    reports.packet.lay_out.opened = instead(cases)
    return make_packet(home, out)


def main() -> None:
    home_dir, out, *rest = sys.argv[1:]
    home = open_home(settings(Path(home_dir)))
    upgrade(home.engine)
    packet(home, Path(out), twelve(home.store, edited=bool(rest))[:: -1 if rest else 1])
    home.engine.dispose()


if __name__ == "__main__":
    main()
