"""What a person decided about a document, and what becomes of it when its pages change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import (
    ApplicantType,
    Application,
    DocumentAnswer,
    DocumentState,
    FileRef,
    Gate,
    GateState,
    Judgement,
    Severity,
    Verdict,
)
from processing.assessment.evaluate import Inputs, evaluate
from processing.decisions.decided import Decided
from processing.decisions.decision import OF_DOCUMENTS, Decision, Kind, Plain, Seen, Waived
from processing.decisions.on_documents import Submitted, code_of, judged_pages, wrong_with
from processing.documents.verdicts import verdicts
from processing.findings.entry import Audience
from processing.findings.saying import said
from tests.pins.applicants import MEASURED, PACK, RULES, application

LEADER = PACK.standard(ApplicantType.LEADER)
ID, FORM, ADVISERS = "id_card_copy", "application_form", "advisory_list"
REPLACED, RETURNED = "document.replaced", "document.returned"
WHY = "ถ่ายผิดคน"


def attached(*shas: str | None) -> DocumentAnswer:
    return DocumentAnswer("attached", tuple(FileRef(f"{sha}.jpg", sha) for sha in shas), path="photo")


def with_document(answer: DocumentAnswer, code: str = ID) -> Application:
    complete = application(ApplicantType.LEADER)
    return replace(complete, documents={**complete.documents, code: answer})


def decision(kind: Kind, answer: DocumentAnswer, code: str = ID, **changes: Any) -> Decision:
    """As it is recorded while the document is answered so."""
    content = Waived("นางเห็น ตัวจริง") if kind is Kind.DOCUMENT_WAIVE else Plain()
    made = Decision(kind, "k", code, content, WHY, "นางรับ เอกสาร", seen=Seen("i", judged_pages(answer)))
    return replace(made, **changes)


def verdict(answer: DocumentAnswer, decided: Decision | None = None, code: str = ID) -> Verdict:
    held = {decided.about: decided} if decided else {}
    found = verdicts(with_document(answer, code), LEADER, MEASURED, held)
    return next(one for one in found if one.document == code)


def codes(one: Verdict) -> list[str]:
    return [found.code for found in one.findings]


def blocks(one: Verdict) -> bool:
    return any(found.severity is Severity.BLOCKING for found in one.findings)


@pytest.mark.parametrize(
    "answer",
    [
        attached("dark"),
        attached("good", "bright"),
        attached("truncated"),
        attached("good", "new"),
        attached("good"),
    ],
    ids=["dark", "one page bright", "unreadable", "unmeasured", "nothing wrong"],
)
def test_what_a_person_accepts_is_accepted_and_what_was_found_is_still_shown(answer: DocumentAnswer) -> None:
    found = verdict(answer, decision(Kind.DOCUMENT_ACCEPT, answer))
    assert found.state is DocumentState.ACCEPTED
    assert found.judged == Judgement(DocumentState.ACCEPTED, "นางรับ เอกสาร", WHY)
    assert codes(found) == codes(verdict(answer))
    assert not blocks(found)
    assert found.settled


@pytest.mark.parametrize(
    "answer", [DocumentAnswer("later"), attached(), attached("truncated"), attached("good")]
)
def test_what_a_person_waives_keeps_no_gate_shut_and_names_who_saw_the_original(
    answer: DocumentAnswer,
) -> None:
    found = verdict(answer, decision(Kind.DOCUMENT_WAIVE, answer))
    assert found.state is DocumentState.WAIVED
    assert found.judged is not None
    assert found.judged.seen_by == "นางเห็น ตัวจริง"
    assert codes(found) == codes(verdict(answer))
    assert not blocks(found)


def test_the_officers_waiver_in_the_form_is_a_judgement_like_the_offices() -> None:
    waived = DocumentAnswer("waived", waived_by="นายเห็น เอง")
    found = verdict(waived)
    assert (found.state, found.judged) == (
        DocumentState.WAIVED,
        Judgement(DocumentState.WAIVED, seen_by="นายเห็น เอง"),
    )
    accepted = verdict(waived, decision(Kind.DOCUMENT_ACCEPT, waived))
    assert (accepted.state, accepted.judged.seen_by if accepted.judged else "") == (
        DocumentState.WAIVED,
        "นายเห็น เอง",
    )


@pytest.mark.parametrize(
    "answer", [attached("good"), attached("dark"), DocumentAnswer("waived", waived_by="ก ข")]
)
def test_what_a_person_returns_keeps_the_gate_shut_with_the_persons_reason(answer: DocumentAnswer) -> None:
    found = verdict(answer, decision(Kind.DOCUMENT_RETURN, answer))
    assert found.state is DocumentState.RETURNED
    assert codes(found) == [RETURNED, *codes(verdict(answer))]
    assert blocks(found)
    assert WHY in said(found.findings[0])
    assert said(found.findings[0], Audience.FIELD) == f"ส่งคืน: {WHY}"


def test_an_optional_document_that_is_returned_keeps_no_gate_shut() -> None:
    answer = attached("good")
    found = verdict(answer, decision(Kind.DOCUMENT_RETURN, answer, ADVISERS), ADVISERS)
    assert (found.state, blocks(found)) == (DocumentState.RETURNED, False)


OTHERS = {
    "replaced": attached("small"),
    "added": attached("good", "pdf"),
    "removed": attached(),
    "on its way": attached(None),
    "waived in the form": DocumentAnswer("waived", waived_by="นายเห็น เอง"),
}


@pytest.mark.parametrize("kind", OF_DOCUMENTS)
@pytest.mark.parametrize("after", OTHERS.values(), ids=OTHERS)
def test_a_decision_about_other_pages_is_void(kind: Kind, after: DocumentAnswer) -> None:
    found = verdict(after, decision(kind, attached("good")))
    measured = verdict(after)
    complete = measured.state in (DocumentState.ACCEPTED, DocumentState.WAIVED)
    assert found.state is (DocumentState.NEEDS_PERSON if complete else measured.state)
    assert codes(found) == [REPLACED, *codes(measured)]
    assert found.judged is not None
    assert found.judged.void
    assert not found.settled
    assert "เอกสารถูกแทนที่หลังการวินิจฉัย" in said(found.findings[0])
    assert said(found.findings[0], Audience.FIELD) == ""


def test_what_came_instead_of_a_returned_page_waits_for_a_person_and_of_an_accepted_one_does_not() -> None:
    before, after = attached("dark"), attached("good")
    assert blocks(verdict(after, decision(Kind.DOCUMENT_RETURN, before)))
    assert not blocks(verdict(after, decision(Kind.DOCUMENT_ACCEPT, before)))
    assert not blocks(verdict(after, decision(Kind.DOCUMENT_WAIVE, before)))


def test_a_waiver_of_what_never_came_is_void_once_it_comes() -> None:
    found = verdict(attached("good"), decision(Kind.DOCUMENT_WAIVE, DocumentAnswer("later")))
    assert (found.state, codes(found)) == (DocumentState.NEEDS_PERSON, [REPLACED])


def test_the_same_pages_in_another_order_and_under_other_names_are_the_same() -> None:
    there = attached("good", "pdf")
    renamed = replace(there, pages=(FileRef("x.pdf", "pdf"), FileRef("y.jpg", "good")), path="elsewhere")
    assert verdict(renamed, decision(Kind.DOCUMENT_ACCEPT, there)).state is DocumentState.ACCEPTED
    assert code_of(judged_pages(renamed)) == code_of(judged_pages(there))


def test_the_same_page_twice_is_not_the_same_as_once() -> None:
    assert verdict(
        attached("good", "good"), decision(Kind.DOCUMENT_ACCEPT, attached("good"))
    ).judged == Judgement(DocumentState.ACCEPTED, "นางรับ เอกสาร", WHY, void=True)


ANSWERS = st.one_of(
    st.lists(st.sampled_from(["good", "pdf", "dark", "truncated", None]), max_size=3).map(
        lambda p: attached(*p)
    ),
    st.sampled_from([DocumentAnswer("later"), DocumentAnswer(""), DocumentAnswer("waived", waived_by="ก ข")]),
)
HELD = {
    Kind.DOCUMENT_ACCEPT: {DocumentState.ACCEPTED, DocumentState.WAIVED},
    Kind.DOCUMENT_WAIVE: {DocumentState.WAIVED},
    Kind.DOCUMENT_RETURN: {DocumentState.RETURNED},
}


@given(st.lists(st.one_of(ANSWERS, st.sampled_from(OF_DOCUMENTS)), max_size=8), ANSWERS)
def test_whatever_came_and_was_decided_in_whatever_order(
    events: list[DocumentAnswer | Kind], at_first: DocumentAnswer
) -> None:
    """Only the last decision and the pages now matter; it holds if and only if it was about them."""
    now, held, judged_then = at_first, None, None
    for event in events:
        if isinstance(event, DocumentAnswer):
            now = event
        else:
            held, judged_then = decision(event, now), now
    found, measured = verdict(now, held), verdict(now)
    if held is None or judged_then is None:
        assert found == measured
        return
    holds = judged_pages(judged_then) == judged_pages(now)
    assert found.judged is not None
    assert found.judged.void is not holds
    assert (REPLACED in codes(found)) is not holds
    assert [code for code in codes(found) if code not in (REPLACED, RETURNED)] == codes(measured)
    assert found.pages == measured.pages
    if holds:
        assert found.state in HELD[held.kind]
        assert blocks(found) is (held.kind is Kind.DOCUMENT_RETURN)
    else:
        assert blocks(found) is (blocks(measured) or held.kind is Kind.DOCUMENT_RETURN)


def gate(documents: Mapping[str, DocumentAnswer], *decided: Decision) -> GateState:
    complete = application(ApplicantType.LEADER)
    changed = replace(complete, documents={**complete.documents, **documents})
    inputs = Inputs("d", changed, measurements=MEASURED, decided=Decided((), decided))
    return next(g.state for g in evaluate(inputs, RULES).gates if g.gate is Gate.DOCUMENTS)


def test_the_gate_of_documents_follows_from_what_holds() -> None:
    broken, good = attached("truncated"), attached("good")
    assert gate({ID: broken}) is GateState.FAILED
    assert gate({ID: broken}, decision(Kind.DOCUMENT_ACCEPT, broken)) is GateState.PASSED
    assert gate({ID: broken}, decision(Kind.DOCUMENT_ACCEPT, good)) is GateState.FAILED
    assert gate({ID: DocumentAnswer("later")}, decision(Kind.DOCUMENT_WAIVE, DocumentAnswer("later"))) is (
        GateState.PASSED
    )
    assert gate({ID: good}, decision(Kind.DOCUMENT_RETURN, good)) is GateState.FAILED
    assert gate({ID: good}, decision(Kind.DOCUMENT_RETURN, broken)) is GateState.FAILED
    assert gate({ID: good}, decision(Kind.DOCUMENT_ACCEPT, broken)) is GateState.PASSED


def wrong(kind: Kind, answer: DocumentAnswer, code: str = ID, **changes: Any) -> list[str]:
    made = decision(kind, answer, code, **{"seen": Seen(), **changes})
    return [part for part, _ in wrong_with(made, Submitted(verdict(answer, None, code), answer))]


def test_only_what_came_can_be_accepted_or_returned() -> None:
    for nothing in (DocumentAnswer("later"), DocumentAnswer(""), attached()):
        assert wrong(Kind.DOCUMENT_ACCEPT, nothing) == ["about"]
        assert wrong(Kind.DOCUMENT_RETURN, nothing) == ["about"]
        assert wrong(Kind.DOCUMENT_WAIVE, nothing) == []
    assert wrong(Kind.DOCUMENT_ACCEPT, attached("good", None)) == ["about"]
    assert wrong(Kind.DOCUMENT_RETURN, attached("good", None)) == []
    assert wrong(Kind.DOCUMENT_ACCEPT, attached("dark"), reason="") == []


def test_what_cannot_be_opened_is_accepted_only_with_a_reason() -> None:
    assert wrong(Kind.DOCUMENT_ACCEPT, attached("truncated"), reason=" ") == ["reason"]
    assert wrong(Kind.DOCUMENT_ACCEPT, attached("truncated")) == []


def test_form_and_office_waive_by_one_rule() -> None:
    nobody = {"content": Waived(" ")}
    assert wrong(Kind.DOCUMENT_WAIVE, attached("good"), **nobody) == ["seen_by"]
    assert wrong(Kind.DOCUMENT_WAIVE, attached("good"), FORM) == ["about"]
    assert codes(verdict(DocumentAnswer("waived", waived_by=" "))) == ["document.waiver_unnamed"]
    assert codes(verdict(DocumentAnswer("waived", waived_by="ก"), code=FORM)) == ["document.not_waivable"]


def test_what_was_looked_at_must_be_what_is_there() -> None:
    seen = Seen(files=judged_pages(attached("good")))
    for kind in OF_DOCUMENTS:
        assert wrong(kind, attached("good"), seen=seen) == []
        assert wrong(kind, attached("dark"), seen=seen) == ["pages"]


def test_a_document_that_nobody_asked_for_is_unknown() -> None:
    ((part, why),) = wrong_with(decision(Kind.DOCUMENT_ACCEPT, attached("good"), "no_such"), None)
    assert (part, "ไม่มีเอกสารรหัสนี้" in why.th) == ("about", True)
