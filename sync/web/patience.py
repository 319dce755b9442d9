"""How often and after how long something is tried again."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """`tries` in all; between them what the server asks for, else full jitter from `base` on.

    `cap`: as much is waited for one request in all, whoever waits. A server that asks for more is left alone
    for so long, and nobody is kept waiting: who typed the command is told when to come again, and what works
    in the background comes again by itself. Seconds. `clock` never goes backwards; it and `sleep` are given
    by tests that do not wait.
    """

    tries: int = 5
    base: float = 0.5
    cap: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def pause(self, failed: int, headers: Mapping[str, str], waited: float = 0.0) -> float | None:
        """Seconds until the next try, after `failed` tries, an answer with `headers` (or none) and so long
        `waited`; None where the server asks for more than is left.
        """
        left = max(self.cap - waited, 0.0)
        asked = retry_after(headers)
        if asked is not None:
            return asked if asked <= left else None
        longest = min(left, self.base * 2 ** min(failed - 1, 30))
        return random.uniform(0.0, longest)  # noqa: S311 - nothing secret


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds. A date counts from the server's own Date: our clock may be a day off."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(wait / timedelta(seconds=1), 0.0)
