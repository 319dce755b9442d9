"""Where applicants were visited, as assessors' phones noted it; read from what was sent, and kept."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.register.read.fields import Fields
from processing.register.read.score_sheet import how_placed
from processing.register.visits.visited import Place, Visited
from processing.register.within_scope import within
from processing.scope import Scope
from processing.tables import ApplicantRow, SheetRow
from sync.tables import Submission, SubmissionVersion
from sync.xform.parse import parse_instance
from xlsforms import names


class VisitPlaces:
    """For one process to ask again and again: what was sent never changes, and is read once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._known: Mapping[str, Place | None] = {}

    def of(self, session: Session, scope: Scope, district: str) -> list[Visited]:
        """The applicants of this district (code) within the scope, by key; one query."""
        row = ApplicantRow
        query = (
            select(row.key, row.name, row.type, SubmissionVersion.xml_sha256)
            .outerjoin(SheetRow, SheetRow.applicant_key == row.key)
            .outerjoin(
                Submission,
                (Submission.root_id == SheetRow.root_id)
                & (Submission.form_id == names.ONSITE)
                & ~Submission.gone,
            )
            .outerjoin(SubmissionVersion, SubmissionVersion.id == Submission.current_id)
            .where(row.district == district, within(scope))
            .order_by(row.key, SheetRow.root_id)
        )
        found: dict[str, Visited] = {}
        for key, name, type_, sha256 in session.execute(query):
            place = self._place(sha256) if sha256 else None
            if key not in found or found[key].place is None:
                found[key] = Visited(key, name, ApplicantType(type_), place)
        return list(found.values())

    def _place(self, sha256: str) -> Place | None:
        if sha256 not in self._known:
            root = parse_instance(self._home.store.read(sha256)).root
            self._known = {**self._known, sha256: place_of(Fields(root, {}))}
        return self._known[sha256]


def place_of(fields: Fields) -> Place | None:
    """Where a score sheet was filled in; None for a paper's copy, what an app made up, and without a fix."""
    if fields.text("mode") == "paper" or how_placed(fields) not in ("fix", "placed"):
        return None
    try:
        latitude, longitude = map(float, fields.text("location").split()[:2])
    except ValueError:
        return None
    return Place(latitude, longitude)
