"""Documents as they lie before the office: what was measured, what was decided, what may be opened."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from mochocho.standards.schema import Document
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import TO_JUDGE, ApplicantType, Application, Assessment, DocumentState, Verdict
from processing.chunks import batched
from processing.decisions import last_assessed, recorded
from processing.decisions.decision import OF_DOCUMENTS
from processing.decisions.on_documents import NO_ANSWER, Submitted, code_of, judged_pages
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.register.form_packs import Packs
from processing.tables import ApplicantRow, AssessmentRow
from xlsforms import names

READ_AT_ONCE = 100  # applicants


@dataclass(frozen=True, slots=True)
class OnDesk:
    """One document of one applicant, as it was assessed last.

    `type_th`: the applicant's kind; `decided_at`: when the decision about it was recorded, None = there is
    none.
    """

    application: Application
    type_th: str
    district: str  # its name, or its code where the province has no such district
    document: Document
    submitted: Submitted
    decided_at: datetime | None = None

    @property
    def verdict(self) -> Verdict:
        return self.submitted.verdict

    @property
    def code(self) -> str:
        """The code of its present pages (`on_documents.code_of`)."""
        return code_of(self.submitted.pages)

    @property
    def needs_person(self) -> bool:
        return self.verdict.state in TO_JUDGE

    @property
    def found(self) -> tuple[str, ...]:
        """What the checks found, with number and threshold."""
        reader = Audience.COMMITTEE if self.verdict.settled else Audience.OFFICE
        return tuple(dict.fromkeys(said(one, reader) for one in self.verdict.findings))

    @property
    def decided(self) -> str:
        """What a person decided, in Thai: who, when, why, and who saw the original; "" where nobody did."""
        one = self.verdict.judged
        if one is None:
            return ""
        parts = [
            f"{'เคย' if one.void else ''}{_DECIDED[one.state]}โดย {one.by}" if one.by else "",
            f"ผู้เห็นตัวจริง {one.seen_by}" if one.seen_by else "",
            f"เหตุผล: {one.reason}" if one.reason else "",
            _day(self.decided_at) if self.decided_at else "",
        ]
        return " · ".join(part for part in parts if part)


_DECIDED = {
    DocumentState.ACCEPTED: "รับ",
    DocumentState.WAIVED: "ยกเว้น",
    DocumentState.RETURNED: "ส่งคืน",
}


def _day(at: datetime) -> str:
    """The day in Thailand, which has one time zone without summer time."""
    return thai.date_words(at.astimezone(_THAILAND).date(), thai_digits=False)


_THAILAND = timezone(timedelta(hours=7))


def lying(
    home: Home, districts: Collection[str] | None = None, *, needs_person: bool = False
) -> list[OnDesk]:
    """The documents of everybody, or of these districts (codes); all, or those that a person is asked about.

    By district, kind, name and the order of the standards.
    """
    packs, found = Packs(home), list[OnDesk]()
    with reading(home.engine) as session:
        for chunk in batched(_keys(session, districts, needs_person), READ_AT_ONCE):
            found += of_applicants(home, packs, session, chunk)
    return sorted((one for one in found if one.needs_person or not needs_person), key=_order)


def of_applicants(home: Home, packs: Packs, session: Session, keys: Collection[str]) -> list[OnDesk]:
    """Every document of these applicants, of each in the order of the standards."""
    decided = {one.matter[1:]: one.recorded_at for one in recorded.holding(session, OF_DOCUMENTS, keys)}
    return [
        document
        for assessment in last_assessed.of_applicants(session, keys).values()
        for document in _documents(home, packs, assessment, decided)
    ]


def _keys(session: Session, districts: Collection[str] | None, needs_person: bool) -> list[str]:
    query = select(ApplicantRow.key).join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
    if districts is not None:
        query = query.where(ApplicantRow.district.in_(districts))
    if needs_person:  # others are not read at all
        query = query.where(_MAY_WAIT)
    return sorted(session.scalars(query))


def count_waiting(session: Session) -> int:
    """How many documents wait for a person."""
    query = select(AssessmentRow.result).join(ApplicantRow, ApplicantRow.assessment_id == AssessmentRow.id)
    results = session.scalars(query.where(_MAY_WAIT).execution_options(yield_per=READ_AT_ONCE))
    return sum(verdict["state"] in TO_JUDGE for result in results for verdict in result["verdicts"])


_AS_TEXT = cast(AssessmentRow.result, Text)
_MAY_WAIT = or_(*(_AS_TEXT.contains(f'"{state}"', autoescape=True) for state in TO_JUDGE))


def _documents(
    home: Home, packs: Packs, assessment: Assessment, decided: Mapping[tuple[str, str], datetime | None]
) -> Iterator[OnDesk]:
    """In the order of the standards; none of an applicant that could not be assessed."""
    if assessment.counted is None:
        return
    application = assessment.counted.application
    standard = packs.of(names.APPLICATION, application.form_version).standard(application.type)
    district = home.province.district(application.district)
    verdicts = {verdict.document: verdict for verdict in assessment.verdicts}
    for document in standard.documents:
        if verdict := verdicts.get(document.code):
            yield OnDesk(
                application=application,
                type_th=standard.th,
                district=district.name_th if district else application.district,
                document=document,
                submitted=Submitted(verdict, application.documents.get(document.code, NO_ANSWER)),
                decided_at=decided.get((application.key, document.code)),
            )


def _order(one: OnDesk) -> tuple[object, ...]:
    application = one.application
    kind = list(ApplicantType).index(application.type)
    return (thai.sort_key(one.district), kind, thai.sort_key(application.name), application.key)


def present_pages(home: Home, keys: Collection[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The pages of each document of these applicants, as assessed last, by (key, document's code)."""
    with reading(home.engine) as session:
        assessed = last_assessed.of_applicants(session, keys)
    return {
        (key, verdict.document): judged_pages(
            assessment.counted.application.documents.get(verdict.document, NO_ANSWER)
        )
        for key, assessment in assessed.items()
        if assessment.counted
        for verdict in assessment.verdicts
    }
