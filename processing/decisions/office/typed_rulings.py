"""What the office types about an applicant as a decision: one reading for command and Excel. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mochocho.excel.cells import Cell
from mochocho.excel.typed import day_of, text_of, whole_of
from mochocho.words.model import Round
from processing.decisions.clerks_sheet import parse_meeting_no
from processing.decisions.decision import (
    Content,
    Decision,
    Kind,
    Merged,
    Plain,
    Reconciled,
    Resolved,
    Ruled,
    Seen,
)

MET, NOT_MET = "ไม่ขัดคุณสมบัติ", "ขัดคุณสมบัติ"
ONSITE, PROVINCIAL = "ปรับคะแนนภาคสนาม", "ปรับคะแนนรอบจังหวัด"
WITHDRAW, MERGE = "ถอนใบสมัคร", "รวมกับใบสมัครอื่น"
REVOKE, REOPEN = "เพิกถอน", "เปิดพิจารณาใหม่"
NOT_SAME, FORMER, NOT_FORMER = "ไม่ใช่รายเดียวกัน", "เป็นรายเดิมของปีก่อน", "ไม่ใช่รายเดิมของปีก่อน"
CLOSE_ONSITE, CLOSE_PROVINCIAL = "ปิดรับแบบให้คะแนนภาคสนาม", "ปิดรับแบบให้คะแนนรอบจังหวัด"
NO_PHOTO, NO_NAME = "ถอนความยินยอมใช้ภาพถ่าย", "ถอนความยินยอมเผยแพร่ชื่อ"
MATCH, REGISTER = "จับคู่กับผู้สมัครรายนี้", "ให้เลขทะเบียน"
KINDS: Mapping[str, Kind] = {
    MET: Kind.ELIGIBILITY_OVERRIDE,
    NOT_MET: Kind.ELIGIBILITY_OVERRIDE,
    ONSITE: Kind.SCORE_RECONCILE,
    PROVINCIAL: Kind.SCORE_RECONCILE,
    WITHDRAW: Kind.WITHDRAW,
    MERGE: Kind.MERGE,
    REVOKE: Kind.REVOKE,
    REOPEN: Kind.REOPEN,
    NOT_SAME: Kind.DISTINCT,
    FORMER: Kind.CONTINUES,
    NOT_FORMER: Kind.DISTINCT,
    CLOSE_ONSITE: Kind.SHEETS_CLOSE,
    CLOSE_PROVINCIAL: Kind.SHEETS_CLOSE,
    MATCH: Kind.MATCH,
    REGISTER: Kind.REGISTER,
    NO_PHOTO: Kind.OBJECT,
    NO_NAME: Kind.OBJECT,
}
_ABOUT: Mapping[str, str] = {WITHDRAW: "", MERGE: "", NO_PHOTO: "photo", NO_NAME: "publication"}
UNDOING = (REVOKE, REOPEN)
_OF_MEETING: Mapping[str, tuple[str, Callable[[Cell], Any]]] = {
    "committee": ("committee", text_of),
    "meeting": ("meeting_no", parse_meeting_no),
    "date": ("meeting_date", day_of),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: one of the words of `KINDS`, whom and what it is about, and its value.

    `value`: the answer that counts, the key of the other applicant (the one that stays, the one it is told
    apart from, the one of last year), the number that is undone, or that of the register.
    """

    word: str
    key: str
    about: str
    value: Cell
    reason: str
    by: str


def decision_of(typed: Typed, earlier: Mapping[int, Decision]) -> Decision:
    """The decision of a word that needs nothing of the home but what may be undone.

    `earlier`: that, by number. Raises Wrong where a number is wanted.
    """
    kind = KINDS[typed.word]
    made = Decision(kind, typed.key, typed.about, _content(typed), typed.reason, typed.by)
    if typed.word not in UNDOING:
        return replace(made, about=_ABOUT.get(typed.word, typed.about))
    number = whole_of(typed.value)
    undone = earlier.get(number)
    return replace(made, undoes=number, about=undone.about if undone else "")


def undoing(kind: Kind, number: int, earlier: Decision | None, reason: str, by: str) -> Decision:
    """A decision that undoes another; `earlier`: that one, None = there is none of this number."""
    key, about = (earlier.applicant_key, earlier.about) if earlier else ("", "")
    return Decision(kind, key, about, Plain(), reason, by, undoes=number)


def corrected(
    earlier: Decision, typed: Mapping[str, Cell], met: bool | None, reason: str, by: str
) -> Decision:
    """The same matter decided anew, in place of an earlier decision. Raises Wrong for what cannot be read.

    `typed`: what changes: answer, into, committee, meeting, date; `met`: of a rule of eligibility.
    """
    return replace(
        earlier,
        content=_changed(earlier.content, typed, met),
        reason=reason,
        recorded_by=by,
        undoes=earlier.number,
        seen=Seen(),
        number=0,
        recorded_at=None,
    )


def _changed(content: Content, typed: Mapping[str, Cell], met: bool | None) -> Content:
    match content:
        case Ruled() if met is not None:
            return Ruled(met)
        case Reconciled() if "answer" in typed:
            return replace(content, answer=whole_of(typed["answer"]))
        case Merged() if "into" in typed:
            return Merged(typed["into"].text)
        case Resolved():
            read = {
                field: reader(typed[name]) for name, (field, reader) in _OF_MEETING.items() if name in typed
            }
            return replace(content, **read)
    return content


def _content(typed: Typed) -> Content:
    match typed.word:
        case str() as word if word in (MET, NOT_MET):
            return Ruled(word == MET)
        case str() as word if word in (ONSITE, PROVINCIAL):
            return Reconciled(Round.ONSITE if word == ONSITE else Round.PROVINCIAL, whole_of(typed.value))
        case str() as word if word == MERGE:
            return Merged(typed.value.text)
    return Plain()
