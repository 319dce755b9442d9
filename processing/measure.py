"""Measures each stored file once per sha256 and version of the checks, on every processor."""

import logging
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.db import insert_or_ignore, reading, transaction
from mochocho.errors import Transient
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


def run(home: Home, sha256s: Iterable[str]) -> Mapping[str, Exception]:
    """Measure the files that have not been measured yet and store what was found, in batches.

    Returns why some that are there could not be measured, by sha256. One that the store does not hold is
    passed over: nothing can be known of it until it comes.
    """
    failed: dict[str, Exception] = {}
    with ThreadPoolExecutor(home.processors) as pool:  # Pillow decodes without the interpreter's lock
        for batch in batched(sha256s, BATCH):
            todo = _unknown(home, batch)
            rows = []
            for sha256, found in zip(
                todo, pool.map(lambda one: _attempt(home.store, one), todo), strict=True
            ):
                match found:
                    case Measurement():
                        facts = codec.dump(found)
                        rows.append({"sha256": sha256, "check_version": CHECK_VERSION, "facts": facts})
                    case Exception():
                        failed[sha256] = found
            with transaction(home.engine) as session:
                insert_or_ignore(session, MeasurementRow, rows)
    return failed


def _unknown(home: Home, sha256s: list[str]) -> list[str]:
    query = select(MeasurementRow.sha256).where(
        MeasurementRow.check_version == CHECK_VERSION, MeasurementRow.sha256.in_(sha256s)
    )
    with reading(home.engine) as session:
        known = set(session.scalars(query))
    return [sha256 for sha256 in sha256s if sha256 not in known]


def _attempt(store: Store, sha256: str) -> Measurement | Exception | None:
    try:
        content = _read(store, sha256)
    except FileNotFoundError:
        log.warning("file %s is not in the store", sha256[:12])
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Transient(f"file {sha256[:12]} of the store cannot be read ({reason})")
    try:
        return _measured(store, sha256, content)
    except Exception as error:  # whatever one file does to a decoder, the others are measured
        log.error("file %s cannot be measured: %s", sha256[:12], type(error).__name__)
        return error


def _read(store: Store, sha256: str) -> bytes:
    with store.open(sha256) as handle:
        return handle.read(MAX_BYTES + 1)


def _measured(store: Store, sha256: str, content: bytes) -> Measurement:
    if len(content) > MAX_BYTES:
        size = store.path(sha256).stat().st_size
        return Measurement(sha256, size, kind_of(content[:1024]), problem="too_large")
    return measure_bytes(sha256, content)
