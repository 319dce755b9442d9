"""Looks for what would stop the work and says what to do about it; changes nothing."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app import (
    doctor_clock,
    doctor_home,
    doctor_network,
    doctor_servers,
    doctor_settings,
    doctor_store,
    doctor_workers,
)
from mochocho.app.checks import Check
from mochocho.app.console import out
from mochocho.app.faults import explain
from mochocho.app.redact import redact
from mochocho.config import FILE_NAME, load_settings
from mochocho.errors import MochochoError

OLDEST_PYTHON = (3, 11)
WRITTEN_ON = date(2026, 1, 1)  # a clock that stands before this is wrong
BANGKOK = timedelta(hours=7)
MARKS = {"ok": Text("ok", "green"), "warn": Text("look", "yellow"), "fail": Text("mend", "red")}


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
        yield Check(
            "settings", "fail", str(error), "mend that line; `mochocho init` in an empty folder shows how"
        )
        return
    yield _settings_file(config)
    for name, looks in (
        ("settings", doctor_settings.examine(settings)),
        ("home", doctor_home.examine(settings)),
        ("store", doctor_store.examine(settings)),
        ("network", doctor_network.examine(settings)),
        ("clock and traces", doctor_clock.examine(settings, now)),
        ("workers", doctor_workers.examine(settings)),
        ("servers", doctor_servers.examine(settings)),
    ):
        yield from _to_its_end(name, looks)


def _to_its_end(name: str, looks: Iterator[Check]) -> Iterator[Check]:
    """What cannot even be looked at is a finding too: the doctor is called when much is wrong."""
    try:
        yield from looks
    except (MochochoError, SQLAlchemyError, OSError) as error:
        yield Check(name, "fail", explain(error)[0].th, "แก้ตามที่บอก แล้วสั่ง `mochocho doctor` อีกครั้ง")


def _python() -> Check:
    found = f"Python {sys.version.split()[0]}"
    if sys.version_info >= OLDEST_PYTHON:
        return Check("python", "ok", found)
    return Check("python", "fail", found, "install Python 3.11 or newer")


def _clock(now: datetime) -> Check:
    if now.date() >= WRITTEN_ON:
        return Check("clock", "ok", f"{now:%Y-%m-%d %H:%M}")
    return Check("clock", "fail", f"{now:%Y-%m-%d %H:%M} is long past", "set the clock of this machine")


def _zone(now: datetime) -> Check:
    if now.utcoffset() == BANGKOK:
        return Check("time zone", "ok", "UTC+7")
    return Check(
        "time zone",
        "warn",
        f"UTC{now:%z}, not Thailand's",
        "papers do not depend on it; times in logs and status do",
    )


def _settings_file(config: Path | None) -> Check:
    if config or Path(FILE_NAME).is_file():
        return Check("settings", "ok", str(config or FILE_NAME))
    return Check("settings", "warn", "no mochocho.toml here: defaults hold", "`mochocho init` writes one")


def table(checks: tuple[Check, ...]) -> None:
    """Print the checks, what to do under what is not well."""
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column()
    grid.add_column()
    grid.add_column(overflow="fold")  # a path that lost its end helps nobody
    for check in checks:
        found = redact(check.found)
        advice = f"\n→ {redact(check.advice)}" if check.advice and check.state != "ok" else ""
        grid.add_row(MARKS[check.state], check.name, f"{found}{advice}")
    out.print(grid)
