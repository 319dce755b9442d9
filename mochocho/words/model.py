"""The domain model as frozen values; no I/O.

Points are in hundredths of a mark (5 marks = 500), percents in hundredths of a percent (70 % = 7000), both as
exact fractions; `mochocho.words.numbers` rounds them for display.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Literal


class ApplicantType(StrEnum):
    """The four target types, always in this order (rules.md 2)."""

    LEADER = "leader"
    GROUP = "group"
    NETWORK = "network"
    COMMUNITY = "community"


class Gate(StrEnum):
    """A step of the certification order (rules.md, sections E and H)."""

    ELIGIBLE = "g1"
    DOCUMENTS = "g2"
    SELF_BEFORE = "g3"
    PLAN = "g4"
    SELF_AFTER = "g5"
    DISTRICT = "g6"
    PROVINCE = "g7"
    ANNOUNCED = "g8"


# decided by committees; the other gates follow from what was received
RESOLVED_GATES = (Gate.DISTRICT, Gate.PROVINCE)


class Round(StrEnum):
    """Which assessment a form belongs to: one of the applicant's own three, or one of the committees' two."""

    SELF_BEFORE = "self_before"
    SELF_PERIODIC = "self_periodic"
    SELF_AFTER = "self_after"
    ONSITE = "onsite"
    PROVINCIAL = "provincial"


class GateState(StrEnum):
    """The state of a gate. NO_DATA: nothing has been collected for it yet; it blocks nobody."""

    PASSED = "passed"
    FAILED = "failed"
    NO_DATA = "no_data"
    DEFERRED = "deferred"  # a committee looked and put it off: neither passed nor failed


class Severity(StrEnum):
    """BLOCKING findings keep a gate shut; WARNING findings are for a person to look at."""

    BLOCKING = "blocking"
    WARNING = "warning"


class DocumentState(StrEnum):
    """The verdict on one required document."""

    ACCEPTED = "accepted"
    WAIVED = "waived"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    SUSPICIOUS = "suspicious"  # it is here and opens; a person is asked to look at it
    RETURNED = "returned"  # a person sent it back to be mended
    NEEDS_PERSON = "needs_person"  # a person decided about other pages than these
    NOT_OFFERED = "not_offered"  # optional and not sent


TO_MEND = (DocumentState.MISSING, DocumentState.UNREADABLE, DocumentState.RETURNED)  # by the field
TO_JUDGE = (DocumentState.SUSPICIOUS, DocumentState.NEEDS_PERSON)  # by a person of the office


class Outcome(StrEnum):
    """What a committee resolved."""

    PASS = "pass"  # noqa: S105 - รับรอง
    CONDITIONAL = "conditional"  # รับรองแบบมีเงื่อนไข: it has passed, and owes what the condition says
    DEFERRED = "deferred"  # เลื่อนพิจารณา: neither passed nor failed, presented again
    FAIL = "fail"  # ไม่รับรอง

    @property
    def passes(self) -> bool:
        """Whether who was resolved about has passed."""
        return self in (Outcome.PASS, Outcome.CONDITIONAL)


class ReviewState(StrEnum):
    """The review state of a submission, in Central's words; KoboToolbox has approved, on_hold, not_approved.

    `received`: nothing is asked for and nothing decided. It replaces any earlier state except an approval.
    """

    APPROVED = "approved"
    HAS_ISSUES = "hasIssues"
    REJECTED = "rejected"
    RECEIVED = "received"


# When a server shows `approved`: once the provincial committee has certified; once no document is missing,
# before any committee; or never by us, only by people.
Approved = Literal["committee", "documents", "never"]


class Doubt(StrEnum):
    """Why a day is not believed (mochocho.words.days)."""

    UNREADABLE = "unreadable"  # not a day in any calendar
    THAI_DIGITS = "thai_digits"
    BUDDHIST = "buddhist"  # a Buddhist year where the common calendar is used
    FUTURE = "future"  # after the cycle, or after a server received the form
    PAST = "past"


@dataclass(frozen=True, slots=True)
class DoubtedDay:
    """A day that was filled in and is not believed. `path`: of the field; `what`: its name in Thai."""

    path: str
    what: str
    written: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class NotOffered:
    """An answer that its question does not offer. `path`: of the field; `question`: as the form words it."""

    path: str
    question: str
    written: str


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """Where a finding was read: the instance, the path of the field in it, and the file (sha256) if one was
    opened.
    """

    instance_id: str = ""
    path: str = ""
    sha256: str = ""


# One value of a finding: a label or key, a number, a list of these, or a list of rows of these.
Value = str | int | tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. `code` is stable; `subject` is the document, indicator or rule it is about.

    `values`: what its sentences are made of when it is shown (`processing.findings.saying`), in the order of
    their names. `message_th`: the sentence stored by versions that had no values; '' since then.
    """

    code: str
    subject: str
    severity: Severity
    values: tuple[tuple[str, Value], ...] = ()
    read_from: ReadFrom = ReadFrom()
    message_th: str = ""


@dataclass(frozen=True, slots=True)
class FileRef:
    """One attached file as its submission names it; sha256 is None until the file has arrived."""

    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What the officer said about one document. `status`: attached, later, waived, signed; '' = not answered.

    `read_from`: where each page was read, if a supplement brought any of them; otherwise all pages come from
    the application, at `path`.
    """

    status: str
    pages: tuple[FileRef, ...] = ()
    waived_by: str = ""
    path: str = ""
    read_from: tuple[ReadFrom, ...] = ()


class Origin(StrEnum):
    """Where a member of a lead team or an adviser comes from (rules.md 20); '' = not said."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One of the lead team (ทีมนำการพัฒนา, rules.md 19)."""

    name: str
    role: str = ""
    origin: Origin = Origin.UNKNOWN


@dataclass(frozen=True, slots=True)
class Adviser:
    """One of the advisers (คณะที่ปรึกษา, rules.md 20); `about`: what they advise on."""

    name: str
    about: str = ""
    origin: Origin = Origin.UNKNOWN


@dataclass(frozen=True, slots=True)
class Application:
    """An application as its form holds it, without the identifiers of people (those are `Identity`).

    `photo_consent`, `publication_consent`: None = not asked. What stands from `age` on is told where it was
    given; no rule asks for it.
    """

    key: str  # entity UUID, or the root instance's UUID where the server has no entities
    root_id: str
    instance_id: str
    form_version: str
    type: ApplicantType
    name: str
    district: str  # DOPA code, 4 digits
    subdistrict: str
    village: str
    applied_on: date | None
    eligibility: Mapping[str, str]  # eligibility code -> answer as written
    documents: Mapping[str, DocumentAnswer]  # document code -> answer
    portrait: FileRef | None = None
    officer_districts: tuple[str, ...] | None = None  # None: the source does not say who sent it
    conflict: bool = False  # two edits of one parent; this is the one that is read, both are kept
    subdistrict_code: str = ""  # 6 digits; '' where the subdistrict was typed
    moo: str = ""  # หมู่ที่
    lead_team: tuple[TeamMember, ...] = ()
    advisers: tuple[Adviser, ...] = ()
    photo_consent: bool | None = None
    publication_consent: bool | None = None
    misread: tuple[str, ...] = ()  # questions whose answer cannot be what they ask for
    doubted: tuple[DoubtedDay, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    age: int | None = None  # a leader's, in years on the day of the application
    occupation: str = ""  # a leader's
    founded_be: int | None = None  # the Buddhist year in which a group, network or community began
    main_works: tuple[str, ...] = ()  # ผลงานสำคัญ, each in a line

    def is_theirs(self, officer_districts: tuple[str, ...] | None) -> bool:
        """Whether officers of these districts may send forms about it; None: the source does not say."""
        return officer_districts is None or self.district in officer_districts


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a person; kept in one table and never printed unmasked."""

    key: str
    national_id: str = ""
    phone: str = ""
    address: str = ""

    def __repr__(self) -> str:
        return f"Identity(key={self.key!r})"


class Replaces(StrEnum):
    """What a supplement replaces in one document."""

    WHOLE = "whole"  # these are now all of its pages
    PAGE = "page"  # one page is photographed anew
    SIGNED = "signed"  # signed on the screen
    WAIVED = "waived"  # the original was seen


@dataclass(frozen=True, slots=True)
class SupplementedDocument:
    """One document of a supplement. `page` counts from 1; 0 = one more page, after the existing ones."""

    replaces: Replaces
    pages: tuple[FileRef, ...] = ()
    page: int = 0
    waived_by: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """Documents sent after the application.

    `sent_at`, in UTC, orders supplements: when the phone finished it (`days.finished`). `received_at`: when a
    server received it.
    """

    root_id: str
    instance_id: str
    form_version: str
    applicant_key: str
    sent_at: datetime | None
    documents: Mapping[str, SupplementedDocument]  # document code -> what is sent for it
    portrait: FileRef | None = None
    officer_districts: tuple[str, ...] | None = None
    conflict: bool = False
    doubted: tuple[DoubtedDay, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    received_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One record of knowledge (แบบบันทึกองค์ความรู้, rules.md 34 and 38)."""

    root_id: str
    instance_id: str
    form_version: str
    applicant_key: str
    author: str  # ชื่อผู้ถอดบทเรียน
    title: str
    solves: str  # เป็นการแก้ไขปัญหาเกี่ยวกับ
    place: str  # สถานที่เกิดเหตุการณ์
    recorded_on: date | None
    story: str
    steps: tuple[str, ...] = ()  # ขั้นตอน/เทคนิค
    assets: tuple[str, ...] = ()  # บันทึกขุมความรู้
    core: tuple[str, ...] = ()  # แก่นความรู้
    strategies: tuple[str, ...] = ()  # กลยุทธ์ในการทำงาน
    theories: tuple[str, ...] = ()  # แนวคิดทฤษฎีที่สอดคล้อง
    photos: tuple[tuple[FileRef, str], ...] = ()  # a photo and what it shows
    may_publish: bool | None = None
    officer_districts: tuple[str, ...] | None = None
    conflict: bool = False
    doubted: tuple[DoubtedDay, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One sub-criterion (เกณฑ์ย่อย) with its target, set by the applicant (rules.md 22, 29).

    `id` is computed from applicant, indicator and text, so changing anything else keeps it.
    """

    id: str
    indicator: str
    text: str
    target: int | None
    unit: str = ""
    gap: str = ""
    method: str = ""
    when: str = ""
    who: str = ""
    where: str = ""
    evidence: str = ""
    due: date | None = None
    due_doubted: bool = False  # a day was filled in and is not believed


@dataclass(frozen=True, slots=True)
class Mentor:
    """A member of the mentor team (ทีมพี่เลี้ยง, rules.md 26); `origin`: the code of the form's choice."""

    name: str
    agency: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A self-development plan (แผนพัฒนาตนเอง)."""

    root_id: str
    instance_id: str
    form_version: str
    applicant_key: str
    items: tuple[PlanItem, ...]
    mentors: tuple[Mentor, ...] = ()
    agreed_on: date | None = None
    agreed_with: str = ""
    period_months: int | None = None
    remarks: str = ""
    officer_districts: tuple[str, ...] | None = None
    conflict: bool = False
    doubted: tuple[DoubtedDay, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    received_at: datetime | None = field(default=None, compare=False)  # decides between two of the same day


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """One meeting of members; None = not filled in."""

    met_on: date | None
    present: int | None
    members: int | None


@dataclass(frozen=True, slots=True)
class OwnResult:
    """The result of one of the applicant's sub-criteria, with the plan as the phone showed it then."""

    item: str  # PlanItem.id
    indicator: str
    text: str
    target: int | None
    unit: str
    actual: int | None  # None = not assessed, never zero
    note: str = ""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """An applicant's assessment of itself (rules.md 22, 29). Answers are as on a score sheet.

    `interval`: months between periodic ones. `meetings`: by indicator code, where attendance is computed.
    `signed`: whether the applicant signed it; None where the form does not ask. `phone_*`: as on a score
    sheet.
    """

    root_id: str
    instance_id: str
    form_version: str
    applicant_key: str
    round: Round
    interval: int | None
    assessed_on: date | None
    answers: Mapping[str, int | None]  # indicator code -> answer; None = not assessed, never zero
    meetings: Mapping[str, tuple[HeldMeeting, ...]] = field(default_factory=dict)
    own: tuple[OwnResult, ...] = ()
    evidence: Mapping[str, FileRef] = field(default_factory=dict)
    phone_total: int | None = None
    phone_max: int | None = None
    phone_percent: int | None = None
    phone_exact: Fraction | None = None
    remarks: str = ""
    officer_districts: tuple[str, ...] | None = None
    conflict: bool = False
    signed: bool | None = None
    doubted: tuple[DoubtedDay, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    received_at: datetime | None = field(default=None, compare=False)  # decides between two of the same day


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Why an indicator could not be assessed. `reason`: no_evidence, not_applicable or other (`why`)."""

    reason: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One assessor's sheet of one round. Answers as typed: count, percent 0-100, rubric 1-5, yes 1 / no 0.

    `assessor`: the name; `assessor_id`: the id on the committee's list, '' where the name was typed.
    `interest`: the declared interest in the applicant, None = none; with an interest the sheet is a
    declaration and scores nothing. `unusable`: answers that are not among the form's choices. `mode`: own
    (the assessor's phone), paper (copied by `entered_by`; `papers` show the signed sheet), '' = not said.
    `gps`: fix, placed (on a map, by hand), mocked or ''. `phone_total`, `phone_max`, `phone_percent`: what
    the phone showed, in hundredths; `phone_exact`: the total in marks, None where the form has only the shown
    figures.
    """

    root_id: str
    instance_id: str
    form_version: str
    applicant_key: str
    assessor: str
    visited_on: date | None
    answers: Mapping[str, int | None]  # indicator code -> answer; None = not assessed, never zero
    evidence: Mapping[str, FileRef] = field(default_factory=dict)
    phone_total: int | None = None
    phone_max: int | None = None
    phone_percent: int | None = None
    phone_exact: Fraction | None = None
    remarks: str = ""
    officer_districts: tuple[str, ...] | None = None
    conflict: bool = False
    round: Round = Round.ONSITE
    assessor_id: str = ""
    interest: str | None = None
    not_assessed: Mapping[str, NotAssessed] = field(default_factory=dict)  # by indicator code
    justifications: Mapping[str, str] = field(default_factory=dict)  # by indicator code
    unusable: Mapping[str, str] = field(default_factory=dict)  # indicator code -> as written
    mode: str = ""
    entered_by: str = ""
    papers: tuple[FileRef, ...] = ()
    gps: str = ""
    signed: bool = False
    applicant_signed: bool = False
    doubted: tuple[DoubtedDay, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    received_at: datetime | None = field(default=None, compare=False)  # decides between two of the same day


class Doubtful(StrEnum):
    """What may be wrong with a picture that opens; a person decides whether it is."""

    DARK = "dark"
    BRIGHT = "bright"
    BLURRED = "blurred"
    BLANK = "blank"
    SMALL = "too_small"
    SIDEWAYS = "sideways"
    UPSIDE_DOWN = "upside_down"
    CROPPED = "cropped"
    SCREENSHOT = "screenshot"
    LONG = "long"  # a PDF of which not every page was looked at


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a person should look at a picture: what was measured, and the threshold that it is beyond.

    `number`, `threshold`: in the unit of the kind (`processing.photographs.thresholds`). `region`: where on
    the upright picture, (left, top, right, bottom) in hundredths of its width and height. `sheet`: the page
    of a PDF, from 1; 0 for a picture, and for a whole PDF.
    """

    kind: Doubtful
    number: int
    threshold: int
    region: tuple[int, int, int, int] = (0, 0, 100, 100)
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is kept of one page so that a copy of it is found (`processing.same_pages`).

    `sheet`: the page of a PDF, from 1; 0 for a picture. `pixels`: sha256 of the reduced copy as decoded,
    without metadata. `marks`, `copy`: bytes in base64. Each is '' where nothing is there to be told by.
    """

    sheet: int
    pixels: str
    marks: str
    copy: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is known of a file from the file alone. `kind`: jpeg, png, heic, pdf, …; `problem`: '' when it
    opens. `imprints`: of its pages, in tables of their own once it is stored.
    """

    sha256: str
    size: int
    kind: str
    width: int = 0
    height: int = 0
    pages: int = 0
    problem: str = ""
    suspicions: tuple[Suspicion, ...] = ()
    imprints: tuple[Imprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a document. `by`: whose decision it is, '' = the officer's, in the form.

    `state`: accepted, waived or returned; `seen_by`: who saw the original of a waived one. `void`: it was
    about other pages than there are now.
    """

    state: DocumentState
    by: str = ""
    reason: str = ""
    seen_by: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of one document of one applicant.

    `pages`: those that can be shown; `sheets`: where one of them is a PDF, how many pages each has, 0 for a
    picture. `waivable`: by the standards of the form that it came with.
    """

    document: str
    state: DocumentState
    pages: tuple[FileRef, ...] = ()
    findings: tuple[Finding, ...] = ()
    judged: Judgement | None = None
    waivable: bool = False
    sheets: tuple[int, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether a person took it as it is: what the checks found is shown, and asks nobody."""
        taken = (DocumentState.ACCEPTED, DocumentState.WAIVED)
        return self.judged is not None and self.state in taken and not self.judged.void


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """Points of one indicator, None = not assessed. `answer`: the reconciled one where assessors agree."""

    code: str
    points: Fraction | None
    full: int
    passed: bool | None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """The sum of a dimension's assessed indicators; `full` counts every indicator, assessed or not."""

    code: str
    points: Fraction
    full: int


@dataclass(frozen=True, slots=True)
class Spread:
    """What several assessors answered about one indicator, where they differ or people settled it.

    `answers`: (assessor, answer), None = not assessed, in the order of the names; `lowest`, `highest`: points
    of those who assessed it, in hundredths; `open`: a person must decide what counts.
    """

    indicator: str
    answers: tuple[tuple[str, int | None], ...]
    lowest: Fraction
    highest: Fraction
    settled: "Settled | None" = None
    open: bool = False

    @property
    def difference(self) -> Fraction:
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class AssessorMarks:
    """What one assessor gave. `points`: in the order of the indicators of the scores that they are part of,
    None = not assessed; none at all while nobody is told what another gave.
    """

    assessor: str
    visited_on: date | None
    points: tuple[Fraction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Reconciled scores of one applicant in one round; `percent` is None if any indicator is not assessed or
    waits for a person to decide what counts.

    `form_version`: of the score sheet whose table of indicators is used; '' if there is no sheet.
    `agreed_by`: the rule by which several answers became one: mean, median or chair. `marks`: of each
    assessor, in the order of `assessors`.
    """

    indicators: tuple[IndicatorScore, ...]
    dimensions: tuple[DimensionScore, ...]
    points: Fraction
    full: int
    percent: Fraction | None
    assessors: tuple[str, ...] = ()
    form_version: str = ""
    spreads: tuple[Spread, ...] = ()
    agreed_by: str = "mean"
    marks: tuple[AssessorMarks, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfRound:
    """One self-assessment that counts, and its scores as the server computes them."""

    assessment: SelfAssessment
    scores: Scores


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The plan and self-assessments that count.

    `before`, `planned`, `after`: the findings that keep g3, g4, g5 shut; None = nothing was received.
    `remarks`: findings for a person to look at.
    """

    plan: Plan | None = None
    rounds: tuple[SelfRound, ...] = ()  # in order: before, periodic ones by day, after
    before: tuple[Finding, ...] | None = None
    planned: tuple[Finding, ...] | None = None
    after: tuple[Finding, ...] | None = None
    remarks: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*(self.before or ()), *(self.planned or ()), *(self.after or ()), *self.remarks)

    @property
    def instance_ids(self) -> tuple[str, ...]:
        """The instances that the counted forms were read from."""
        counted = (*((self.plan,) if self.plan else ()), *(r.assessment for r in self.rounds))
        return tuple(form.instance_id for form in counted)


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes on certifying one applicant, where they were counted."""

    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Resolution:
    """A committee's decision about one applicant at one gate; recorded, never computed.

    `present`: how many members had come, with those who were recused, None = not said; `recused`: the names
    of members who had no part in it. `condition` and `due`: of a conditional pass; `deferred_to`: the meeting
    ("2/2568") before which it comes again.
    """

    gate: Gate
    outcome: Outcome
    committee: str
    meeting_no: str  # "1/2568"
    meeting_date: date
    reason: str = ""
    recorded_by: str = ""
    instance_id: str = ""  # the application's current version when it was recorded
    votes: Votes | None = None
    present: int | None = None
    recused: tuple[str, ...] = ()
    condition: str = ""
    due: date | None = None
    deferred_to: str = ""
    note: str = ""

    @property
    def took_part(self) -> int | None:
        """How many members decided: those who had come less the recused; None where that is not said."""
        return None if self.present is None else self.present - len(self.recused)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision about one rule of eligibility: whether it is taken as met, why, and who says so."""

    met: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer that counts for one indicator in place of the assessors', why, and who says so."""

    answer: int
    reason: str
    by: str


class NotPresented(StrEnum):
    """Why an applicant is not presented, whatever was found and resolved; the register keeps it."""

    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # its forms count for another


@dataclass(frozen=True, slots=True)
class GateResult:
    """The state of one gate, with the findings that keep it shut."""

    gate: Gate
    state: GateState
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerResult:
    """What an applicant of the cycle before came to. `percent`: of the score on site, None = not assessed.

    `resolutions`: at most one a gate, in the order of the gates.
    """

    key: str
    year_be: int
    type: ApplicantType
    name: str
    percent: Fraction | None = None
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What one assessment counted; papers, lists and notices read nothing else of it.

    `application`: with later supplements merged into its documents. `sheets`: instance ids of the score
    sheets that count, by round, then by assessor; `declared`: those of sheets that declare an interest.
    `instances`: every form that anything shown was read from. `former`: what the applicant came to in the
    cycle before.
    """

    application: Application
    instances: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    own: OwnWork = OwnWork()
    evidence: tuple[tuple[str, FileRef], ...] = ()  # (indicator code, photo) in pack order
    remarks: tuple[str, ...] = ()
    justifications: tuple[tuple[str, str, str], ...] = ()  # (indicator code, assessor, why)
    provincial: tuple[str, ...] = ()  # those of `sheets` that are of the provincial round
    former: FormerResult | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything computed about one applicant from one set of inputs; `digest` identifies those inputs.

    `counted` is None in assessments made before it was stored; no applicant's current assessment is one of
    those.
    """

    key: str
    digest: str
    verdicts: tuple[Verdict, ...]
    eligibility: tuple[Finding, ...]
    scores: Scores | None
    gates: tuple[GateResult, ...]
    findings: tuple[Finding, ...]  # in the order of the checks
    resolutions: tuple[Resolution, ...] = ()
    provincial: Scores | None = None  # the provincial round; never mixed into `scores`
    counted: Counted | None = None
    not_presented: NotPresented | None = None  # then `findings` says only that


NOTHING_OWN = OwnWork()


class Unmade(StrEnum):
    """At which step the program failed at an applicant, so that there are no papers."""

    ASSESSING = "assess.failed"
    READING = "papers.unreadable"
    PRINTING = "papers.unprintable"


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the papers may show of one applicant; where `unmade` is set, only who it is."""

    application: Application
    masked_id: str  # "x-xxxx-xxxxx-12-3", "" where there is none
    assessment: Assessment
    evidence: tuple[tuple[str, FileRef], ...] = ()  # (indicator code, photo) in pack order
    remarks: tuple[str, ...] = ()
    justifications: tuple[tuple[str, str, str], ...] = ()  # (indicator code, assessor, why), in pack order
    sources: tuple[tuple[str, str], ...] = ()  # (instance id, sha256 of its XML), for the manifest
    own: OwnWork = NOTHING_OWN
    unmade: Unmade | None = None
    register_no: int | None = None  # of the register (ทะเบียนผู้สมัคร), None = not given yet
    without_card: tuple[str, ...] = ()  # pages on which a person found no card (`CardPage.place`), in order
