"""The words of the domain as frozen values; no I/O.

Points are integers in hundredths (5 marks = 500); percents are integers in hundredths of a percent
(70 % = 7000).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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


class GateState(StrEnum):
    """NO_DATA: nothing has been collected for it yet; it blocks nobody."""

    PASSED = "passed"
    FAILED = "failed"
    NO_DATA = "no_data"


class Severity(StrEnum):
    """BLOCKING findings keep a gate shut; WARNING ones are for a person to look at."""

    BLOCKING = "blocking"
    WARNING = "warning"


class DocumentState(StrEnum):
    """The verdict on one required document."""

    ACCEPTED = "accepted"
    WAIVED = "waived"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_OFFERED = "not_offered"  # optional and not sent


class Outcome(StrEnum):
    """What a committee resolved."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """Where a finding was read: instance, path of the field in it, file (sha256) if one was opened."""

    instance_id: str = ""
    path: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found; `code` is stable, `subject` the document, indicator or rule it is about."""

    code: str
    subject: str
    severity: Severity
    message_th: str
    read_from: ReadFrom = ReadFrom()


@dataclass(frozen=True, slots=True)
class FileRef:
    """One attached file as its submission names it; sha256 is None until the file has arrived."""

    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What the officer said of one document. `status`: attached, later, waived, signed; '' = not answered."""

    status: str
    pages: tuple[FileRef, ...] = ()
    waived_by: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """An application as its form holds it, without the identifiers of people (those are `Identity`)."""

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


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a person; kept in one table, never in papers unmasked."""

    key: str
    national_id: str = ""
    phone: str = ""
    address: str = ""

    def __repr__(self) -> str:
        return f"Identity(key={self.key!r})"


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One assessor's onsite sheet. Answers as typed: count, percent 0-100, rubric 1-5, yes 1 / no 0."""

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
    remarks: str = ""
    officer_districts: tuple[str, ...] | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Measurement:
    """What can be known of one file alone. `kind`: jpeg, png, heic, pdf, …; `problem` is '' when it opens."""

    sha256: str
    size: int
    kind: str
    width: int = 0
    height: int = 0
    pages: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of one document of one applicant."""

    document: str
    state: DocumentState
    pages: tuple[FileRef, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """Points in hundredths; None = not assessed. `answer` is the reconciled answer where assessors agree."""

    code: str
    points: int | None
    full: int
    passed: bool | None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Sum of its assessed indicators; `full` counts every indicator, assessed or not."""

    code: str
    points: int
    full: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Reconciled onsite scores of one applicant. `percent` is None while an indicator is not assessed."""

    indicators: tuple[IndicatorScore, ...]
    dimensions: tuple[DimensionScore, ...]
    points: int
    full: int
    percent: int | None
    assessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A committee's decision about one applicant at one gate; recorded, never computed."""

    gate: Gate
    outcome: Outcome
    committee: str
    meeting_no: str  # "1/2568"
    meeting_date: date
    reason: str = ""
    recorded_by: str = ""
    instance_id: str = ""  # the version of the application that stood when it was recorded


@dataclass(frozen=True, slots=True)
class GateResult:
    """How one gate stands, with what keeps it shut."""

    gate: Gate
    state: GateState
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything computed about one applicant from one set of inputs; `digest` names those inputs."""

    key: str
    digest: str
    verdicts: tuple[Verdict, ...]
    eligibility: tuple[Finding, ...]
    scores: Scores | None
    gates: tuple[GateResult, ...]
    findings: tuple[Finding, ...]  # all of them, in the order of the checks
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the papers may show of one applicant."""

    application: Application
    masked_id: str  # "x-xxxx-xxxxx-12-3", "" where there is none
    assessment: Assessment
    evidence: tuple[tuple[str, FileRef], ...] = ()  # (indicator code, photo) in pack order
    remarks: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()  # (instance id, sha256 of its XML), for the manifest
