"""One decision of a person or a committee, of whatever kind, and what a decision of each kind says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution, Round, Votes


class Kind(StrEnum):
    """What is decided. A correction is of the kind that it corrects, and names that in `undoes`."""

    DOCUMENT_ACCEPT = "document_accept"  # ยอมรับเอกสาร
    DOCUMENT_WAIVE = "document_waive"  # ยกเว้นเอกสาร: the original was seen
    DOCUMENT_RETURN = "document_return"  # ส่งเอกสารกลับให้แก้ไข
    ELIGIBILITY_OVERRIDE = "eligibility_override"  # วินิจฉัยคุณสมบัติ, against what the check found
    SCORE_RECONCILE = "score_reconcile"  # ปรับคะแนนให้ตรงกัน
    SHEETS_CLOSE = "sheets_close"  # ปิดรับแบบให้คะแนน: the chair waits for no more, and the answers are opened
    WITHDRAW = "withdraw"  # ถอนใบสมัคร
    MERGE = "merge"  # รวมใบสมัครซ้ำ
    DISTINCT = "distinct"  # ไม่ใช่รายเดียวกัน: two applicants that were asked about
    CONTINUES = "continues"  # เป็นผู้สมัครรายเดิมของปีก่อน: about whom it was then
    MATCH = "match"  # จับคู่แบบฟอร์มกับผู้สมัคร
    RESOLUTION = "resolution"  # มติคณะกรรมการ
    REGISTER = "register"  # ให้เลขทะเบียน
    CERTIFY = "certify"  # ออกหนังสือรับรอง; one that undoes another is given in its place
    REOPEN = "reopen"  # เปิดพิจารณาใหม่: what was decided held, and is decided anew
    REVOKE = "revoke"  # เพิกถอน: what was decided should not have been
    OBJECT = "object"  # ถอนความยินยอม: a consent that the application gave, by what it was for
    CARD_PAGE = "card_page"  # วินิจฉัยภาพที่อาจมีบัตรประจำตัว: a page of which the machine was not sure what to cover
    ERASE = "erase"  # ลบข้อมูลส่วนบุคคล: recorded by what erases, never typed


OF_DOCUMENTS = (Kind.DOCUMENT_ACCEPT, Kind.DOCUMENT_WAIVE, Kind.DOCUMENT_RETURN)
OF_CONSENT = ("photo", "publication")  # what OBJECT is about
UNDOING = (Kind.REOPEN, Kind.REVOKE)  # they undo, and put nothing in its place


class Ground(StrEnum):
    """Why two applicants were asked about."""

    NATIONAL_ID = "national_id"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Plain:
    """What is decided says nothing beside its kind, what it is about, and its reason."""


@dataclass(frozen=True, slots=True)
class Waived:
    """Who saw the original."""

    seen_by: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The answer that counts for one indicator in one round, as on a score sheet."""

    round: Round
    answer: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The score sheets that had come, by root id in order; the round is what the decision is about."""

    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """Whether the rule of eligibility is taken as met, whatever was answered."""

    met: bool = True


@dataclass(frozen=True, slots=True)
class Merged:
    """The applicant that the forms of this one count for."""

    into: str


@dataclass(frozen=True, slots=True)
class Distinguished:
    """On what grounds the two were asked about, in the order of `Ground`; on another they are asked again."""

    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a committee resolved at a meeting ("1/2568"), as in `Resolution`; the gate is what the decision is
    about. Those recorded before there were votes say nothing after the day.
    """

    outcome: Outcome
    committee: str
    meeting_no: str
    meeting_date: date
    votes: Votes | None = None
    present: int | None = None
    recused: tuple[str, ...] = ()
    condition: str = ""
    due: date | None = None
    deferred_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A number of the register (ทะเบียนผู้สมัคร); never given twice."""

    number: int


@dataclass(frozen=True, slots=True)
class Certified:
    """A numbered certificate as it was given: to whom, for what, on which day, by which meeting's resolution.

    `district`: its name. `public_key`, `signature`: base64url, of `processing.certificates.certificate`.
    """

    number: int
    type: ApplicantType
    name: str
    district: str
    day: date
    meeting_no: str
    meeting_date: date
    public_key: str
    signature: str


@dataclass(frozen=True, slots=True)
class OnCard:
    """Whether the page (`CardPage.place`) shows what identifies somebody, and stays covered whole."""

    card: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A row of a chain in which the words about a person were covered; its own hash stays as it was.

    `chain`: the table; `digest`: what the row's columns hash to since then.
    """

    chain: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Erased:
    """The rows that an erasure covered. `log`: the number of the last row of the access log that went with
    the cycle, with its hash; 0 and '' = none went.
    """

    covered: tuple[Covered, ...] = ()
    log: int = 0
    log_hash: str = ""


Content = (
    Plain
    | Waived
    | Ruled
    | Reconciled
    | Closed
    | Merged
    | Distinguished
    | Resolved
    | Registered
    | Certified
    | OnCard
    | Erased
)
CONTENT: Mapping[Kind, type[Content]] = dict.fromkeys(Kind, Plain) | {
    Kind.DOCUMENT_WAIVE: Waived,
    Kind.ELIGIBILITY_OVERRIDE: Ruled,
    Kind.SCORE_RECONCILE: Reconciled,
    Kind.SHEETS_CLOSE: Closed,
    Kind.MERGE: Merged,
    Kind.DISTINCT: Distinguished,
    Kind.RESOLUTION: Resolved,
    Kind.REGISTER: Registered,
    Kind.CERTIFY: Certified,
    Kind.CARD_PAGE: OnCard,
    Kind.ERASE: Erased,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What lay before whoever decided: the version of the application, the sha256 of each page of documents
    in order, the digest of the assessment; '' and none where there was none.
    """

    instance_id: str = ""
    files: tuple[str, ...] = ()
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `about`: a document's code, an indicator, a rule of eligibility, a gate, a form's root
    id, another applicant's key; '' where it is about the applicant. `undoes`: the number of an earlier one,
    which holds no more.

    `number`, `recorded_at` and `seen` are given when it is recorded; 0 and None before.
    """

    kind: Kind
    applicant_key: str
    about: str = ""
    content: Content = Plain()
    reason: str = ""
    recorded_by: str = ""
    undoes: int | None = None
    seen: Seen = Seen()
    number: int = 0
    recorded_at: datetime | None = None

    @property
    def matter(self) -> tuple[str, str, str]:
        """Of the decisions in one matter the last that is not undone holds."""
        if self.kind is Kind.MATCH:
            return (self.kind, "", self.about)  # a form is about one applicant
        if isinstance(self.content, Reconciled):
            return (self.kind, self.applicant_key, f"{self.content.round}.{self.about}")
        kind = "document" if self.kind in OF_DOCUMENTS else self.kind.value
        return (kind, self.applicant_key, self.about)


def distinct(one: str, other: str, grounds: tuple[Ground, ...], reason: str, by: str) -> Decision:
    """That two applicants (keys) are not the same, as a decision to be recorded: of either order the same."""
    first, second = sorted((one, other))
    return Decision(Kind.DISTINCT, first, second, Distinguished(grounds), reason, by)


def of_resolution(key: str, resolution: Resolution) -> Decision:
    """A committee's resolution about the applicant of this key as a decision to be recorded."""
    return Decision(
        Kind.RESOLUTION,
        key,
        resolution.gate.value,
        Resolved(**{name: getattr(resolution, name) for name in Resolved.__slots__}),
        resolution.reason,
        resolution.recorded_by,
        seen=Seen(resolution.instance_id),
    )


def resolution_of(decision: Decision) -> Resolution:
    """What papers and gates read of a decision of kind RESOLUTION."""
    content = decision.content
    assert isinstance(content, Resolved)  # noqa: S101 - of its kind
    return Resolution(
        gate=Gate(decision.about),
        **{name: getattr(content, name) for name in Resolved.__slots__},
        reason=decision.reason,
        recorded_by=decision.recorded_by,
        instance_id=decision.seen.instance_id,
    )
