"""The conveyor beside an endpoint, in a process of its own, so that no phone waits for its interpreter.

`python -m mochocho.app.background` is that process. It reads from its standard input what to work on, and
then until the other end is closed: so it ends with the process that started it, however that one ends.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from mochocho.app.terminal import console, log_forwarding
from mochocho.settings.config import Settings

log = logging.getLogger(__name__)

COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "mochocho.app.background")
_NICE = 10  # phones come first where there are too few processors for both
_AGAIN_SECONDS = 5.0  # between two starts of a process that dies
_FINISH_SECONDS = 5.0  # a person who stops a server should not wait until a province is assessed
# they reach the whole group; the process that started this one says when to stop
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Background:
    """The process of one home, started again when it dies."""

    def __init__(self, settings: Settings) -> None:
        self._order = pickle.dumps((settings, console.verbosity()))
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def keep_alive(self) -> None:
        """Start it if it is not running; to be called regularly, since something may have killed it."""
        if self._process is not None:
            status = self._process.poll()
            if status is None or time.monotonic() - self._started < _AGAIN_SECONDS:
                return
            log.warning("the conveyor's process ended (%s): starting another", status)
            self.stop()
        self._start()

    def stop(self) -> None:
        """Give it a moment to finish its work; what it cannot finish is due again at the next start."""
        if self._process is None:
            return
        with suppress(OSError):
            _line(self._process).close()
        try:
            self._process.wait(_FINISH_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _start(self) -> None:
        self._started = time.monotonic()
        try:
            with _signals_held():
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    COMMAND,
                    stdin=subprocess.PIPE,
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                    creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
                )
        except OSError:
            log.exception("the conveyor's process does not start")
            return
        with suppress(OSError):  # it is dead already
            _line(self._process).write(self._order)
            _line(self._process).flush()


def _line(process: "subprocess.Popen[bytes]") -> IO[bytes]:
    assert process.stdin is not None  # noqa: S101 - narrows for mypy
    return process.stdin


def main() -> None:
    """Work until the input is closed."""
    # The server that uses this module needs none of these imports.
    from mochocho.app.pipeline.conveyor import keep_running
    from mochocho.storage.home import open_home

    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    _let_signals_come()
    _give_way()
    line = sys.stdin.buffer
    try:
        settings, verbosity = pickle.load(line)  # noqa: S301 - of whoever started this process
    except EOFError:  # the other process has gone already
        return
    console.set_up_logs(verbosity)
    log_forwarding.forward(settings.logs.syslog, settings.logs.ca_file)
    stop = threading.Event()
    threading.Thread(target=_await_end, args=(line, stop), daemon=True).start()
    home = open_home(settings)
    try:
        keep_running(home, stop)
    finally:
        home.engine.dispose()


def _await_end(line: IO[bytes], stop: threading.Event) -> None:
    line.read(1)
    stop.set()


if os.name == "nt":

    @contextmanager
    def _signals_held() -> Iterator[None]:
        yield

    def _let_signals_come() -> None:
        pass

    def _give_way() -> None:
        pass

else:

    @contextmanager
    def _signals_held() -> Iterator[None]:
        """Hold back signals while a process starts, in both processes, until each has its handlers."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _let_signals_come() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _give_way() -> None:
        os.nice(_NICE)


if __name__ == "__main__":
    main()
