"""Assessing through public functions: mirror -> register -> assess -> casebook, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, Case, DocumentState, Gate, GateState, Outcome, Resolution
from mochocho.words.thai import national_id_check_digit
from processing.assessment import assess, evaluate
from processing.assessment import cases as casebook
from processing.decisions import record_resolutions, recorder
from processing.decisions.decision import Decision, Kind
from processing.findings import saying
from processing.register import register_forms
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow, MeasurementRow, SheetRow, UnreadRow
from sync.tables import Submission
from tests.integration import province_mirror as mirror
from xlsforms import names

LEADER, GROUP = ApplicantType.LEADER, ApplicantType.GROUP


def run(home: Home) -> dict[str, Case]:
    """One turn of the conveyor's two stages; the cases by root id."""
    register_forms.run(home)
    assess.do(home, assess.due(home))
    assert assess.due(home) == []
    return {case.application.root_id: case for case in casebook.cases(home)}


def codes(case: Case) -> set[str]:
    return {f.code for f in case.assessment.findings}


def gate(case: Case, wanted: Gate) -> GateState:
    return next(g.state for g in case.assessment.gates if g.gate is wanted)


def count(home: Home, table: type) -> int:
    with reading(home.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def resolution(outcome: Outcome = Outcome.PASS, meeting_no: str = "1/2568", reason: str = "") -> Resolution:
    return Resolution(
        Gate.DISTRICT, outcome, "คณะกรรมการตัวอย่าง", meeting_no, date(2025, 4, 10), reason, "นางบันทึก ตัวอย่าง"
    )


def test_a_complete_applicant_passes_what_is_checked_and_waits_for_the_committee(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1), mirror.sheet(any_home, 1))
    case = run(any_home)["app-1"]
    assert [g.state.value for g in case.assessment.gates] == ["passed", "passed", *["no_data"] * 6]
    assert case.assessment.findings == ()
    assert case.assessment.scores is not None
    assert case.assessment.scores.percent == 10_000
    assert {v.state for v in case.assessment.verdicts} == {DocumentState.ACCEPTED, DocumentState.NOT_OFFERED}
    assert [i.split("-")[0] for i, _ in case.sources] == ["app", "sheet"]
    assert all(len(sha256) == 64 for _, sha256 in case.sources)


def test_running_again_changes_nothing(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1), mirror.sheet(any_home, 1))
    first = run(any_home)
    rows = [count(any_home, t) for t in (ApplicantRow, AssessmentRow, MeasurementRow, SheetRow, UnreadRow)]
    assert run(any_home) == first
    report = assess.do(any_home, [case.application.key for case in first.values()])
    assert (report.computed, report.pointed, report.failed) == (0, 0, {})
    assert rows == [
        count(any_home, t) for t in (ApplicantRow, AssessmentRow, MeasurementRow, SheetRow, UnreadRow)
    ]


def test_going_back_to_what_was_points_to_the_assessment_made_then(any_home: Home) -> None:
    form = mirror.application(any_home, 1)
    mirror.send(any_home, form)
    a = run(any_home)["app-1"].assessment
    minutes = form.files["member_meeting_minutes-app-1.jpg"]
    assert minutes is not None
    mirror.arrive(any_home, form, "member_meeting_minutes-app-1.jpg", b"")
    b = run(any_home)["app-1"].assessment
    assert gate(run(any_home)["app-1"], Gate.DOCUMENTS) is GateState.FAILED
    mirror.arrive(any_home, form, "member_meeting_minutes-app-1.jpg", minutes)
    assert run(any_home)["app-1"].assessment == a
    assert a.digest != b.digest
    assert count(any_home, AssessmentRow) == 2


def test_the_digest_moves_when_an_input_moves_and_only_for_whom_it_concerns(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = [mirror.application(home, n) for n in (1, 2)]
    mirror.send(home, *forms)
    run(home)

    def due_after(*changed: mirror.Form) -> list[str]:
        mirror.send(home, *changed)
        register_forms.run(home)
        due = assess.due(home)
        assess.do(home, due)
        return due

    key = mirror.ENTITY.format(1)
    assert due_after(mirror.sheet(home, 1)) == [key]
    forms[0].fields["village"] = "บ้านใหม่"
    assert due_after(forms[0]) == [key]
    record_resolutions.record(home, {key: resolution()})
    assert due_after() == [key]
    record_resolutions.record(home, {key: resolution()})
    assert due_after() == []
    kept = Decision(Kind.WITHDRAW, key, reason="ย้ายออกจากชุมชน", recorded_by="นางบันทึก ตัวอย่าง")
    (recorded,) = recorder.record_decisions(home, [kept])
    assert due_after() == [key]
    back = replace(kept, kind=Kind.REVOKE, undoes=recorded.decision.number, reason="ถอนผิดราย")
    recorder.record_decisions(home, [back])
    assert due_after() == [key]
    monkeypatch.setattr(assess, "RULE_VERSION", evaluate.RULE_VERSION + 1)
    assert due_after() == [key, mirror.ENTITY.format(2)]


def test_a_file_that_comes_late_turns_missing_into_accepted(any_home: Home) -> None:
    form = mirror.application(any_home, 1)
    name = "lead_team_list-app-1.jpg"
    form.files[name] = None
    mirror.send(any_home, form)
    case = run(any_home)["app-1"]
    verdict = next(v for v in case.assessment.verdicts if v.document == "lead_team_list")
    assert verdict.state is DocumentState.MISSING
    assert [f.code for f in verdict.findings] == ["document.not_arrived"]
    assert verdict.findings[0].read_from.instance_id == "app-1-v1"
    mirror.arrive(any_home, form, name, mirror.photo())
    assert gate(run(any_home)["app-1"], Gate.DOCUMENTS) is GateState.PASSED


def test_a_file_lost_from_the_store_is_said_and_looked_for_again(home: Home) -> None:
    form = mirror.application(home, 1)
    mirror.send(home, form)
    content = form.files["lead_team_list-app-1.jpg"]
    assert content is not None
    path = home.store.path(home.store.put(content))
    path.unlink()
    assert "document.not_measured" in codes(run(home)["app-1"])
    home.store.put(content)
    assert assess.due(home) == [mirror.ENTITY.format(1)]
    assert "document.not_measured" not in codes(run(home)["app-1"])


def test_only_the_recorded_resolution_opens_g6(any_home: Home) -> None:
    poor = {i.code: 0 if i.measure.kind != "rubric" else 1 for i in any_home.pack.standard(GROUP).indicators}
    mirror.send(any_home, *(mirror.application(any_home, n) for n in (1, 2)))
    mirror.send(any_home, mirror.sheet(any_home, 1, answers=poor), mirror.sheet(any_home, 2))
    cases = run(any_home)
    assert {gate(case, Gate.DISTRICT) for case in cases.values()} == {GateState.NO_DATA}
    assert "score.below_pass" in codes(cases["app-1"])
    key1, key2 = mirror.ENTITY.format(1), mirror.ENTITY.format(2)
    record_resolutions.record(
        any_home,
        {key1: resolution(reason="ชุมชนรับรอง"), key2: resolution(Outcome.FAIL, reason="เอกสารไม่ตรง")},
    )
    cases = run(any_home)
    assert gate(cases["app-1"], Gate.DISTRICT) is GateState.PASSED
    assert gate(cases["app-2"], Gate.DISTRICT) is GateState.FAILED
    assert "เอกสารไม่ตรง" in saying.said(
        next(f for f in cases["app-2"].assessment.findings if f.code == "resolution.failed")
    )


def test_a_pass_stands_but_asks_for_review_when_the_application_is_edited_later(any_home: Home) -> None:
    form = mirror.application(any_home, 1)
    mirror.send(any_home, form, mirror.sheet(any_home, 1))
    run(any_home)
    record_resolutions.record(any_home, {mirror.ENTITY.format(1): resolution()})
    assert not against(run(any_home)["app-1"])
    form.fields[names.document(GROUP, "lead_team_list")] = "later"
    mirror.send(any_home, form)
    case = run(any_home)["app-1"]
    assert gate(case, Gate.DISTRICT) is GateState.PASSED
    assert against(case) == ["against.document_missing", "against.edited"]
    assert [f.code for f in case.assessment.findings[:2]] == against(case)
    again = {mirror.ENTITY.format(1): resolution(meeting_no="2/2568")}
    with pytest.raises(BadInput, match="ยังไม่มีเอกสารบังคับ"):
        record_resolutions.record(any_home, again)
    again = {key: replace(one, reason="ตรวจต้นฉบับแล้ว") for key, one in again.items()}
    record_resolutions.record(any_home, again)
    case = run(any_home)["app-1"]
    assert against(case) == ["against.document_missing"]
    assert "ตรวจต้นฉบับแล้ว" in saying.said(case.assessment.findings[0])


def against(case: Case) -> list[str]:
    return [f.code for f in case.assessment.findings if f.code.startswith("against.")]


def test_one_file_and_one_national_id_in_two_applications_are_shown_on_both(any_home: Home) -> None:
    first, second, third = (mirror.application(any_home, n, LEADER) for n in (1, 2, 3))
    number = "100000000001"
    number += national_id_check_digit(number)
    other = "100000000002"
    other += national_id_check_digit(other)
    for form, id_ in ((first, number), (second, number), (third, other)):
        form.fields["national_id"] = id_
    second.files["id_card_copy-app-2.jpg"] = first.files["id_card_copy-app-1.jpg"]
    mirror.send(any_home, first, second, third)
    cases = run(any_home)
    for root_id in ("app-1", "app-2"):
        assert {"document.shared_file", "applicant.duplicate_national_id"} <= codes(cases[root_id])
        assert number not in repr(cases[root_id])
    assert cases["app-1"].masked_id == f"x-xxxx-xxxxx-{number[10:12]}-{number[12]}"
    assert codes(cases["app-3"]) == {"score.not_assessed"}
    third.fields["national_id"] = number
    mirror.send(any_home, third)
    register_forms.run(any_home)
    assert len(assess.due(any_home)) == 3


def test_who_may_send_for_a_district(any_home: Home) -> None:
    own, foreign = any_home.province.districts[0].code, any_home.province.districts[1].code
    stranger = mirror.officer(any_home, foreign)
    mirror.send(any_home, mirror.application(any_home, 1), officer=stranger)
    mirror.send(any_home, mirror.application(any_home, 2), officer=mirror.officer(any_home, foreign, own))
    mirror.send(any_home, mirror.sheet(any_home, 2), officer=stranger)
    cases = run(any_home)
    held = next(g for g in cases["app-1"].assessment.gates if g.gate is Gate.DOCUMENTS)
    assert (held.state, [f.code for f in held.findings]) == (GateState.FAILED, ["officer.other_district"])
    assert gate(cases["app-2"], Gate.DOCUMENTS) is GateState.PASSED
    assert cases["app-2"].assessment.scores is None
    assert "officer.other_district" in codes(cases["app-2"])


def test_one_applicant_that_cannot_be_computed_stops_nobody(
    any_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.send(any_home, *(mirror.application(any_home, n) for n in (1, 2, 3)))
    register_forms.run(any_home)
    record_resolutions.record(any_home, {mirror.ENTITY.format(2): resolution()})
    whole = evaluate.evaluate

    def breaks(inputs: evaluate.Inputs, rules: evaluate.Rules) -> object:
        if inputs.application.root_id == "app-2":
            raise ZeroDivisionError
        return whole(inputs, rules)

    with monkeypatch.context() as patch:
        patch.setattr(assess, "evaluate", breaks)
        for computed in (2, 0):
            report = assess.do(any_home, assess.due(any_home))
            assert (report.computed, report.failed.keys()) == (computed, {mirror.ENTITY.format(2)})
    cases = {case.application.root_id: case for case in casebook.cases(any_home)}
    assert codes(cases["app-2"]) == {"assess.failed"}
    assert gate(cases["app-2"], Gate.DISTRICT) is GateState.PASSED
    assert gate(cases["app-3"], Gate.DOCUMENTS) is GateState.PASSED
    assert assess.due(any_home) == [mirror.ENTITY.format(2)]
    assert codes(run(any_home)["app-2"]) == {"score.not_assessed"}
    assert count(any_home, AssessmentRow) == 4  # what was said in between stays, as everything does


def test_what_cannot_be_read_is_recorded_and_the_version_before_it_stays(any_home: Home) -> None:
    form, other = mirror.application(any_home, 1), mirror.application(any_home, 2)
    mirror.send(any_home, form, other)
    run(any_home)
    form.fields["applicant_type"] = "village"
    mirror.send(any_home, form, mirror.sheet(any_home, 2, i_G1_2_1="มาก"))
    cases = run(any_home)
    assert cases["app-1"].application.instance_id == "app-1-v1"
    assert "submission.edit_unread" in codes(cases["app-1"])
    assert cases["app-2"].assessment.scores is None
    with reading(any_home.engine) as session:
        assert set(session.scalars(select(UnreadRow.code))) == {
            "application.type_unknown",
            "sheet.not_a_number",
        }
    form.fields["applicant_type"] = "group"
    mirror.send(any_home, form)
    assert "submission.edit_unread" not in codes(run(any_home)["app-1"])
    assert count(any_home, UnreadRow) == 1


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_two_submissions_that_claim_one_key_come_out_the_same_in_any_order(
    any_home: Home, order: tuple[int, int]
) -> None:
    forms = {n: mirror.application(any_home, n) for n in (1, 2)}
    forms[2].entity = forms[1].entity
    for n in order:
        mirror.send(any_home, forms[n])
        run(any_home)
    assert set(run(any_home)) == {"app-1"}
    assert register_forms.due(any_home) == []
    with reading(any_home.engine) as session:
        assert session.execute(select(UnreadRow.root_id, UnreadRow.code)).all() == [
            ("app-2", register_forms.DUPLICATE)
        ]
    forms[1].entity = mirror.ENTITY.format(99)
    mirror.send(any_home, forms[1])
    assert set(run(any_home)) == {"app-1", "app-2"}
    assert count(any_home, UnreadRow) == 0


def test_a_submission_that_goes_leaves_the_register_and_takes_its_identifiers_along(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1), mirror.application(any_home, 2))
    run(any_home)
    with transaction(any_home.engine) as session:
        session.scalars(select(Submission).where(Submission.root_id == "app-1")).one().current_id = None
    assert set(run(any_home)) == {"app-2"}
    assert count(any_home, IdentityRow) == 1
    assert count(any_home, AssessmentRow) == 2


def test_a_sheet_that_comes_before_its_application_waits_and_then_counts(any_home: Home) -> None:
    mirror.send(any_home, mirror.sheet(any_home, 1))
    assert run(any_home) == {}
    with reading(any_home.engine) as session:
        assert list(session.scalars(select(UnreadRow.code))) == ["sheet.unknown_applicant"]
    assert register_forms.due(any_home) == []
    mirror.send(any_home, mirror.application(any_home, 1))
    assert register_forms.due(any_home) == ["app-1"]
    assert codes(run(any_home)["app-1"]) == set()
    assert count(any_home, UnreadRow) == 0


def test_a_district_outside_the_province_keeps_g2_shut(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1, district="9999"))
    case = run(home)["app-1"]
    assert gate(case, Gate.DOCUMENTS) is GateState.FAILED
    assert "applicant.unknown_district" in codes(case)


def test_a_server_without_entities_knows_applicants_by_their_root_instance(home: Home) -> None:
    form = mirror.application(home, 1)
    form.entity = ""
    mirror.send(home, form, mirror.sheet(home, 1, applicant_key="uuid:app-1"))
    case = run(home)["app-1"]
    assert case.application.key == "app-1"
    assert case.assessment.scores is not None


def test_evidence_is_shown_in_pack_order_and_only_what_opens(home: Home) -> None:
    codes_ = [i.code for i in home.pack.standard(GROUP).indicators][:3]
    form = mirror.sheet(home, 1, remarks="ควรปรับปรุงบัญชี")
    for code, content in zip(reversed(codes_), (mirror.photo(), b"<svg/>", mirror.photo()), strict=True):
        form.fields[names.evidence(code)] = f"{code}.jpg"
        form.files[f"{code}.jpg"] = content
    mirror.send(home, mirror.application(home, 1), form)
    case = run(home)["app-1"]
    assert [code for code, _ in case.evidence] == [codes_[0], codes_[2]]
    assert case.remarks == ("ควรปรับปรุงบัญชี",)
    assert "evidence.unsupported" in codes(case)


def test_a_score_sheet_edited_after_a_pass_is_told_until_the_committee_confirms(any_home: Home) -> None:
    key = mirror.ENTITY.format(1)
    sheet = mirror.sheet(any_home, 1)
    mirror.send(any_home, mirror.application(any_home, 1), sheet)
    run(any_home)
    record_resolutions.record(any_home, {key: resolution()})

    def edited() -> list[tuple[str, ...]]:
        found = run(any_home)["app-1"].assessment.findings
        return [dict(f.values)["what"] for f in found if f.code == "against.edited"]  # type: ignore[misc]

    assert edited() == []
    sheet.fields["visited_on"] = "2025-04-03"
    mirror.send(any_home, sheet)
    assert edited() == [("score",)]
    record_resolutions.record(any_home, {key: resolution(reason="ดูคะแนนที่แก้แล้ว ยืนยันมติเดิม")})
    assert edited() == []
