"""How often and after how long a request is tried again."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """The rules of retrying: `tries` in all; pauses as the server asks, else full jitter from `base` on.

    `cap`: the longest time, in seconds, that one request waits in all. A server that asks for more is left
    alone for that long and nobody waits: a person at a command is told when to try again, background work
    comes again by itself. `clock` is monotonic; tests replace it and `sleep` in order not to wait.
    """

    tries: int = 5
    base: float = 0.5
    cap: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def pause(self, failed: int, headers: Mapping[str, str], waited: float = 0.0) -> float | None:
        """Seconds until the next try, after `failed` tries and `waited` seconds.

        `headers`: of the last answer, empty if there was none. None where the server asks for more time than
        is left.
        """
        left = max(self.cap - waited, 0.0)
        asked = retry_after(headers)
        if asked is not None:
            return asked if asked <= left else None
        longest = min(left, self.base * 2 ** min(failed - 1, 30))
        return random.uniform(0.0, longest)  # noqa: S311 - nothing secret


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds. A date is compared with the server's own Date: our clock may be a day off."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(wait / timedelta(seconds=1), 0.0)
