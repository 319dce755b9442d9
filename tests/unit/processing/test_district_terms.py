"""How districts stand to the calendar: drawn provinces against a plain count, and a district's own day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from processing.rounds.calendar import Calendar, Extension, Stage, Term, of_district
from processing.rounds.district_terms import Arrived, DistrictTerm, district_terms, next_due

DUE = date(2018, 5, 18)  # rules.md 30
LIST: Calendar = {Stage.APPLICANT_LIST: Term(None, DUE)}
DAYS = st.dates(DUE - timedelta(days=40), DUE + timedelta(days=40))
HERE, THERE = "6001", "6002"


def one(arrived: list[Arrived], day: date, calendar: Calendar = LIST, *extensions: Extension) -> DistrictTerm:
    (found,) = district_terms(calendar, extensions, [HERE], arrived, day)
    return found


def came(day: date | None, stage: Stage = Stage.APPLICANT_LIST, district: str = HERE) -> Arrived:
    return Arrived(district, "นางตัวอย่าง", {stage: day})


@given(st.lists(DAYS), DAYS)
def test_who_has_done_all_is_as_late_as_the_last_and_who_has_not_as_the_day_asked(
    days: list[date], day: date
) -> None:
    whole = one([*(came(each) for each in days), came(DUE - timedelta(days=1))], day)
    assert (whole.waits, whole.lacking) == (False, ())
    assert whole.days_late == max(0, *((each - DUE).days for each in [*days, DUE]))
    lacking = one([*(came(each) for each in days), Arrived(HERE, "นายขาด", {})], day)
    assert (lacking.done, lacking.all, lacking.lacking) == (len(days), len(days) + 1, ("นายขาด",))
    assert lacking.days_late == max(0, (day - DUE).days)


def test_a_district_without_applicants_lacks_them_and_nothing_else() -> None:
    terms: Calendar = dict.fromkeys(Stage, Term(None, DUE))
    late = DUE + timedelta(days=3)
    found = {
        each.stage: each for each in district_terms(terms, (), [HERE], [came(DUE, district=THERE)], late)
    }
    waiting = {stage for stage, each in found.items() if each.waits}
    assert waiting == {Stage.APPLICATION, Stage.APPLICANT_LIST}
    assert {found[stage].days_late for stage in waiting} == {3}
    assert found[Stage.RESULTS].days_late == 0


def test_what_is_done_on_no_known_day_is_done_and_not_late() -> None:
    found = one([came(None)], DUE + timedelta(days=9))
    assert (found.waits, found.days_late) == (False, 0)


def test_of_several_days_of_its_own_the_last_holds_in_that_district_alone() -> None:
    said = [Extension(HERE, Stage.APPLICANT_LIST, DUE + timedelta(days=n), f"เหตุ {n}") for n in (5, 2)]
    found = one([], DUE + timedelta(days=3), LIST, *said)
    assert (found.due, found.days_late, found.set_due, found.reason) == (
        DUE + timedelta(days=2),
        1,
        DUE,
        "เหตุ 2",
    )
    assert of_district(LIST, said, THERE) is LIST


def test_an_own_day_where_the_province_has_none_or_begins_later() -> None:
    own = Extension(HERE, Stage.RESULTS, DUE, "ปิดโครงการก่อน")
    found = of_district({Stage.RESULTS: Term(DUE + timedelta(days=5), DUE + timedelta(days=9))}, [own], HERE)
    assert found == {Stage.RESULTS: Term(DUE, DUE)}
    assert one([], DUE, {}, own).set_due is None


def test_the_next_day_is_the_first_that_is_not_over() -> None:
    terms: Calendar = {Stage.APPLICATION: Term(None, DUE), Stage.RESULTS: Term(None, DUE + timedelta(days=9))}
    stages = (Stage.RESULTS, Stage.APPLICATION, Stage.PLAN)
    assert next_due(terms, stages, DUE) == DUE
    assert next_due(terms, stages, DUE + timedelta(days=1)) == DUE + timedelta(days=9)
    assert next_due(terms, stages, DUE + timedelta(days=10)) is None
