"""Runs all checks and prints them with what to do; changes nothing."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app.doctor import (
    backup_checks,
    clock_checks,
    machine_checks,
    meeting_checks,
    network_checks,
    paper_checks,
    server_checks,
    settings_checks,
    store_checks,
)
from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.services import log_checks, worker_checks
from mochocho.app.terminal.console import out
from mochocho.app.terminal.faults import explain
from mochocho.app.terminal.language import told
from mochocho.app.terminal.redact import redact
from mochocho.settings.config import FILE_NAME, load_settings
from mochocho.words.errors import MochochoError
from mochocho.words.sentences import Sentence, plain

OLDEST_PYTHON = (3, 11)
WRITTEN_ON = date(2026, 1, 1)  # a clock before this day is wrong
BANGKOK = timedelta(hours=7)
MARKS = {
    "ok": (Sentence("ปกติ", "ok"), "green"),
    "warn": (Sentence("ควรดู", "look"), "yellow"),
    "fail": (Sentence("ต้องแก้", "mend"), "red"),
}


def examine(config: Path | None, now: datetime | None = None) -> tuple[Check, ...]:
    """Every check; without readable settings only those that need none. `now` is an aware local time."""
    return tuple(_examine(config, now or datetime.now(UTC).astimezone()))


def _examine(config: Path | None, now: datetime) -> Iterator[Check]:
    yield _python()
    yield _clock(now)
    yield _zone(now)
    try:
        settings = load_settings(config)
    except MochochoError as error:
        advice = Sentence(
            "แก้บรรทัดนั้น สั่ง `mochocho init` ในโฟลเดอร์ว่างเพื่อดูไฟล์ตั้งค่าที่ถูกต้อง",
            "mend that line; `mochocho init` in an empty folder shows how",
        )
        yield Check("settings", "fail", error.said, advice)
        return
    yield _settings_file(config)
    for name, looks in (
        ("settings", settings_checks.examine(settings)),
        ("meeting", meeting_checks.examine(settings)),
        ("home", machine_checks.examine(settings)),
        ("store", store_checks.examine(settings)),
        ("papers", paper_checks.examine(settings)),
        ("backup", backup_checks.examine(settings, now)),
        ("log server", log_checks.examine(settings.logs)),
        ("network", network_checks.examine(settings)),
        ("clock and traces", clock_checks.examine(settings, now)),
        ("workers", worker_checks.examine(settings)),
        ("servers", server_checks.examine(settings)),
    ):
        yield from _to_its_end(name, looks)


def _to_its_end(name: str, looks: Iterator[Check]) -> Iterator[Check]:
    """The checks of one group; if they break off, that is a finding too:
    the doctor is called when much is wrong.
    """
    try:
        yield from looks
    except (MochochoError, SQLAlchemyError, OSError) as error:
        advice = Sentence(
            "แก้ตามที่บอก แล้วสั่ง `mochocho doctor` อีกครั้ง", "mend what it says, then `mochocho doctor` again"
        )
        yield Check(name, "fail", explain(error)[0], advice)


def _python() -> Check:
    found = plain(f"Python {sys.version.split()[0]}")
    if sys.version_info >= OLDEST_PYTHON:
        return Check("python", "ok", found)
    return Check(
        "python", "fail", found, Sentence("ติดตั้ง Python 3.11 หรือใหม่กว่า", "install Python 3.11 or newer")
    )


def _clock(now: datetime) -> Check:
    at = f"{now:%Y-%m-%d %H:%M}"
    if now.date() >= WRITTEN_ON:
        return Check("clock", "ok", plain(at))
    return Check(
        "clock",
        "fail",
        Sentence(f"{at} ผ่านไปนานแล้ว", f"{at} is long past"),
        Sentence("ตั้งวันและเวลาของเครื่องนี้ให้ถูกต้อง", "set the clock of this machine"),
    )


def _zone(now: datetime) -> Check:
    if now.utcoffset() == BANGKOK:
        return Check("time zone", "ok", plain("UTC+7"))
    return Check(
        "time zone",
        "warn",
        Sentence(f"UTC{now:%z} ไม่ใช่เวลาประเทศไทย", f"UTC{now:%z}, not Thailand's"),
        Sentence(
            "ตั้งเขตเวลาของเครื่องเป็นเวลาประเทศไทย (UTC+7) เอกสารไม่เปลี่ยนตามเขตเวลา แต่เวลาใน log และ status เปลี่ยน",
            "papers do not depend on it; times in logs and status do",
        ),
    )


def _settings_file(config: Path | None) -> Check:
    if config or Path(FILE_NAME).is_file():
        return Check("settings", "ok", plain(str(config or FILE_NAME)))
    return Check(
        "settings",
        "warn",
        Sentence("ไม่มี mochocho.toml ในโฟลเดอร์นี้ จึงใช้ค่าตั้งต้น", "no mochocho.toml here: defaults hold"),
        Sentence("สั่ง `mochocho init` เพื่อสร้าง", "`mochocho init` writes one"),
    )


def table(checks: tuple[Check, ...]) -> None:
    """Print the checks, with what to do below those that are not well."""
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column()
    grid.add_column()
    grid.add_column(overflow="fold")  # a path without its end helps nobody
    for check in checks:
        mark, colour = MARKS[check.state]
        found, advice = redact(told(check.found)), redact(told(check.advice))
        to_do = f"\n→ {advice}" if advice and check.state != "ok" else ""
        grid.add_row(Text(told(mark), colour), told(check.title), f"{found}{to_do}")
    out.print(grid)
