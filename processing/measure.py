"""Measures each stored file once per sha256 and version of the checks, on every processor."""

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.db import insert_or_ignore, reading, transaction
from mochocho.files import Store
from mochocho.home import Home
from mochocho.model import Measurement
from processing import codec
from processing.openable import CHECK_VERSION, measure_bytes
from processing.sniff import kind_of
from processing.tables import MeasurementRow

MAX_BYTES = 64 << 20
BATCH = 64  # files measured between two transactions

log = logging.getLogger(__name__)
ProgressCall = Callable[[str, int, int], None]  # stage, done, total


def known(session: Session) -> dict[str, Measurement]:
    """Every measurement of this version of the checks, by sha256."""
    rows = session.execute(
        select(MeasurementRow.sha256, MeasurementRow.facts).where(
            MeasurementRow.check_version == CHECK_VERSION
        )
    )
    return {sha256: codec.load(Measurement, facts) for sha256, facts in rows}


def run(home: Home, sha256s: Collection[str], progress: ProgressCall | None = None) -> None:
    """Measure the files that have not been measured yet and store what was found, in batches.

    A file the store cannot give is passed over: it is due again at the next run.
    """
    with reading(home.engine) as session:
        statement = select(MeasurementRow.sha256).where(MeasurementRow.check_version == CHECK_VERSION)
        todo = sorted(set(sha256s) - set(session.scalars(statement)))
    done = 0
    for batch in _batches(todo, BATCH):
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # Pillow decodes without the interpreter's lock
            found = [m for m in pool.map(lambda sha256: _measure_stored(home.store, sha256), batch) if m]
        rows = [{"sha256": m.sha256, "check_version": CHECK_VERSION, "facts": codec.dump(m)} for m in found]
        with transaction(home.engine) as session:
            insert_or_ignore(session, MeasurementRow, rows)
        done += len(batch)
        if progress:
            progress("measure", done, len(todo))


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


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
