"""The doctor's look at what several machines share: broker, database, folder; and is anybody at work?"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import Engine, func, literal, select
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app.checks import Check, State
from mochocho.app.tables import PulseRow
from mochocho.config import Settings
from mochocho.db import make_engine, reading
from mochocho.errors import MochochoError
from mochocho.files import Store
from sync.tables import SubmissionVersion

PATIENCE = 5  # seconds for the broker to answer
_CERTIFICATE = (
    "ใบรับรองของ Redis ไม่เป็นที่รู้จัก: เพิ่ม ?ssl_ca_certs=/ที่/ca.pem ท้าย workers.broker_url · give the certificate's "
    "authority: add ?ssl_ca_certs=/path/ca.pem to workers.broker_url"
)
WORKERS_ANSWER_IN = 2.0  # seconds
CLOCKS_APART, CLOCKS_WRONG = timedelta(seconds=2), timedelta(seconds=30)
SILENCE = timedelta(minutes=1)  # without a look of the conveyor


def examine(settings: Settings) -> Iterator[Check]:
    """Everything beyond one machine; nothing where the settings name no broker."""
    if not settings.distributed:
        return
    yield from _messages(settings)
    yield from _shared_folder(settings.home)
    try:
        engine = make_engine(settings.url)
        try:
            yield from _rows(settings, engine)
        finally:
            engine.dispose()
    except (ImportError, SQLAlchemyError):
        return  # the check of the database says why


# --- messages


def _messages(settings: Settings) -> Iterator[Check]:
    try:
        from mochocho.app.worker import make_app

        app = make_app(settings, broker_transport_options=_patience())
    except ModuleNotFoundError as error:
        yield Check(
            "broker", "fail", f"{error.name} is not installed", "install the extra: mochocho[workers]"
        )
        return
    except MochochoError as error:
        yield Check("broker", "fail", str(error), "set database_url to a PostgreSQL, or unset broker_url")
        return
    broker = _broker(app, urlsplit(settings.workers.broker))
    yield broker
    if broker.state == "ok":
        yield _workers(app)


def _patience() -> dict[str, int]:
    return {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}


def _broker(app: Any, parts: SplitResult) -> Check:
    name = f"{parts.hostname}:{parts.port or 6379}"
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)  # sends a PING
    except Exception as error:
        said = _without(parts.password, str(error) or type(error).__name__)
        if any(word in said.lower() for word in ("auth", "password")):
            return Check(
                "broker",
                "fail",
                f"{name}: {said}",
                "give workers.broker_url the password that Redis asks for",
            )
        if "certificate" in said.lower():
            return Check("broker", "fail", f"{name}: {said}", _CERTIFICATE)
        return Check("broker", "fail", f"{name}: {said}", "start Redis, or mend workers.broker_url")
    return Check("broker", "ok", f"{name} answers")


def _without(secret: str | None, text: str) -> str:
    for spelled in {secret, unquote(secret)} if secret else ():
        text = text.replace(spelled, "[password]")
    return text


def _workers(app: Any) -> Check:
    count = len(app.control.ping(timeout=WORKERS_ANSWER_IN))
    if count:
        return Check("workers", "ok", f"{count} answer")
    return Check("workers", "warn", "none answers", "start `mochocho worker` on each machine that is to work")


# --- the shared folder


def _shared_folder(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        return  # the check of the home says so
    try:
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b".")
    except OSError as error:
        yield Check(
            "shared folder",
            "fail",
            f"nothing can be written into {home}: {error.strerror or error}",
            "mount the folder that all machines share, for the user who runs mochocho",
        )
    else:
        yield Check("shared folder", "ok", f"{home} can be written")


# --- what the database says


def _rows(settings: Settings, engine: Engine) -> Iterator[Check]:
    yield _clocks(engine)
    with reading(engine) as session:
        newest = session.scalar(
            select(SubmissionVersion.xml_sha256).order_by(SubmissionVersion.id.desc()).limit(1)
        )
        looked = session.scalar(select(func.max(PulseRow.at)))
    if newest and not Store(settings.store_dir).has(newest):
        yield Check(
            "shared store",
            "fail",
            f"a form that the database names is not in {settings.store_dir}",
            "every machine must see the same folder as `home`: mount it here",
        )
    yield _looked(looked, settings.workers.tick_seconds)


def _clocks(engine: Engine) -> Check:
    """Leases and rests are counted by each machine's own clock."""
    if engine.dialect.name != "postgresql":
        return Check("clocks", "ok", "one machine")
    with engine.connect() as connection:
        connection.scalar(select(literal(1)))  # connecting takes a while, and is over now
        before = datetime.now(UTC)
        there = connection.scalar(select(func.clock_timestamp()))
        here = before + (datetime.now(UTC) - before) / 2
    apart = abs(there - here) if there else timedelta()
    found = f"this machine's and the database's differ by {apart.total_seconds():.1f} s"
    if apart <= CLOCKS_APART:
        return Check("clocks", "ok", found)
    state: State = "warn" if apart <= CLOCKS_WRONG else "fail"
    return Check("clocks", state, found, "set both by NTP: work is handed out and tried again by the clock")


def _looked(at: datetime | None, tick_seconds: float) -> Check:
    advice = (
        "start `mochocho beat` once and `mochocho worker` on each machine; their logs say what stops them"
    )
    if at is None:
        return Check("conveyor", "warn", "no worker has looked for work yet", advice)
    ago = datetime.now(UTC) - at
    if ago <= max(SILENCE, timedelta(seconds=6 * tick_seconds)):
        return Check("conveyor", "ok", f"a worker looked for work {ago.total_seconds():.0f} s ago")
    found = f"no worker has looked for work for {ago // SILENCE} min; one should every {tick_seconds:g} s"
    return Check("conveyor", "fail", found, advice)
