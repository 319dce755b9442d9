"""The case of an applicant whose stored data cannot be used: just enough for its place among the papers."""

import json
from collections.abc import Collection

from sqlalchemy import Row, Text, cast, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mochocho.words.errors import Terminal, Transient
from mochocho.words.model import (
    NOTHING_OWN,
    ApplicantType,
    Application,
    Assessment,
    Case,
    Counted,
    Resolution,
    Unmade,
)
from processing import codec
from processing.assessment.gates import all_gates, resolved_gates
from processing.tables import ApplicantRow

# Faults of the home (database, disk, settings) and not of one applicant: never caught here.
OF_THE_HOME = (SQLAlchemyError, OSError, MemoryError, Terminal, Transient)


def applications(session: Session, keys: Collection[str]) -> dict[str, Application]:
    """The applications of these applicants as sent;
    where one cannot be read, what the register's columns say.
    """
    query = select(
        ApplicantRow.key,
        ApplicantRow.root_id,
        ApplicantRow.instance_id,
        ApplicantRow.type,
        ApplicantRow.name,
        ApplicantRow.district,
        cast(ApplicantRow.application, Text).label("application"),  # as text, since it may not be valid JSON
    )
    rows = session.execute(query.where(ApplicantRow.key.in_(keys)))
    return {row.key: _application(row) for row in rows}


def case(application: Application, digest: str, resolutions: tuple[Resolution, ...], why: Unmade) -> Case:
    """The case of an applicant whose papers cannot be made: who it is, and what committees resolved."""
    return Case(
        application=application,
        masked_id="",
        assessment=Assessment(
            key=application.key,
            digest=digest,
            verdicts=(),
            eligibility=(),
            scores=None,
            gates=all_gates(resolved_gates(resolutions)),
            findings=(),
            resolutions=resolutions,
            counted=Counted(application, (application.instance_id,)),
        ),
        own=NOTHING_OWN,
        unmade=why,
    )


def _application(row: Row[*tuple[str, ...]]) -> Application:
    try:
        return codec.load(Application, json.loads(row.application))
    except OF_THE_HOME:
        raise
    except Exception:  # any fault: the columns of the row still say who applied
        return Application(
            key=row.key,
            root_id=row.root_id,
            instance_id=row.instance_id,
            form_version="",
            type=ApplicantType(row.type),
            name=row.name,
            district=row.district,
            subdistrict="",
            village="",
            applied_on=None,
            eligibility={},
            documents={},
            photo_consent=False,  # as long as the answer cannot be read
            publication_consent=False,
        )
