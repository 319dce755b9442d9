"""Rounds: late, early, in another order, twice, and for the same days; the day a person gave decides."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mochocho.words.model import ApplicantType, Finding, Knowledge, OwnWork, Round, ScoreSheet, SelfAssessment
from processing.assessment.own_work import own_work
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.rounds.calendar import NO_CALENDAR, Calendar, Stage, Term
from processing.rounds.round_checks import check
from tests.pins.applicants import PACK, application, assessed, item, plan, sheet

TYPE = ApplicantType.GROUP
FIRST, DUE = date(2025, 2, 1), date(2025, 2, 28)
REPORTS = {Stage.APPLICANT_LIST, Stage.RESULTS}  # no form is of them
EVERYTHING: Calendar = dict.fromkeys(Stage, Term(FIRST, DUE))
DAY = timedelta(days=1)


def own(*assessments: SelfAssessment, agreed_on: date | None = None) -> OwnWork:
    plans = (plan(item(TYPE), agreed_on=agreed_on),) if agreed_on else ()
    return own_work(
        application(TYPE),
        plans,
        assessments,
        lambda _: PACK.standard(TYPE),
        lambda _: PACK.standard(TYPE),
    )


def self_assessed(round_: Round, day: date | None, number: int = 1, **changes: Any) -> SelfAssessment:
    ids = {"root_id": f"{round_}-{number}", "instance_id": f"{round_}-{number}-1"}
    return assessed(TYPE, round_, assessed_on=day, **{**ids, **changes})


def found(
    own_part: OwnWork | None = None,
    sheets: Iterable[ScoreSheet] = (),
    records: Iterable[Knowledge] = (),
    calendar: Calendar = NO_CALENDAR,
    applied_on: date | None = None,
) -> list[Finding]:
    who = application(TYPE, applied_on=applied_on)
    return list(check(who, own_part or OwnWork(), sheets, records, calendar))


def codes(*args: Any, **kwargs: Any) -> list[str]:
    return [finding.code for finding in found(*args, **kwargs)]


def of_stage(stage: Stage, day: date | None) -> dict[str, Any]:
    """One form of this stage and day."""
    match stage:
        case Stage.APPLICATION:
            return {"applied_on": day}
        case Stage.PLAN:
            return {"own_part": own(agreed_on=day)}
        case Stage.KNOWLEDGE:
            return {"records": (Knowledge("n", "n-1", "1", "k", "ก", "เรื่อง", "", "", day, ""),)}
        case Stage.ONSITE | Stage.PROVINCIAL:
            return {"sheets": (sheet(TYPE, "นายหนึ่ง", visited_on=day, round=Round(stage.value)),)}
        case _:
            return {"own_part": own(self_assessed(Round(stage.value), day))}


@pytest.mark.parametrize("stage", sorted(set(Stage) - REPORTS))
@pytest.mark.parametrize(
    ("day", "code"),
    [
        (FIRST - DAY, ["round.early"]),
        (FIRST, []),
        (DUE, []),
        (DUE + DAY, ["round.late"]),
        (None, []),  # another finding asks for the day
    ],
)
def test_each_stage_has_its_first_and_its_last_day(stage: Stage, day: date | None, code: list[str]) -> None:
    assert codes(**of_stage(stage, day), calendar=EVERYTHING) == code


@pytest.mark.parametrize("stage", sorted(set(Stage) - REPORTS))
def test_what_has_no_term_is_never_late_and_what_has_no_first_day_never_early(stage: Stage) -> None:
    others = {one: term for one, term in EVERYTHING.items() if one is not stage}
    assert codes(**of_stage(stage, date(2026, 1, 1)), calendar=others) == []
    only_due = {stage: Term(None, DUE)}
    assert codes(**of_stage(stage, date(2024, 1, 1)), calendar=only_due) == []
    assert codes(**of_stage(stage, DUE + DAY), calendar=only_due) == ["round.late"]


def test_whoever_reads_is_told_in_their_words() -> None:
    (late,) = found(**of_stage(Stage.SELF_AFTER, date(2025, 3, 5)), calendar=EVERYTHING)
    fact = "แบบประเมินตนเองหลังพัฒนาลงวันที่ ๕ มี.ค. ๒๕๖๘ หลังวันครบกำหนดของรอบ (๒๘ ก.พ. ๒๕๖๘)"
    assert said(late, Audience.COMMITTEE) == fact
    assert said(late, Audience.FIELD) == f"{fact} หากกรอกวันที่คลาดเคลื่อน ให้แก้ไขแบบแล้วส่งใหม่"
    (visit,) = found(**of_stage(Stage.ONSITE, date(2025, 3, 5)), calendar=EVERYTHING)
    assert said(visit, Audience.COMMITTEE).startswith("แบบให้คะแนนของนายหนึ่งลงวันที่ ๕ มี.ค. ๒๕๖๘")
    assert said(visit, Audience.FIELD) == ""  # an assessor's own


def test_a_form_sent_late_that_was_filled_in_in_time_is_in_time() -> None:
    held_back = self_assessed(Round.SELF_AFTER, DUE, received_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert codes(own(held_back), calendar=EVERYTHING) == []


JAN, FEB, MAR = date(2025, 1, 10), date(2025, 2, 10), date(2025, 3, 10)


@pytest.mark.parametrize(
    ("own_part", "sheets", "told"),
    [
        (own(self_assessed(Round.SELF_BEFORE, FEB), agreed_on=JAN), (), [("plan", "self_before")]),
        (own(self_assessed(Round.SELF_BEFORE, JAN), agreed_on=JAN), (), []),  # one forum does both
        (own(self_assessed(Round.SELF_AFTER, JAN), agreed_on=FEB), (), [("self_after", "plan")]),
        (own(self_assessed(Round.SELF_AFTER, FEB)), (JAN,), [("onsite", "self_after")]),
        (own(self_assessed(Round.SELF_AFTER, FEB)), (FEB,), []),
        (own(self_assessed(Round.SELF_AFTER, FEB)), (JAN, MAR), [("onsite", "self_after")]),
        (own(self_assessed(Round.SELF_PERIODIC, MAR), agreed_on=FEB), (JAN,), [("onsite", "self_periodic")]),
        (own(self_assessed(Round.SELF_BEFORE, JAN), self_assessed(Round.SELF_AFTER, MAR)), (MAR,), []),
        # told by `self_assessment.order`
        (own(self_assessed(Round.SELF_BEFORE, MAR), self_assessed(Round.SELF_AFTER, JAN)), (), []),
        (own(self_assessed(Round.SELF_AFTER, None)), (JAN,), []),
    ],
)
def test_what_came_in_another_order_names_what_comes_first(
    own_part: OwnWork, sheets: tuple[date, ...], told: list[tuple[str, str]]
) -> None:
    visits = [sheet(TYPE, f"นาย{n}", visited_on=day) for n, day in enumerate(sheets)]
    values = [(f.subject, dict(f.values)) for f in found(own_part, visits) if f.code == "round.order"]
    assert [(subject, given["earlier_form"]) for subject, given in values] == told


def test_the_province_looks_after_the_district() -> None:
    sheets = (
        sheet(TYPE, "นายหนึ่ง", visited_on=FEB),
        sheet(TYPE, "นายสอง", visited_on=JAN, round=Round.PROVINCIAL),
    )
    (finding,) = found(sheets=sheets)
    assert "แบบให้คะแนนของนายสองลงวันที่ ๑๐ ม.ค. ๒๕๖๘ ก่อนแบบให้คะแนน" in said(finding, Audience.COMMITTEE)


@pytest.mark.parametrize(
    ("first", "second", "interval", "overlaps"),
    [
        (date(2025, 1, 10), date(2025, 4, 10), 3, False),
        (date(2025, 1, 10), date(2025, 4, 9), 3, True),
        (date(2025, 1, 10), date(2025, 7, 10), 6, False),
        (date(2025, 1, 10), date(2025, 7, 9), 6, True),
        (date(2024, 11, 30), date(2025, 2, 28), 3, False),  # February has no 30th
        (date(2024, 11, 30), date(2025, 2, 27), 3, True),
        (date(2025, 1, 10), date(2025, 1, 11), None, False),  # months not said
        (date(2025, 1, 10), date(2025, 1, 11), 99_999_999, True),
    ],
)
def test_periodic_ones_closer_than_their_months_cover_the_same_days(
    first: date, second: date, interval: int | None, overlaps: bool
) -> None:
    rounds = (
        self_assessed(Round.SELF_PERIODIC, first, 1, interval=interval),
        self_assessed(Round.SELF_PERIODIC, second, 2, interval=interval),
    )
    for given in (rounds, rounds[::-1]):  # in whatever order they came
        assert codes(own(*given)) == (["round.overlap"] if overlaps else [])


def test_two_rounds_of_one_day_are_one_period() -> None:
    both = own(self_assessed(Round.SELF_BEFORE, JAN), self_assessed(Round.SELF_AFTER, JAN))
    (finding,) = found(both)
    assert said(finding, Audience.COMMITTEE) == (
        "แบบประเมินตนเองหลังพัฒนาและแบบประเมินตนเองก่อนพัฒนาลงวันที่ ๑๐ ม.ค. ๒๕๖๘ วันเดียวกัน จึงเป็นผลของช่วงเดียวกัน"
    )


NOON = datetime(2025, 3, 20, 5, tzinfo=UTC)


@pytest.mark.parametrize("round_", [Round.SELF_BEFORE, Round.SELF_PERIODIC, Round.SELF_AFTER])
@pytest.mark.parametrize(
    ("received", "kept", "why"),
    [
        ((NOON, NOON + DAY), 2, "จึงนับชุดที่เซิร์ฟเวอร์รับหลังสุด"),
        ((NOON + DAY, NOON), 1, "จึงนับชุดที่เซิร์ฟเวอร์รับหลังสุด"),
        ((None, NOON), 2, "จึงนับชุดที่เซิร์ฟเวอร์รับหลังสุด"),
        ((None, None), 2, "จึงนับชุดที่รหัสมาหลัง"),
        ((NOON, NOON), 2, "จึงนับชุดที่รหัสมาหลัง"),
    ],
)
def test_of_a_round_sent_twice_one_counts_and_the_finding_says_why(
    round_: Round, received: tuple[datetime | None, datetime | None], kept: int, why: str
) -> None:
    twice = [self_assessed(round_, JAN, n, received_at=at) for n, at in enumerate(received, 1)]
    for given in (twice, twice[::-1]):
        part = own(*given)
        assert [r.assessment.root_id for r in part.rounds] == [f"{round_}-{kept}"]
        (repeated,) = (f for f in part.remarks if f.code == "self_assessment.duplicate")
        assert "มากกว่าหนึ่งชุด" in said(repeated, Audience.OFFICE)
        assert why in said(repeated, Audience.OFFICE)
        assert repeated.read_from.instance_id == f"{round_}-{3 - kept}-1"  # of the one passed over


def test_periodic_ones_of_other_days_and_of_no_day_all_count() -> None:
    rounds = [
        self_assessed(Round.SELF_PERIODIC, day, n)
        for n, day in enumerate((JAN, None, date(2025, 5, 1), None))
    ]
    part = own(*rounds)
    assert len(part.rounds) == 4
    assert [f.code for f in part.remarks if f.code.endswith("duplicate")] == []


def test_the_later_day_counts_and_both_days_are_named() -> None:
    part = own(self_assessed(Round.SELF_AFTER, JAN, 1), self_assessed(Round.SELF_AFTER, FEB, 2))
    (repeated,) = (f for f in part.remarks if f.code == "self_assessment.duplicate")
    assert "นับชุดวันที่ ๑๐ ก.พ. ๒๕๖๘ ไม่นับชุดวันที่ ๑๐ ม.ค. ๒๕๖๘" in said(repeated, Audience.COMMITTEE)
    assert replace(part.rounds[0].assessment).assessed_on == FEB
