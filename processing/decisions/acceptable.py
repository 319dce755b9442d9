"""What a decision must say before it is recorded, whatever door it came by: one rule for all. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mochocho.excel.typed import MAX_TEXT, TOO_LONG
from mochocho.words import thai
from mochocho.words.model import RESOLVED_GATES, Finding, Outcome, Round
from mochocho.words.sentences import Sentence
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

NOBODY = Sentence(
    "ต้องระบุชื่อผู้บันทึกด้วย --by หรือ recorder ในการตั้งค่า", "say who records: --by, or recorder in the settings"
)
_NO_CONSENT = Sentence(
    "ให้ระบุว่าถอนความยินยอมเรื่องใด: photo (ใช้ภาพถ่าย) หรือ publication (เผยแพร่ชื่อ)",
    "say which consent is withdrawn: photo (pictures are used) or publication (the name is published)",
)
_APART_FROM_ITSELF = Sentence(
    "ใบสมัครเดียวกันแยกจากตัวเองไม่ได้ ให้ระบุรหัสของใบสมัครสองใบ",
    "an application cannot be told apart from itself; give the keys of two",
)
_INTO_ITSELF = Sentence(
    "รวมใบสมัครเข้ากับตัวเองไม่ได้ ให้ระบุรหัสของใบสมัครอีกใบที่จะคงไว้",
    "an application cannot be merged into itself; give the key of the other, which is to be kept",
)
_OTHER_GATE = Sentence(
    "บันทึกมติได้เฉพาะของคณะกรรมการระดับอำเภอ (g6) และระดับจังหวัด (g7)",
    "only resolutions of the district (g6) and provincial (g7) committees can be recorded",
)
_FIRST_NUMBER = Sentence("เลขทะเบียนเริ่มที่ 1", "numbers of the register begin at 1")
_OTHER_ROUND = Sentence(
    "ปิดรับได้เฉพาะแบบให้คะแนนภาคสนาม (onsite) หรือรอบจังหวัด (provincial)",
    "only score sheets of the rounds onsite or provincial can be closed",
)
_NO_SHEET = Sentence(
    "ยังไม่มีแบบให้คะแนนของผู้สมัครรายนี้ในรอบนี้ จึงยังปิดรับไม่ได้",
    "this applicant has no score sheet in this round yet, so it cannot be closed",
)
_NO_DECISION = Sentence("ไม่มีคำวินิจฉัยเลขที่ นี้", "there is no such decision")
_REASON_KEPT = Sentence(
    "คำวินิจฉัยนี้ต้องมีเหตุผล เพราะจะเก็บไว้ให้ตรวจสอบ", "this decision needs a reason, which is kept for audits"
)
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
    """Why a decision cannot be recorded: which part of it, and what to do."""

    part: Part
    said: Sentence


def refusals(decision: Decision, fiscal_year_be: int, known: Known) -> Iterator[Refusal]:
    """Everything that is to be put right in it; nothing when it can be recorded."""
    assert isinstance(decision.content, CONTENT[decision.kind])  # noqa: S101 - doors make the right one
    if not known.registered and decision.kind is not Kind.ERASE:
        unknown = Sentence(
            f"ไม่มีผู้สมัครรหัส {decision.applicant_key[:60]} ในทะเบียน ให้ตรวจรหัสจากไฟล์ที่ระบบสร้างให้",
            f"the register has no applicant {decision.applicant_key[:60]}; "
            "see the key in the file that the program makes",
        )
        yield Refusal("key", unknown)
    yield from _too_long(decision)
    yield from _of_content(decision, fiscal_year_be, known)
    if decision.kind is Kind.OBJECT and decision.about not in OF_CONSENT:
        yield Refusal("about", _NO_CONSENT)
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


def in_spite_of(against: Sequence[Finding]) -> Sentence:
    """One sentence for a pass and the evidence against it, the same at every door."""
    told = [said(one, Audience.COMMITTEE) for one in against]
    evidence = Sentence(" และ".join(told), ", ".join(f"“{one}”" for one in told))
    return Sentence(f"มติผ่านทั้งที่{evidence.th}", f"the committee passes it in spite of {evidence.en}")


def _too_long(decision: Decision) -> Iterator[Refusal]:
    """Texts that no cell of a clerk's file could hold either (`typed.unusable`)."""
    texts: dict[Part, object] = {"reason": decision.reason}
    for part in _TYPED:
        texts[part] = getattr(decision.content, part, "")
    for part, text in texts.items():
        if isinstance(text, str) and len(thai.normalise(text)) > MAX_TEXT:
            yield Refusal(part, TOO_LONG)


def _of_pair(decision: Decision, known: Known) -> Iterator[Refusal]:
    if not known.other:
        unknown = Sentence(
            f"ไม่มีผู้สมัครรหัส {decision.about[:60]} ในทะเบียน ให้ตรวจรหัสของทั้งสองใบ",
            f"the register has no applicant {decision.about[:60]}; check the keys of both",
        )
        yield Refusal("about", unknown)
    elif decision.about == decision.applicant_key:
        yield Refusal("about", _APART_FROM_ITSELF)


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
                unknown = Sentence(
                    f"ไม่มีผู้สมัครรหัส {into[:60]} ในทะเบียน ให้ตรวจรหัสของใบสมัครที่จะคงไว้",
                    f"the register has no applicant {into[:60]}; check the key of the application to keep",
                )
                yield Refusal("into", unknown)
            elif into == decision.applicant_key:
                yield Refusal("into", _INTO_ITSELF)
        case Closed(sheets):
            yield from _of_closing(decision.about, sheets)
        case Distinguished():
            yield from _of_pair(decision, known)
    if decision.kind is Kind.CONTINUES and not known.other:
        unknown = Sentence(
            f"ไม่มีผู้สมัครรหัส {decision.about[:60]} ในผลของปีก่อน ให้ดูรหัสจาก mochocho applicants former",
            f"last year's results have no applicant {decision.about[:60]}; "
            "mochocho applicants former shows the keys",
        )
        yield Refusal("about", unknown)


def _of_resolution(gate: str, resolved: Resolved, fiscal_year_be: int) -> Iterator[Refusal]:
    if gate not in RESOLVED_GATES:
        yield Refusal("gate", _OTHER_GATE)
    yield from (Refusal(*wrong) for wrong in consistent.wrong(resolved, fiscal_year_be))


def _of_number(key: str, number: int, register: Mapping[int, str]) -> Iterator[Refusal]:
    """A number of the register is given once and never moved."""
    own = next((given for given, holder in register.items() if holder == key), None)
    if number < 1:
        yield Refusal("number", _FIRST_NUMBER)
    elif register.get(number, key) != key:
        taken = Sentence(
            f"เลขทะเบียน {number} เป็นของผู้สมัครรายอื่นแล้ว ใช้ซ้ำไม่ได้",
            f"the number {number} of the register is another applicant's and is given once",
        )
        yield Refusal("number", taken)
    elif own not in (None, number):
        kept = Sentence(
            f"ผู้สมัครรายนี้มีเลขทะเบียน {own} แล้ว เปลี่ยนไม่ได้",
            f"this applicant has the number {own} of the register, which cannot be changed",
        )
        yield Refusal("number", kept)


def _of_closing(round_: str, sheets: Sequence[str]) -> Iterator[Refusal]:
    if round_ not in (Round.ONSITE, Round.PROVINCIAL):
        yield Refusal("about", _OTHER_ROUND)
    elif not sheets:
        yield Refusal("about", _NO_SHEET)


def _of_undoing(decision: Decision, known: Known) -> Iterator[Refusal]:
    earlier, number = known.earlier, decision.undoes
    if earlier is None:
        unknown = Sentence(f"ไม่มีคำวินิจฉัยเลขที่ {number}", f"there is no decision number {number}")
        yield Refusal("undoes", unknown if number else _NO_DECISION)
    elif known.undone is not None:
        undone = Sentence(
            f"คำวินิจฉัยเลขที่ {number} ถูกแทนหรือเพิกถอนแล้วโดยเลขที่ {known.undone}",
            f"the decision number {number} was replaced or revoked by number {known.undone}",
        )
        yield Refusal("undoes", undone)
    elif lasting := _lasting(decision, earlier):
        yield Refusal("undoes", lasting)
    elif earlier.applicant_key != decision.applicant_key and decision.kind in UNDOING:
        of_another = Sentence(
            f"คำวินิจฉัยเลขที่ {number} เป็นของผู้สมัครรายอื่น ให้ตรวจรหัสและเลขที่",
            f"the decision number {number} is about another applicant; check key and number",
        )
        yield Refusal("key", of_another)
    elif decision.kind not in UNDOING and decision.matter != earlier.matter:
        unlike = Sentence(
            f"คำวินิจฉัยเลขที่ {number} เป็นเรื่องอื่น แก้ไขด้วยคำวินิจฉัยนี้ไม่ได้",
            f"the decision number {number} is of another matter; this decision cannot correct it",
        )
        yield Refusal("undoes", unlike)


def _lasting(decision: Decision, earlier: Decision) -> Sentence | None:
    """Why an earlier decision is of a kind that this one cannot undo; None where it can."""
    number = decision.undoes
    if earlier.kind is Kind.REGISTER:
        return Sentence(
            f"เลขที่ {number} ให้เลขทะเบียนไว้ เลขทะเบียนถอนหรือเปลี่ยนไม่ได้ แม้ผู้สมัครถอนใบสมัคร",
            f"number {number} gave a number of the register, which stays even where the applicant withdrew",
        )
    if earlier.kind is Kind.ERASE:
        return Sentence(
            f"เลขที่ {number} เป็นการลบข้อมูลส่วนบุคคล สิ่งที่ลบแล้วนำกลับไม่ได้",
            f"number {number} erased personal data, which cannot be brought back",
        )
    if earlier.kind in UNDOING:
        return Sentence(
            f"เลขที่ {number} เป็นการเพิกถอน ซึ่งเพิกถอนอีกไม่ได้ ให้บันทึกเรื่องนั้นใหม่",
            f"number {number} revoked a decision and cannot be revoked itself; record the matter anew",
        )
    if earlier.kind is Kind.CERTIFY and decision.kind is Kind.REOPEN:
        return Sentence(
            f"เลขที่ {number} ออกหนังสือรับรองไว้ ให้เพิกถอนหรือออกใหม่แทน เปิดพิจารณาใหม่ไม่ได้",
            f"number {number} gave a certificate and cannot be reopened; revoke or reissue the certificate",
        )
    return None


def _reason_wanted(decision: Decision, known: Known) -> Sentence | None:
    """Why this one needs a reason; None where it is a plain pass or what a form says.

    A conditional pass says what is owed, which answers the evidence against it too.
    """
    match decision.content:
        case Resolved(outcome=Outcome.PASS) if known.against:
            told = in_spite_of(known.against)
            return Sentence(
                f"{told.th} ต้องมีเหตุผลที่คณะกรรมการยืนยันมติ เพราะจะพิมพ์ในเอกสาร",
                f"{told.en}; say why the committee stands by it: papers print it",
            )
        case Resolved(outcome=Outcome.PASS | Outcome.CONDITIONAL) if decision.undoes is None:
            return None
        case Resolved(outcome=Outcome.FAIL | Outcome.DEFERRED as outcome):
            return Sentence(
                f"มติ{OUTCOMES[outcome]}ต้องมีเหตุผลตามถ้อยคำของคณะกรรมการ เพราะจะพิมพ์ในเอกสารและแจ้งผู้สมัคร",
                f"the resolution “{OUTCOMES[outcome]}” needs a reason in the committee's words: "
                "papers print it, the applicant is told",
            )
    if decision.kind in (Kind.DOCUMENT_ACCEPT, Kind.MATCH, Kind.REGISTER):
        return None
    if decision.kind is Kind.CERTIFY and decision.undoes is None:
        return None
    return _REASON_KEPT
