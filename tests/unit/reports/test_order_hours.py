"""The hours of each district in the order of presentation."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mochocho.storage.files import Store
from mochocho.words.places import Province
from processing.meetings.meeting import Level, Meeting, Pause, Schedule
from reports.typesetting.fonts import face
from reports.typesetting.parts import Part
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import Typesetter
from reports.view.arrange import Group
from reports.view.front import OrderPaper, order_paper
from reports.view.occasion import Occasion
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import TYPES, Cases, arranged, occasion

LAMPHUN = Province.named("ลำพูน")
LUNCH = Pause("12:00", "13:00")
LAST = LAMPHUN.districts[-1].name_th


def groups() -> tuple[Group, ...]:
    """Four units in every district but the last, which has none."""
    rows = {district.name_th: [1] * len(TYPES) for district in LAMPHUN.districts[:-1]}
    return arranged(list(Cases(LAMPHUN).province_of(rows)), LAMPHUN, (*rows, LAST))


def of(schedule: Schedule, ends: str = "16:30", *, thai_digits: bool = False) -> Occasion:
    meeting = Meeting(Level.PROVINCE, "1/2564", starts="09:00", ends=ends, schedule=schedule)
    return replace(occasion(thai_digits=thai_digits), province="ลำพูน", meeting=meeting)


def paper(schedule: Schedule, ends: str = "16:30") -> OrderPaper:
    return order_paper(groups(), of(schedule, ends))


def test_lamphuns_day_as_its_districts_read_it() -> None:
    """rules.md 40: a quarter of an hour each, and one for questions; lunch is kept free."""
    made = paper(Schedule(15, 15, pauses=(LUNCH,)))
    assert made.hours == (
        "เวลา",
        *(
            "09.00 - 09.30",
            "09.30 - 10.00",
            "10.00 - 10.30",
            "10.30 - 11.00",
            "11.00 - 11.30",
            "11.30 - 12.00",
        ),
        *("13.00 - 13.30", "-"),
    )
    turns = [row[:2] for row in made.table.rows]
    assert turns[-2:] == [("7", LAMPHUN.districts[-2].name_th), ("-", LAST)], (
        "who presents nobody has no turn"
    )
    assert made.note == (
        "หมายเหตุ เวลาการนำเสนอ จำนวน 15 นาที และซักถาม จำนวน 15 นาที ต่ออำเภอ "
        "พักรับประทานอาหารกลางวัน เวลา 12.00 - 13.00 น."
    )


def test_of_units_that_present_one_by_one_the_district_has_its_first_to_its_last_minute() -> None:
    made = paper(Schedule(5, by_unit=True, begins="09:30"))
    assert made.hours[1:3] == ("09.30 - 09.50", "09.50 - 10.10")
    assert made.note.endswith("ต่อหน่วยงาน")


def test_who_finds_no_time_has_none_printed() -> None:
    assert paper(Schedule(60, begins="09:00"), "12:00").hours[4:6] == ("-", "-")


def test_a_meeting_that_does_not_say_when_presentations_begin_or_pause_has_no_hours() -> None:
    made = paper(Schedule(15))
    assert made.hours == ()
    assert made == order_paper(groups(), replace(of(Schedule(15)), meeting=None))


def _typeset(folder: Path, made: Occasion, shown: Sequence[Group]) -> str:
    typesetter = Typesetter(Store(folder / "store").root, folder / "cache", face(None, ""), thai_digits=True)
    printer = Printer(typesetter, whole_names(LAMPHUN))
    sheet = printer.sheet(Part("order", "ลำดับการนำเสนอ", lambda _: order_paper(shown, made)), iter(()))
    with as_bound(typesetter, sheet) as document:
        assert len(document) == 1
        return document[0].get_text()


def test_the_hours_are_printed_beside_their_district_on_one_line(tmp_path: Path) -> None:
    lines = _typeset(tmp_path, of(Schedule(15, 15, pauses=(LUNCH,)), thai_digits=True), groups()).splitlines()
    assert "๑๑.๓๐ - ๑๒.๐๐" in [line.strip() for line in lines]
    assert [line.strip() for line in lines].count("เวลา") == 1
