"""Measures each stored file once per sha256 and version of the checks, on every processor."""

import logging
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.db import insert_or_ignore, reading, transaction
from mochocho.files import Store
from mochocho.home import Home
from mochocho.model import Measurement
from processing import codec
from processing.chunks import batched
from processing.known import files_of
from processing.openable import CHECK_VERSION, measure_bytes
from processing.sniff import kind_of
from processing.tables import MeasurementRow

MAX_BYTES = 64 << 20
BATCH = 64  # files measured between two transactions

log = logging.getLogger(__name__)


def of(session: Session, keys: Collection[str]) -> dict[str, Measurement]:
    """What is known of every file that has come with these applicants, by sha256."""
    query = select(MeasurementRow.sha256, MeasurementRow.facts).where(
        MeasurementRow.check_version == CHECK_VERSION, MeasurementRow.sha256.in_(files_of(keys))
    )
    return {sha256: codec.load(Measurement, facts) for sha256, facts in session.execute(query)}


def run(home: Home, sha256s: Iterable[str]) -> None:
    """Measure the files that have not been measured yet and store what was found, in batches.

    A file the store cannot give is passed over: it is due again at the next run.
    """
    with ThreadPoolExecutor(home.processors) as pool:  # Pillow decodes without the interpreter's lock
        for batch in batched(sha256s, BATCH):
            todo = _unknown(home, batch)
            found = [m for m in pool.map(lambda sha256: _measure_stored(home.store, sha256), todo) if m]
            rows = [
                {"sha256": m.sha256, "check_version": CHECK_VERSION, "facts": codec.dump(m)} for m in found
            ]
            with transaction(home.engine) as session:
                insert_or_ignore(session, MeasurementRow, rows)


def _unknown(home: Home, sha256s: list[str]) -> list[str]:
    query = select(MeasurementRow.sha256).where(
        MeasurementRow.check_version == CHECK_VERSION, MeasurementRow.sha256.in_(sha256s)
    )
    with reading(home.engine) as session:
        known = set(session.scalars(query))
    return [sha256 for sha256 in sha256s if sha256 not in known]


def _measure_stored(store: Store, sha256: str) -> Measurement | None:
    try:
        with store.open(sha256) as handle:
            content = handle.read(MAX_BYTES + 1)
    except OSError as error:
        log.warning("file %s cannot be read from the store: %s", sha256[:12], type(error).__name__)
        return None
    if len(content) > MAX_BYTES:
        size = store.path(sha256).stat().st_size
        return Measurement(sha256, size, kind_of(content[:1024]), problem="too_large")
    return measure_bytes(sha256, content)
