"""Documents, eligibility, gates, findings and decisions: what was looked at and which rule it met. Pure."""

from collections.abc import Iterator, Mapping

from mochocho.standards.schema import Document, DurationMonths, Eligibility
from mochocho.words.model import (
    RESOLVED_GATES,
    DocumentAnswer,
    DocumentState,
    FileRef,
    Finding,
    Gate,
    GateResult,
    GateState,
    Measurement,
    ReadFrom,
    Severity,
    Verdict,
)
from processing.decisions.decision import (
    Decision,
    Kind,
    resolution_of,
)
from processing.decisions.office.told import titles_of, what
from processing.findings.catalogue import CATALOGUE
from processing.findings.entry import Audience
from processing.findings.saying import said
from reports.explaining.explained_case import SHOWN, ExplainedCase, file_words
from reports.explaining.line_tree import SCREEN, Line, line
from reports.explaining.marks_explained import ORIGIN
from reports.view.applicant.dossier_facts import answered
from reports.view.printed_words import GATE_STATE, JUDGED, SEVERITY, document_state, judged_words
from reports.view.resolved import particulars
from xlsforms import names

ANSWERED = {
    "attached": "แนบ",
    "later": "จะส่งภายหลัง",
    "waived": "ตรวจสอบต้นฉบับแล้ว",
    "signed": "ลงชื่อในแบบฟอร์ม",
    "": "ไม่ได้ตอบ",
}
# What each gate follows from, with the rules of docs/rules.md.
GATE_RULES = {
    Gate.ELIGIBLE: "คุณสมบัติ กติกา 11-18",
    Gate.DOCUMENTS: "เอกสารบังคับและข้อที่ระงับใบสมัคร กติกา หมวด C และ 21",
    Gate.SELF_BEFORE: "แบบประเมินตนเองก่อนพัฒนา กติกา 22 และ 29",
    Gate.PLAN: "แผนพัฒนาตนเอง กติกา 22 และ 29",
    Gate.SELF_AFTER: "แบบประเมินตนเองหลังพัฒนา กติกา 22 และ 29",
    Gate.DISTRICT: "มติคณะกรรมการอำเภอ ไม่คิดจากคะแนน กติกา 25 และ 45",
    Gate.PROVINCE: "มติคณะกรรมการจังหวัด ไม่คิดจากคะแนน กติกา 45",
    Gate.ANNOUNCED: "ประกาศรับรอง กติกา 46",
}


def eligibility_line(known: ExplainedCase) -> Line:
    """Each rule of eligibility, its answer, and whether it is met."""
    rules = known.standard.eligibility
    return line("คุณสมบัติ", *(_rule(known, rule) for rule in rules), about="eligibility")


def _rule(known: ExplainedCase, rule: Eligibility) -> Line:
    application = known.case.application
    answer = application.eligibility.get(rule.code, "")
    found = (f for f in known.case.assessment.eligibility if f.subject == rule.code)
    unmet = next((f for f in found if f.severity is Severity.BLOCKING), None)
    verdict = f"ไม่ผ่าน – {said(unmet, Audience.COMMITTEE)}" if unmet else "ผ่าน"
    ruled = (
        one for one in known.decisions if one.kind is Kind.ELIGIBILITY_OVERRIDE and one.about == rule.code
    )
    question = names.eligibility(application.type, rule.code)
    return line(
        f"{rule.th}: ตอบ {_written(rule, answer)} – {verdict}",
        known.form(names.APPLICATION, application.form_version, application.instance_id, question),
        line(f"ที่มา: {rule.source} ({ORIGIN[rule.confidence]})"),
        *(decision_line(one, titles_of([known.standard])) for one in ruled),
        about=rule.code,
    )


def _written(rule: Eligibility, answer: str) -> str:
    said = answered(rule, answer)
    if isinstance(rule.check, DurationMonths) and answer:
        return f"{answer} เดือน คือ {said} (เกณฑ์ {rule.check.at_least} เดือน)"
    return said


def documents_line(known: ExplainedCase) -> Line:
    """Each document, its pages, and what was checked of them."""
    verdicts = {v.document: v for v in known.case.assessment.verdicts}
    asked = known.standard.documents
    below = (_document(known, one, verdicts[one.code]) for one in asked if one.code in verdicts)
    return line("เอกสารประกอบ", *below, about="documents")


def _document(known: ExplainedCase, document: Document, verdict: Verdict) -> Line:
    application = known.case.application
    answer = application.documents.get(document.code, DocumentAnswer(""))
    must = "บังคับ" if document.mandatory else "หากมี"
    seen = f" โดย {answer.waived_by}" if answer.waived_by else ""
    pages = f" {len(answer.pages)} หน้า" if answer.pages else ""
    said_of = f"{document.th} ({must}): {document_state(verdict)}{pages}"
    question = names.document(application.type, document.code)
    return line(
        said_of,
        line(f"ตอบว่า {ANSWERED.get(answer.status, answer.status)}{seen}"),
        known.form(names.APPLICATION, application.form_version, application.instance_id, question),
        *(_page(known, answer, place, page) for place, page in enumerate(answer.pages)),
        *_by_state(verdict.state),
        *map(line, judged_words(verdict)),
        *(finding_line(one, judged=verdict.settled) for one in verdict.findings),
        about=document.code,
    )


def _by_state(state: DocumentState) -> Iterator[Line]:
    if state is DocumentState.NOT_OFFERED:
        yield line("เป็นเอกสารที่ไม่บังคับ ไม่แนบก็ไม่ปิดขั้นตอนใด")


def _page(known: ExplainedCase, answer: DocumentAnswer, place: int, page: FileRef) -> Line:
    brought = answer.read_from[place].instance_id if place < len(answer.read_from) else ""
    by = f" จากชุด {brought}" if brought and brought != known.case.application.instance_id else ""
    return line(f"หน้า {place + 1}: {measured_words(page, known.measurements.get(page.sha256 or ''))}{by}")


def measured_words(page: FileRef, measured: Measurement | None) -> str:
    """A file, and what measuring found of it."""
    if page.sha256 is None:
        return file_words(page)
    if measured is None:
        return f"{file_words(page)} ยังไม่ได้ตรวจ"
    size = f"{measured.width}×{measured.height} จุด" if measured.width else f"{measured.pages} หน้า"
    checks = ["รับแล้ว", "เปิดอ่านไม่ได้" if measured.problem else "เปิดอ่านได้"]
    checks += [f"ภาพน่าสงสัย {s.kind.value} วัดได้ {s.number} เกณฑ์ {s.threshold}" for s in measured.suspicions]
    return f"{file_words(page)} · {measured.kind} {size} · {', '.join(checks)}"


def gates_line(known: ExplainedCase) -> Line:
    """The eight gates, the rule each follows, and what keeps it shut."""
    states = {result.gate: result for result in known.case.assessment.gates}
    named = enumerate(known.application_pack.gates, 1)
    below = (_gate(no, gate.code, gate.th, states.get(gate.code)) for no, gate in named)
    return line("ลำดับขั้นการรับรอง", *below, about="gates")


def _gate(no: int, code: Gate, th: str, result: GateResult | None) -> Line:
    state = result.state if result else GateState.NO_DATA
    why = "คณะกรรมการยังไม่มีมติ" if code in RESOLVED_GATES else "ยังไม่ได้รับแบบใด จึงไม่ปิดขั้นตอนของผู้ใด"
    below = [line(GATE_RULES[code]), *(finding_line(one) for one in (result.findings if result else ()))]
    if state is GateState.NO_DATA:
        below.append(line(why))
    return line(f"ขั้นที่ {no} {th}: {GATE_STATE[state]}", *below, about=code.value)


def findings_line(known: ExplainedCase) -> Line:
    """Everything that was found, as the office reads it, with its rule and where it was read."""
    settled = {f for verdict in known.case.assessment.verdicts if verdict.settled for f in verdict.findings}
    every = known.case.assessment.findings
    found = tuple(finding_line(one, judged=one in settled) for one in every)
    return line("ข้อตรวจพบ", *(found or (line("ไม่มีข้อตรวจพบ"),)), about="findings")


def finding_line(found: Finding, *, judged: bool = False) -> Line:
    """A finding, its code and rule, and where it was read; `judged`: nothing is left to do about it."""
    entry = CATALOGUE.get(found.code)
    rule = f" · กติกา {entry.rule}" if entry and entry.rule else ""
    office, committee = said(found), said(found, Audience.COMMITTEE)
    below = [line(f"ในเอกสารของคณะกรรมการ: {committee}")] if office != committee else []
    below.append(line(f"{found.code}{rule}{_read(found.read_from)}"))
    if judged:
        return line(f"{JUDGED}: {committee}", below[-1])
    return line(f"{SEVERITY[found.severity]}: {office}", *below)


def _read(read_from: ReadFrom) -> str:
    parts = [f"ชุด {read_from.instance_id}"] if read_from.instance_id else []
    parts += [f"ข้อ {read_from.path}"] if read_from.path else []
    parts += [f"sha256 {read_from.sha256[:SHOWN]}"] if read_from.sha256 else []
    return "".join(f" · {part}" for part in parts)


def decisions_line(known: ExplainedCase) -> Line:
    """The decisions that hold: number, who, when, why."""
    titles = titles_of([known.standard])
    below = tuple(decision_line(one, titles) for one in known.decisions)
    return line("คำวินิจฉัยและมติที่มีผล", *(below or (line("ไม่มี"),)), about="decisions")


def decision_line(decision: Decision, titles: Mapping[str, str]) -> Line:
    """One decision: number, kind, who, when, and below it why; `titles` as of `told.line`."""
    at = f" บันทึกเมื่อ {SCREEN.date(decision.recorded_at.date())}" if decision.recorded_at else ""
    by = f" โดย {decision.recorded_by}" if decision.recorded_by else ""
    below = [line(f"เหตุผล: {decision.reason}")] if decision.reason else []
    if decision.kind is Kind.RESOLUTION:
        below += [
            line(f"{label}: {said}") for label, said in particulars(resolution_of(decision), SCREEN) if said
        ]
    return line(f"เลขที่ {decision.number} {what(decision, titles)}{at}{by}", *below)
