"""Runs `mochocho` as its console script does, on a sample of twelve units, and optionally on another day.

    SAMPLE_TOKENS=FILE SAMPLE_DAYS=400 python launcher.py -vv demo

Every process spawned from it reads this file again, so that the day is changed there too. The umask is left
as the caller chose: files must be private even without the one that `main` sets.
"""

import datetime
import os
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

AHEAD = datetime.timedelta(days=int(os.environ.get("SAMPLE_DAYS", "0")))
PHOTO_WIDTH = 320


class _Same(type):
    """What is a real datetime or date is one of these, too."""

    def __instancecheck__(cls, value: object) -> bool:
        return any(isinstance(value, base) for base in cls.__bases__)

    def __subclasscheck__(cls, other: type) -> bool:
        return any(issubclass(other, base) for base in cls.__bases__)


_datetime, _date = datetime.datetime, datetime.date


class _AnotherMoment(_datetime, metaclass=_Same):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return _datetime.now(tz) + AHEAD

    @classmethod
    def utcnow(cls) -> Any:
        return _datetime.now(datetime.UTC).replace(tzinfo=None) + AHEAD

    @classmethod
    def today(cls) -> Any:
        return _datetime.now() + AHEAD


class _AnotherDay(_date, metaclass=_Same):
    @classmethod
    def today(cls) -> Any:
        return (_datetime.now() + AHEAD).date()

    def __repr__(self) -> str:  # settings with days stand in digests as they are written
        return repr(_date(self.year, self.month, self.day))


def _ahead(clock: Callable[[], Any], units_a_second: int) -> Callable[[], Any]:
    by = int(AHEAD.total_seconds()) * units_a_second
    return lambda: clock() + by


if AHEAD:
    time.time, time.time_ns = _ahead(time.time, 1), _ahead(time.time_ns, 10**9)
    datetime.datetime, datetime.date = _AnotherMoment, _AnotherDay  # type: ignore[misc]


def _write_down_tokens(path: Path) -> None:
    made = secrets.token_urlsafe

    def token_urlsafe(size: int | None = None) -> str:
        token = made(size)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{token}\n")
        return token

    secrets.token_urlsafe = token_urlsafe


def main() -> None:
    if "SAMPLE_TOKENS" in os.environ:
        _write_down_tokens(Path(os.environ["SAMPLE_TOKENS"]))
    if "demo" in sys.argv:
        _make_it_small()
    from mochocho.app.commands import cli

    os.umask = lambda mask: mask  # type: ignore[assignment]
    cli.main()


def _make_it_small() -> None:
    from mochocho.app.demo import run, sample_province

    run.chiang_rai = lambda: replace(sample_province.small(12), photo_width=PHOTO_WIDTH)


if __name__ == "__main__":
    main()
