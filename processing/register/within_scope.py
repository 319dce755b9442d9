"""A person's scope as the condition of a query: the one place where it becomes SQL."""

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from processing.scope import Scope
from processing.tables import ApplicantFileRow, ApplicantRow


def within(scope: Scope) -> ColumnElement[bool]:
    """For a query that reads `ApplicantRow`: only the applicants of this scope."""
    conditions: list[ColumnElement[bool]] = [true()]
    if scope.districts is not None:
        conditions.append(ApplicantRow.district.in_(scope.districts))
    if scope.applicants is not None:
        conditions.append(ApplicantRow.key.in_(scope.applicants))
    if scope.withheld:
        conditions.append(ApplicantRow.key.not_in(scope.withheld))
    return and_(*conditions)


def sees_applicant(session: Session, scope: Scope, key: str) -> bool:
    """Whether an applicant of this key is registered and within the scope."""
    query = select(ApplicantRow.key).where(ApplicantRow.key == key, within(scope))
    return session.scalar(query) is not None


def sees_file(session: Session, scope: Scope, sha256: str) -> bool:
    """Whether a file has come with anything about an applicant within the scope."""
    query = (
        select(ApplicantFileRow.sha256)
        .join(ApplicantRow, ApplicantRow.key == ApplicantFileRow.applicant_key)
        .where(ApplicantFileRow.sha256 == sha256, within(scope))
    )
    return session.scalar(query.limit(1)) is not None
