"""Resolutions typed into a page are those of the clerk's sheet: the same rows, each mistake in its place."""

from datetime import date

import pytest

from mochocho.excel.cells import Sheet
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions import recorded
from processing.decisions.clerks_sheet import (
    COMMITTEE,
    CONDITION,
    DAY,
    DUE,
    KEY,
    MEETING,
    NAME,
    OUTCOME,
    PRESENT,
    REASON,
    written,
)
from processing.decisions.committees import resolved_so_far, typed_rows
from processing.decisions.committees.resolved_so_far import Progress
from processing.decisions.decision import Decision, Kind, of_resolution
from processing.decisions.office.filled_file import ImportReport
from processing.decisions.record_resolutions import listed, read_sheets
from processing.decisions.recorder import Overtaken, record_decisions
from tests.integration.registered import name, put

BY = "นางบันทึก ตัวอย่าง"
ONCE = {
    COMMITTEE: "คณะกรรมการตรวจประเมินอำเภอตัวอย่าง",
    MEETING: "๑/๒๕๖๘",
    DAY: "๑๐ เมษายน ๒๕๖๘",
    PRESENT: "๗",
}
MET = date(2025, 4, 10)


@pytest.fixture
def office(any_home: Home) -> Home:
    """Three units of the first district, the last of which withdrew, and one of the second."""
    here, elsewhere = (district.code for district in any_home.province.districts[:2])
    put(any_home, 1, 2, 3, district=here)
    put(any_home, 4, district=elsewhere)
    record_decisions(any_home, [Decision(Kind.WITHDRAW, "k3", reason="ย้าย", recorded_by=BY)])
    return any_home


def row(n: int, **typed: str) -> dict[str, str]:
    words = {"outcome": OUTCOME, "reason": REASON, "condition": CONDITION, "due": DUE, "meeting": MEETING}
    return {KEY: f"k{n}", NAME: name(n), **{words[part]: text for part, text in typed.items()}}


def sent(office: Home, sheet: Sheet, *, shown: int | None = None) -> ImportReport:
    return read_sheets(office, [sheet], BY).record(office, shown=shown)


def resolutions(home: Home) -> dict[str, Resolution]:
    with reading(home.engine) as session:
        found = recorded.latest_resolutions(session, ["k1", "k2", "k3", "k4"])
    return {key: own[0] for key, own in found.items()}


def test_what_is_typed_is_recorded_as_from_the_workbook(office: Home) -> None:
    rows = [
        row(1, outcome="รับรอง"),
        row(2, outcome="รับรองแบบมีเงื่อนไข", condition="ส่งแผน\nปีหน้า", due="๓๐ พฤษภาคม ๒๕๖๘"),
    ]
    report = sent(office, typed_rows.sheet(Gate.DISTRICT, ONCE, [*rows, row(4)]))
    assert (report.recorded, report.undecided, report.mistakes) == (2, 1, ())
    one, two = resolutions(office).values()
    assert (one.outcome, one.meeting_no, one.meeting_date, one.present) == (Outcome.PASS, "1/2568", MET, 7)
    assert (two.condition, two.due, two.recorded_by) == ("ส่งแผน\nปีหน้า", date(2025, 5, 30), BY)


def test_each_mistake_stands_beside_what_was_typed_and_nothing_is_recorded(office: Home) -> None:
    once = {**ONCE, DAY: "๑๐ เมษา ๒๕๒๘"}
    rows = [row(1, outcome="รับรอง"), row(2, outcome="ไม่รับรอง"), row(3, outcome="รับรอง")]
    report = sent(office, typed_rows.sheet(Gate.DISTRICT, once, rows))
    beside = typed_rows.beside(report.mistakes)
    assert set(beside) == {(None, DAY), (1, REASON), (2, KEY)}
    assert all(len(said) == 1 for said in beside.values())
    assert resolutions(office) == {}


def test_what_is_shown_of_a_resolution_is_the_same_when_sent_back(office: Home) -> None:
    sent(office, typed_rows.sheet(Gate.DISTRICT, ONCE, [row(1, outcome="รับรอง")]))
    (one,) = resolutions(office).values()
    again = {KEY: "k1", NAME: name(1), **written(one)}
    report = sent(office, typed_rows.sheet(Gate.DISTRICT, {}, [again]))
    assert (report.recorded, report.unchanged, report.mistakes) == (0, 1, ())


def test_a_colleagues_resolution_since_is_not_replaced_unseen(office: Home) -> None:
    with reading(office.engine) as session:
        shown = recorded.last_number(session)
    sent(office, typed_rows.sheet(Gate.DISTRICT, ONCE, [row(1, outcome="รับรอง")]), shown=shown)
    other = typed_rows.sheet(Gate.DISTRICT, ONCE, [row(1, outcome="ไม่รับรอง", reason="ไม่พบผลงาน")])
    with pytest.raises(Overtaken, match=BY):
        sent(office, other, shown=shown)


def test_progress_counts_what_is_listed(office: Home) -> None:
    here, elsewhere = (district.code for district in office.province.districts[:2])
    typed = [row(1, outcome="รับรอง"), row(2, outcome="ไม่รับรอง", reason="ไม่พบผลงาน")]
    sent(office, typed_rows.sheet(Gate.DISTRICT, ONCE, typed))
    put_off = Resolution(
        Gate.DISTRICT,
        Outcome.DEFERRED,
        ONCE[COMMITTEE],
        "1/2568",
        MET,
        "รอเอกสาร",
        recorded_by=BY,
        deferred_to="2/2568",
    )
    record_decisions(office, [of_resolution("k2", put_off)])
    with reading(office.engine) as session:
        found = resolved_so_far.of_districts(session, Gate.DISTRICT)
        assert found == {
            here: Progress(2, {Outcome.PASS: 1, Outcome.DEFERRED: 1}),
            elsewhere: Progress(1, {}),
        }
        assert (found[here].waiting, found[elsewhere].waiting) == (1, 1)
        assert resolved_so_far.of_districts(session, Gate.PROVINCE)[here] == Progress(2, {})
        for code in (here, elsewhere):
            own = listed(office, session, Gate.DISTRICT, district=code)
            assert len(own) == found[code].units
            assert sum(one.resolution is not None for one in own) == sum(found[code].outcomes.values())
