"""Gives runs of sheets to a few processes that typeset, each as soon as it has done the one before.

Children of `multiprocessing` would load this process's main module once more: every command, or the web
server.
"""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, cast

from mochocho.words.errors import Transient
from processing.decoding.keeper import environment_of_child
from reports.typesetting.presses.print_jobs import print_job
from reports.typesetting.typesetter import DESK, Typesetter

AT_ONCE = 2
JOBS_EACH = 10  # fewer take less time than a process, or one more, to load
COMMAND = (sys.executable, "-P", "-m", "reports.typesetting.presses.press")


def print_all(typesetter: Typesetter, jobs: Sequence[Path], done: Callable[[], None]) -> None:
    """Typeset the runs in these files, many in other processes; `done` is called once per run.

    Raises Transient when a process dies, and what a run that cannot be typeset raised.
    """
    shutil.rmtree(typesetter.cache / DESK, ignore_errors=True)
    if len(jobs) < JOBS_EACH:
        for job in jobs:
            print_job(typesetter, job)
            done()
        return
    idle: SimpleQueue[_Press] = SimpleQueue()

    def typeset(job: Path) -> None:
        press = idle.get()
        try:
            press.print(job)
        finally:
            idle.put(press)

    with ExitStack() as stack:
        for _ in range(min(AT_ONCE, len(jobs) // JOBS_EACH)):
            idle.put(stack.enter_context(_begun(typesetter)))
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        stack.callback(pool.shutdown, cancel_futures=True)  # after an error the others are not begun
        for future in as_completed([pool.submit(typeset, job) for job in jobs]):
            future.result()
            done()


class _Press:
    """One process that typesets, asked by one thread at a time."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._input = cast("BinaryIO", process.stdin)
        self._output = cast("BinaryIO", process.stdout)

    def print(self, job: Path) -> None:
        """Raises what typesetting raised, Transient where the process died."""
        try:
            self.tell(job)
            answer: Exception | None = pickle.load(self._output)  # noqa: S301 - our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise _died() from error
        if answer is not None:
            raise answer

    def tell(self, thing: object) -> None:
        self._input.write(pickle.dumps(thing))
        self._input.flush()


@contextmanager
def _begun(typesetter: Typesetter) -> Iterator[_Press]:
    """A press that ends with the block. Raises Transient where no process can be had."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment_of_child(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise _died() from error
    press = _Press(process)
    try:
        with suppress(OSError):  # it died at once, as its first job will tell
            press.tell(typesetter)
        yield press
    finally:
        with suppress(OSError):
            cast("BinaryIO", process.stdin).close()  # it ends by itself, and with it what it began
        cast("BinaryIO", process.stdout).close()
        process.wait()


def _died() -> Transient:
    return Transient(
        "ตัวจัดพิมพ์ถูกระบบปิด ให้ปิดโปรแกรมอื่นเพื่อเพิ่มหน่วยความจำว่าง แล้วสั่งอีกครั้ง",
        "a typesetting process was stopped; free some memory and try again",
    )
