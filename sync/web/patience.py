"""How often and after how long something is tried again."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """`tries` in all; between them what the server asks for, else full jitter from `base` on; at most `cap`.

    Seconds. `clock` never goes backwards; it and `sleep` are given by tests that do not wait.
    """

    tries: int = 5
    base: float = 0.5
    cap: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def pause(self, failed: int, headers: Mapping[str, str]) -> float:
        """Seconds until the next try, after `failed` tries and an answer with `headers` (or none)."""
        asked = _retry_after(headers)
        if asked is not None:
            return min(max(asked, 0.0), self.cap)
        longest = min(self.cap, self.base * 2 ** min(failed - 1, 30))
        return random.uniform(0.0, longest)  # noqa: S311 - nothing secret


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds. A date counts from the server's own Date: our clock may be a day off."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return wait / timedelta(seconds=1)
