"""One application, filled in, assessed, and told about. People are invented."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mochocho.standards.load import load_pack
from mochocho.words.model import (
    NOTHING_OWN,
    ApplicantType,
    Application,
    Approved,
    DocumentAnswer,
    FileRef,
    Measurement,
)
from processing.assessment.evaluate import Inputs, Rules, evaluate
from processing.findings.of_documents import FILE_PROBLEMS
from reports.lists.list_rows import ListedApplicant
from reports.notices.review import Notice, notice

PACK = load_pack("2568-sample").pack
LEADER = PACK.standard(ApplicantType.LEADER)
RULES = Rules(PACK, {"5701": "เมืองเชียงราย"}, lambda _form, _version: PACK)
GOOD = Measurement("good", 9, "jpeg", 1200, 900)
BROKEN = {p: Measurement(p, 9, "jpeg", problem=p) for p in FILE_PROBLEMS if p != "not_measured"}
TH = {document.code: document.th for document in LEADER.documents}
OF_EACH = {code: Measurement(f"good {code}", 9, "jpeg", 1200, 900) for code in TH}
KNOWN = {m.sha256: m for m in (GOOD, *OF_EACH.values(), *BROKEN.values())}


def pages(*shas: str | None) -> DocumentAnswer:
    files = tuple(FileRef(f"{n}.jpg", sha256) for n, sha256 in enumerate(shas))
    return DocumentAnswer("attached", files, path="photo_x")


COMPLETE = {code: pages(good.sha256) for code, good in OF_EACH.items()}


def yes() -> dict[str, str]:
    answers = {}
    for rule in LEADER.eligibility:
        match rule.check.type:
            case "duration_months":
                answers[rule.code] = "60"
            case "choice":
                answers[rule.code] = rule.check.choices[0].code
            case _:
                answers[rule.code] = "yes"
    return answers


def inputs(documents: Mapping[str, DocumentAnswer] | None = None, **changes: object) -> Inputs:
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
        applied_on=date(2025, 1, 15),
        eligibility=yes(),
        documents={**COMPLETE, **(documents or {})},
        portrait=FileRef("p.jpg", "good"),
    )
    return Inputs("d", replace(application, **changes), measurements=KNOWN)


def told(of: Inputs, approved: Approved = "committee") -> Notice | None:
    return notice(ListedApplicant(of.application, LEADER, evaluate(of, RULES), NOTHING_OWN), approved)


def said(of: Inputs, approved: Approved = "committee") -> Notice:
    now = told(of, approved)
    assert now
    return now
