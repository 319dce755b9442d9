"""The applicants one officer may see, as the entity list phones download."""

import csv
import io
from collections.abc import Iterable

from sqlalchemy import select

from mochocho.db import reading
from mochocho.home import Home
from sync.openrosa.officers import Officer
from sync.tables import Entity
from xlsforms.names import APPLICANTS

FILE_NAME = f"{APPLICANTS}.csv"

# Named one by one, not "whatever the entity holds": no national ID or phone can slip into a list.
_PROPERTIES = ("applicant_type", "applicant_name", "district", "district_name")


def is_used_by(xform: bytes) -> bool:
    """Whether a form reads the list."""
    return any(f"jr://{kind}/{FILE_NAME}".encode() in xform for kind in ("file-csv", "file"))


def as_csv(home: Home, officer: Officer) -> bytes:
    """The list of the officer's districts, by UUID: the same applicants give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "label", "__version", *_PROPERTIES))
    for entity in _visible(home, officer):
        values = (entity.properties.get(name, "") for name in _PROPERTIES)
        writer.writerow((entity.uuid, entity.label, entity.version, *values))
    return text.getvalue().encode()


def deleted(home: Home, officer: Officer, ids: Iterable[str]) -> dict[str, bool]:
    """Whether a phone should forget each id. Another district's is as unknown as one that never was."""
    seen = {entity.uuid for entity in _visible(home, officer)}
    return {id_: id_ not in seen for id_ in ids}


def _visible(home: Home, officer: Officer) -> list[Entity]:
    with reading(home.engine) as session:
        every = session.scalars(select(Entity).where(Entity.list_name == APPLICANTS)).all()
    seen = [entity for entity in every if entity.properties.get("district") in officer.districts]
    return sorted(seen, key=lambda entity: entity.uuid)
