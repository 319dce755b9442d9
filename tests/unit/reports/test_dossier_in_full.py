"""Every text of a dossier with everything in it, as a person reviewed it, a line each.

MOCHOCHO_GOLDEN=write pytest tests/unit/reports/test_dossier_in_full.py writes the texts; read them before
committing.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from mochocho.words.model import (
    Adviser,
    ApplicantType,
    Case,
    DocumentAnswer,
    FileRef,
    Gate,
    HeldMeeting,
    Mentor,
    Origin,
    Outcome,
    OwnResult,
    Round,
    TeamMember,
)
from mochocho.words.places import Province
from processing.assessment.evaluate import Inputs, evaluate
from processing.decisions.decided import Decided
from reports.view.dossier import dossier
from tests.pins.applicants import (
    GOOD,
    MEASURED,
    PACK,
    RULES,
    answers,
    application,
    assessed,
    attached,
    item,
    page_of,
    plan,
    resolution,
    sheet,
)
from tests.unit.reports.made_cases import arranged, occasion

GOLDEN = Path(__file__).parents[2] / "golden"
PROVINCE = Province.named("เชียงราย")
OTHER = FileRef("other.jpg", "pdf")
TYPES = {
    "leader": ApplicantType.LEADER,
    "leader-refused": ApplicantType.LEADER,
    "network": ApplicantType.NETWORK,
}

_WORKS = ("ตั้งกลุ่มออมทรัพย์ 3 หมู่บ้าน", "#panic() {{7*7}}")
_BACKGROUND: Mapping[ApplicantType, dict[str, Any]] = {
    ApplicantType.LEADER: {"age": 45, "occupation": "ทำนา", "main_works": _WORKS},
    ApplicantType.NETWORK: {"founded_be": 2540},
}


def of(name: str) -> Case:
    type_ = TYPES[name]
    standard = PACK.standard(type_)
    first, second, third = (indicator.code for indicator in standard.indicators[:3])
    refused = name == "leader-refused"
    documents = {document.code: attached(page_of(document.code)) for document in standard.documents}
    documents[standard.documents[1].code] = attached(*[page_of(standard.documents[1].code)] * 9)
    documents[standard.documents[-1].code] = DocumentAnswer("later")
    known = application(
        type_,
        documents=documents,
        photo_consent=not refused,
        publication_consent=not refused,
        portrait=None if type_ is ApplicantType.NETWORK else GOOD,
        lead_team=(
            TeamMember("นายหัวหน้า ทีมนำ", "ประธาน", Origin.INSIDE),
            TeamMember("นางร่วม ทีมนำ", "", Origin.OUTSIDE),
            TeamMember("นายไม่บอก ที่มา", "กรรมการ"),
        ),
        **_BACKGROUND[type_],
        advisers=(Adviser("นางสาวปรึกษา ให้ความรู้", "การเงิน", Origin.OUTSIDE), Adviser("พระที่ปรึกษา ไม่บอก")),
    )
    held = tuple(HeldMeeting(date(2025, month, 1), 10 * month, 30) for month in (1, 2, 3))
    done = OwnResult("item", first, "จัดเวที", 4, "ครั้ง", 5)
    after = assessed(
        type_,
        Round.SELF_AFTER,
        9,
        assessed_on=date(2025, 3, 30),
        own=(done, replace(done, item="gone", text="เกณฑ์ที่เลิกแล้ว", actual=None)),
        meetings={i.code: held for i in standard.indicators if i.from_meetings},
    )
    sheets = (
        sheet(
            type_,
            "นายหนึ่ง ตรวจดี",
            9,
            evidence={second: OTHER, first: GOOD},
            remarks="เก็บหลักฐานต่อไป",
            justifications={second: "เห็นจริง", first: "มีใบลงทะเบียน"},
        ),
        sheet(
            type_,
            "เกษม ตรวจดี",
            6,
            evidence={first: OTHER},
            remarks="ขอชื่นชม",
            justifications={first: "บางส่วน", "X9": "ข้อเดิม"},
        ),
        sheet(type_, "นายจังหวัด ตรวจซ้ำ", 7, round=Round.PROVINCIAL),
    )
    if name == "leader":
        sheets = tuple(replace(one, answers={**one.answers, third: None}) for one in sheets)
    inputs = Inputs(
        "d",
        known,
        sheets=sheets,
        plans=(
            plan(
                item(type_, due=date(2025, 3, 1)),
                item(type_, id="item-2", text="ทบทวนระเบียบ", target=None, unit=""),
                mentors=(Mentor("นายพี่เลี้ยง ตัวอย่าง", "อบต.รอบเวียง"), Mentor("นางพี่เลี้ยง ไม่มีสังกัด")),
                agreed_with="สมาชิก 25 คน",
                period_months=9,
            ),
        ),
        self_assessments=(
            assessed(type_, Round.SELF_BEFORE, 4, answers={**answers(standard, 4), third: None}),
            assessed(type_, Round.SELF_PERIODIC, 6, assessed_on=date(2025, 2, 20)),
            after,
        ),
        measurements=MEASURED,
        decided=Decided((resolution(Gate.DISTRICT, Outcome.PASS),)),
    )
    result = evaluate(inputs, RULES)
    assert result.counted is not None
    return Case(
        application=known,
        masked_id="x-xxxx-xxxxx-00-9" if type_ is ApplicantType.LEADER else "",
        assessment=result,
        evidence=result.counted.evidence,
        remarks=result.counted.remarks,
        justifications=result.counted.justifications,
        own=result.counted.own,
    )


def texts(value: Any, path: str = "") -> Iterator[str]:
    """Every text and figure under the names of the fields that lead to it; an empty one as such."""
    if is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{path}.{one.name}" if path else one.name)
    elif isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
        yield f"{path}: {' | '.join(value)}"
    elif isinstance(value, tuple) and value:
        for number, part in enumerate(value, 1):
            yield from texts(part, f"{path}[{number}]")
    else:
        said = value.name.lower() if isinstance(value, Enum) else value
        yield f"{path}: {'-' if said in (None, (), '') else said}"


@pytest.mark.parametrize("name", TYPES)
def test_a_dossier_says_what_was_approved(name: str) -> None:
    case, path = of(name), GOLDEN / f"dossier-{name}.txt"
    (group,) = (one for one in arranged([case], PROVINCE, ()) if one.passed)
    view = dossier(group.passed[0].no, case, group, lambda _form, _version: PACK, occasion())
    found = "".join(f"{line}\n" for line in texts(view))
    if os.environ.get("MOCHOCHO_GOLDEN") == "write":
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")
