"""Writes the standing of each assessment beside it, once."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Text, cast, delete, select
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore
from mochocho.words.model import Assessment
from processing import codec
from processing.standings.done_stages import Days, done_stages, written
from processing.standings.standing import NOT_KNOWN, Standing, letters, standing_of
from processing.tables import AssessmentRow, SheetRow, StandingRow

_AT_ONCE = 500  # assessments


def keep(session: Session, ids: Collection[int], made: Mapping[int, Assessment]) -> None:
    """Keep the standings of these assessments where they are not yet; `made`: those at hand, by id."""
    query = select(StandingRow.assessment_id).where(StandingRow.assessment_id.in_(ids))
    lacking = set(ids) - set(session.scalars(query.where(StandingRow.done.is_not(None))))
    read = _stored(session, lacking - made.keys()) | {id_: made[id_] for id_ in lacking & made.keys()}
    rows = _rows({id_: read.get(id_) for id_ in sorted(lacking)}, _visited(session, read.values()))
    session.execute(delete(StandingRow).where(StandingRow.assessment_id.in_(lacking)))
    insert_or_ignore(session, StandingRow, list(rows))


def days_of(session: Session, ids: Collection[int]) -> dict[int, Days]:
    """What `keep` would keep of these assessments as done: a cycle that was closed earlier keeps none."""
    found = dict[int, Days]()
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        read = _stored(session, ordered[start : start + _AT_ONCE])
        visited = _visited(session, read.values())
        found |= {id_: done_stages(one, visited) for id_, one in read.items()}
    return found


def _stored(session: Session, ids: Collection[int]) -> dict[int, Assessment]:
    """Those of these assessments that this version can read."""
    query = select(AssessmentRow.id, cast(AssessmentRow.result, Text)).where(AssessmentRow.id.in_(ids))
    found = {}
    for id_, result in session.execute(query) if ids else ():
        with suppress(ValueError, TypeError, KeyError):
            found[id_] = codec.load(Assessment, json.loads(result))
    return found


def _visited(session: Session, assessments: Iterable[Assessment]) -> dict[str, date | None]:
    """The day of each score sheet that these count."""
    instances = [sheet for one in assessments if one.counted for sheet in one.counted.sheets]
    query = select(SheetRow.instance_id, SheetRow.content["visited_on"].as_string())
    found = session.execute(query.where(SheetRow.instance_id.in_(instances)))
    return {instance: date.fromisoformat(day) if day else None for instance, day in found}


def _rows(
    read: Mapping[int, Assessment | None], visited: Mapping[str, date | None]
) -> Iterator[dict[str, Any]]:
    for id_, assessment in read.items():
        standing = standing_of(assessment) if assessment else NOT_KNOWN
        days = done_stages(assessment, visited) if assessment else {}
        yield {"assessment_id": id_, **_stored_as(standing), "done": written(days)}


def _stored_as(standing: Standing) -> dict[str, Any]:
    return asdict(standing) | {
        "gates": letters(standing.gates),
        "stands_at": standing.stands_at.value if standing.stands_at else "",
        "awaits": standing.awaits.value if standing.awaits else "",
        "months": " ".join(standing.months),
    }
