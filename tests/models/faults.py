"""Faults of a network or server that tests can order: for which request, how often, and of what kind."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "latency",  # answers as it would have, `seconds` late
    "status",  # answers with `status` (429 and 503: with Retry-After: `seconds`) and never sees the request
    "html",  # answers 200 with a page for people, as a proxy or a captive portal does
    "cut",  # answers with the whole Content-Length and half of the body, then the connection ends
    "reset",  # the connection is reset before the request is seen
    "lost",  # the request is carried out, its answer never arrives
]


@dataclass
class Fault:
    """One misfortune: of the requests that match, the first `skip` pass and the next `times` are struck."""

    kind: Kind
    path: str = ""  # a regular expression looked for in the path with its query, as the client wrote it
    method: str = ""  # every method when empty
    skip: int = 0
    times: int | None = 1  # None: for ever
    seconds: float = 0.0
    status: int = 500
    struck: int = field(default=0, init=False)

    def matches(self, method: str, target: str) -> bool:
        return self.method in ("", method) and re.search(self.path, target) is not None


class Faults:
    """What is to go wrong, and what was asked; safe to change while the server answers."""

    def __init__(self, *faults: Fault, latency: float = 0.0) -> None:
        self.latency = latency  # seconds before every answer
        self._faults = list(faults)
        self._asked: list[str] = []
        self._lock = threading.Lock()

    def add(self, kind: Kind, path: str = "", **how: object) -> Fault:
        """Order one more; `how` as in Fault."""
        fault = Fault(kind, path, **how)  # type: ignore[arg-type]  # the fields of Fault, checked there
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """No more of those ordered."""
        with self._lock:
            self._faults.clear()

    def strike(self, method: str, target: str) -> Fault | None:
        """Count this request; the first misfortune in order that strikes it."""
        with self._lock:
            self._asked.append(f"{method} {target}")
            return next((fault for fault in self._faults if _strikes(fault, method, target)), None)

    @property
    def asked(self) -> Sequence[str]:
        """Every request so far: "GET /v1/projects?x=1", struck or not."""
        with self._lock:
            return tuple(self._asked)

    def forget(self) -> None:
        """Begin the list of requests anew."""
        with self._lock:
            self._asked.clear()


def _strikes(fault: Fault, method: str, target: str) -> bool:
    if not fault.matches(method, target):
        return False
    if fault.skip:
        fault.skip -= 1
        return False
    if fault.times is not None and fault.struck >= fault.times:
        return False
    fault.struck += 1
    return True
