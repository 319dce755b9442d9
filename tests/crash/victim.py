"""Runs `mochocho`, naming every point at which a power cut could hit it, and dies at the chosen one.

A crash point is `before|after`, what is being made durable (fsync, rename, link, commit), and the project
function that asked for it. Nothing in the project knows about this file. The conveyor's process beside
`serve` is another victim with the same order; when it dies, the server dies with it, as in a power cut.

    python victim.py record FILE -- serve …     append the name of every point that is passed
    python victim.py kill NAME NTH -- run …     SIGKILL all of it when a process passes NAME for the NTH time
"""

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

PACKAGES = ("mochocho.", "sync.", "processing.", "reports.", "xlsforms.")
CONVEYOR = "beside serve"  # in place of a command line: be the process that `serve` starts
GROUND = ("mochocho.storage.files", "mochocho.storage.db")


def _asked_by() -> str:
    frame = sys._getframe(2)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(PACKAGES) and module not in GROUND:
            return f"{module}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "(outside)"


class Points:
    """Counts the points that are passed and does what was asked at each."""

    def __init__(self, at: Callable[[str, int], None]) -> None:
        self._at = at
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def passing(self, when: str, what: str, who: str) -> None:
        name = f"{when} {what} {who}"
        with self._lock:
            self._seen[name] += 1
            self._at(name, self._seen[name])

    def around(self, what: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            who = _asked_by()
            if who == "(outside)":
                return call(*args, **kwargs)
            self.passing("before", what, who)
            result = call(*args, **kwargs)
            self.passing("after", what, who)
            return result

        return wrapped


def _recorder(file: Path) -> Callable[[str, int], None]:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def at(name: str, nth: int) -> None:
        os.write(handle, f"{nth}\t{name}\n".encode())

    return at


def _killer(wanted: str, wanted_nth: int, victims: Sequence[int]) -> Callable[[str, int], None]:
    def at(name: str, nth: int) -> None:
        if name == wanted and nth == wanted_nth:
            for victim in victims:
                os.kill(victim, signal.SIGKILL)

    return at


def main() -> None:
    separator = sys.argv.index("--")
    order, arguments = sys.argv[1:separator], sys.argv[separator + 1 :]
    beside = arguments == [CONVEYOR]
    if order[0] == "record":
        at = _recorder(Path(order[1]))
    else:
        at = _killer(order[1], int(order[2]), [os.getppid(), os.getpid()] if beside else [os.getpid()])
    points = Points(at)
    for what in ("fsync", "replace", "rename", "link"):
        setattr(os, what, points.around(what, getattr(os, what)))
    DefaultDialect.do_commit = points.around("commit", DefaultDialect.do_commit)  # type: ignore[method-assign]
    from mochocho.app import background
    from mochocho.app.commands.cli import main as mochocho

    if beside:
        background.main()
        return
    background.COMMAND = (sys.executable, str(Path(__file__)), *order, "--", CONVEYOR)
    sys.argv = ["mochocho", *arguments]
    mochocho()


if __name__ == "__main__":
    main()
