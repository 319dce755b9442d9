"""The first page's values: rows, the year's months, what is due and who is late."""

from collections import Counter
from datetime import date

from mochocho.words.model import ApplicantType, Gate
from processing.rounds.calendar import Stage, Term
from processing.standings.standing import NO_MONTH
from processing.standings.standing_figures import Counts, Tally
from reports.screens.overview_screen import deadlines, overview_screen
from reports.screens.year_chart import ROW, year_chart
from tests.unit.reports.made_cases import PACK

DUE = date(2025, 3, 31)


def counts() -> Counts:
    found = Counts()
    leaders = Tally(4, 1, Counter(), Counter({Gate.ELIGIBLE: 4, Gate.PLAN: 3}), Counter({Gate.DISTRICT: 4}))
    elsewhere = Tally(1, 0, Counter(), Counter({Gate.ELIGIBLE: 1}), Counter({Gate.DOCUMENTS: 1}))
    found.by_place = {("5701", ApplicantType.LEADER): leaders, ("9999", ApplicantType.GROUP): elsewhere}
    found.months[Gate.ELIGIBLE] = Counter({"2024-11": 2, "2025-01": 2, NO_MONTH: 1})
    return found


def test_a_district_outside_the_province_is_still_counted() -> None:
    screen = overview_screen(counts(), [("เมือง", "5701"), ("เทิง", "5704")], PACK, date(2025, 2, 1))
    assert [(row.name, row.count, row.types) for row in screen.rows] == [
        ("เมือง", 4, (4, 0, 0, 0)),
        ("เทิง", 0, (0, 0, 0, 0)),
        ("9999", 1, (0, 1, 0, 0)),
    ]
    assert (screen.whole.count, screen.whole.gates[1], screen.whole.gates[5]) == (5, 1, 4)
    assert sum(row.count for row in screen.types) == 5


def test_the_year_goes_on_up_to_this_month_and_ends_in_september() -> None:
    chart = year_chart(counts(), PACK, date(2025, 2, 1))
    assert chart.months == ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.")
    first = chart.rows[0]
    assert [column.count for column in first.columns] == [0, 2, 2, 4, 4]
    assert (first.now, first.unknown) == (5, 1)
    assert all(0 <= column.y == ROW - column.height for column in first.columns)
    assert len(year_chart(counts(), PACK, date(2031, 1, 1)).months) == 12
    assert year_chart(counts(), PACK, date(2020, 1, 1)).months == ("ม.ค.",)


def test_nobody_at_all_draws_nothing_of_any_height() -> None:
    chart = year_chart(Counts(), PACK, date(2025, 2, 1))
    assert chart.whole == 0
    assert {column.height for row in chart.rows for column in row.columns} == {0}


def test_what_is_due_is_late_only_for_whoever_has_not_passed_it() -> None:
    calendar = {stage: Term(None, DUE) for stage in (Stage.APPLICATION, Stage.PLAN, Stage.KNOWLEDGE)}
    told = {one.text: one for one in deadlines(calendar, {"plan": "แผน"}, None, counts(), date(2025, 4, 2))}
    assert (told["แผน"].open, told["แผน"].late, told["แผน"].left) == (2, True, "ผ่านมาแล้ว 2 วัน")
    assert not told["application"].late
    (soon,) = deadlines({Stage.PLAN: Term(None, DUE)}, {}, None, counts(), date(2025, 3, 28))
    assert (soon.left, soon.soon, soon.late, soon.day) == (
        "เหลือ 3 วัน",
        True,
        False,
        "วันจันทร์ที่ 31 มีนาคม 2568",
    )
    (today,) = deadlines({Stage.PLAN: Term(None, DUE)}, {}, None, counts(), DUE)
    assert today.left == "วันนี้"
