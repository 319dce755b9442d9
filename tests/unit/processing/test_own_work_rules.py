"""An applicant's own forms: which of them count, what keeps g3 to g5 shut, what a person should look at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from mochocho.words.model import (
    ApplicantType,
    Doubt,
    DoubtedDay,
    Finding,
    HeldMeeting,
    OwnResult,
    OwnWork,
    Plan,
    Round,
    SelfAssessment,
)
from processing.assessment.own_work import own_work
from tests.pins.applicants import (
    EARLIER,
    ELSEWHERE,
    HOME,
    PACK,
    answers,
    application,
    assessed,
    item,
    plan,
)
from xlsforms import names

NETWORK = ApplicantType.NETWORK
STANDARD = PACK.standard(NETWORK)
FIRST, SECOND = (indicator.code for indicator in STANDARD.indicators[:2])
BEFORE, PERIODIC, AFTER = Round.SELF_BEFORE, Round.SELF_PERIODIC, Round.SELF_AFTER
EARLY, LATE = datetime(2025, 4, 1, tzinfo=UTC), datetime(2025, 4, 2, tzinfo=UTC)
DOUBTED = DoubtedDay("assessed_on", "วันที่ประเมิน", "2568-02-30", Doubt.BUDDHIST)


def own(plans: Iterable[Plan] = (), selves: Iterable[SelfAssessment] = (), **changes: Any) -> OwnWork:
    def by(version: str) -> Any:
        return (EARLIER if version == "0" else PACK).standard(NETWORK)

    return own_work(application(NETWORK, **changes), plans, selves, by, by)


def at(round_: Round, day: date | None = date(2025, 2, 1), name: str = "", **changes: Any) -> SelfAssessment:
    named = {"root_id": name, "instance_id": f"{name}-1"} if name else {}
    return assessed(NETWORK, round_, assessed_on=day, **named, **changes)


def told(findings: Iterable[Finding] | None) -> list[tuple[str, dict[str, Any]]]:
    assert findings is not None
    return [(finding.code, dict(finding.values)) for finding in findings]


def test_nothing_came_is_not_something_incomplete() -> None:
    assert own() == OwnWork()


def test_a_complete_plan_and_assessments_leave_nothing_to_say() -> None:
    done = OwnResult("item", FIRST, "จัดเวที", 4, "ครั้ง", 5)
    after = at(AFTER, date(2025, 3, 30), own=(done,))
    found = own([plan(item(NETWORK))], [at(BEFORE), at(PERIODIC, date(2025, 3, 1)), after])
    assert found.findings == ()
    assert (found.before, found.planned, found.after) == ((), (), ())
    assert [one.assessment.round for one in found.rounds] == [BEFORE, PERIODIC, AFTER]
    assert found.plan == plan(item(NETWORK))


def test_what_did_not_come_has_no_findings() -> None:
    assert own([plan(item(NETWORK))]).before is None
    only_before = own([], [at(BEFORE)])
    assert (only_before.planned, only_before.after, only_before.before) == (None, None, ())
    assert own([], [at(AFTER)]).before is None


class TestWhoseFormsCount:
    def test_those_of_another_districts_officer_do_not(self) -> None:
        there = (ELSEWHERE,)
        found = own([plan(item(NETWORK), officer_districts=there)], [at(BEFORE, officer_districts=there)])
        assert (found.plan, found.rounds) == (None, ())
        assert told(found.remarks) == [
            ("officer.other_district", {"form": "plan"}),
            ("officer.other_district", {"form": BEFORE.value}),
        ]

    def test_those_of_an_officer_of_several_districts_do(self) -> None:
        both = (ELSEWHERE, HOME)
        found = own([plan(item(NETWORK), officer_districts=both)], [at(BEFORE, officer_districts=both)])
        assert (found.plan is not None, len(found.rounds), found.remarks) == (True, 1, ())

    def test_one_of_another_does_not_hide_the_own(self) -> None:
        strange = plan(root_id="a", instance_id="a-1", officer_districts=(ELSEWHERE,))
        found = own([strange, plan(item(NETWORK))])
        assert found.plan == plan(item(NETWORK))

    def test_two_edits_of_one_count_and_are_told(self) -> None:
        found = own([plan(item(NETWORK), conflict=True)], [at(BEFORE, conflict=True)])
        assert found.plan
        assert told(found.remarks) == [
            ("submission.conflict", {"form": "plan"}),
            ("submission.conflict", {"form": BEFORE.value}),
        ]

    def test_doubted_days_are_told_with_their_field(self) -> None:
        found = own([plan(item(NETWORK), doubted=(DOUBTED,))], [at(BEFORE, None, doubted=(DOUBTED, DOUBTED))])
        assert [(f.code, f.read_from.path, f.subject) for f in found.remarks] == [
            ("plan.unlikely_date", "assessed_on", names.PLAN),
            ("self_assessment.unlikely_date", "assessed_on", names.SELF_ASSESSMENT),
            ("self_assessment.unlikely_date", "assessed_on", names.SELF_ASSESSMENT),
        ]
        assert dict(found.remarks[1].values)["form"] == BEFORE.value

    def test_answers_about_another_type_do_not_count(self) -> None:
        other = PACK.standard(ApplicantType.LEADER)
        found = own([], [at(BEFORE, answers=answers(other, 5)), at(AFTER)])
        assert [one.assessment.round for one in found.rounds] == [AFTER]
        assert told(found.remarks) == [
            ("self_assessment.other_type", {"form": BEFORE.value, "standard": STANDARD.th})
        ]

    @pytest.mark.parametrize("said", [{}, {FIRST: 1}, {FIRST: None, "L1.1.1": 2}])
    def test_one_answer_of_its_own_type_is_enough_and_none_as_well(self, said: dict[str, int | None]) -> None:
        found = own([], [at(BEFORE, answers=said)])
        assert len(found.rounds) == 1
        assert "self_assessment.other_type" not in [code for code, _ in told(found.remarks)]


class TestTheLastOneCounts:
    PLANS = (
        plan(item(NETWORK), root_id="p1", instance_id="p1-1", agreed_on=date(2025, 1, 1)),
        plan(item(NETWORK), root_id="p2", instance_id="p2-1", agreed_on=date(2025, 2, 1)),
        plan(item(NETWORK), root_id="p3", instance_id="p3-1", agreed_on=None),
    )

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_of_plans_the_one_agreed_last(self, order: tuple[int, ...]) -> None:
        found = own([self.PLANS[n] for n in order])
        assert found.plan == self.PLANS[1]
        assert [(f.code, f.read_from.instance_id, dict(f.values)["form"]) for f in found.remarks] == [
            ("plan.duplicate", "p3-1", "plan"),
            ("plan.duplicate", "p1-1", "plan"),
        ]
        assert dict(found.remarks[1].values)["days"] == ("2025-02-01", "2025-01-01")

    @pytest.mark.parametrize("order", list(permutations(range(2))))
    def test_of_two_of_one_day_the_one_received_last(self, order: tuple[int, ...]) -> None:
        pair = at(AFTER, name="b", received_at=EARLY), at(AFTER, name="a", received_at=LATE)
        found = own([], [pair[n] for n in order])
        assert [one.assessment.root_id for one in found.rounds] == ["a"]
        assert [f.code for f in found.remarks] == ["self_assessment.duplicate"]

    def test_of_a_round_the_last_day_and_the_other_round_stays(self) -> None:
        found = own([], [at(BEFORE, date(2025, 2, 9), "b"), at(BEFORE, date(2025, 2, 1), "a"), at(AFTER)])
        assert [one.assessment.root_id for one in found.rounds] == ["b", f"a-{AFTER}"]

    def test_every_periodic_one_by_day_whatever_it_is_called(self) -> None:
        three = [at(PERIODIC, date(2025, 2, day), name) for day, name in ((9, "a"), (1, "c"), (5, "b"))]
        found = own([], three)
        assert [one.assessment.root_id for one in found.rounds] == ["c", "b", "a"]
        assert found.remarks == ()


class TestWhatIsMissing:
    def test_an_indicator_without_an_answer(self) -> None:
        lacking = {**answers(STANDARD, 5), FIRST: None}
        del lacking[SECOND]
        found = own([], [at(BEFORE, answers=lacking)])
        expected = {"form": BEFORE.value, "indicators": (FIRST, SECOND)}
        assert told(found.before) == [("self_assessment.incomplete", expected)]

    def test_own_criteria_without_a_result(self) -> None:
        results = [
            OwnResult(str(n), FIRST, "จัดเวที", 4, "ครั้ง", done) for n, done in enumerate((None, 0, None))
        ]
        found = own([], [at(AFTER, own=tuple(results))])
        assert told(found.after) == [
            ("self_assessment.own_incomplete", {"form": AFTER.value, "blank": 2}),
        ]

    def test_a_plan_without_sub_criteria(self) -> None:
        assert told(own([plan()]).planned) == [("plan.no_items", {})]

    def test_an_indicator_that_is_not_of_the_type(self) -> None:
        found = own([plan(item(NETWORK), item(NETWORK, indicator="L1.1.1"), item(NETWORK, indicator=""))])
        assert told(found.planned) == [
            ("plan.unknown_indicator", {"number": 2, "indicator": "L1.1.1", "standard": STANDARD.th}),
            ("plan.unknown_indicator", {"number": 3}),
        ]

    @pytest.mark.parametrize(
        ("changes", "lacks"),
        [
            ({"text": ""}, "text"),
            ({"target": None}, "target"),
            ({"gap": ""}, "gap"),
            ({"method": ""}, "method"),
            ({"when": ""}, "when"),
            ({"evidence": ""}, "evidence"),
        ],
    )
    def test_each_part_of_rule_29_by_itself(self, changes: dict[str, Any], lacks: str) -> None:
        found = own([plan(item(NETWORK), item(NETWORK, **changes))])
        assert told(found.planned) == [("plan.item_incomplete", {"number": 2, "lacks": (lacks,)})]

    @pytest.mark.parametrize("changes", [{"due": date(2025, 3, 1)}, {"due_doubted": True}])
    def test_a_day_says_when_as_well(self, changes: dict[str, Any]) -> None:
        assert own([plan(item(NETWORK, when="", **changes))]).planned == ()

    def test_a_form_of_an_earlier_version_is_held_to_that(self) -> None:
        lacking = answers(EARLIER.standard(NETWORK), 5)
        assert own([], [at(AFTER, form_version="0", answers=lacking)]).after == ()
        assert own([], [at(AFTER, answers=lacking)]).after != ()
        assert own([], [at(AFTER, form_version="0", answers=lacking)]).rounds[0].scores.form_version == "0"
        assert own([plan(item(NETWORK, indicator=SECOND), form_version="0")]).planned != ()


class TestWhatAPersonLooksAt:
    def test_a_day_that_was_not_filled_in(self) -> None:
        assert told(own([], [at(BEFORE, None)]).remarks) == [
            ("self_assessment.no_date", {"form": BEFORE.value})
        ]

    def test_a_doubted_day_of_something_else_does_not_stand_for_it(self) -> None:
        other = replace(DOUBTED, path="met_on")
        codes = [f.code for f in own([], [at(BEFORE, None, doubted=(other,))]).remarks]
        assert codes == ["self_assessment.unlikely_date", "self_assessment.no_date"]

    @pytest.mark.parametrize(
        ("signed", "codes"), [(None, []), (True, []), (False, ["self_assessment.not_signed"])]
    )
    def test_a_signature_where_the_form_asks(self, signed: bool | None, codes: list[str]) -> None:
        found = own([], [at(BEFORE, signed=signed)]).remarks
        assert [f.code for f in found] == codes
        assert [f.read_from.path for f in found] == ["sign_applicant"] * len(codes)

    def test_a_phone_that_added_up_otherwise(self) -> None:
        found = own([], [at(PERIODIC, phone_total=1, phone_max=2)])
        assert told(found.remarks) == [("score.phone_differs", {"form": PERIODIC.value})]

    def test_sub_criteria_the_phone_did_not_show(self) -> None:
        items = item(NETWORK), item(NETWORK, id="late", text="ทบทวนระเบียบ")
        done = OwnResult("item", FIRST, "จัดเวที", 4, "ครั้ง", 5)
        found = own([plan(*items)], [at(AFTER, own=(done,))])
        assert told(found.remarks) == [
            ("self_assessment.items_missing", {"form": AFTER.value, "items": ("ทบทวนระเบียบ",)})
        ]
        assert own([plan(*items)], [at(BEFORE, own=(done,))]).remarks == ()

    def test_an_assessment_after_that_is_of_an_earlier_day(self) -> None:
        found = own([], [at(BEFORE, date(2025, 2, 2)), at(AFTER, date(2025, 2, 1))])
        (one,) = told(found.remarks)
        assert one == (
            "self_assessment.order",
            {
                "form": AFTER.value,
                "day": "2025-02-01",
                "earlier_form": BEFORE.value,
                "earlier_day": "2025-02-02",
            },
        )

    @pytest.mark.parametrize("day", [date(2025, 2, 2), date(2025, 2, 3)])
    def test_one_of_the_same_day_or_later_is_in_order(self, day: date) -> None:
        assert own([], [at(BEFORE, date(2025, 2, 2)), at(AFTER, day)]).remarks == ()

    @pytest.mark.parametrize("missing", [BEFORE, AFTER])
    def test_without_a_day_there_is_no_order(self, missing: Round) -> None:
        days = {BEFORE: date(2025, 2, 2), AFTER: date(2025, 2, 1), missing: None}
        found = own([], [at(BEFORE, days[BEFORE]), at(AFTER, days[AFTER])])
        assert [f.code for f in found.remarks] == ["self_assessment.no_date"]

    def test_meetings_that_are_low_by_themselves(self) -> None:
        indicator = next(i for i in STANDARD.indicators if i.measure.kind == "percent")
        threshold = getattr(indicator.measure, "threshold", 0)
        low = HeldMeeting(date(2025, 1, 1), threshold - 1, 100)
        held = (low, HeldMeeting(date(2025, 2, 1), threshold, 100), replace(low, met_on=None))
        found = own([], [at(AFTER, meetings={indicator.code: held})])
        assert [(f.code, f.subject, f.read_from.path) for f in found.remarks] == [
            ("self_assessment.meetings_below", indicator.code, "")
        ]
        assert dict(found.remarks[0].values) == {
            "indicator": indicator.code,
            "low": ("2025-01-01", ""),
            "held": 3,
            "threshold": threshold,
        }
        assert own([], [at(BEFORE, meetings={indicator.code: held})]).remarks == ()
        assert own([], [at(AFTER, meetings={indicator.code: held[1:2]})]).remarks == ()

    def test_meetings_of_what_is_no_percentage_say_nothing(self) -> None:
        other = next(i.code for i in STANDARD.indicators if i.measure.kind != "percent")
        low = HeldMeeting(date(2025, 1, 1), 0, 100)
        assert own([], [at(AFTER, meetings={other: (low,)})]).remarks == ()
