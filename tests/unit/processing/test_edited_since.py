"""What was edited after a committee resolved is named; what came in addition is no edit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from mochocho.words.model import (
    ApplicantType,
    Application,
    Assessment,
    Counted,
    DocumentAnswer,
    FileRef,
    Finding,
    Gate,
    OwnWork,
    Plan,
    Round,
    Severity,
)
from processing.decisions.meetings.edited_since import changed
from processing.findings.entry import Audience
from processing.findings.making import finding, of_round
from processing.findings.saying import said
from tests.pins.applicants import application

PAGE, OTHER = FileRef("a.jpg", "a" * 64), FileRef("b.jpg", "b" * 64)


def filled(instance_id: str = "v1", **documents: tuple[FileRef, ...]) -> Application:
    answers = {code: DocumentAnswer("attached", pages) for code, pages in documents.items()}
    return application(ApplicantType.GROUP, instance_id=instance_id, documents=answers)


def counting(own: str = "p-1", **changes: Any) -> Assessment:
    given: dict[str, Any] = {"application": filled(lead_team_list=(PAGE,)), "sheets": ("s1", "s2")}
    plan = OwnWork(Plan("p", own, "1", "k", ()))
    counted = Counted(instances=(), own=plan, **(given | changes))
    return Assessment("k", "d", (), (), None, (), (), counted=counted)


def settling(
    answer: int, round_: Round = Round.ONSITE, indicator: str = "L1", why: str = "ดูร่วมกัน"
) -> Assessment:
    said: dict[str, Any] = {
        "indicator": indicator,
        "answer": answer,
        "reason": why,
        "by": "ประธาน",
        "marks": (),
    }
    return replace(BEFORE, findings=(of_round(finding("score.reconciled", indicator, **said), round_),))


BEFORE = counting()
EDITS: Mapping[str, tuple[Assessment, tuple[str, ...]]] = {
    "nothing": (BEFORE, ()),
    "a sheet edited": (counting(sheets=("s1", "s2-2")), ("score",)),
    "a sheet more": (counting(sheets=("s1", "s2", "s3")), ("score",)),
    "a sheet deleted": (counting(sheets=("s1",)), ("score",)),
    "a page replaced": (counting(application=filled(lead_team_list=(OTHER,))), ("documents",)),
    "a page gone": (counting(application=filled(lead_team_list=())), ("documents",)),
    "a page more": (counting(application=filled(lead_team_list=(PAGE, OTHER))), ()),
    "a document that was missing": (
        counting(application=filled(lead_team_list=(PAGE,), application_form=(OTHER,))),
        (),
    ),
    "answers": (counting(application=filled("v2", lead_team_list=(PAGE,))), ("answers",)),
    "the photo within the application": (
        counting(application=filled("v2", lead_team_list=(OTHER,))),
        ("documents",),
    ),
    "a photo and the name": (
        counting(application=replace(filled("v2", lead_team_list=(OTHER,)), name="กลุ่มอื่น")),
        ("documents", "answers"),
    ),
    "the plan": (counting("p-2"), ("own",)),
    "everything": (
        counting("p-2", sheets=("s3",), application=replace(filled("v2"), name="กลุ่มอื่น")),
        ("score", "documents", "answers", "own"),
    ),
}


@pytest.mark.parametrize("gate", [Gate.DISTRICT, Gate.PROVINCE])
@pytest.mark.parametrize("edit", EDITS)
def test_what_was_edited_is_named(edit: str, gate: Gate) -> None:
    now, what = EDITS[edit]
    assert changed(gate, "v1", BEFORE, now) == what


def test_the_provinces_sheets_are_no_edit_of_what_the_district_was_shown() -> None:
    both = counting(sheets=("s1", "s2", "p1"), provincial=("p1",))
    edited = counting(sheets=("s1", "s2", "p2"), provincial=("p2",))
    for now in (both, edited):
        assert changed(Gate.DISTRICT, "v1", BEFORE, now) == ()
        assert changed(Gate.DISTRICT, "v1", both, now) == ()
    assert changed(Gate.PROVINCE, "v1", both, edited) == ("score",)


@pytest.mark.parametrize("gate", [Gate.DISTRICT, Gate.PROVINCE])
def test_a_score_that_was_settled_since_is_an_edit_for_whoever_decides_by_it(gate: Gate) -> None:
    for before, now in (
        (BEFORE, settling(3)),
        (settling(3), settling(4)),
        (settling(3), settling(3, indicator="L2")),
        (settling(3), BEFORE),
    ):
        assert changed(gate, "v1", before, now) == ("settled",)
    assert changed(gate, "v1", settling(3), settling(3, why="เขียนเหตุผลใหม่")) == ()
    by_province = () if gate is Gate.DISTRICT else ("settled",)
    assert changed(gate, "v1", BEFORE, settling(3, Round.PROVINCIAL)) == by_province


def test_the_first_score_sheets_are_no_edit() -> None:
    assert changed(Gate.DISTRICT, "v1", counting(sheets=()), BEFORE) == ()


@pytest.mark.parametrize(("instance_id", "what"), [("", ()), ("v1", ()), ("v0", ("answers",))])
def test_without_what_lay_before_the_committee_the_applications_version_tells(
    instance_id: str, what: tuple[str, ...]
) -> None:
    not_counted = (Finding("assess.failed", "application", Severity.BLOCKING),)
    for before in (None, replace(BEFORE, counted=None), replace(BEFORE, findings=not_counted)):
        assert changed(Gate.DISTRICT, instance_id, before, EDITS["a sheet edited"][0]) == what


def test_the_committee_reads_what_was_edited() -> None:
    meeting = {"committee": "คณะกรรมการ", "meeting": "1/2568", "day": "2025-04-10"}
    found = finding("against.edited", Gate.DISTRICT, what=("score", "documents"), **meeting)
    assert said(found, Audience.COMMITTEE) == "คะแนนของกรรมการ และเอกสารประกอบ ถูกแก้ไขหลังจากมีมติ"
