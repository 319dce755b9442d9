"""Everything stored about every applicant, in a handful of queries: where assessing and papers start."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.model import Application, Identity, Resolution, ScoreSheet
from processing import codec, decisions
from processing.tables import ApplicantRow, IdentityRow, SheetRow, UnreadRow

READ_AT_ONCE = 100  # rows, where each holds much


@dataclass(frozen=True, slots=True)
class Known:
    """One applicant as the register has it. `sheet_states`: (root id, state digest) of its sheets."""

    application: Application
    state_digest: str
    assessment_id: int | None
    sheets: tuple[ScoreSheet, ...] = ()
    sheet_states: tuple[tuple[str, str], ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    unread_edits: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.application.key

    def files(self) -> frozenset[str]:
        """The sha256 of every file that has come with it."""
        answers = self.application.documents.values()
        photos = [*(page for answer in answers for page in answer.pages)]
        photos += [photo for sheet in self.sheets for photo in sheet.evidence.values()]
        if self.application.portrait:
            photos.append(self.application.portrait)
        return frozenset(photo.sha256 for photo in photos if photo.sha256)


def everyone(session: Session) -> list[Known]:
    """Every applicant, by key."""
    sheets = defaultdict[str, list[SheetRow]](list)
    for row in session.scalars(select(SheetRow).order_by(SheetRow.root_id)):
        sheets[row.applicant_key].append(row)
    resolutions = decisions.standing(session)
    unread = dict(session.execute(select(UnreadRow.root_id, UnreadRow.message_th)).all())
    query = select(ApplicantRow).order_by(ApplicantRow.key)
    rows = session.scalars(query.execution_options(yield_per=READ_AT_ONCE))
    return [_known(row, sheets.get(row.key, ()), resolutions.get(row.key, ()), unread) for row in rows]


def identities(session: Session) -> dict[str, Identity]:
    """The identifiers of people, by applicant key."""
    rows = session.scalars(select(IdentityRow))
    return {row.key: Identity(row.key, row.national_id, row.phone, row.address) for row in rows}


def _known(
    row: ApplicantRow, sheets: Iterable[SheetRow], resolutions: tuple[Resolution, ...], unread: dict[str, str]
) -> Known:
    own = list(sheets)
    roots = [row.root_id, *(sheet.root_id for sheet in own)]
    return Known(
        application=codec.load(Application, row.application),
        state_digest=row.state_digest,
        assessment_id=row.assessment_id,
        sheets=tuple(codec.load(ScoreSheet, sheet.sheet) for sheet in own),
        sheet_states=tuple((sheet.root_id, sheet.state_digest) for sheet in own),
        resolutions=resolutions,
        unread_edits=tuple(unread[root] for root in roots if root in unread),
    )
