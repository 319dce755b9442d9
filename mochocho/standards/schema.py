"""The schema of a standards pack. Pure: plain data in, frozen values out.

Every item names its source (`source`) and whether it is official text or our reconstruction (`confidence`).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mochocho.words.model import ApplicantType, Gate

CODE = r"^[a-z][a-z0-9_]{0,39}$"
NUMBERED_CODE = r"^[A-Z][0-9]{1,2}(\.[0-9]{1,2}){0,2}$"
PACK_ID = r"^[a-z0-9][a-z0-9-]{0,39}$"
COMPARED = r"^(|plan|self_assessments|meetings|knowledge|document:[a-z][a-z0-9_]{0,39})$"

Code = Annotated[str, Field(pattern=CODE)]
NumberedCode = Annotated[str, Field(pattern=NUMBERED_CODE)]
Text = Annotated[str, Field(min_length=1, max_length=500)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(_Part):
    """An item with its source: `official` = stated in a document we have read, otherwise `reconstructed`."""

    source: Text
    confidence: Literal["official", "reconstructed"]
    note: str = ""


class Named(Sourced):
    th: Text
    en: Text


class DurationMonths(_Part):
    """The applicant states months; met when at least `at_least`."""

    type: Literal["duration_months"]
    at_least: Annotated[int, Field(ge=1, le=600)]


class Declaration(_Part):
    """The officer declares it: yes or no."""

    type: Literal["declaration"]


class Choice(_Part):
    """A fact is recorded; any of the choices meets the rule."""

    type: Literal["choice"]
    choices: Annotated[tuple["ChoiceOption", ...], Field(min_length=1)]


class ChoiceOption(_Part):
    """An option of a `Choice`; its source is that of the rule."""

    code: Code
    th: Text
    en: Text


class ResolutionProof(_Part):
    """Whether a resolution to apply was passed (yes or no), proved by one of the type's documents."""

    type: Literal["resolution"]
    proof_document: Code


class Eligibility(Named):
    """One rule of eligibility (rules.md 11-18)."""

    code: Code
    check: Annotated[DurationMonths | Declaration | Choice | ResolutionProof, Field(discriminator="type")]


class Document(Named):
    """One application document (rules.md, section C). `capture`: how the phone records it."""

    code: Code
    mandatory: bool
    capture: Literal["signed_form", "portrait", "pages"]
    waivable: bool = False
    redact: tuple[Text, ...] = ()  # what must be covered before it is photographed

    @property
    def identifies(self) -> bool:
        """Whether its pages hold a person's identity: an ID card, a house registration."""
        return self.waivable or bool(self.redact)


class Count(_Part):
    """A number of things against a threshold; points = full x min(1, actual / threshold)."""

    kind: Literal["count"]
    threshold: Annotated[int, Field(ge=1, le=10_000)]
    unit_th: Text
    unit_en: Text


class Percent(_Part):
    """A whole percentage 0-100 against a threshold; points as for a count."""

    kind: Literal["percent"]
    threshold: Annotated[int, Field(ge=1, le=100)]


class YesNo(_Part):
    """Full marks or none."""

    kind: Literal["yes_no"]


class Rubric(_Part):
    """A level from 1 to 5; points = full x level / 5."""

    kind: Literal["rubric"]


Measure = Annotated[Count | Percent | YesNo | Rubric, Field(discriminator="kind")]


class Numbered(Named):
    """A part of the tree dimension (L1) > component (L1.2) > indicator (L1.2.3)."""

    code: NumberedCode


Attendance = Literal["together", "each"]


class Indicator(Numbered):
    """What is scored. `evidence_th`: what an assessor may ask to see.

    `justify`: when an assessor must give a reason: never, always, or for the lowest and the highest answer.
    `from_meetings`: a percentage that a self-assessment computes from the members present at each meeting.
    `attendance`: whether that is the percentage of all meetings together, or of the least attended one, so
    that each has to reach the threshold (rules.md 37 leaves both open).
    `compared_with`: the applicant's own form that an assessor's answer may contradict, or "document:" and a
    document's code. Where nothing is said, nothing is stored: a pack of before keeps its bytes.
    """

    measure: Measure
    full_marks: Annotated[int, Field(ge=1, le=100)] = 5
    required_to_pass: bool = False
    evidence_th: tuple[Text, ...] = ()
    justify: Literal["none", "always", "extremes"] = "none"
    from_meetings: bool = False
    attendance: Annotated[Attendance, Field(exclude_if=lambda read: read == "together")] = "together"
    compared_with: Annotated[str, Field(pattern=COMPARED, exclude_if=lambda form: not form)] = ""


class Component(Numbered):
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class Dimension(Numbered):
    """A side (ด้าน) of a standard; scores are summed per dimension."""

    components: Annotated[tuple[Component, ...], Field(min_length=1)]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for c in self.components for i in c.indicators)


class Standard(Named):
    """The criteria of one target type."""

    code: ApplicantType
    standard_th: Text
    unit_th: Text  # คน, กลุ่ม, เครือข่าย, ชุมชน (rules.md 4)
    eligibility: tuple[Eligibility, ...]
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for d in self.dimensions for i in d.indicators)


class GateName(Sourced):
    """The name of a gate on paper."""

    code: Gate
    th: Text


class RubricLevel(Named):
    """The name of one level of a rubric."""

    level: Annotated[int, Field(ge=1, le=5)]


class PassRule(Sourced):
    """The overall percentage needed, a whole number (no source states one; rules.md, section K)."""

    percent: Annotated[int, Field(ge=0, le=100)]


class Reconciling(Sourced):
    """How the answers of several assessors become one (no source states it; rules.md, section K).

    `above`: the difference between the highest and the lowest points, in percent of full marks, from above
    which the result stays open until a person reconciles the indicator; None: no difference does.
    """

    rule: Literal["mean", "median", "chair"] = "mean"
    above: Annotated[int, Field(ge=0, le=99)] | None = None


class Circular(_Part):
    """The letter that announced the criteria: its number (ชร 0019/ว 123) and its date."""

    number: Annotated[str, Field(min_length=1, max_length=100)]
    date: date


class Pack(_Part):
    """The standards of one cycle.

    `official`: announced by a circular. `origins.is_official` says whether papers print เกณฑ์ตัวอย่าง.
    """

    id: Annotated[str, Field(pattern=PACK_ID)]
    fiscal_year_be: Annotated[int, Field(ge=2540, le=2700)]
    official: bool
    circular: Circular | None = None  # required when official
    programme_th: Text
    programme_en: Text
    pass_rule: PassRule
    reconciling: Annotated[Reconciling | None, Field(exclude_if=lambda said: said is None)] = None
    rubric_levels: Annotated[tuple[RubricLevel, ...], Field(min_length=5, max_length=5)]
    gates: Annotated[tuple[GateName, ...], Field(min_length=8, max_length=8)]
    standards: Annotated[tuple[Standard, ...], Field(min_length=4, max_length=4)]

    @property
    def agreed_by(self) -> Literal["mean", "median", "chair"]:
        """The rule by which several answers become one; where nothing is said, their mean."""
        return self.reconciling.rule if self.reconciling else "mean"

    def standard(self, type_: ApplicantType) -> Standard:
        return next(s for s in self.standards if s.code == type_)
