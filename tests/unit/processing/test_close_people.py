"""An assessor whom the applicant's own forms name: somebody is asked, nothing is decided."""

from dataclasses import replace
from typing import Any

import pytest

from mochocho.words.model import Adviser, ApplicantType, Mentor, Round, Severity, TeamMember
from processing.assessment.evaluate import Inputs, evaluate
from processing.findings.entry import Audience
from processing.findings.saying import said
from tests.pins.applicants import MEASURED, RULES, application, item, plan, sheet

LEADER, GROUP, *_ = ApplicantType
WHO = "นายสมชาย ใจงาม"
OWN = ("sheet.own_assessor", "sheet.perhaps_own_assessor")


def found(type_: ApplicantType, *sheets: Any, mentors: tuple[str, ...] = (), **named: Any) -> list[str]:
    """What is found about assessors of an applicant whose forms name these people."""
    own = (plan(item(type_), mentors=tuple(map(Mentor, mentors))),) if mentors else ()
    inputs = Inputs("d", application(type_, **named), sheets, own, measurements=MEASURED)
    assessment = evaluate(inputs, RULES)
    every = [f for f in assessment.findings if f.code in OWN]
    assert all(f.severity is not Severity.BLOCKING and not said(f, Audience.FIELD) for f in every)
    # Nothing is decided: every sheet counts.
    scores = [s for s in (assessment.scores, assessment.provincial) if s]
    assert sum(len(s.assessors) for s in scores) == len(sheets)
    return [said(f, Audience.COMMITTEE) for f in every]


@pytest.mark.parametrize(
    ("named", "part"),
    [
        ({"advisers": (Adviser(WHO),)}, "ที่ปรึกษาของผู้สมัครรายนี้"),
        ({"lead_team": (TeamMember("นางอื่น คนละคน"), TeamMember(WHO))}, "ทีมนำการพัฒนาของผู้สมัครรายนี้"),
        ({"mentors": (WHO,)}, "ทีมพี่เลี้ยงของผู้สมัครรายนี้"),
    ],
)
def test_an_assessor_who_is_named_in_the_applicants_forms_is_asked_about(named: Any, part: str) -> None:
    for type_ in ApplicantType:
        told = found(type_, sheet(type_, WHO), sheet(type_, "นางไม่ เกี่ยวข้อง"), **named)
        assert told == [f"{WHO}มีชื่อเป็น{part} แบบให้คะแนนยังนับอยู่"]


def test_a_leader_who_assesses_himself_is_asked_about_and_a_groups_name_is_nobodys() -> None:
    assert found(LEADER, sheet(LEADER, WHO), name=WHO) == [f"{WHO}มีชื่อเป็นผู้สมัครรายนี้เอง แบบให้คะแนนยังนับอยู่"]
    assert found(GROUP, sheet(GROUP, WHO), name=WHO) == []


def test_a_name_is_the_same_in_any_spelling_and_one_nearly_alike_is_told_as_such() -> None:
    (same,) = found(GROUP, sheet(GROUP, "สมชาย  ใจงาม"), advisers=(Adviser("ผญบ.สมชาย ใจงาม"),))
    assert same.startswith("สมชาย  ใจงามมีชื่อเป็นที่ปรึกษาของผู้สมัครรายนี้ (เขียนชื่อว่า “ผญบ.สมชาย ใจงาม”)")
    (alike,) = found(GROUP, sheet(GROUP, WHO), advisers=(Adviser("นายสมชาย ใจงามม"),))
    assert alike.startswith(
        f"ชื่อกรรมการ “{WHO}” เกือบเหมือน “นายสมชาย ใจงามม” ซึ่งเป็นที่ปรึกษาของผู้สมัครรายนี้ อาจเป็นคนเดียวกัน"
    )
    assert found(GROUP, sheet(GROUP, WHO), advisers=(Adviser("นางดวงใจ ไพรวัลย์"), Adviser("นาย"))) == []


def test_one_part_is_told_once_and_two_parts_twice_in_each_round() -> None:
    provincial = replace(sheet(GROUP, WHO, round=Round.PROVINCIAL), root_id="p", instance_id="p-1")
    told = found(
        GROUP,
        sheet(GROUP, WHO),
        provincial,
        advisers=(Adviser(WHO), Adviser(WHO)),
        mentors=(WHO,),
    )
    assert len(told) == 4


def test_whoever_declares_the_interest_is_not_asked() -> None:
    inputs = Inputs(
        "d",
        application(GROUP, advisers=(Adviser(WHO),)),
        (sheet(GROUP, WHO, interest="เป็นที่ปรึกษา", answers={}),),
        measurements=MEASURED,
    )
    codes = [f.code for f in evaluate(inputs, RULES).findings]
    assert "sheet.interest_declared" in codes
    assert not {*OWN} & {*codes}
