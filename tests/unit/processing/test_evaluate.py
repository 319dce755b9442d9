"""One applicant's assessment: every check is in it, in one order, and what was counted is kept with it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mochocho.words.model import (
    ApplicantType,
    Assessment,
    DocumentState,
    FileRef,
    Gate,
    GateState,
    Knowledge,
    NotAssessed,
    NotOffered,
    Outcome,
    Replaces,
    Round,
    SupplementedDocument,
)
from processing.assessment.evaluate import Inputs, evaluate, failed
from processing.decisions.decided import Decided
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.likeness.duplicates import Slice
from tests.pins.applicants import (
    AWAY,
    DOUBTED,
    ELSEWHERE,
    GOOD,
    HOME,
    MEASURED,
    PACK,
    PROBLEMS,
    RULES,
    UNMEASURED,
    answers,
    application,
    assessed,
    attached,
    eligible,
    item,
    plan,
    resolution,
    sheet,
    supplement,
)
from xlsforms import names

LEADER = ApplicantType.LEADER
STANDARD = PACK.standard(LEADER)
FIRST, SECOND = (indicator.code for indicator in STANDARD.indicators[:2])
BAD = FileRef("bad.jpg", PROBLEMS[0])


def result(**changes: Any) -> Assessment:
    return evaluate(replace(Inputs("d", application(LEADER), measurements=MEASURED), **changes), RULES)


def codes(**changes: Any) -> list[str]:
    return [finding.code for finding in result(**changes).findings]


def test_a_complete_applicant_waits_for_its_own_work_and_an_assessor_alone() -> None:
    found = result()
    assert [f.code for f in found.findings] == ["score.not_assessed"]
    assert (found.key, found.digest) == ("k", "d")
    assert (found.scores, found.provincial, found.resolutions) == (None, None, ())
    assert {v.state for v in found.verdicts} == {DocumentState.ACCEPTED}
    assert [v.document for v in found.verdicts] == [d.code for d in STANDARD.documents]


def test_every_check_has_its_place() -> None:
    """Each finding comes from another check; the order is that of the papers."""
    told = {
        **application(LEADER).documents,
        STANDARD.documents[0].code: attached(AWAY),
        "gone": attached(GOOD),
    }
    whole = {STANDARD.documents[1].code: SupplementedDocument(Replaces.WHOLE, (GOOD,), path="photo")}
    before = assessed(LEADER, Round.SELF_BEFORE, signed=False, evidence={FIRST: AWAY})
    onsite = sheet(
        LEADER, "นายหนึ่ง", 1, mode="paper", papers=(BAD,), entered_by="นางคัด", evidence={SECOND: BAD}
    )
    provincial = sheet(LEADER, "นายจังหวัด", 4, round=Round.PROVINCIAL, gps="", papers=(BAD,))
    found = result(
        application=application(
            LEADER,
            district="9999",
            conflict=True,
            name="นาย龘 ตัวอย่าง",
            eligibility={**eligible(STANDARD), STANDARD.eligibility[0].code: "0"},
            documents=told,
        ),
        unread_edits=("อ่านไม่ได้",),
        supplements=(supplement("u", whole, conflict=True),),
        knowledge=(Knowledge("n", "n-1", "1", "k", "ก", "เรื่อง", "", "", None, "", doubted=DOUBTED[:1]),),
        slice=Slice(id_problem="missing"),
        self_assessments=(before,),
        sheets=(onsite, provincial),
        decided=Decided((resolution(Gate.DISTRICT, Outcome.PASS, "i-0"),)),
    )
    assert [(finding.code, finding.read_from.instance_id) for finding in found.findings] == [
        ("against.below_pass", ""),
        ("against.required_not_met", ""),
        ("against.document_missing", ""),
        ("against.not_eligible", ""),
        ("against.held", ""),
        ("against.edited", ""),
        ("applicant.unknown_district", "i"),
        ("submission.edit_unread", "i"),
        ("submission.conflict", "i"),
        ("text.letters_lacking", "i"),
        ("supplement.conflict", "u-1"),
        ("knowledge.unlikely_date", "n-1"),
        ("eligibility.not_met", "i"),
        ("document.not_arrived", "i"),
        ("form.unknown_field", "i"),
        ("applicant.no_national_id", "i"),
        ("self_assessment.not_signed", before.instance_id),
        ("evidence.not_arrived", before.instance_id),
        ("sheet.copied", onsite.instance_id),
        (f"evidence.{PROBLEMS[0]}", onsite.instance_id),
        (f"sheet.paper_{PROBLEMS[0]}", onsite.instance_id),
        (f"sheet.paper_{PROBLEMS[0]}", provincial.instance_id),
        ("score.below_pass", ""),
        ("score.required_not_met", ""),
        ("sheet.no_gps", provincial.instance_id),
    ]
    gates = {one.gate: one.state for one in found.gates}
    assert (gates[Gate.ELIGIBLE], gates[Gate.DISTRICT]) == (GateState.FAILED, GateState.PASSED)
    assert found.eligibility == tuple(f for f in found.findings if f.code == "eligibility.not_met")


def test_an_answer_that_a_form_does_not_offer_is_told_of_every_form_and_once() -> None:
    bad = (NotOffered("who/from", "มาจาก", "elsewhere"),)
    whole = {STANDARD.documents[1].code: SupplementedDocument(Replaces.WHOLE, (GOOD,), path="photo")}
    rule = next(rule for rule in STANDARD.eligibility if rule.check.type == "declaration")
    asked = names.eligibility(LEADER, rule.code)
    known_already = NotOffered(f"facts/{asked}", rule.th, "renamed")
    found = result(
        application=application(
            LEADER,
            eligibility={**eligible(STANDARD), rule.code: "renamed"},
            not_offered=(*bad, known_already),
        ),
        supplements=(replace(supplement("u", whole), not_offered=bad),),
        plans=(replace(plan(item(LEADER)), not_offered=bad),),
        self_assessments=(assessed(LEADER, Round.SELF_BEFORE, not_offered=bad),),
        sheets=(sheet(LEADER, "นายหนึ่ง", 4, not_offered=bad),),
        knowledge=(Knowledge("n", "n-1", "1", "k", "ก", "เรื่อง", "", "", None, "", not_offered=bad),),
    )
    told = [said(f, Audience.OFFICE) for f in found.findings if f.code == "form.choice_not_offered"]
    assert [sentence.partition(" ข้อ “มาจาก”: คำตอบ “elsewhere” ไม่ใช่ตัวเลือก")[0] for sentence in told] == [
        "ใบสมัคร",
        "แบบส่งเอกสารเพิ่มเติม",
        "แผนพัฒนาตนเอง",
        "แบบประเมินตนเองก่อนพัฒนา",
        "แบบให้คะแนนของนายหนึ่ง",
        "แบบบันทึกองค์ความรู้",
    ]
    assert sum(f.subject == rule.code for f in found.findings) == 1  # eligibility tells of that one


def test_the_officers_of_another_district_are_told_of_and_hold_it_up() -> None:
    found = result(application=application(LEADER, officer_districts=(ELSEWHERE,)))
    assert found.findings[0].code == "officer.other_district"
    assert {one.gate: one.state for one in found.gates}[Gate.DOCUMENTS] is GateState.FAILED
    assert "officer.other_district" not in codes(application=application(LEADER, officer_districts=(HOME,)))


class TestScores:
    def test_the_rounds_are_never_mixed(self) -> None:
        onsite = sheet(LEADER, "นายหนึ่ง", 10)
        provincial = sheet(LEADER, "นายจังหวัด", 0, round=Round.PROVINCIAL)
        found = result(sheets=(onsite, provincial))
        assert found.scores is not None
        assert found.provincial is not None
        assert found.scores.percent == 10_000
        assert found.scores.assessors == ("นายหนึ่ง",)
        assert found.provincial.points < found.scores.points
        assert found.provincial.assessors == ("นายจังหวัด",)

    def test_only_the_round_on_site_meets_the_pass_rule(self) -> None:
        provincial = sheet(LEADER, "นายจังหวัด", 0, round=Round.PROVINCIAL)
        assert codes(sheets=(sheet(LEADER, "นายหนึ่ง", 10), provincial)) == []
        assert "score.not_assessed" in codes(sheets=(provincial,))

    def test_a_sheet_of_an_earlier_form_is_held_to_that(self) -> None:
        found = result(sheets=(sheet(LEADER, "นายหนึ่ง", 10, form_version="0"),))
        assert found.scores is not None
        assert found.scores.form_version == "0"
        assert SECOND not in [one.code for one in found.scores.indicators]

    def test_an_application_of_an_earlier_form_is_read_by_it(self) -> None:
        assert result(application=application(LEADER, form_version="0")).verdicts == result().verdicts


class TestEvidence:
    def test_photos_that_open_are_kept_in_the_order_of_the_pack(self) -> None:
        other = FileRef("other.jpg", "pdf")
        two = sheet(LEADER, "นางสอง", 9, evidence={SECOND: GOOD, FIRST: other})
        counted = result(sheets=(sheet(LEADER, "นายหนึ่ง", 9), two)).counted
        assert counted is not None
        assert counted.evidence == ((FIRST, other), (FIRST, GOOD), (SECOND, GOOD))

    @pytest.mark.parametrize(
        ("photo", "code"),
        [(AWAY, "not_arrived"), (UNMEASURED, "not_measured"), *((FileRef("x", p), p) for p in PROBLEMS)],
    )
    @pytest.mark.parametrize("whose", ["assessor", "applicant"])
    def test_one_that_does_not_is_told_with_its_indicator(
        self, whose: str, photo: FileRef, code: str
    ) -> None:
        theirs = sheet(LEADER, "นายหนึ่ง", 10, evidence={SECOND: photo} if whose == "assessor" else {})
        mine = assessed(LEADER, Round.SELF_AFTER, evidence={SECOND: photo} if whose == "applicant" else {})
        found = result(sheets=(theirs,), self_assessments=(mine,))
        (one,) = [f for f in found.findings if f.code.startswith("evidence.")]
        assert (one.code, one.subject, dict(one.values)) == (
            f"evidence.{code}",
            SECOND,
            {"indicator": SECOND},
        )
        instance = theirs.instance_id if whose == "assessor" else mine.instance_id
        assert (one.read_from.instance_id, one.read_from.sha256) == (instance, photo.sha256 or "")
        assert one.read_from.path == f"e_{SECOND.replace('.', '_')}"
        assert found.counted is not None
        assert found.counted.evidence == ()


class TestWhatIsKept:
    def test_the_instances_everything_was_read_from(self) -> None:
        whole = {STANDARD.documents[1].code: SupplementedDocument(Replaces.WHOLE, (GOOD,), path="photo")}
        two, one = sheet(LEADER, "นางสอง", 9), sheet(LEADER, "นายหนึ่ง", 9)
        interested = sheet(LEADER, "นายสาม", interest="ญาติ", answers={})
        provincial = sheet(LEADER, "นายจังหวัด", 9, round=Round.PROVINCIAL)
        before = assessed(LEADER, Round.SELF_BEFORE)
        counted = result(
            sheets=(provincial, two, interested, one),
            supplements=(
                supplement("v", whole),
                supplement("u", whole),
                supplement("x", whole, applicant_key="k", officer_districts=(ELSEWHERE,)),
            ),
            plans=(plan(item(LEADER)),),
            self_assessments=(before,),
        ).counted
        assert counted is not None
        sheets = {"s-นายหนึ่ง-1", "s-นางสอง-1", "s-นายจังหวัด-1"}
        assert (set(counted.sheets), counted.sheets[-1]) == (sheets, "s-นายจังหวัด-1")
        assert counted.declared == ("s-นายสาม-1",)
        assert counted.instances[:3] == ("i", "u-1", "v-1")
        assert set(counted.instances[3:]) == {*sheets, "s-นายสาม-1", "p-1", before.instance_id}
        assert counted.application == application(LEADER)
        assert counted.own.plan == plan(item(LEADER))

    def test_what_assessors_wrote(self) -> None:
        why = {FIRST: "เห็นจริง"}
        sheets = (
            sheet(LEADER, "นายหนึ่ง", 9, remarks="ควรเก็บหลักฐาน", justifications=why),
            sheet(LEADER, "นางสอง", 9, justifications={}),
            sheet(LEADER, "นายจังหวัด", 9, round=Round.PROVINCIAL, remarks="ดี", justifications={}),
            sheet(LEADER, "นายสาม", interest="ญาติ", answers={}, remarks="ไม่นับ"),
        )
        counted = result(sheets=sheets).counted
        assert counted is not None
        assert counted.remarks == ("ควรเก็บหลักฐาน", "ดี")
        assert counted.justifications == ((FIRST, "นายหนึ่ง", "เห็นจริง"),)

    def test_the_resolutions_it_was_made_with(self) -> None:
        resolved = (resolution(Gate.DISTRICT, Outcome.FAIL),)
        assert result(decided=Decided(resolved)).resolutions == resolved


class TestOneThatCannotBeAssessed:
    RESOLVED = (resolution(Gate.DISTRICT, Outcome.PASS),)

    def test_it_says_so_and_nothing_else(self) -> None:
        found = failed(Inputs("d", application(LEADER), decided=Decided(self.RESOLVED)))
        assert [(f.code, f.read_from.instance_id) for f in found.findings] == [("assess.failed", "i")]
        assert (found.verdicts, found.eligibility, found.scores, found.provincial) == ((), (), None, None)
        assert found.counted is not None
        assert (found.counted.application, found.counted.instances) == (application(LEADER), ("i",))

    def test_it_stays_due_for_its_digest_is_not_that_of_its_inputs(self) -> None:
        assert failed(Inputs("d", application(LEADER))).digest != "d"

    def test_what_a_committee_resolved_stays(self) -> None:
        found = failed(Inputs("d", application(LEADER), decided=Decided(self.RESOLVED)))
        assert found.resolutions == self.RESOLVED
        states = {one.gate: one.state for one in found.gates}
        assert list(states) == list(Gate)
        assert states.pop(Gate.DISTRICT) is GateState.PASSED
        assert set(states.values()) == {GateState.NO_DATA}


def test_what_was_not_assessed_is_told_with_the_reason() -> None:
    blank = {**answers(STANDARD, 9), FIRST: None}
    found = codes(
        sheets=(sheet(LEADER, "นายหนึ่ง", answers=blank, not_assessed={FIRST: NotAssessed("no_evidence")}),)
    )
    assert found == ["score.cannot_assess", "score.not_assessed"]


def test_a_day_of_a_visit_that_is_not_believed_wins_over_no_other() -> None:
    believed = sheet(LEADER, "นายหนึ่ง", 10, visited_on=date(2025, 4, 1))
    doubted = replace(believed, root_id="z", instance_id="z-1", visited_on=None, doubted=DOUBTED[:1])
    found = result(sheets=(replace(doubted, answers=answers(STANDARD, 0)), believed))
    assert found.scores is not None
    assert found.scores.percent == 10_000
