"""A clock that stands where it is put, for tools whose output shows times: the same each time they run."""

import os
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path

_REAL = datetime
_OURS = ("mochocho", "processing", "reports", "sync", "xlsforms")


class _Any(type):
    """Of datetime's own objects too, as libraries make them."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _REAL)


class FixedTime(datetime, metaclass=_Any):
    """A datetime whose `now` is `moment`."""

    moment = datetime(2025, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # not of this class
        """The moment at which the clock stands."""
        return _REAL.fromtimestamp(cls.moment.timestamp(), tz)


def stand_at(moment: datetime) -> None:
    """Let this program's own modules take this for now; what they import later is told at the next call."""
    FixedTime.moment = moment
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _OURS and getattr(module, "datetime", None) is _REAL:
            module.datetime = FixedTime  # type: ignore[attr-defined]


def written_then(folder: Path) -> None:
    """Date every file of a folder to the moment."""
    for path in folder.rglob("*"):
        os.utime(path, (FixedTime.moment.timestamp(),) * 2)
