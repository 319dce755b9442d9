"""The identifiers of one person, in full: for whoever has said why."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from processing.tables import ApplicantRow, IdentityRow


@dataclass(frozen=True, slots=True)
class Identity:
    """A registered applicant's name, national ID and telephone; '' where the application has none."""

    name: str
    national_id: str = field(repr=False)
    phone: str = field(repr=False)


def identity_of(session: Session, key: str) -> Identity:
    """The identifiers of the registered applicant `key`."""
    query = (
        select(ApplicantRow.name, IdentityRow.national_id, IdentityRow.phone)
        .outerjoin(IdentityRow, IdentityRow.key == ApplicantRow.key)
        .where(ApplicantRow.key == key)
    )
    name, national_id, phone = session.execute(query).one()
    return Identity(name, national_id or "", phone or "")
