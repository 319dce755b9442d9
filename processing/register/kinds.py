"""The kinds of forms about an applicant: how each is read and where it is stored.

A new kind is added here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mochocho.standards.schema import Pack
from mochocho.words.model import FileRef, Knowledge, Plan, ScoreSheet, SelfAssessment, Supplement
from processing.register.read.knowledge import read_knowledge
from processing.register.read.plan import read_plan
from processing.register.read.score_sheet import read_sheet
from processing.register.read.self_assessment import read_self_assessment
from processing.register.read.supplement import read_supplement
from processing.tables import (
    AboutApplicant,
    KnowledgeRow,
    PlanRow,
    SelfAssessmentRow,
    SheetRow,
    SupplementRow,
)
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance
from xlsforms import names


class About(Protocol):
    """What every such form has once it is read."""

    @property
    def applicant_key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of form. `read` raises BadInput; `files`: all that the form names, arrived or not.

    `orphan_th`: the message to a clerk while the applicant is not in the register.
    """

    form_id: str
    model: type[Any]  # a dataclass of mochocho.words.model, an About
    read: Callable[[Instance, Mirrored, Pack], About]
    table: type[AboutApplicant]
    orphan: str
    orphan_th: str
    files: Callable[[Any], Iterable[FileRef]] = lambda _: ()


def _sheet_files(sheet: ScoreSheet) -> Iterable[FileRef]:
    return (*sheet.evidence.values(), *sheet.papers)


def _supplement_files(supplement: Supplement) -> Iterable[FileRef]:
    return (page for document in supplement.documents.values() for page in document.pages)


def _knowledge_files(knowledge: Knowledge) -> Iterable[FileRef]:
    return (photo for photo, _ in knowledge.photos)


def _self_assessment_files(assessment: SelfAssessment) -> Iterable[FileRef]:
    return assessment.evidence.values()


_KINDS = (
    Kind(
        form_id=names.PLAN,
        model=Plan,
        read=read_plan,
        table=PlanRow,
        orphan="plan.unknown_applicant",
        orphan_th=(
            "ไม่พบผู้สมัครของแผนพัฒนาตนเองนี้ในทะเบียน เก็บแผนไว้แล้ว ระบบจะนับเองเมื่อใบสมัครมาถึง "
            "หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"
        ),
    ),
    Kind(
        form_id=names.SELF_ASSESSMENT,
        model=SelfAssessment,
        read=read_self_assessment,
        table=SelfAssessmentRow,
        orphan="self_assessment.unknown_applicant",
        orphan_th=(
            "ไม่พบผู้สมัครของแบบประเมินตนเองนี้ในทะเบียน เก็บผลประเมินไว้แล้ว ระบบจะนับเองเมื่อใบสมัครมาถึง "
            "หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"
        ),
        files=_self_assessment_files,
    ),
    Kind(
        form_id=names.ONSITE,
        model=ScoreSheet,
        read=read_sheet,
        table=SheetRow,
        orphan="sheet.unknown_applicant",
        orphan_th=("ไม่พบผู้สมัครของแบบให้คะแนนนี้ในทะเบียน ระบบจะนับเองเมื่อใบสมัครมาถึง หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"),
        files=_sheet_files,
    ),
    Kind(
        form_id=names.SUPPLEMENT,
        model=Supplement,
        read=read_supplement,
        table=SupplementRow,
        orphan="supplement.unknown_applicant",
        orphan_th=(
            "ไม่พบใบสมัครของเอกสารเพิ่มเติมชุดนี้ในทะเบียน เก็บภาพไว้ครบแล้ว ระบบจะนำไปรวมเองเมื่อใบสมัครมาถึง "
            "หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"
        ),
        files=_supplement_files,
    ),
    Kind(
        form_id=names.KNOWLEDGE,
        model=Knowledge,
        read=read_knowledge,
        table=KnowledgeRow,
        orphan="knowledge.unknown_applicant",
        orphan_th=(
            "ไม่พบเจ้าขององค์ความรู้นี้ในทะเบียนผู้สมัคร เก็บไว้ครบแล้ว ระบบจะนำไปแสดงเองเมื่อใบสมัครมาถึง "
            "หากไม่มาให้ตรวจว่าเลือกผู้สมัครถูก"
        ),
        files=_knowledge_files,
    ),
)

KINDS: Mapping[str, Kind] = {kind.form_id: kind for kind in _KINDS}
