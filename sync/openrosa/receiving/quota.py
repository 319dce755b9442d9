"""How much one officer may send per day: a protection against a faulty phone, not an account."""

import threading
from collections import Counter
from datetime import date, datetime, timedelta, timezone

from sync.openrosa.messages import problem

_THAILAND = timezone(timedelta(hours=7))


class Quota:
    """Counts bytes by officer and Thai day, in memory: a restart resets it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._day: date | None = None
        self._used: Counter[int] = Counter()

    def charge(self, officer_id: int, size: int, now: datetime) -> None:
        """Count `size` bytes. Raises BadInput officer.day_full, and counts nothing, when that is too much."""
        day = now.astimezone(_THAILAND).date()
        with self._lock:
            if day != self._day:
                self._day = day
                self._used.clear()
            if self._used[officer_id] + size > self._limit:
                raise problem("officer.day_full")
            self._used[officer_id] += size
