"""What a decision must say before it is recorded, whatever door it came by: one rule for all. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mochocho.excel.typed import MAX_TEXT, TOO_LONG
from mochocho.words import thai
from mochocho.words.model import RESOLVED_GATES, Finding, Outcome, Round
from processing.decisions.decision import (
    CONTENT,
    OF_CONSENT,
    OF_DOCUMENTS,
    UNDOING,
    Certified,
    Closed,
    Decision,
    Distinguished,
    Kind,
    Merged,
    Registered,
    Resolved,
)
from processing.decisions.effects import on_applicants, on_cards, on_certificates
from processing.decisions.effects.on_applicants import Unit
from processing.decisions.effects.on_certificates import Certificates
from processing.decisions.meetings import consistent
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.on_documents import Submitted, wrong_with
from processing.findings.entry import Audience
from processing.findings.saying import said

_OwnPart = Literal[
    "kind",
    "key",
    "about",
    "gate",
    "outcome",
    "reason",
    "undoes",
    "into",
    "seen_by",
    "pages",
    "aside",
    "round",
    "answer",
    "by",
    "number",
]
Part = _OwnPart | consistent.Part

_NAMED_CONSENTS = "photo (ใช้ภาพถ่าย) หรือ publication (เผยแพร่ชื่อ)"
NOBODY = "ต้องระบุชื่อผู้บันทึกด้วย --by หรือ recorder ในการตั้งค่า"
# Of what a decision says, what is free text.
_TYPED: tuple[Part, ...] = ("committee", "seen_by", "condition", "note")


@dataclass(frozen=True, slots=True)
class Known:
    """What the home knows of what a decision is about, when it is recorded.

    `registered`: the applicant is; `other`: the one it is merged into, or told apart from, is;
    of one that it was last year, among last year's. `earlier`: the
    decision it undoes; `undone`: the number of what undid that one already. `against`: the evidence against a
    committee's pass (`against_evidence.of`). `document`, `unit`, `into`: the document and the applicant that
    it is about, and the one it is merged into; None = not known.
    `files`: the sha256 of each page of the applicant's present documents.
    `register`: every number of the register that was ever given, with the applicant's key. `certificates`:
    those that were given, and what a new one would be given for.
    """

    registered: bool = True
    other: bool = True
    earlier: Decision | None = None
    undone: int | None = None
    against: tuple[Finding, ...] = ()
    document: Submitted | None = None
    unit: Unit | None = None
    into: Unit | None = None
    files: frozenset[str] = frozenset()
    register: Mapping[int, str] = field(default_factory=dict)
    certificates: Certificates = field(default_factory=Certificates)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a decision cannot be recorded: which part of it, and in Thai what to do."""

    part: Part
    message_th: str


def refusals(decision: Decision, fiscal_year_be: int, known: Known) -> Iterator[Refusal]:
    """Everything that is to be put right in it; nothing when it can be recorded."""
    assert isinstance(decision.content, CONTENT[decision.kind])  # noqa: S101 - doors make the right one
    if not known.registered and decision.kind is not Kind.ERASE:
        unknown = f"ไม่มีผู้สมัครรหัส {decision.applicant_key[:60]} ในทะเบียน ให้ตรวจรหัสจากไฟล์ที่ระบบสร้างให้"
        yield Refusal("key", unknown)
    yield from _too_long(decision)
    yield from _of_content(decision, fiscal_year_be, known)
    if decision.kind is Kind.OBJECT and decision.about not in OF_CONSENT:
        yield Refusal("about", f"ให้ระบุว่าถอนความยินยอมเรื่องใด: {_NAMED_CONSENTS}")
    yield from _of_files(decision, known)
    if known.unit:
        yield from (Refusal(*wrong) for wrong in on_applicants.wrong_with(decision, known.unit, known.into))
    if decision.undoes is not None or decision.kind in UNDOING:
        yield from _of_undoing(decision, known)
    if not thai.says_something(decision.recorded_by):
        yield Refusal("by", NOBODY)
    if not thai.says_something(decision.reason) and (wanted := _reason_wanted(decision, known)):
        yield Refusal("reason", wanted)


def _of_files(decision: Decision, known: Known) -> Iterator[Refusal]:
    if decision.kind is Kind.CARD_PAGE:
        yield from (Refusal(*wrong) for wrong in on_cards.wrong_with(decision, known.files))
    elif decision.kind in OF_DOCUMENTS and known.registered:
        yield from (Refusal(*wrong) for wrong in wrong_with(decision, known.document))


def in_spite_of(against: Sequence[Finding]) -> str:
    """One sentence for a pass and the evidence against it, the same at every door."""
    return f"มติผ่านทั้งที่{' และ'.join(said(one, Audience.COMMITTEE) for one in against)}"


def _too_long(decision: Decision) -> Iterator[Refusal]:
    """Texts that no cell of a clerk's file could hold either (`typed.unusable`)."""
    texts: dict[Part, object] = {"reason": decision.reason}
    for part in _TYPED:
        texts[part] = getattr(decision.content, part, "")
    for part, text in texts.items():
        if isinstance(text, str) and len(thai.normalise(text)) > MAX_TEXT:
            yield Refusal(part, TOO_LONG.th)


def _of_pair(decision: Decision, known: Known) -> Iterator[Refusal]:
    if not known.other:
        yield Refusal("about", f"ไม่มีผู้สมัครรหัส {decision.about[:60]} ในทะเบียน ให้ตรวจรหัสของทั้งสองใบ")
    elif decision.about == decision.applicant_key:
        yield Refusal("about", "ใบสมัครเดียวกันแยกจากตัวเองไม่ได้ ให้ระบุรหัสของใบสมัครสองใบ")


def _of_content(decision: Decision, fiscal_year_be: int, known: Known) -> Iterator[Refusal]:
    match decision.content:
        case Resolved() as resolved:
            yield from _of_resolution(decision.about, resolved, fiscal_year_be)
        case Registered(number):
            yield from _of_number(decision.applicant_key, number, known.register)
        case Certified() as certified:
            wrong = on_certificates.wrong_with(certified, decision.undoes, known.certificates)
            yield from (Refusal(*each) for each in wrong)
        case Merged(into):
            if not known.other:
                yield Refusal("into", f"ไม่มีผู้สมัครรหัส {into[:60]} ในทะเบียน ให้ตรวจรหัสของใบสมัครที่จะคงไว้")
            elif into == decision.applicant_key:
                yield Refusal("into", "รวมใบสมัครเข้ากับตัวเองไม่ได้ ให้ระบุรหัสของใบสมัครอีกใบที่จะคงไว้")
        case Closed(sheets):
            yield from _of_closing(decision.about, sheets)
        case Distinguished():
            yield from _of_pair(decision, known)
    if decision.kind is Kind.CONTINUES and not known.other:
        yield Refusal(
            "about", f"ไม่มีผู้สมัครรหัส {decision.about[:60]} ในผลของปีก่อน ให้ดูรหัสจาก mochocho applicants former"
        )


def _of_resolution(gate: str, resolved: Resolved, fiscal_year_be: int) -> Iterator[Refusal]:
    if gate not in RESOLVED_GATES:
        yield Refusal("gate", "บันทึกมติได้เฉพาะของคณะกรรมการระดับอำเภอ (g6) และระดับจังหวัด (g7)")
    yield from (Refusal(*wrong) for wrong in consistent.wrong(resolved, fiscal_year_be))


def _of_number(key: str, number: int, register: Mapping[int, str]) -> Iterator[Refusal]:
    """A number of the register is given once and never moved."""
    own = next((given for given, holder in register.items() if holder == key), None)
    if number < 1:
        yield Refusal("number", "เลขทะเบียนเริ่มที่ 1")
    elif register.get(number, key) != key:
        yield Refusal("number", f"เลขทะเบียน {number} เป็นของผู้สมัครรายอื่นแล้ว ใช้ซ้ำไม่ได้")
    elif own not in (None, number):
        yield Refusal("number", f"ผู้สมัครรายนี้มีเลขทะเบียน {own} แล้ว เปลี่ยนไม่ได้")


def _of_closing(round_: str, sheets: Sequence[str]) -> Iterator[Refusal]:
    if round_ not in (Round.ONSITE, Round.PROVINCIAL):
        yield Refusal("about", "ปิดรับได้เฉพาะแบบให้คะแนนภาคสนาม (onsite) หรือรอบจังหวัด (provincial)")
    elif not sheets:
        yield Refusal("about", "ยังไม่มีแบบให้คะแนนของผู้สมัครรายนี้ในรอบนี้ จึงยังปิดรับไม่ได้")


def _of_undoing(decision: Decision, known: Known) -> Iterator[Refusal]:
    earlier, number = known.earlier, decision.undoes
    if earlier is None:
        yield Refusal("undoes", f"ไม่มีคำวินิจฉัยเลขที่ {number or 'นี้'}")
    elif known.undone is not None:
        yield Refusal("undoes", f"คำวินิจฉัยเลขที่ {number} ถูกแทนหรือเพิกถอนแล้วโดยเลขที่ {known.undone}")
    elif earlier.kind is Kind.REGISTER:
        yield Refusal("undoes", f"เลขที่ {number} ให้เลขทะเบียนไว้ เลขทะเบียนถอนหรือเปลี่ยนไม่ได้ แม้ผู้สมัครถอนใบสมัคร")
    elif earlier.kind is Kind.ERASE:
        yield Refusal("undoes", f"เลขที่ {number} เป็นการลบข้อมูลส่วนบุคคล สิ่งที่ลบแล้วนำกลับไม่ได้")
    elif earlier.kind in UNDOING:
        yield Refusal("undoes", f"เลขที่ {number} เป็นการเพิกถอน ซึ่งเพิกถอนอีกไม่ได้ ให้บันทึกเรื่องนั้นใหม่")
    elif earlier.kind is Kind.CERTIFY and decision.kind is Kind.REOPEN:
        yield Refusal("undoes", f"เลขที่ {number} ออกหนังสือรับรองไว้ ให้เพิกถอนหรือออกใหม่แทน เปิดพิจารณาใหม่ไม่ได้")
    elif earlier.applicant_key != decision.applicant_key and decision.kind in UNDOING:
        yield Refusal("key", f"คำวินิจฉัยเลขที่ {number} เป็นของผู้สมัครรายอื่น ให้ตรวจรหัสและเลขที่")
    elif decision.kind not in UNDOING and decision.matter != earlier.matter:
        yield Refusal("undoes", f"คำวินิจฉัยเลขที่ {number} เป็นเรื่องอื่น แก้ไขด้วยคำวินิจฉัยนี้ไม่ได้")


def _reason_wanted(decision: Decision, known: Known) -> str:
    """Why this one needs a reason, in Thai; '' where it is a plain pass or what a form says.

    A conditional pass says what is owed, which answers the evidence against it too.
    """
    match decision.content:
        case Resolved(outcome=Outcome.PASS) if known.against:
            return f"{in_spite_of(known.against)} ต้องมีเหตุผลที่คณะกรรมการยืนยันมติ เพราะจะพิมพ์ในเอกสาร"
        case Resolved(outcome=Outcome.PASS | Outcome.CONDITIONAL) if decision.undoes is None:
            return ""
        case Resolved(outcome=Outcome.FAIL | Outcome.DEFERRED as outcome):
            why = "ต้องมีเหตุผลตามถ้อยคำของคณะกรรมการ เพราะจะพิมพ์ในเอกสารและแจ้งผู้สมัคร"
            return f"มติ{OUTCOMES[outcome]}{why}"
    if decision.kind in (Kind.DOCUMENT_ACCEPT, Kind.MATCH, Kind.REGISTER):
        return ""
    if decision.kind is Kind.CERTIFY and decision.undoes is None:
        return ""
    return "คำวินิจฉัยนี้ต้องมีเหตุผล เพราะจะเก็บไว้ให้ตรวจสอบ"
