"""What is against a committee's pass: each kind of evidence, alone and together, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from mochocho.words.model import (
    ApplicantType,
    Assessment,
    Counted,
    DocumentState,
    Finding,
    Gate,
    GateResult,
    GateState,
    Outcome,
    Resolution,
    Severity,
    Value,
    Verdict,
)
from processing.decisions import against_evidence
from processing.decisions.acceptable import Known, refusals
from processing.decisions.decision import of_resolution
from processing.findings.entry import Audience
from processing.findings.making import finding
from processing.findings.saying import said
from tests.pins.applicants import application

PASSED = Resolution(
    Gate.DISTRICT,
    Outcome.PASS,
    "คณะกรรมการอำเภอตัวอย่าง",
    "1/2568",
    date(2025, 4, 10),
    "",
    "นางบันทึก ตัวอย่าง",
    "v1",
)
APPLICATION = application(ApplicantType.GROUP, instance_id="v1")
CLEAN = Assessment(
    key="k",
    digest="d",
    verdicts=(),
    eligibility=(),
    scores=None,
    gates=tuple(GateResult(gate, GateState.NO_DATA) for gate in Gate),
    findings=(),
    resolutions=(PASSED,),
    counted=Counted(APPLICATION, ("v1",)),
)


def found(code: str, **values: Value) -> Assessment:
    return replace(CLEAN, findings=(finding(code, "s", **values),))


def with_document(state: DocumentState, severity: Severity) -> Assessment:
    of_it = Finding("document.missing", "d", severity, (("document", "สำเนาทะเบียนบ้าน"),))
    return replace(CLEAN, verdicts=(Verdict("d", state, findings=(of_it,)),))


def with_gate(gate: Gate, one: Finding) -> Assessment:
    return replace(CLEAN, gates=(GateResult(gate, GateState.FAILED, (one,)),))


RULE = "ตั้งถิ่นฐานไม่น้อยกว่า 1 ปี"
KINDS = {
    "below_pass": (
        found("score.below_pass", percent=4076, needed=70),
        "คะแนนรวมร้อยละ ๔๐.๗๖ ต่ำกว่าเกณฑ์ร้อยละ ๗๐",
    ),
    "below_pass by a hair": (
        found("score.below_pass", needed=70, rounded_to=7000),
        "คะแนนรวมต่ำกว่าเกณฑ์ร้อยละ ๗๐ อยู่ไม่ถึง ๐.๐๑",
    ),
    "required_not_met": (
        found("score.required_not_met", indicator="L1.1.1", label="ประพฤติดี"),
        "ตัวบ่งชี้บังคับยังไม่ผ่าน (L1.1.1 ประพฤติดี)",
    ),
    "partly_assessed": (
        found("score.not_assessed", indicators=("L1.1.1", "L1.1.2")),
        "ยังประเมินไม่ครบ ๒ ตัวบ่งชี้ (L1.1.1 และ L1.1.2)",
    ),
    "unreconciled": (
        found(
            "score.unreconciled",
            indicator="L1.1.1",
            label="ประพฤติดี",
            apart=400,
            above=40,
            marks=(("ก", "1"), ("ข", "5")),
        ),
        "ยังไม่ได้ประมวลคะแนนที่กรรมการให้ต่างกันเกินเกณฑ์ (L1.1.1)",
    ),
    "document_missing": (
        with_document(DocumentState.MISSING, Severity.BLOCKING),
        "ยังไม่มีเอกสารบังคับ (สำเนาทะเบียนบ้าน)",
    ),
    "document_unreadable": (
        with_document(DocumentState.UNREADABLE, Severity.BLOCKING),
        "เอกสารบังคับเปิดอ่านไม่ได้ (สำเนาทะเบียนบ้าน)",
    ),
    "document_returned": (
        with_document(DocumentState.RETURNED, Severity.BLOCKING),
        "เอกสารบังคับถูกส่งคืน (สำเนาทะเบียนบ้าน)",
    ),
    "document_unjudged": (
        with_document(DocumentState.NEEDS_PERSON, Severity.BLOCKING),
        "เอกสารบังคับที่ส่งมาใหม่ยังไม่มีผู้ตรวจ (สำเนาทะเบียนบ้าน)",
    ),
    "document_unjudged and doubted": (
        with_document(DocumentState.SUSPICIOUS, Severity.BLOCKING),
        "เอกสารบังคับที่ส่งมาใหม่ยังไม่มีผู้ตรวจ (สำเนาทะเบียนบ้าน)",
    ),
    "not_eligible": (
        with_gate(Gate.ELIGIBLE, finding("eligibility.not_answered", "e", rule=RULE)),
        "คุณสมบัติยังไม่ครบ (ตั้งถิ่นฐานไม่น้อยกว่า ๑ ปี)",
    ),
    "held": (with_gate(Gate.DOCUMENTS, finding("officer.other_district", "d")), "ใบสมัครถูกระงับไว้"),
    "edited": (
        replace(CLEAN, counted=Counted(replace(APPLICATION, instance_id="v2"), ("v2",))),
        "คำตอบในใบสมัคร ถูกแก้ไขหลังจากมีมติ",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_evidence_is_named_and_asks_for_a_reason(kind: str) -> None:
    assessment, sentence = KINDS[kind]
    (one,) = against_evidence.every(assessment)
    assert (one.code, one.subject) == (f"against.{kind.partition(' ')[0]}", Gate.DISTRICT)
    assert said(one, Audience.COMMITTEE) == sentence
    assert "มีมติผ่านทั้งที่" in said(one)
    assert said(one, Audience.FIELD) == ""
    (refusal,) = refusals(of_resolution("k", PASSED), 2568, Known(against=(one,)))
    assert (refusal.part, sentence in refusal.said.th) == ("reason", True)
    confirmed = of_resolution("k", replace(PASSED, reason="คณะกรรมการตรวจต้นฉบับแล้ว"))
    assert not list(refusals(confirmed, 2568, Known(against=(one,))))


@pytest.mark.parametrize("kind", KINDS)
def test_the_reason_is_printed_but_what_was_edited_since_it_does_not_cover(kind: str) -> None:
    assessment = replace(KINDS[kind][0], resolutions=(replace(PASSED, reason="ตรวจต้นฉบับแล้ว"),))
    (one,) = against_evidence.every(assessment)
    assert against_evidence.confirmed(one) is (kind != "edited")
    assert ("เหตุผลของคณะกรรมการ: ตรวจต้นฉบับแล้ว" in said(one)) is (kind != "edited")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_against_a_refusal(kind: str) -> None:
    refused = replace(PASSED, outcome=Outcome.FAIL, reason="คะแนนไม่ถึง")
    assert against_evidence.every(replace(KINDS[kind][0], resolutions=(refused,))) == ()


@pytest.mark.parametrize(
    "assessment",
    [
        CLEAN,
        replace(KINDS["edited"][0], resolutions=(replace(PASSED, instance_id=""),)),  # of which is not known
        found("score.not_assessed"),  # no score sheet has come
        found("score.disagreement", indicator="L1.1.1", marks=(("ก", "1"), ("ข", "2")), rule="mean"),
        with_document(DocumentState.MISSING, Severity.WARNING),
        with_document(DocumentState.UNREADABLE, Severity.WARNING),
        with_document(DocumentState.RETURNED, Severity.WARNING),
        with_document(DocumentState.SUSPICIOUS, Severity.WARNING),
    ],
)
def test_what_never_came_and_what_is_only_to_be_looked_at_is_against_nothing(assessment: Assessment) -> None:
    assert against_evidence.every(assessment) == ()


def test_all_kinds_together_are_told_once_each_for_each_committee() -> None:
    every = [KINDS[kind][0] for kind in KINDS if kind != "below_pass by a hair"]
    together = replace(
        CLEAN,
        findings=tuple(f for one in every for f in one.findings),
        verdicts=tuple(v for one in every for v in one.verdicts),
        gates=tuple(g for one in every for g in one.gates if g.state is GateState.FAILED),
        counted=KINDS["edited"][0].counted,
        resolutions=(PASSED, replace(PASSED, gate=Gate.PROVINCE)),
    )
    told = against_evidence.every(together)
    kinds = {f"against.{kind.partition(' ')[0]}" for kind in KINDS}
    for gate in (Gate.DISTRICT, Gate.PROVINCE):
        assert sorted(f.code for f in told if f.subject == gate) == sorted(kinds)


@pytest.mark.parametrize("district", [None, Outcome.FAIL, Outcome.PASS])
def test_a_province_that_passes_whom_no_district_passed(district: Outcome | None) -> None:
    province = replace(PASSED, gate=Gate.PROVINCE)
    standing = [province] + ([replace(PASSED, outcome=district)] if district else [])
    codes = [f.code for f in against_evidence.of(province, None, standing)]
    assert codes == ([] if district is Outcome.PASS else ["against.no_district_pass"])
    assert against_evidence.of(province, None) == ()  # it may be typed before the district's


def test_a_dash_is_no_reason_of_a_committee() -> None:
    against = KINDS["below_pass"][0]
    (found,) = against_evidence.of(replace(PASSED, reason="-"), against)
    assert not against_evidence.confirmed(found)
    decision = of_resolution("k", replace(PASSED, reason="…"))
    assert [one.part for one in refusals(decision, 2568, Known(against=(found,)))] == ["reason"]


@pytest.mark.parametrize(("day", "codes"), [(9, []), (10, []), (11, ["against.before_district"])])
def test_a_province_passes_whom_the_district_passed_no_later(day: int, codes: list[str]) -> None:
    district = replace(PASSED, meeting_date=date(2025, 4, day))
    province = replace(PASSED, gate=Gate.PROVINCE)
    told = against_evidence.of(province, None, [district, province])
    assert [f.code for f in told] == codes
    assert all("วันที่ ๑๑ เม.ย. ๒๕๖๘" in said(f, Audience.OFFICE) for f in told)
