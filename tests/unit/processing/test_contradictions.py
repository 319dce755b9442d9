"""An assessor's answer beside what the applicant's own forms say: a finding names both."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mochocho.words.model import (
    ApplicantType,
    DocumentAnswer,
    FileRef,
    HeldMeeting,
    Knowledge,
    Round,
    ScoreSheet,
)
from processing.assessment.evaluate import Inputs, evaluate
from processing.findings.entry import Audience
from processing.findings.saying import said
from tests.pins.applicants import (
    ELSEWHERE,
    GOOD,
    MEASURED,
    PACK,
    RULES,
    application,
    assessed,
    attached,
    item,
    plan,
    sheet,
)

LEADER, GROUP, NETWORK, COMMUNITY = ApplicantType
BEFORE, PERIODIC, AFTER = Round.SELF_BEFORE, Round.SELF_PERIODIC, Round.SELF_AFTER
RECORD = Knowledge("k1", "k1-1", "1", "k", "ก", "เรื่อง", "", "", None, "")


def answering(type_: ApplicantType, code: str, answer: int | None, **changes: Any) -> ScoreSheet:
    complete = sheet(type_, "นายหนึ่ง")
    return replace(complete, answers={**complete.answers, code: answer}, **changes)


def found(type_: ApplicantType, code: str, answer: int | None, /, **known: Any) -> list[str]:
    """What is found where the forms that are `known` came and one assessor answers so."""
    changes = {"sheets": (answering(type_, code, answer),), **known}
    inputs = Inputs("d", changes.pop("application", application(type_)), measurements=MEASURED, **changes)
    of_it = [
        f for f in evaluate(inputs, RULES).findings if f.code == "sheet.contradicts" and f.subject == code
    ]
    assert all(not said(f, Audience.FIELD) for f in of_it)
    return [said(f, Audience.COMMITTEE) for f in of_it]


def attended(*meetings: tuple[int, int], percent: int | None, round_: Round = AFTER) -> Any:
    """A self-assessment that lists these meetings: members present, members."""
    own = assessed(NETWORK, round_)
    held = tuple(HeldMeeting(date(2025, 2, 1 + n), *one) for n, one in enumerate(meetings))
    return replace(own, answers={**own.answers, "N1.2.2": percent}, meetings={"N1.2.2": held} if held else {})


def test_a_plan_that_came_and_an_assessor_who_found_none() -> None:
    came = (plan(item(LEADER), item(LEADER, id="two")),)
    (told,) = found(LEADER, "L1.4.1", 0, plans=came)
    assert told == "ตัวบ่งชี้ L1.4.1: นายหนึ่งตอบว่า ไม่มี แต่แผนพัฒนาตนเองที่ผู้สมัครส่งมามี ๒ ข้อ"
    assert found(LEADER, "L1.4.1", 1, plans=came) == []
    assert found(LEADER, "L1.4.1", None, plans=came) == []


def test_a_plan_of_nothing_is_no_plan() -> None:
    assert "ตอบว่า มี แต่แผนพัฒนาตนเองที่ผู้สมัครส่งมามี ๐ ข้อ" in found(LEADER, "L1.4.1", 1, plans=(plan(),))[0]
    assert found(LEADER, "L1.4.1", 0, plans=(plan(),)) == []


@pytest.mark.parametrize("answer", [0, 1])
def test_what_never_came_or_does_not_count_contradicts_nothing(answer: int) -> None:
    elsewhere = (plan(item(LEADER), officer_districts=(ELSEWHERE,)),)
    assert found(LEADER, "L1.4.1", answer) == found(LEADER, "L1.4.1", answer, plans=elsewhere) == []
    assert found(NETWORK, "N4.2.1", answer) == []
    assert found(NETWORK, "N1.2.1", answer) == found(NETWORK, "N1.2.2", answer) == []


@pytest.mark.parametrize(
    ("answer", "computed", "contradicts"),
    [(69, 81, True), (81, 81, False), (82, 81, False), (80, 81, True), (83, 81, True)],
)
def test_attendance_is_that_of_the_meetings(answer: int, computed: int, contradicts: bool) -> None:
    own = attended((81, 100), (81, 100), (81, 100), percent=computed)
    told = found(NETWORK, "N1.2.2", answer, self_assessments=(own,))
    assert bool(told) == contradicts
    if (answer, computed) == (69, 81):
        assert told == ["ตัวบ่งชี้ N1.2.2: นายหนึ่งตอบว่าร้อยละ ๖๙ แต่คิดจากการประชุมที่ผู้สมัครบันทึกไว้ ๓ ครั้งได้ร้อยละ ๘๑"]


def test_rounding_up_may_not_reach_the_threshold() -> None:
    own = attended((699, 1000), percent=69)
    assert found(NETWORK, "N1.2.2", 70, self_assessments=(own,))
    assert not found(NETWORK, "N1.2.2", 69, self_assessments=(own,))


def test_only_the_self_assessment_after_development_lists_the_years_meetings() -> None:
    before = attended((9, 10), percent=90, round_=BEFORE)
    assert found(NETWORK, "N1.2.2", 50, self_assessments=(before,)) == []
    assert found(NETWORK, "N1.2.1", 3, self_assessments=(before,)) == []


@pytest.mark.parametrize(("meetings", "answer", "contradicts"), [(3, 3, False), (3, 5, True), (3, 2, True)])
def test_meetings_held_are_those_listed(meetings: int, answer: int, contradicts: bool) -> None:
    own = attended(*[(8, 10)] * meetings, percent=80)
    told = found(NETWORK, "N1.2.1", answer, self_assessments=(own,))
    assert bool(told) == contradicts
    assert all("ครั้ง แต่ผู้สมัครบันทึกการประชุมไว้ ๓ ครั้ง" in one for one in told)


def test_no_meeting_is_said_and_not_merely_blank() -> None:
    assert found(NETWORK, "N1.2.1", 3, self_assessments=(attended(percent=0),))
    assert not found(NETWORK, "N1.2.1", 3, self_assessments=(attended(percent=None),))


@pytest.mark.parametrize(("answer", "contradicts"), [(0, True), (1, True), (2, False), (4, False)])
def test_self_assessments_that_came_are_the_least_there_were(answer: int, contradicts: bool) -> None:
    own = tuple(assessed(LEADER, round_) for round_ in (BEFORE, PERIODIC, AFTER))
    told = found(LEADER, "L1.4.2", answer, self_assessments=own)
    assert bool(told) == contradicts
    assert all("แต่ได้รับแบบประเมินตนเองระหว่างและหลังพัฒนาของผู้สมัคร ๒ ชุด" in one for one in told)


def test_knowledge_that_was_written_down() -> None:
    told = found(NETWORK, "N4.2.1", 0, knowledge=(RECORD, replace(RECORD, root_id="k2")))
    assert told[0].endswith("ตอบว่า ไม่มี แต่ได้รับแบบบันทึกองค์ความรู้ของผู้สมัคร ๒ เรื่อง")
    assert found(NETWORK, "N4.2.1", 1, knowledge=(RECORD,)) == []
    assert found(NETWORK, "N4.2.1", 0, knowledge=(replace(RECORD, officer_districts=(ELSEWHERE,)),)) == []


@pytest.mark.parametrize(
    ("type_", "code", "document", "words"),
    [
        (COMMUNITY, "C1.1.1", "lead_team_list", "ตอบว่า ไม่มี แต่ได้รับรายชื่อทีมนำการพัฒนา"),
        (COMMUNITY, "C1.3.1", "prachakhom_record", "ตอบว่า ๐ ครั้ง แต่ได้รับบันทึกประชาคม"),
        (GROUP, "G1.2.1", "member_meeting_minutes", "ตอบว่า ๐ ครั้ง แต่ได้รับบันทึกการประชุม"),
    ],
)
def test_a_document_that_was_accepted(type_: ApplicantType, code: str, document: str, words: str) -> None:
    (told,) = found(type_, code, 0)
    assert words in told
    assert found(type_, code, 1) == []
    unreadable = application(
        type_, documents={**application(type_).documents, document: attached(FileRef("x.jpg", "empty"))}
    )
    later = application(
        type_, documents={**application(type_).documents, document: DocumentAnswer("later", (GOOD,))}
    )
    assert found(type_, code, 0, application=unreadable) == found(type_, code, 0, application=later) == []


def test_each_assessor_of_either_round_is_named() -> None:
    sheets = (
        answering(LEADER, "L1.4.1", 0),
        answering(LEADER, "L1.4.1", 1, root_id="s2", assessor="นางสอง"),
        answering(LEADER, "L1.4.1", 0, root_id="s3", assessor="นายสาม", round=Round.PROVINCIAL),
        answering(LEADER, "L1.4.1", 0, root_id="s4", assessor="นายสี่", interest="ญาติ"),
    )
    told = found(LEADER, "L1.4.1", None, plans=(plan(item(LEADER)),), sheets=sheets)
    assert [one.partition("ตอบว่า")[0] for one in told] == [
        "ตัวบ่งชี้ L1.4.1: นายหนึ่ง",
        "รอบจังหวัด: ตัวบ่งชี้ L1.4.1: นายสาม",
    ]


def test_the_sample_compares_every_indicator_that_a_form_answers_too() -> None:
    compared = {i.code: i.compared_with for s in PACK.standards for i in s.indicators if i.compared_with}
    assert set(compared) == {"L1.4.1", "L1.4.2", "G1.2.1", "N1.2.1", "N4.2.1", "C1.1.1", "C1.3.1"}
