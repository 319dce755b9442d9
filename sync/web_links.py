"""Links that open one form in a browser, once: for one applicant, in the name of one officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from sync.officers import digest_of, new_token
from sync.tables import WebLinkRow

VALID = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WebLink:
    """`applicant`: its key, "" where the form makes a new one. `instance`: what it sent, "" = nothing."""

    id: int
    form_id: str
    applicant: str
    officer: int
    until: datetime
    instance: str


def make(home: Home, form_id: str, applicant: str, officer: int, by: str, now: datetime) -> str:
    """The token of a new link; only its digest is stored."""
    token = new_token()
    with transaction(home.engine) as session:
        session.add(
            WebLinkRow(
                token_sha256=digest_of(token),
                form_id=form_id,
                applicant=applicant,
                officer=officer,
                made_by=by,
                made_at=now,
                until=now + VALID,
                instance="",
            )
        )
    return token


def of_token(home: Home, token: str, now: datetime) -> WebLink | None:
    """The link of this token; None where it is unknown or too old."""
    query = select(WebLinkRow).where(WebLinkRow.token_sha256 == digest_of(token), WebLinkRow.until > now)
    with home.engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return WebLink(row.id, row.form_id, row.applicant, row.officer, row.until, row.instance)


def claim(home: Home, link: WebLink, instance: str) -> bool:
    """Let this instance be what the link sends; False where another was. The same may come again."""
    with transaction(home.engine) as session:
        free = or_(WebLinkRow.instance == "", WebLinkRow.instance == instance)
        mine = update(WebLinkRow).where(WebLinkRow.id == link.id, free).values(instance=instance)
        claimed = session.execute(mine.returning(WebLinkRow.id)).scalar()
    return claimed is not None
