"""How whoever does asked work tells how far it is; and work begun by a command, shown beside it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from mochocho.app.asked_work import asked_works
from mochocho.app.asked_work.asked_works import Kind, State
from mochocho.app.terminal.faults import explain
from mochocho.app.terminal.redact import redact
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall

log = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
COMMAND_TH = "คำสั่งที่เครื่องแม่ข่าย"


class Reporter:
    """Takes what the stages report and keeps it, every other second: a stage may report a thousand times."""

    def __init__(self, home: Home, number: int) -> None:
        self._home, self._number = home, number
        self._now = ("", 0, 0)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="asked-work", daemon=True)

    def __call__(self, stage: str, done: int, total: int) -> None:
        self._now = stage, done, total

    def __enter__(self) -> "Reporter":
        self._keep()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._keep()

    def _beat(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            try:
                self._keep()
            except Exception:  # the database is busy: the work goes on, the next beat tells
                log.warning("the progress of asked work was not kept", exc_info=True)

    def _keep(self) -> None:
        asked_works.report(self._home, self._number, datetime.now(UTC), *self._now)


@contextmanager
def of_command(home: Home, kind: Kind, progress: ProgressCall) -> Iterator[ProgressCall]:
    """Show in the portal what a command of this machine is doing; `progress` goes on being told.

    Where the same was asked for in the portal and is being done, that alone is shown.
    """
    number, new = asked_works.ask(home, kind, COMMAND_TH, datetime.now(UTC))
    if not new:
        yield progress
        return
    asked_works.begin(home, number, datetime.now(UTC))
    state, said = State.FAILED, "หยุดก่อนเสร็จ"
    try:
        with Reporter(home, number) as reporter:

            def both(stage: str, done: int, total: int) -> None:
                progress(stage, done, total)
                reporter(stage, done, total)

            yield both
        state, said = State.DONE, ""
    except Exception as error:
        said = redact(explain(error)[0].th)
        raise
    finally:
        asked_works.end(home, number, datetime.now(UTC), state, said)
