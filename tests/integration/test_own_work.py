"""Plans and self-assessments through public functions: mirror -> register -> assess -> casebook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Calendar, Settings, Term
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Case, Gate, GateState, Severity
from processing.assessment import assess, cases
from processing.findings import saying
from processing.findings.entry import Audience
from processing.register import register_forms
from processing.register.read.plan import item_id
from processing.tables import UnreadRow
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror

GROUP, NETWORK = ApplicantType.GROUP, ApplicantType.NETWORK
OWN_GATES = (Gate.SELF_BEFORE, Gate.PLAN, Gate.SELF_AFTER)
PASSED, FAILED, NO_DATA = GateState.PASSED, GateState.FAILED, GateState.NO_DATA


def run(home: Home) -> dict[str, Case]:
    register_forms.run(home)
    assess.do(home, assess.due(home))
    assert register_forms.due(home) == assess.due(home) == []
    return {case.application.root_id: case for case in cases.cases(home)}


def states(case: Case) -> tuple[GateState, ...]:
    by_gate = {result.gate: result.state for result in case.assessment.gates}
    return tuple(by_gate[gate] for gate in OWN_GATES)


def codes(case: Case) -> set[str]:
    return {f.code for f in case.assessment.findings}


def results(home: Home, number: int, actual: str) -> list[dict[str, str]]:
    """What the phone shows of the plan of `own.plan`, with what was done."""
    key, first = mirror.ENTITY.format(number), home.pack.standard(GROUP).indicators[0].code
    text = own.ITEM["item_text"]
    done = {"own_item": item_id(key, first, text), "own_indicator": first, "own_text": text}
    return [{**done, "own_target": "4", "own_unit": "ครั้ง", "own_actual": actual}]


def test_what_was_never_sent_blocks_nobody(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1))
    case = run(any_home)["app-1"]
    assert states(case) == (NO_DATA, NO_DATA, NO_DATA)
    assert case.own.instance_ids == ()


def test_another_calendar_makes_whoever_came_late_due_again(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1), own.self_assessment(any_home, 1, "self_after"))
    assert "round.late" not in codes(run(any_home)["app-1"])
    term = Term(due=date(2024, 1, 31))
    dated = any_home.settings.model_copy(update={"calendar": Calendar(self_after=term)})
    found = run(replace(any_home, settings=dated))["app-1"]
    assert [f.read_from.path for f in found.assessment.findings if f.code == "round.late"] == ["assessed_on"]
    assert "round.late" not in codes(run(any_home)["app-1"])  # as it was


def test_a_complete_own_part_passes_its_gates(any_home: Home) -> None:
    mirror.send(
        any_home,
        mirror.application(any_home, 1),
        own.self_assessment(any_home, 1, "self_before"),
        own.plan(any_home, 1),
        own.self_assessment(any_home, 1, "self_periodic", interval="3"),
        own.self_assessment(any_home, 1, "self_after", own=results(any_home, 1, "3")),
    )
    case = run(any_home)["app-1"]
    assert states(case) == (PASSED, PASSED, PASSED)
    assert {c for c in codes(case) if not c.startswith("score.")} == set()
    assert [r.assessment.round.value for r in case.own.rounds] == [
        "self_before",
        "self_periodic",
        "self_after",
    ]
    assert case.own.plan is not None
    assert (case.own.plan.items[0].target, case.own.plan.mentors[0].name) == (4, "นายพี่เลี้ยง ตัวอย่าง")
    assert case.own.rounds[2].assessment.own[0].actual == 3
    assert len(case.sources) == 1 + 4


def test_what_was_received_and_is_not_complete_says_so(any_home: Home) -> None:
    first = any_home.pack.standard(GROUP).indicators[0].code
    mirror.send(
        any_home,
        mirror.application(any_home, 1),
        own.self_assessment(any_home, 1, "self_before", answers={first: ""}),
        own.plan(any_home, 1, items=[{**own.ITEM, "item_indicator": "L1.1.1", "item_evidence": ""}]),
        own.self_assessment(any_home, 1, "self_after", own=results(any_home, 1, "")),
    )
    case = run(any_home)["app-1"]
    assert states(case) == (FAILED, FAILED, FAILED)
    said = " ".join(saying.said(f) for g in case.assessment.gates for f in g.findings)
    assert "ยังประเมินไม่ครบ ๑ ตัวบ่งชี้" in said
    assert "ไม่มีในเกณฑ์ของ" in said
    assert "ยังไม่ได้กรอกหลักฐานที่จะเก็บ" in said
    assert "ยังไม่ได้กรอกผลตามเกณฑ์ย่อยของตนเอง ๑ ข้อ" in said


def test_a_self_assessment_without_a_signature_counts_and_it_is_shown(home: Home) -> None:
    mirror.send(
        home,
        mirror.application(home, 1),
        own.self_assessment(home, 1, "self_before"),  # of a form that did not ask for one yet
        own.self_assessment(home, 1, "self_periodic", interval="3", sign_applicant="signed.png"),
        own.self_assessment(home, 1, "self_after", sign_applicant=""),
    )
    case = run(home)["app-1"]
    found = [f for f in case.assessment.findings if f.code == "self_assessment.not_signed"]
    assert [saying.said(f, Audience.COMMITTEE) for f in found] == [
        "แบบประเมินตนเองหลังพัฒนาไม่มีลายมือชื่อผู้ประเมินตนเอง"
    ]
    assert found[0].read_from is not None
    assert (found[0].severity, found[0].read_from.path) == (Severity.WARNING, "sign_applicant")
    assert states(case)[2] is PASSED


def test_a_plan_without_a_sub_criterion_is_no_plan(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1), own.plan(home, 1, items=()))
    case = run(home)["app-1"]
    assert states(case) == (NO_DATA, FAILED, NO_DATA)
    assert "plan.no_items" in codes(case)


MEETINGS = [("2025-02-01", 10, 30), ("2025-03-01", 29, 30), ("2025-03-20", 27, 30)]


def test_attendance_is_computed_again_over_all_meetings(home: Home) -> None:
    application = mirror.application(home, 1, NETWORK)
    after = own.self_assessment(
        home, 1, "self_after", NETWORK, meetings=MEETINGS, i_N1_2_2="100", total="6000"
    )
    mirror.send(home, application, after)
    case = run(home)["app-1"]
    one = case.own.rounds[0]
    assert one.assessment.answers["N1.2.2"] == 66 * 100 // 90 == 73
    assert [m.present for m in one.assessment.meetings["N1.2.2"]] == [10, 29, 27]
    below = next(f for f in case.assessment.findings if f.code == "self_assessment.meetings_below")
    assert "๑ จาก ๓ ครั้ง" in saying.said(below)


@pytest.mark.parametrize(("meetings", "answer"), [((), 0), ((("2025-02-01", 31, 30),), 100)])
def test_no_meeting_is_zero_and_nothing_is_above_a_hundred(
    home: Home, meetings: tuple[tuple[str, int, int], ...], answer: int
) -> None:
    mirror.send(
        home,
        mirror.application(home, 1, NETWORK),
        own.self_assessment(home, 1, "self_before", NETWORK, meetings=meetings),
    )
    assert run(home)["app-1"].own.rounds[0].assessment.answers["N1.2.2"] == answer


def test_a_meeting_that_lacks_a_number_is_not_assessed(home: Home) -> None:
    form = own.self_assessment(home, 1, "self_before", NETWORK)
    form.rows["m_N1_2_2"] = [{"met_on_N1_2_2": "2025-02-01", "present_N1_2_2": "20"}]
    mirror.send(home, mirror.application(home, 1, NETWORK), form)
    case = run(home)["app-1"]
    assert case.own.rounds[0].assessment.answers["N1.2.2"] is None
    assert states(case)[0] is FAILED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"applicant_key": ""}, "self_assessment.no_applicant"),
        ({"round": "onsite"}, "self_assessment.unknown_round"),
        ({"i_G1_1_1": "many"}, "self_assessment.not_a_number"),
        ({"i_X1_1_1": "1"}, "self_assessment.unknown_indicator"),
    ],
)
def test_what_cannot_be_read_is_recorded_with_its_reason(
    home: Home, change: dict[str, str], code: str
) -> None:
    form = own.self_assessment(home, 1, "self_before")
    form.fields |= change
    mirror.send(home, mirror.application(home, 1), form)
    assert register_forms.run(home).unread == 1
    assess.do(home, assess.due(home))
    with_code = cases.cases(home)[0]
    assert states(with_code) == (NO_DATA, NO_DATA, NO_DATA)
    assert unread(home) == {code}


def unread(home: Home) -> set[str]:
    with reading(home.engine) as session:
        return set(session.scalars(select(UnreadRow.code)))


def test_of_several_the_last_day_counts_and_the_others_are_named(home: Home) -> None:
    mirror.send(
        home,
        mirror.application(home, 1),
        own.plan(home, 1, root="plan-a"),
        own.plan(home, 1, root="plan-b", agreed_on="2025-02-20"),
        own.self_assessment(home, 1, "self_before", root="before-a", assessed_on="2025-01-12"),
        own.self_assessment(home, 1, "self_before", root="before-b"),
    )
    case = run(home)["app-1"]
    assert case.own.plan is not None
    assert case.own.plan.root_id == "plan-b"
    assert [r.assessment.root_id for r in case.own.rounds] == ["before-a"]
    assert {"plan.duplicate", "self_assessment.duplicate"} <= codes(case)


def test_another_districts_officer_is_not_counted(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1))
    elsewhere = mirror.officer(home, home.province.districts[1].code)
    mirror.send(home, own.plan(home, 1), officer=elsewhere)
    case = run(home)["app-1"]
    assert states(case)[1] is NO_DATA
    assert "officer.other_district" in codes(case)


def test_a_sub_criterion_keeps_its_id_when_anything_but_its_words_is_edited(home: Home) -> None:
    plan = own.plan(home, 1)
    mirror.send(home, mirror.application(home, 1), plan)
    before = run(home)["app-1"].own.plan
    plan.rows["items"] = [
        {**plan.rows["items"][0], "item_target": "6"},
        {**own.ITEM, "item_indicator": "G1.1.1"},
    ]
    mirror.send(home, plan)
    after = run(home)["app-1"].own.plan
    assert before is not None
    assert after is not None
    assert after.items[0].id == before.items[0].id
    assert (before.items[0].target, after.items[0].target) == (4, 6)
    assert len({item.id for item in after.items}) == 2


def test_after_development_a_sub_criterion_the_phone_did_not_know_is_named(home: Home) -> None:
    mirror.send(
        home, mirror.application(home, 1), own.plan(home, 1), own.self_assessment(home, 1, "self_after")
    )
    case = run(home)["app-1"]
    assert states(case)[2] is PASSED
    assert "self_assessment.items_missing" in codes(case)


# Offline orders: whatever comes first, nothing is lost and the end is the same


ROOTS = ("app-1", "plan-a", "plan-b", "self_before-1", "self_periodic-1", "self_after-1")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, mirror.Form]:
    """The forms of one applicant, each made once: its photos are drawn at random."""
    home = open_home(Settings(home=tmp_path_factory.mktemp("pack")))
    forms = (
        mirror.application(home, 1),
        own.plan(home, 1, root="plan-a"),
        own.plan(home, 1, root="plan-b", agreed_on="2025-02-20"),
        own.self_assessment(home, 1, "self_before"),
        own.self_assessment(home, 1, "self_periodic", interval="3"),
        own.self_assessment(home, 1, "self_after", own=results(home, 1, "3")),
    )
    return {form.root_id: form for form in forms}


@pytest.fixture(scope="module")
def expected(sent: Mapping[str, mirror.Form], tmp_path_factory: pytest.TempPathFactory) -> Case:
    return arrived(sent, ROOTS, set(), tmp_path_factory.mktemp("expected"))


@settings(max_examples=12, derandomize=True)
@given(order=st.permutations(ROOTS), runs=st.sets(st.integers(0, len(ROOTS) - 1)))
def test_the_order_of_arrival_changes_nothing(
    sent: Mapping[str, mirror.Form],
    expected: Case,
    tmp_path_factory: pytest.TempPathFactory,
    order: list[str],
    runs: set[int],
) -> None:
    assert arrived(sent, order, runs, tmp_path_factory.mktemp("order")) == expected


def test_what_was_expected_holds_everything_that_counts(expected: Case) -> None:
    counted = {f"{root}-v1" for root in ROOTS if root not in ("app-1", "plan-a")}
    assert set(expected.own.instance_ids) == counted
    assert states(expected) == (PASSED, PASSED, PASSED)


def arrived(forms: Mapping[str, mirror.Form], order: Sequence[str], runs: set[int], folder: Path) -> Case:
    """The case after these forms came in this order, with the conveyor run after some of them."""
    home = open_home(Settings(home=folder / "home"))
    upgrade(home.engine)
    for place, root in enumerate(order):
        forms[root].edit = 0  # not sent yet, here
        mirror.send(home, forms[root])
        if place in runs:
            run(home)
    case = run(home)["app-1"]
    home.engine.dispose()
    return case
