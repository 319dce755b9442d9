"""Measures each stored file once per sha256 and version of the checks, on all processors.

The files are opened by child processes (`processing.decoding`). A file on which a child died is tried again
by itself, since a process may also end for lack of memory. Every death is counted in the database, and after
three the file is set aside for good, across restarts.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore, reading, transaction
from mochocho.storage.files import Store
from mochocho.storage.home import Home
from mochocho.words.errors import Transient, reason
from mochocho.words.model import Measurement
from processing import codec
from processing.chunks import batched
from processing.decoding.file_kinds import HEAD, kind_of
from processing.decoding.jobs import CHECK_VERSION, DEATHS
from processing.decoding.keeper import AT_ONCE, Died, Measured, TooCostly, decoders
from processing.documents.copies import compare
from processing.register.stored import files_of
from processing.tables import ApplicantFileRow, DecoderDeathRow, MeasurementRow, SamePageRow

BATCH = 64  # files measured between two transactions
SET_ASIDE = "set_aside"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Files from applicants that are no longer opened: how many, and since when the first."""

    count: int
    since: datetime | None


def of(session: Session, keys: Collection[str]) -> dict[str, Measurement]:
    """The measurement of every file that has arrived with these applicants, by sha256."""
    query = select(MeasurementRow.sha256, MeasurementRow.facts).where(
        MeasurementRow.check_version == CHECK_VERSION, MeasurementRow.sha256.in_(files_of(session, keys))
    )
    return {sha256: codec.load(Measurement, facts) for sha256, facts in session.execute(query)}


def run(home: Home, sha256s: Iterable[str]) -> Mapping[str, Exception]:
    """Measure the files that have no measurement yet and store the results, in batches.

    Returns the errors, by sha256, of files that could not be measured. Files that are not in the store are
    skipped until they arrive.
    """
    failed: dict[str, Exception] = {}
    with ThreadPoolExecutor(home.processors) as pool:  # each waits for a child of its own
        for batch in batched(sha256s, BATCH):
            todo = _unknown(home, batch)
            portions = pool.map(partial(_attempt, home.store), batched(todo, AT_ONCE))
            found = {sha256: one for portion in portions for sha256, one in portion.items()}
            found |= {sha256: _alone(home, sha256) for sha256, one in found.items() if isinstance(one, Died)}
            failed |= {sha256: one for sha256, one in found.items() if isinstance(one, Exception)}
            _keep(home, [one for one in found.values() if isinstance(one, Measurement)])
    return failed


def set_aside(session: Session) -> SetAside:
    """How many files are set aside now."""
    query = select(func.count(), func.min(DecoderDeathRow.at)).where(
        DecoderDeathRow.check_version == CHECK_VERSION,
        DecoderDeathRow.deaths >= DEATHS,
        DecoderDeathRow.sha256.in_(select(ApplicantFileRow.sha256)),
    )
    return SetAside(*session.execute(query).one())


def _unknown(home: Home, sha256s: Sequence[str]) -> list[str]:
    query = select(MeasurementRow.sha256).where(
        MeasurementRow.check_version == CHECK_VERSION, MeasurementRow.sha256.in_(sha256s)
    )
    with reading(home.engine) as session:
        known = set(session.scalars(query))
    return [sha256 for sha256 in sha256s if sha256 not in known]


def _keep(home: Home, found: Sequence[Measurement]) -> None:
    rows = [
        {"sha256": one.sha256, "check_version": CHECK_VERSION, "facts": codec.dump(replace(one, imprints=()))}
        for one in found
    ]
    same = compare.found(home.engine, found)
    with transaction(home.engine) as session:
        insert_or_ignore(session, SamePageRow, same)
        insert_or_ignore(session, MeasurementRow, rows)


def _attempt(store: Store, sha256s: Sequence[str]) -> dict[str, Measured]:
    """The measurement or error of each of these files that is in the store."""
    there = [sha256 for sha256 in sha256s if store.has(sha256)]
    for sha256 in set(sha256s).difference(there):
        log.warning("file %s is not in the store", sha256[:12])
    found = decoders().measure([(store.path(sha256), sha256) for sha256 in there])
    return {sha256: _told(store, sha256, one) for sha256, one in zip(there, found, strict=True)}


def _told(store: Store, sha256: str, found: Measured) -> Measured:
    match found:
        case TooCostly():
            return _unopened(store, sha256, "too_complex")
        case OSError():
            why = reason(found)
            return Transient(
                f"อ่านไฟล์ {sha256[:12]} จากที่เก็บไม่ได้ ({why.th})",
                f"file {sha256[:12]} of the store cannot be read ({why.en})",
            )
        case RuntimeError():  # whatever one file causes, the others are measured
            log.error("file %s cannot be measured: %s", sha256[:12], found)
    return found


def _alone(home: Home, sha256: str) -> Measured:
    """Try a file on which a child has just died again, while no other file is opened here."""
    found: Measured = Died()
    while isinstance(found, Died):
        deaths = _count_death(home, sha256)
        log.warning("file %s ended the process that opened it, %d of %d times", sha256[:12], deaths, DEATHS)
        if deaths >= DEATHS:
            return _unopened(home.store, sha256, SET_ASIDE)
        (found,) = _attempt(home.store, [sha256]).values()
    return found


def _count_death(home: Home, sha256: str) -> int:
    named = {"sha256": sha256, "check_version": CHECK_VERSION}
    counted = (
        update(DecoderDeathRow)
        .filter_by(**named)
        .values(deaths=DecoderDeathRow.deaths + 1, at=datetime.now(UTC))
        .returning(DecoderDeathRow.deaths)
    )
    with transaction(home.engine, counted=False) as session:
        insert_or_ignore(session, DecoderDeathRow, [named | {"deaths": 0, "at": datetime.now(UTC)}])
        return session.execute(counted).scalar_one()


def _unopened(store: Store, sha256: str, problem: str) -> Measurement:
    path = store.path(sha256)
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
    return Measurement(sha256, path.stat().st_size, kind, problem=problem)
