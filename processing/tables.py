"""The tables that `processing` writes: the register, measurements, assessments, decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class ApplicantRow(Base):
    """The register: one row per applicant, read from the current version of the application.

    It is removed when its submission goes; what was computed and decided about the applicant stays.
    """

    __tablename__ = "applicant"

    key: Mapped[str] = mapped_column(primary_key=True)  # entity UUID
    root_id: Mapped[str] = mapped_column(unique=True)
    instance_id: Mapped[str]  # the version this row was read from
    state_digest: Mapped[str]  # digest of all it was read from: the mirror's state, the pack, READ_VERSION
    type: Mapped[str]
    name: Mapped[str]
    district: Mapped[str] = mapped_column(index=True)
    # index_keys.alike_key: finds people who may have applied twice
    alike: Mapped[str] = mapped_column(index=True, default="")
    application: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.Application
    assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment.id", use_alter=True, name="fk_applicant_assessment_id_assessment")
    )


class IdentityRow(Base):
    """The only table with identifiers of this cycle's people; erased without touching any other."""

    __tablename__ = "identity"

    key: Mapped[str] = mapped_column(ForeignKey("applicant.key"), primary_key=True)
    national_id: Mapped[str] = mapped_column(index=True)  # to find one that is used twice
    phone: Mapped[str]
    address: Mapped[str]


class FormerResultRow(Base):
    """The result of an applicant of last year, as this cycle took it over."""

    __tablename__ = "former_result"

    key: Mapped[str] = mapped_column(primary_key=True)  # the applicant's, last year
    type: Mapped[str]
    name: Mapped[str]
    district: Mapped[str] = mapped_column(index=True)
    alike: Mapped[str]  # index_keys.alike_key
    place: Mapped[dict[str, Any]] = mapped_column(JSON)  # subdistrict, moo, village
    result: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.FormerResult


class FormerIdentityRow(Base):
    """The national ID of an applicant of last year, to find who applies again; as `IdentityRow`."""

    __tablename__ = "former_identity"

    key: Mapped[str] = mapped_column(primary_key=True)  # of the former result
    national_id: Mapped[str] = mapped_column(index=True)


class AboutApplicant:
    """The columns of a form about one applicant, read from its current version."""

    root_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str]
    state_digest: Mapped[str]
    applicant_key: Mapped[str] = mapped_column(index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # a value of `processing.register.kinds`


class SheetRow(AboutApplicant, Base):
    """One onsite score sheet (model.ScoreSheet)."""

    __tablename__ = "score_sheet"

    content: Mapped[dict[str, Any]] = mapped_column("sheet", JSON)


class SupplementRow(AboutApplicant, Base):
    """Documents sent after the application (model.Supplement); merged when they are read."""

    __tablename__ = "supplement"


class KnowledgeRow(AboutApplicant, Base):
    """One record of knowledge (model.Knowledge)."""

    __tablename__ = "knowledge"


class PlanRow(AboutApplicant, Base):
    """One self-development plan (model.Plan)."""

    __tablename__ = "plan"


class SelfAssessmentRow(AboutApplicant, Base):
    """One self-assessment (model.SelfAssessment)."""

    __tablename__ = "self_assessment"


class ApplicantFileRow(Base):
    """A file that has arrived with an application or a form about one, by the root it came with."""

    __tablename__ = "applicant_file"

    root_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True, index=True)
    applicant_key: Mapped[str] = mapped_column(index=True)
    page: Mapped[bool]  # a page of a current document, which nobody else should have sent


class UnreadRow(Base):
    """A mirrored submission that could not be used, with the reason; read again when it changes."""

    __tablename__ = "unread"

    root_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str]
    state_digest: Mapped[str]  # as an applicant's; "" = try again at every run
    code: Mapped[str]
    message_th: Mapped[str]
    claimed_key: Mapped[str | None] = mapped_column(index=True)  # the key, held by another applicant


class MeasurementRow(Base):
    """What is known of a file from the file alone; stored per version of the checks."""

    __tablename__ = "measurement"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    check_version: Mapped[int] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.Measurement


class ImprintRow(Base):
    """What is kept of each page of a file (model.Imprint), with which new pages are compared."""

    __tablename__ = "imprint"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    check_version: Mapped[int] = mapped_column(primary_key=True)
    sheet: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pixels: Mapped[str] = mapped_column(index=True)
    marks: Mapped[str]
    copy: Mapped[str]


class SamePageRow(Base):
    """Two pages of different files that agree, once from each of them (same_pages.agreement)."""

    __tablename__ = "same_page"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    check_version: Mapped[int] = mapped_column(primary_key=True)
    sheet: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other: Mapped[str] = mapped_column(primary_key=True)  # its sha256
    other_sheet: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    per_cent: Mapped[int]  # at the place where they agree least; 100: the same pixels


class DecoderDeathRow(Base):
    """A file whose decoding killed its process; after several deaths it is not opened again."""

    __tablename__ = "decoder_death"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    check_version: Mapped[int] = mapped_column(primary_key=True)
    deaths: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)  # of the last death


class AssessmentRow(Base):
    """One computed assessment; appended when an applicant's inputs change."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_key: Mapped[str]  # no foreign key: it outlives the register's row
    digest: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.Assessment
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("applicant_key", "digest"),)


class StandingRow(Base):
    """What pages for many applicants read of an assessment (standings.standing, standings.done_stages); made
    from it and the days of the score sheets that it counts.
    """

    __tablename__ = "standing"

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id"), primary_key=True, autoincrement=False
    )
    gates: Mapped[str]  # a letter each
    stands_at: Mapped[str]  # "" = all are passed
    awaits: Mapped[str]  # the committee's gate for which nothing else is lacking, or ""
    months: Mapped[str]  # of the gates, in order, with spaces between
    presented: Mapped[bool]
    to_judge: Mapped[int]
    to_settle: Mapped[int]
    unconfirmed: Mapped[int]
    twice: Mapped[bool]
    sought: Mapped[str]
    place: Mapped[str]
    done: Mapped[str | None]  # done_stages.written; None: an earlier version kept the rest


class DecisionRow(Base):
    """What a person or a committee decided (decisions.decision); a chain, appended (decisions.chain).

    `content` and `seen` are texts of canonical JSON, as what is hashed may not be spelt anew.
    """

    __tablename__ = "decision"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # without gaps
    kind: Mapped[str]
    applicant_key: Mapped[str] = mapped_column(index=True)  # no foreign key: it outlives the register's row
    about: Mapped[str] = mapped_column(index=True)
    content: Mapped[str]
    reason: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(unique=True)
    previous: Mapped[str]
    hash: Mapped[str]


class DecisionHeadRow(Base):
    """The last decision, in one row: whoever appends takes it first, and it shows when a tail is gone."""

    __tablename__ = "decision_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]
