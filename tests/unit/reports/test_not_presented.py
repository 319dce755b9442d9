"""Who withdrew, or was merged into another, in papers and notices: with its reason in one list alone."""

from dataclasses import replace

import pytest

from mochocho.words.model import Case, Gate, GateState, Outcome, ReviewState
from mochocho.words.places import Province
from processing.assessment.evaluate import evaluate
from processing.decisions.decided import Decided
from processing.decisions.decision import Content, Decision, Kind, Merged, Plain
from reports.view.front import blocked, counts, with_reasons
from tests.pins.applicants import RULES, resolution
from tests.unit.reports.made_cases import arranged, occasion, of
from tests.unit.reports.made_inputs import inputs, said

CHIANG_RAI = Province.named("เชียงราย")
PASSED = Decided((resolution(Gate.DISTRICT, Outcome.PASS),))
ASIDE: dict[Kind, Content] = {Kind.WITHDRAW: Plain(), Kind.MERGE: Merged("other")}
SENTENCES = {
    Kind.WITHDRAW: "ถอนใบสมัคร โดย นางบันทึก ตัวอย่าง เหตุผล: ย้ายออก",
    Kind.MERGE: "รวมกับใบสมัครของ นายคงไว้ ทดสอบ โดย นางบันทึก ตัวอย่าง เหตุผล: ย้ายออก",
}


def case(decided: Decided) -> Case:
    made = replace(inputs(), decided=decided, into="นายคงไว้ ทดสอบ")
    return Case(made.application, "", evaluate(made, RULES))


def set_aside(kind: Kind) -> Decided:
    one = Decision(kind, "k", content=ASIDE[kind], reason="ย้ายออก", recorded_by="นางบันทึก ตัวอย่าง")
    return replace(PASSED, decisions=(one,))


@pytest.mark.parametrize("kind", ASIDE)
def test_though_its_district_passed_it_it_stands_in_the_list_of_who_is_not_presented(kind: Kind) -> None:
    before, after = case(PASSED), case(set_aside(kind))
    assert sum(counts(arranged([before], CHIANG_RAI, ())).values()) == 1
    groups = arranged([after], CHIANG_RAI, ())
    assert sum(counts(groups).values()) == 0
    (stretch,) = blocked(groups, occasion())
    (row,) = with_reasons(stretch, of([after], stretch.keys), occasion()).groups[0].rows
    assert row.reasons == (SENTENCES[kind],)
    assert {g.gate: g.state for g in after.assessment.gates}[Gate.DISTRICT] is GateState.PASSED


@pytest.mark.parametrize("kind", ASIDE)
def test_the_field_is_asked_for_nothing_more(kind: Kind) -> None:
    now = said(replace(inputs(), decided=set_aside(kind)))
    assert (now.state, now.tasks) == (ReviewState.RECEIVED, ())
    assert "ไม่ต้องส่งอะไรเพิ่ม" in now.text
    assert "ย้ายออก" not in now.text
