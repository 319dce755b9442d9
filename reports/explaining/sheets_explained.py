"""The committees' rounds: whose sheets count, and each assessor's answer with where it stands. Pure."""

from collections.abc import Iterator, Sequence

from mochocho.standards.schema import Indicator
from mochocho.words.model import Round, Scores, ScoreSheet
from processing.findings.entry import ROUND, Audience
from processing.findings.saying import said
from processing.findings.value_words import assessor, reason
from reports.explaining.explained_case import ExplainedCase, file_words
from reports.explaining.line_tree import SCREEN, Line, line
from reports.explaining.marks_explained import Answered, Answers, pass_rule, total
from reports.view.resolved import NOTHING_YET
from xlsforms import names

TITLES = {Round.ONSITE: "การตรวจประเมินของอำเภอ", Round.PROVINCIAL: "รอบจังหวัด"}


def sheets_line(known: ExplainedCase, round_: Round) -> Line | None:
    """One committee's round; None for a provincial round that there was not."""
    scores = known.case.assessment.scores if round_ is Round.ONSITE else known.case.assessment.provincial
    if scores is None:
        return line(f"{TITLES[round_]}: {NOTHING_YET}", about="total") if round_ is Round.ONSITE else None
    pack = known.pack_of(names.ONSITE, scores.form_version)
    standard = pack.standard(known.case.application.type)
    sheets = [sheet for sheet in known.sheets.values() if sheet.round is round_]
    named = ", ".join(assessor(sheet.assessor) for sheet in sheets)
    about = "total" if round_ is Round.ONSITE else "provincial"
    below = [
        *_sheets_gone(scores, sheets),
        total(pack, standard, scores, lambda i: _answers(known, i, round_, sheets), ""),
    ]
    if round_ is Round.ONSITE:
        below.append(pass_rule(pack, standard, scores))
    else:
        below.insert(0, line("แสดงไว้เทียบกันเท่านั้น ไม่นำไปรวมกับคะแนนของอำเภอ"))
    return line(f"{TITLES[round_]} นับแบบของกรรมการ {len(sheets)} คน ({named})", *below, about=about)


def _sheets_gone(scores: Scores, sheets: list[ScoreSheet]) -> Iterator[Line]:
    if lost := len(scores.assessors) - len(sheets):
        yield line(f"แบบของกรรมการ {lost} คนที่นับไว้ถูกแก้ไขหรือถอนหลังการตรวจครั้งนี้ ให้สั่ง `mochocho assess` แล้วดูใหม่")


def _answers(
    known: ExplainedCase, indicator: Indicator, round_: Round, sheets: Sequence[ScoreSheet]
) -> Answers:
    settled = next(
        (
            said(found, Audience.COMMITTEE)
            for found in known.case.assessment.findings
            if (found.code, found.subject) == ("score.reconciled", indicator.code)
            and dict(found.values).get(ROUND, Round.ONSITE) == round_
        ),
        "",
    )
    return Answers([_answered(known, indicator, sheet) for sheet in sheets], settled)


def _answered(known: ExplainedCase, indicator: Indicator, sheet: ScoreSheet) -> Answered:
    standard = known.pack_of(names.ONSITE, sheet.form_version).standard(known.case.application.type)
    asked = next((i for i in standard.indicators if i.code == indicator.code), None)
    return Answered(
        assessor(sheet.assessor),
        asked,
        sheet.answers.get(indicator.code),
        tuple(_stands_in(known, asked, sheet)) if asked else (),
    )


def _stands_in(known: ExplainedCase, asked: Indicator, sheet: ScoreSheet) -> Iterator[Line]:
    code = asked.code
    question = f"{names.indicator(code)} “{code} {asked.th}”"
    on = f"ตรวจเมื่อ {SCREEN.date(sheet.visited_on)}" if sheet.visited_on else ""
    yield known.form(names.ONSITE, sheet.form_version, sheet.instance_id, question, on)
    if why := sheet.justifications.get(code):
        yield line(f"เหตุผล: {why}")
    if said := sheet.not_assessed.get(code):
        yield line(f"ประเมินไม่ได้เพราะ {reason(said.reason, said.why)}")
    if written := sheet.unusable.get(code):
        yield line(f"คำตอบ {written} ไม่มีในตัวเลือกของแบบฟอร์มรุ่นนั้น จึงถือว่ายังไม่ประเมิน")
    if photo := sheet.evidence.get(code):
        yield line(f"ภาพหลักฐาน {file_words(photo)}")
