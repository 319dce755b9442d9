"""The verdict on a document: every possible answer, every possible fault of a file."""

from dataclasses import replace

import pytest

from mochocho.standards.load import load_pack
from mochocho.words.model import (
    ApplicantType,
    Application,
    DocumentAnswer,
    DocumentState,
    Doubtful,
    FileRef,
    Measurement,
    Severity,
    Suspicion,
    Verdict,
)
from processing.documents.suspicious import OF_PORTRAITS
from processing.documents.verdicts import unknown_documents, verdicts
from processing.findings import saying
from processing.findings.entry import Audience
from processing.findings.of_documents import FILE_PROBLEMS

LEADER = load_pack("2568-sample").pack.standard(ApplicantType.LEADER)
GOOD = Measurement("good", 9, "jpeg", 1200, 900)
SMALL = Measurement("small", 9, "jpeg", 239, 400)
SHORT = Measurement("short", 9, "jpeg", 240, 299)
JUST, ACROSS = Measurement("just", 9, "jpeg", 240, 300), Measurement("across", 9, "jpeg", 300, 240)
PDF = Measurement("pdf", 9, "pdf", pages=2)
BROKEN = {p: Measurement(f"broken {p}", 9, "jpeg", problem=p) for p in FILE_PROBLEMS if p != "not_measured"}
LOOKS = {
    kind: Measurement(kind, 9, "jpeg", 1200, 900, suspicions=(Suspicion(kind, 3, 9, (0, 70, 40, 95)),))
    for kind in Doubtful
}
KNOWN = {m.sha256: m for m in (GOOD, SMALL, SHORT, JUST, ACROSS, PDF, *LOOKS.values(), *BROKEN.values())}


def attached(*shas: str | None) -> DocumentAnswer:
    return DocumentAnswer(
        "attached", tuple(FileRef(f"{n}.jpg", s) for n, s in enumerate(shas)), path="photo_x"
    )


def verdict(document: str, answer: DocumentAnswer | None) -> Verdict:
    application = Application(
        key="k",
        root_id="r",
        instance_id="instance",
        form_version="1",
        type=ApplicantType.LEADER,
        name="นายสมมติ ทดสอบ",
        district="5701",
        subdistrict="",
        village="",
        applied_on=None,
        eligibility={},
        documents={} if answer is None else {document: answer},
    )
    found = verdicts(application, LEADER, KNOWN)
    assert [v.document for v in found] == [d.code for d in LEADER.documents]
    return next(v for v in found if v.document == document)


@pytest.mark.parametrize(
    ("document", "answer", "state", "codes"),
    [
        ("id_card_copy", None, DocumentState.MISSING, ["document.not_answered"]),
        ("id_card_copy", DocumentAnswer(""), DocumentState.MISSING, ["document.not_answered"]),
        ("id_card_copy", DocumentAnswer("later"), DocumentState.MISSING, ["document.later"]),
        ("id_card_copy", DocumentAnswer("renamed"), DocumentState.MISSING, ["document.unknown_answer"]),
        ("id_card_copy", DocumentAnswer("signed"), DocumentState.MISSING, ["document.unknown_answer"]),
        ("id_card_copy", attached(), DocumentState.MISSING, ["document.no_pages"]),
        ("id_card_copy", attached(None), DocumentState.MISSING, ["document.not_arrived"]),
        ("id_card_copy", attached("good"), DocumentState.ACCEPTED, []),
        ("id_card_copy", attached("good", "pdf"), DocumentState.ACCEPTED, []),
        ("id_card_copy", attached("never seen"), DocumentState.UNREADABLE, ["document.not_measured"]),
        ("id_card_copy", DocumentAnswer("waived", waived_by="นางเห็น ตัวจริง"), DocumentState.WAIVED, []),
        ("id_card_copy", DocumentAnswer("waived"), DocumentState.MISSING, ["document.waiver_unnamed"]),
        (
            "photo",
            DocumentAnswer("waived", waived_by="ใคร"),
            DocumentState.MISSING,
            ["document.not_waivable"],
        ),
        ("application_form", DocumentAnswer("signed"), DocumentState.MISSING, ["document.signature_missing"]),
        ("application_form", replace(attached("good"), status="signed"), DocumentState.ACCEPTED, []),
        ("photo", attached("pdf"), DocumentState.UNREADABLE, ["portrait.not_a_picture"]),
        ("photo", attached("small"), DocumentState.ACCEPTED, ["portrait.too_small"]),
        ("photo", attached("short"), DocumentState.ACCEPTED, ["portrait.too_small"]),
        ("photo", attached("just"), DocumentState.ACCEPTED, []),
        ("photo", attached("across"), DocumentState.ACCEPTED, []),
        ("advisory_list", None, DocumentState.NOT_OFFERED, []),
        ("advisory_list", DocumentAnswer("later"), DocumentState.NOT_OFFERED, []),
        ("advisory_list", attached("broken empty"), DocumentState.UNREADABLE, ["document.empty"]),
        *(
            ("id_card_copy", attached("good", kind), DocumentState.SUSPICIOUS, [f"document.looks_{kind}"])
            for kind in Doubtful
        ),
        *(
            ("photo", attached(kind), DocumentState.SUSPICIOUS, [f"document.looks_{kind}"])
            for kind in OF_PORTRAITS
        ),
        *(
            ("photo", attached(kind), DocumentState.ACCEPTED, [])
            for kind in Doubtful
            if kind not in OF_PORTRAITS
        ),
        ("application_form", replace(attached("dark"), status="signed"), DocumentState.ACCEPTED, []),
        *(
            ("id_card_copy", attached(m.sha256), DocumentState.UNREADABLE, [f"document.{problem}"])
            for problem, m in BROKEN.items()
        ),
    ],
)
def test_verdicts(
    document: str, answer: DocumentAnswer | None, state: DocumentState, codes: list[str]
) -> None:
    found = verdict(document, answer)
    assert (found.state, [f.code for f in found.findings]) == (state, codes)
    blocks = state in (DocumentState.MISSING, DocumentState.UNREADABLE) and document != "advisory_list"
    assert {f.severity for f in found.findings} <= {Severity.BLOCKING if blocks else Severity.WARNING}


def test_each_bad_page_is_named_and_only_good_ones_are_shown() -> None:
    found = verdict("id_card_copy", attached("good", None, "broken truncated"))
    assert found.state is DocumentState.UNREADABLE
    assert [p.sha256 for p in found.pages] == ["good"]
    assert [(f.code, f.read_from.path, f.read_from.sha256) for f in found.findings] == [
        ("document.not_arrived", "photo_x[2]", ""),
        ("document.truncated", "photo_x[3]", "broken truncated"),
    ]
    assert "หน้าที่ ๓" in saying.said(found.findings[1])


def test_of_a_pdf_it_is_known_how_many_pages_it_has() -> None:
    assert verdict("id_card_copy", attached("good", "pdf")).sheets == (0, 2)
    assert verdict("id_card_copy", attached("good")).sheets == ()


def test_what_looks_wrong_is_said_with_number_threshold_page_and_place_and_not_to_the_field() -> None:
    (found,) = verdict("id_card_copy", attached("good", "dark")).findings
    assert found.severity is Severity.WARNING
    office = saying.said(found)
    assert all(part in office for part in ("หน้าที่ ๒", " ๓ จาก", "ตั้งแต่ ๙", "ด้านล่างซ้าย", "๗๐ ถึง ๙๕"))
    assert saying.said(found, Audience.COMMITTEE).endswith("หน้าที่ ๒: ภาพมืด")
    assert saying.said(found, Audience.FIELD) == ""


def test_a_page_that_has_not_come_weighs_more_than_one_that_looks_wrong() -> None:
    found = verdict("id_card_copy", attached("dark", None))
    assert found.state is DocumentState.MISSING
    assert [f.code for f in found.findings] == ["document.not_arrived", "document.looks_dark"]


def test_heic_says_how_to_set_the_camera() -> None:
    assert "JPEG" in saying.said(verdict("id_card_copy", attached("broken heic")).findings[0])


def test_what_somebody_typed_is_cut_short_in_a_sentence() -> None:
    assert len(saying.said(verdict("photo", DocumentAnswer("ก" * 5000)).findings[0])) < 250


def test_a_document_of_another_pack_is_an_alert() -> None:
    answers = {"photo": attached("good"), "passport": attached("good")}
    application = Application(
        "k", "r", "i", "1", ApplicantType.LEADER, "ชื่อ", "5701", "", "", None, {}, answers
    )
    assert [(f.code, f.subject) for f in unknown_documents(application, LEADER)] == [
        ("form.unknown_field", "passport")
    ]
