"""The whole explanation of one applicant, in the order of its dossier. Pure."""

from collections.abc import Iterator

from mochocho.words.model import Round
from reports.explaining.documents_explained import (
    decisions_line,
    documents_line,
    eligibility_line,
    findings_line,
    gates_line,
)
from reports.explaining.explained_case import ExplainedCase
from reports.explaining.line_tree import SCREEN, Line, line
from reports.explaining.own_explained import own_lines
from reports.explaining.progress_explained import progress_line
from reports.explaining.sheets_explained import sheets_line
from reports.view.applicant.dossier_facts import background, main_works
from reports.view.applicant_names import name_of, place_line
from reports.view.printed_words import TYPE, UNMADE
from reports.view.resolved import former_line


def explain(known: ExplainedCase) -> tuple[Line, ...]:
    """Every figure of the applicant's dossier, each above what it follows from."""
    if known.case.unmade:
        return (_who(known), line(UNMADE[known.case.unmade]))
    rounds = (sheets_line(known, round_) for round_ in (Round.ONSITE, Round.PROVINCIAL))
    return (
        _who(known),
        *(one for one in rounds if one),
        *own_lines(known),
        *([progress] if (progress := progress_line(known)) else []),
        documents_line(known),
        eligibility_line(known),
        gates_line(known),
        decisions_line(known),
        findings_line(known),
    )


def _who(known: ExplainedCase) -> Line:
    application, assessment = known.case.application, known.case.assessment
    named = (name_of(application, SCREEN).text, TYPE[application.type], place_line(application, SCREEN))
    return line(
        " · ".join(part for part in named if part),
        line(f"รหัส {application.key}"),
        *([line(f"ทะเบียนเลขที่ {number}")] if (number := known.case.register_no) else []),
        *([line(f"วันที่สมัคร {SCREEN.date(application.applied_on)}")] if application.applied_on else []),
        *_identity(known),
        *_told(known),
        *_last_year(known),
        line(f"ผลตรวจที่อธิบาย {assessment.digest[:12]} ตัวเลขที่ไม่มีเศษส่วนต่อท้ายตรงพอดี ไม่ได้ปัด"),
        *([line("มีข้อมูลเปลี่ยนไปหลังการตรวจครั้งนี้ `mochocho assess` จะตรวจใหม่")] if known.changed else []),
    )


def _last_year(known: ExplainedCase) -> Iterator[Line]:
    counted = known.case.assessment.counted
    if counted and (former := counted.former):
        kept = line(f"รหัสในปีนั้น {former.key} ตามผลที่เก็บไว้เมื่อเริ่มรอบปีนี้")
        yield line(f"ผลปี {former.year_be} {former_line(former, SCREEN)}", kept)


def _told(known: ExplainedCase) -> Iterator[Line]:
    """What the applicant told of itself, as its form has it."""
    application = known.case.application
    for label, said in (*background(application), *main_works(application)):
        yield line(f"{label} {SCREEN.text(said)}")


def _identity(known: ExplainedCase) -> Iterator[Line]:
    if known.case.masked_id:
        yield line(f"เลขประจำตัวประชาชน {known.case.masked_id}")
