"""What the field, phones, papers and the office's list say of a document that a person decided about."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mochocho.words.model import NOTHING_OWN, Case, DocumentAnswer, Measurement, ReviewState, Suspicion
from mochocho.words.places import Province
from processing.assessment.evaluate import Inputs, evaluate
from processing.decisions.decided import Decided
from processing.decisions.decision import Decision, Kind, Plain, Seen, Waived
from processing.decisions.on_documents import judged_pages
from processing.likeness.duplicates import Other, Others, Slice
from reports.lists.findings_sheet import findings_of
from reports.lists.list_rows import ListedApplicant, applicant_row
from reports.notices.slip import To, slip_text
from reports.view.dossier import DocumentRow, Dossier, dossier
from reports.view.front import reasons
from reports.view.printed_words import Tone
from tests.unit.reports.made_cases import arranged, occasion, pack_of
from tests.unit.reports.made_inputs import KNOWN, LEADER, RULES, TH, inputs, pages, said, told

ID, ADVISERS = "id_card_copy", "advisory_list"
NAME = TH[ID]
WHY = "ภาพเป็นบัตรของผู้อื่น ขอบัตรของผู้สมัคร"
DARK = Measurement("dark", 9, "jpeg", 1200, 900, suspicions=(Suspicion("dark", 3, 9),))  # type: ignore[arg-type]
PROVINCE = Province.named("เชียงราย")


def decision(kind: Kind, answer: DocumentAnswer, **changes: Any) -> Decision:
    content = Waived("นายเห็น ตัวจริง") if kind is Kind.DOCUMENT_WAIVE else Plain()
    made = Decision(kind, "k", ID, content, WHY, "นางรับ เอกสาร", seen=Seen("instance", judged_pages(answer)))
    return replace(made, **changes)


def of(answer: DocumentAnswer, *decided: Decision, **changes: Any) -> Inputs:
    made = inputs({ID: answer}, **changes)
    measured = {**KNOWN, "dark": DARK}
    return replace(made, measurements=measured, decided=Decided(decisions=decided))


def row(given: Inputs) -> dict[str, str]:
    return applicant_row(ListedApplicant(given.application, LEADER, evaluate(given, RULES), NOTHING_OWN), {})


def case(given: Inputs) -> Case:
    return Case(given.application, "", evaluate(given, RULES))


def dossier_of(one: Case) -> Dossier:
    (group,) = (group for group in arranged([one], PROVINCE, ()) if group.blocked)
    return dossier(1, one, group, pack_of, occasion())


def in_dossier(given: Inputs) -> DocumentRow:
    return next(document for document in dossier_of(case(given)).documents if document.name == NAME)


RETURNED = of(pages("good"), decision(Kind.DOCUMENT_RETURN, pages("good")))


def test_what_is_returned_is_asked_for_with_the_persons_reason() -> None:
    now = said(RETURNED)
    assert now.state is ReviewState.HAS_ISSUES
    assert f"- {NAME} (ส่งคืน: {WHY})" in now.text
    assert "ส่งเอกสารเพิ่มเติม" in now.text
    to = To("k", "นายสมมติ", LEADER.code, "เมือง", "เชียงราย", date(2025, 5, 1))
    assert WHY in slip_text(now, to)


def test_a_long_reason_is_told_in_full_and_without_a_persons_number() -> None:
    why = f"{'อธิบายยาว ' * 20}โทร 000-000-0000"
    now = said(of(pages("good"), decision(Kind.DOCUMENT_RETURN, pages("good"), reason=why)))
    assert now.text.count("อธิบายยาว") == 20
    assert "000" not in now.text


def test_a_long_reason_fits_on_a_phone_without_a_persons_number() -> None:
    why = f"โทร 000-000-0000 {'อธิบายยาว ' * 90}"
    listed = row(of(pages("good"), decision(Kind.DOCUMENT_RETURN, pages("good"), reason=why)))
    assert listed["missing_th"].startswith(f"ถูกส่งคืน {NAME} (โทร x อธิบายยาว")
    assert len(listed["missing_th"]) < 220


def test_phones_list_what_is_returned_as_to_be_sent_whole() -> None:
    listed = row(RETURNED)
    assert (listed["missing_docs"], listed["bad_pages"]) == (ID, "")
    assert listed["missing_th"] == f"ถูกส่งคืน {NAME} ({WHY})"
    assert listed["status"] == "incomplete"


def test_beside_what_is_missing_the_returned_one_is_named_apart() -> None:
    given = of(pages("good"), decision(Kind.DOCUMENT_RETURN, pages("good")))
    lacking = {**given.application.documents, "house_registration_copy": DocumentAnswer("later")}
    listed = row(replace(given, application=replace(given.application, documents=lacking)))
    assert listed["missing_docs"] == f"house_registration_copy {ID}"
    assert listed["missing_th"] == f"ยังขาด {TH['house_registration_copy']} และถูกส่งคืน {NAME} ({WHY})"


@pytest.mark.parametrize("kind", [Kind.DOCUMENT_ACCEPT, Kind.DOCUMENT_WAIVE])
@pytest.mark.parametrize("answer", [pages("truncated"), pages("dark"), pages("good")])
def test_of_what_a_person_took_as_it_is_nothing_more_is_asked(kind: Kind, answer: DocumentAnswer) -> None:
    given = of(answer, decision(kind, answer))
    now = said(given)
    assert (now.state, now.tasks) == (ReviewState.RECEIVED, ())
    listed = row(given)
    assert (listed["missing_docs"], listed["bad_pages"], listed["missing_th"]) == ("", "", "")
    assert listed["status"] == "registered"


def test_a_page_that_others_sent_too_is_not_asked_about_once_it_is_accepted() -> None:
    answer = pages("dark")
    shared = Slice(shared_files=(("dark", Others((Other("b", "นายอื่น", "5701"),), 1)),))
    asked = said(replace(of(answer), slice=shared))
    assert "ซ้ำกับใบสมัครอื่น" in asked.text
    assert said(replace(of(answer, decision(Kind.DOCUMENT_ACCEPT, answer)), slice=shared)).tasks == ()


def test_what_was_sent_again_is_told_to_be_looked_at_and_to_wait() -> None:
    sent_again = of(pages("good"), decision(Kind.DOCUMENT_RETURN, pages("dark")))
    now = said(sent_again)
    assert (now.state, now.tasks) == (ReviewState.RECEIVED, ())
    assert now.text == "ได้รับเอกสารที่ส่งมาใหม่แล้ว กำลังรอเจ้าหน้าที่ตรวจ ยังไม่ต้องส่งอะไรเพิ่ม"
    assert row(sent_again)["missing_docs"] == ""
    also_bad = of(pages("truncated"), decision(Kind.DOCUMENT_RETURN, pages("good")))
    assert said(also_bad).tasks[0].things == (f"{NAME} (ไฟล์ขาดตอนท้าย)",)


def test_what_was_replaced_after_it_was_accepted_asks_the_field_for_nothing() -> None:
    replaced = of(pages("good"), decision(Kind.DOCUMENT_ACCEPT, pages("dark")))
    now = told(replaced)
    assert now is not None
    assert (now.state, now.tasks) == (ReviewState.RECEIVED, ())


def test_the_dossier_marks_what_a_person_took_and_says_who_and_why() -> None:
    dark = pages("dark")
    accepted = in_dossier(of(dark, decision(Kind.DOCUMENT_ACCEPT, dark)))
    assert (accepted.state, accepted.tone) == ("เจ้าหน้าที่รับแล้ว", Tone.GOOD)
    assert accepted.notes == (f"รับโดยนางรับ เอกสาร เหตุผล: {WHY}", f"{NAME}: ภาพมืด")
    later = DocumentAnswer("later")
    waived = in_dossier(of(later, decision(Kind.DOCUMENT_WAIVE, later)))
    assert (waived.state, waived.tone) == ("ตรวจสอบต้นฉบับแล้ว", Tone.GOOD)
    assert waived.notes[:2] == (f"ยกเว้นโดยนางรับ เอกสาร เหตุผล: {WHY}", "ผู้เห็นตัวจริง: นายเห็น ตัวจริง")


def test_who_saw_the_original_is_told_of_the_forms_waiver_too() -> None:
    waived = in_dossier(of(DocumentAnswer("waived", waived_by="นายเห็น เอง")))
    assert (waived.state, waived.notes) == ("ตรวจสอบต้นฉบับแล้ว", ("ผู้เห็นตัวจริง: นายเห็น เอง",))


def test_the_dossier_and_the_list_of_who_waits_say_what_was_returned_and_replaced() -> None:
    returned = in_dossier(RETURNED)
    assert (returned.state, returned.tone) == ("ส่งคืนให้แก้ไข", Tone.BAD)
    assert f"{NAME}: นางรับ เอกสารส่งคืน เพราะ{WHY}" in returned.notes
    assert f"{NAME}: นางรับ เอกสารส่งคืน เพราะ{WHY}" in reasons(case(RETURNED), occasion())
    replaced = in_dossier(of(pages("good"), decision(Kind.DOCUMENT_ACCEPT, pages("dark"))))
    assert (replaced.state, replaced.tone) == ("มาใหม่ รอคนตรวจ", Tone.PLAIN)
    assert replaced.notes == (f"{NAME}: เอกสารถูกแทนที่หลังการวินิจฉัย",)


def test_of_what_a_person_took_the_lists_of_findings_say_that_nothing_is_left_to_do() -> None:
    dark = pages("dark")
    open_ = case(of(dark))
    accepted = case(of(dark, decision(Kind.DOCUMENT_ACCEPT, dark)))
    ((grave, sentence, code),) = (one for one in findings_of(open_) if "looks" in one[2])
    assert (grave, code) == ("ควรตรวจสอบ", "document.looks_dark")
    assert "ให้เปิดดูภาพ" in sentence
    assert ("ตรวจแล้ว", f"{NAME}: ภาพมืด", "document.looks_dark") in findings_of(accepted)
    assert ("ตรวจแล้ว", f"{NAME}: ภาพมืด") in dossier_of(accepted).findings.rows
