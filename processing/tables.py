"""The tables `processing` writes: the register, what was measured, computed and decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class ApplicantRow(Base):
    """The register: one row an applicant, projected from the current version of the application.

    It goes when its submission goes; what was computed and decided about it stays.
    """

    __tablename__ = "applicant"

    key: Mapped[str] = mapped_column(primary_key=True)  # entity UUID
    root_id: Mapped[str] = mapped_column(unique=True)
    instance_id: Mapped[str]  # of the version this row was read from
    state_digest: Mapped[str]  # of all it was read from: the mirror's state, the pack, the way of reading
    type: Mapped[str]
    name: Mapped[str]
    district: Mapped[str] = mapped_column(index=True)
    alike: Mapped[str] = mapped_column(index=True, default="")  # cross.alike_key: who may have applied twice
    application: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.Application
    assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment.id", use_alter=True, name="fk_applicant_assessment_id_assessment")
    )


class IdentityRow(Base):
    """The one table with identifiers of people; erased or kept longer without touching any other."""

    __tablename__ = "identity"

    key: Mapped[str] = mapped_column(ForeignKey("applicant.key"), primary_key=True)
    national_id: Mapped[str] = mapped_column(index=True)  # found when it comes twice
    phone: Mapped[str]
    address: Mapped[str]


class AboutApplicant:
    """The columns of a form that says something about one applicant, projected from its current version."""

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
    """Documents that came after the application (model.Supplement); merged when they are looked at."""

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
    """A file that has come with an application or a form about one, by the root it came with."""

    __tablename__ = "applicant_file"

    root_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True, index=True)
    applicant_key: Mapped[str] = mapped_column(index=True)
    page: Mapped[bool]  # a page of a document as it stands now, which nobody else should have sent


class UnreadRow(Base):
    """A mirrored submission whose content could not be used, with the reason; read again when it changes."""

    __tablename__ = "unread"

    root_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str]
    state_digest: Mapped[str]  # as an applicant's; "" = try again at every run
    code: Mapped[str]
    message_th: Mapped[str]
    claimed_key: Mapped[str | None] = mapped_column(index=True)  # that another applicant holds


class MatchRow(Base):
    """Which applicant a form is about that named one only in words, as a person decided; appended.

    The newest of a root holds; '' = none of them, it waits again.
    """

    __tablename__ = "match"

    id: Mapped[int] = mapped_column(primary_key=True)
    root_id: Mapped[str] = mapped_column(index=True)
    applicant_key: Mapped[str]
    matched_by: Mapped[str]
    matched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeasurementRow(Base):
    """What is known of one file alone; kept per version of the checks."""

    __tablename__ = "measurement"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    check_version: Mapped[int] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.Measurement


class DecoderDeathRow(Base):
    """A file on which the process that opened it ended; after some deaths it is not opened again."""

    __tablename__ = "decoder_death"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    check_version: Mapped[int] = mapped_column(primary_key=True)
    deaths: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)  # of the last


class AssessmentRow(Base):
    """One computed assessment; appended when an applicant's inputs change."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_key: Mapped[str]  # no foreign key: it outlives the register's row
    digest: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSON)  # model.Assessment
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("applicant_key", "digest"),)


class DecisionRow(Base):
    """What a person or a committee decided; appended. The newest of a gate holds."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_key: Mapped[str]
    gate: Mapped[str]
    outcome: Mapped[str]
    committee: Mapped[str]
    meeting_no: Mapped[str]
    meeting_date: Mapped[date]
    reason: Mapped[str]
    recorded_by: Mapped[str]
    instance_id: Mapped[str]  # the version of the application that stood then
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_decision_applicant_key_gate", "applicant_key", "gate"),)
