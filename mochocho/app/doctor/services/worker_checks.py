"""The doctor's checks of what several machines share: broker, database, folder, running workers."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import Engine, func, literal, select
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app import pulses
from mochocho.app.doctor.checks import Check, State
from mochocho.settings.config import Settings
from mochocho.storage.db import make_engine, reading
from mochocho.storage.files import Store
from mochocho.words.errors import MochochoError, reason
from mochocho.words.sentences import Sentence
from sync.tables import SubmissionVersion

PATIENCE = 5  # seconds for the broker to answer
_CERTIFICATE = Sentence(
    "ใบรับรองของ Redis ไม่เป็นที่รู้จัก: เพิ่ม ?ssl_ca_certs=/ที่/ca.pem ท้าย workers.broker_url",
    "give the certificate's authority: add ?ssl_ca_certs=/path/ca.pem to workers.broker_url",
)
_PASSWORD = Sentence(
    "ใส่รหัสผ่านของ Redis ใน workers.broker_url",
    "give workers.broker_url the password that Redis asks for",
)
_START = Sentence("เปิด Redis หรือแก้ workers.broker_url", "start Redis, or mend workers.broker_url")
_NOBODY = Sentence(
    "สั่ง `mochocho beat` บนเครื่องเดียว และ `mochocho worker` บนทุกเครื่องที่จะให้ทำงาน log ของทั้งสองบอกว่าติดที่ใด",
    "start `mochocho beat` once and `mochocho worker` on each machine; their logs say what stops them",
)
WORKERS_ANSWER_IN = 2.0  # seconds
CLOCKS_APART, CLOCKS_WRONG = timedelta(seconds=2), timedelta(seconds=30)
SILENCE = timedelta(minutes=1)  # without a run of the conveyor


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
        from mochocho.app.pipeline.worker import make_app

        app = make_app(settings, broker_transport_options=_patience())
    except ModuleNotFoundError as error:
        yield Check(
            "broker",
            "fail",
            Sentence(f"ยังไม่ได้ติดตั้ง {error.name}", f"{error.name} is not installed"),
            Sentence("ติดตั้ง mochocho[workers]", "install the extra: mochocho[workers]"),
        )
        return
    except MochochoError as error:
        advice = Sentence(
            "ตั้ง database_url เป็น PostgreSQL หรือลบ broker_url",
            "set database_url to a PostgreSQL, or unset broker_url",
        )
        yield Check("broker", "fail", error.said, advice)
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
        found = Sentence(f"ติดต่อ {name} ไม่ได้ ({said})", f"{name}: {said}")
        return Check("broker", "fail", found, _cure(said.lower()))
    return Check("broker", "ok", Sentence(f"{name} ตอบแล้ว", f"{name} answers"))


def _cure(said: str) -> Sentence:
    if any(word in said for word in ("auth", "password")):
        return _PASSWORD
    return _CERTIFICATE if "certificate" in said else _START


def _without(secret: str | None, text: str) -> str:
    for spelled in {secret, unquote(secret)} if secret else ():
        text = text.replace(spelled, "[password]")
    return text


def _workers(app: Any) -> Check:
    count = len(app.control.ping(timeout=WORKERS_ANSWER_IN))
    if count:
        return Check("workers", "ok", Sentence(f"ตอบแล้ว {count} ราย", f"{count} answer"))
    return Check(
        "workers",
        "warn",
        Sentence("ไม่มีผู้ทำงานตอบ", "none answers"),
        Sentence(
            "สั่ง `mochocho worker` บนทุกเครื่องที่จะให้ทำงาน",
            "start `mochocho worker` on each machine that is to work",
        ),
    )


# --- the shared folder


def _shared_folder(home: Path) -> Iterator[Check]:
    if not home.is_dir():
        return  # the check of the home says so
    try:
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b".")
    except OSError as error:
        why = reason(error)
        yield Check(
            "shared folder",
            "fail",
            Sentence(f"เขียนลง {home} ไม่ได้ ({why.th})", f"nothing can be written into {home}: {why.en}"),
            Sentence(
                "ต่อ (mount) โฟลเดอร์ที่ทุกเครื่องใช้ร่วมกัน ให้บัญชีผู้ใช้ที่สั่ง mochocho เขียนได้",
                "mount the folder that all machines share, for the user who runs mochocho",
            ),
        )
    else:
        yield Check("shared folder", "ok", Sentence(f"เขียนลง {home} ได้", f"{home} can be written"))


# --- what the database says


def _rows(settings: Settings, engine: Engine) -> Iterator[Check]:
    yield _clocks(engine)
    with reading(engine) as session:
        newest = session.scalar(
            select(SubmissionVersion.xml_sha256).order_by(SubmissionVersion.id.desc()).limit(1)
        )
        looked = pulses.last(session, pulses.CONVEYOR)
    store = settings.store_dir
    if newest and not Store(store).has(newest):
        yield Check(
            "shared store",
            "fail",
            Sentence(f"แบบที่ฐานข้อมูลระบุไม่อยู่ใน {store}", f"a form that the database names is not in {store}"),
            Sentence(
                "ทุกเครื่องต้องเห็น `home` เป็นโฟลเดอร์เดียวกัน ให้ต่อ (mount) โฟลเดอร์นั้นที่เครื่องนี้",
                "every machine must see the same folder as `home`: mount it here",
            ),
        )
    yield _looked(looked, settings.workers.tick_seconds)


def _clocks(engine: Engine) -> Check:
    """Leases and rests are counted by each machine's own clock, so clocks must agree."""
    if engine.dialect.name != "postgresql":
        return Check("clocks", "ok", Sentence("ใช้เครื่องเดียว", "one machine"))
    with engine.connect() as connection:
        # connects first, so that the time of connecting is not measured
        connection.scalar(select(literal(1)))
        before = datetime.now(UTC)
        there = connection.scalar(select(func.clock_timestamp()))
        here = before + (datetime.now(UTC) - before) / 2
    apart = abs(there - here) if there else timedelta()
    seconds = f"{apart.total_seconds():.1f}"
    found = Sentence(
        f"นาฬิกาของเครื่องนี้กับของฐานข้อมูลต่างกัน {seconds} วินาที",
        f"this machine's and the database's differ by {seconds} s",
    )
    if apart <= CLOCKS_APART:
        return Check("clocks", "ok", found)
    state: State = "warn" if apart <= CLOCKS_WRONG else "fail"
    advice = Sentence(
        "ตั้งนาฬิกาทั้งสองเครื่องด้วย NTP เพราะการแจกงานและการลองใหม่นับตามนาฬิกา",
        "set both by NTP: work is handed out and tried again by the clock",
    )
    return Check("clocks", state, found, advice)


def _looked(at: datetime | None, tick_seconds: float) -> Check:
    if at is None:
        never = Sentence("ยังไม่มีผู้ทำงานมาดูว่ามีอะไรต้องทำ", "no worker has looked for work yet")
        return Check("conveyor", "warn", never, _NOBODY)
    ago = datetime.now(UTC) - at
    if ago <= max(SILENCE, timedelta(seconds=6 * tick_seconds)):
        seconds = f"{ago.total_seconds():.0f}"
        lately = Sentence(
            f"ผู้ทำงานดูว่ามีอะไรต้องทำเมื่อ {seconds} วินาทีก่อน", f"a worker looked for work {seconds} s ago"
        )
        return Check("conveyor", "ok", lately)
    minutes, tick = ago // SILENCE, f"{tick_seconds:g}"
    found = Sentence(
        f"ไม่มีผู้ทำงานมาดูว่ามีอะไรต้องทำมา {minutes} นาทีแล้ว ควรมาทุก {tick} วินาที",
        f"no worker has looked for work for {minutes} min; one should every {tick} s",
    )
    return Check("conveyor", "fail", found, _NOBODY)
