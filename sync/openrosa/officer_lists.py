"""The lists that forms choose from, as one officer may see them: applicants, their sub-criteria, assessors.

Published rows are served, limited to the officer's districts; applicants also include the entities that
applications created, so that a new applicant can be chosen before it has been assessed.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.officers import Officer
from sync.publish.published import rows_of
from sync.tables import Entity
from xlsforms.list_columns import COLUMNS, ENTITY_PROPERTIES, SENT_AT, SERVER_PROPERTIES
from xlsforms.names import APPLICANTS, ASSESSORS, PLAN_ITEMS, VILLAGES

ENTITIES = APPLICANTS  # the list that phones keep as entities

# Listed explicitly instead of taking all of an entity: no national ID or telephone can get into a list.
_FROM_PHONES = (*ENTITY_PROPERTIES, SENT_AT)

Row = Mapping[str, str]


def used_by(xform: bytes) -> tuple[str, ...]:
    """The lists that a form reads, in a fixed order."""
    return tuple(
        name
        for name in COLUMNS
        if any(f"jr://{kind}/{name}.csv".encode() in xform for kind in ("file-csv", "file"))
    )


def as_csv(home: Home, officer: Officer, name: str, only: str = "") -> bytes:
    """One list as the officer may see it; the same rows give the same bytes. `only`: one applicant's key."""
    with reading(home.engine) as session:
        seen = [one for one in _visible(session, officer) if only in ("", one.uuid)]
        if name == ENTITIES:
            return _applicants(session, seen)
        return _csv(COLUMNS[name], _cut(session, officer, seen, name))


def deleted(home: Home, officer: Officer, ids: Iterable[str]) -> dict[str, bool]:
    """Whether a phone should forget each id. An id of another district counts as unknown."""
    with reading(home.engine) as session:
        seen = {entity.uuid for entity in _visible(session, officer)}
    return {id_: id_ not in seen for id_ in ids}


def _visible(session: Session, officer: Officer) -> list[Entity]:
    """The applicants of the officer's districts, by UUID."""
    every = session.scalars(select(Entity).where(Entity.list_name == APPLICANTS)).all()
    seen = [entity for entity in every if entity.properties.get("district") in officer.districts]
    return sorted(seen, key=lambda entity: entity.uuid)


def _applicants(session: Session, seen: Iterable[Entity]) -> bytes:
    """The applications' values with the server's columns; a row's version grows with either."""
    published = {row.name: row for row in rows_of(session, APPLICANTS)}
    rows = []
    for entity in seen:
        row = published.get(entity.uuid)
        rows.append(
            {
                "name": entity.uuid,
                "label": entity.label,
                "__version": str(entity.version + (row.version if row else 0)),
                **{name: entity.properties.get(name, "") for name in _FROM_PHONES},
                **{name: row.fields.get(name, "") if row else "" for name in SERVER_PROPERTIES},
            }
        )
    name, label, *properties = COLUMNS[APPLICANTS]
    return _csv((name, label, "__version", *properties), rows)


def _cut(session: Session, officer: Officer, seen: Iterable[Entity], name: str) -> Iterator[Row]:
    """The rows of a published list that concern the officer's districts, or the applicants that are seen."""
    concerns = _CONCERNS[name](officer, seen)
    return (row.fields for row in rows_of(session, name) if concerns(row.fields))


def _of_applicants(_officer: Officer, seen: Iterable[Entity]) -> Callable[[Row], bool]:
    keys = {entity.uuid for entity in seen}
    return lambda row: row["applicant"] in keys


def _of_districts(officer: Officer, _seen: Iterable[Entity]) -> Callable[[Row], bool]:
    return lambda row: not row["districts"] or _any_in(row["districts"].split(), set(officer.districts))


def _of_subdistricts(officer: Officer, _seen: Iterable[Entity]) -> Callable[[Row], bool]:
    return lambda row: row["subdistrict"][:4] in officer.districts


def _any_in(codes: Iterable[str], districts: Set[str]) -> bool:
    return any(code in districts for code in codes)


_CONCERNS: Mapping[str, Callable[[Officer, Iterable[Entity]], Callable[[Row], bool]]] = {
    PLAN_ITEMS: _of_applicants,
    ASSESSORS: _of_districts,
    VILLAGES: _of_subdistricts,
}


def _csv(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, tuple(columns), restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
