"""Children that open people's files, and what they answer.

What a file does to a decoder ends a child and nothing else. A child serves many files, is replaced after some
hundreds and ended when nobody has asked for a while; as many are at work as there are threads that ask.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from mochocho.words.errors import Transient, reason
from mochocho.words.model import Measurement
from processing.decoding import jobs
from processing.decoding.problem import Problem

COMMAND = (sys.executable, "-P", "-m", "processing.decoding.child")
FILES_EACH = 500
AT_ONCE = 8  # files asked for before the first answer is read: both ways they fit into a pipe of any system
IDLE_SECONDS = 20.0
_WATCH_SECONDS = 0.5
_OURS = "MOCHOCHO_"  # in the environment: passwords among them

Measured = Measurement | Exception


class Died(Exception):  # noqa: N818 - what happened, not what is wrong
    """The child ended while it was at work on a file."""


class TooCostly(Exception):  # noqa: N818
    """The child used up the processor time or the memory that one file may take."""


class Decoders:
    """The children of one process; asked by any number of threads. Not to be carried across a fork."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._children: set[_Child] = set()
        self._idle: list[_Child] = []
        self._last = 0.0  # when a child became idle
        self._watched = False

    def measure(self, files: Sequence[tuple[Path, str]]) -> list[Measured]:
        """What can be known of each of these files alone, given as path and sha256; or why nothing can.

        Died and TooCostly for what the file did, OSError for one that cannot be read, RuntimeError for a
        fault of ours, Transient where no child can be had.
        """
        requests = [jobs.request(jobs.MEASURE, str(path.absolute()), sha256) for path, sha256 in files]
        found: list[Measured] = []
        while len(found) < len(files):
            some = requests[len(found) :][:AT_ONCE]
            try:
                found += map(_measurement, self._answers(some))
            except Transient as error:
                found += [error] * len(some)
        return found

    def show(self, path: Path, longest: int, sheet: int = 0, *, covered: bool = False) -> bytes:
        """What papers and screens show: a JPEG within `longest` pixels, or JSON `{"pages": …}`.

        `sheet`: the page of a PDF that is drawn, from 1; 0 = none. `covered`: only what of an ID card may be
        seen; `{"pages": null}` where that is not sure. Raises as `measure`.
        """
        return self._asked_of(path, jobs.COVER if covered else jobs.SHOW, longest, sheet)

    def unwritten(self, path: Path) -> bytes:
        """JSON: whether this is a picture on which surely no words are. Raises as `measure`."""
        return self._asked_of(path, jobs.UNWRITTEN)

    def bare(self, path: Path) -> bytes:
        """A PDF without what tells where and when it was made; b"" for others. Raises as `measure`."""
        return self._asked_of(path, jobs.BARE)

    def annex(self, path: Path) -> tuple[bytes, int]:
        """The pages of an office's own PDF, and how many (`annex_pages`). Raises Problem, and as `measure`.

        Saved anew it may be larger than it was.
        """
        head, _, made = self._asked_of(path, jobs.ANNEX, most=2 * jobs.ANNEX_BYTES).partition(b"\n")
        told = json.loads(head)
        if "problem" in told:
            raise Problem(told["problem"])
        return made, told["pages"]

    def close(self) -> None:
        """End the children that are not at work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            self._end(child)

    def _asked_of(self, path: Path, job: str, *arguments: int, most: int = jobs.MAX_ANSWER) -> bytes:
        (answer,) = self._answers([jobs.request(job, str(path.absolute()), *arguments)], most)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _answers(self, requests: Sequence[bytes], most: int = jobs.MAX_ANSWER) -> list[bytes | Exception]:
        """At least one; no more when a file ends the child: the others were not begun. Raises Transient."""
        child = next((one for one in self._some() if self._asked(one, requests)), None)
        if child is None:
            raise Transient(
                "ตัวช่วยเปิดไฟล์ปิดตัวเองซ้ำ ๆ ให้ผู้ดูแลเครื่องตรวจหน่วยความจำและโปรแกรมป้องกันไวรัส",
                "the processes that open files end by themselves; see what ends them",
            )
        answers: list[bytes | Exception] = []
        try:
            for _ in requests:
                answers.append(child.answer(most))
        except (Died, TooCostly) as error:
            self._end(child)
            return [*answers, error]
        except BaseException:
            self._end(child)
            raise
        self._give_back(child)
        return answers

    def _asked(self, child: "_Child", requests: Sequence[bytes]) -> bool:
        try:
            child.ask(requests)
        except OSError:  # it ended while it had nothing to do: no file is to blame
            self._end(child)
            return False
        return True

    def _some(self) -> Iterator["_Child"]:
        """Those at rest, then a new one."""
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                break
            yield child
        yield self._new()

    def _new(self) -> "_Child":
        child = _Child(self._command)
        with self._lock:
            self._children.add(child)
            if not self._watched:
                self._watched = True
                threading.Thread(target=self._watch, name="decoders", daemon=True).start()
        if not child.is_ready():
            self._end(child)
            raise Transient(
                "ตัวช่วยเปิดไฟล์ไม่เริ่มทำงาน ให้ตรวจว่าหน่วยความจำพอและติดตั้งโปรแกรมครบ",
                "the process that opens files does not start; is memory or the installation short?",
            )
        return child

    def _give_back(self, child: "_Child") -> None:
        if child.asked >= FILES_EACH:
            self._end(child)
            return
        with self._lock:
            self._idle.append(child)
            self._last = time.monotonic()

    def _end(self, child: "_Child") -> None:
        child.end()
        with self._lock:
            self._children.discard(child)

    def _watch(self) -> None:
        """End what takes too long, and what nobody asks any more; until there is no child."""
        while True:
            time.sleep(_WATCH_SECONDS)
            now = time.monotonic()
            with self._lock:
                for child in self._children:
                    child.end_if_late(now)
                unused = now - self._last >= IDLE_SECONDS
                if not self._children:
                    self._watched = False
                    return
            if unused:
                self.close()


def _measurement(answer: bytes | Exception) -> Measured:
    from processing import codec  # what only shows pictures need not load it

    return answer if isinstance(answer, Exception) else codec.load(Measurement, json.loads(answer))


class _Child:
    """One process. Raises Transient where it cannot be had."""

    def __init__(self, command: Sequence[str]) -> None:
        self.asked = 0
        self._until: float | None = None  # when it has to have answered
        self._late()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what decoders say may quote the file
                env=environment_of_decoder(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            why = reason(error)
            raise Transient(
                f"เครื่องเปิดตัวช่วยเปิดไฟล์ไม่ได้ ({why.th})",
                f"no process can be had to open files in ({why.en})",
            ) from error

    def is_ready(self) -> bool:
        ready = self._output.read(1) == jobs.READY
        self._until = None
        return ready

    def ask(self, requests: Sequence[bytes]) -> None:
        """Raises OSError where it is not there to be asked."""
        self.asked += len(requests)
        self._late()
        self._input.write(b"".join(requests))
        self._input.flush()

    def answer(self, most: int) -> bytes | Exception:
        """The next one, of so many bytes at most: what was found, or why the file or the child has none.

        Raises Died, TooCostly.
        """
        self._late()
        try:
            kind, content = jobs.read_answer(self._output, most)
        except (EOFError, OSError):
            raise self._death() from None
        self._until = None
        if kind == jobs.NO_MEMORY:
            raise TooCostly
        if kind == jobs.DONE:
            return content
        told = content.decode("utf-8", "replace")
        return OSError(told) if kind == jobs.UNREADABLE else RuntimeError(told)

    def end_if_late(self, now: float) -> None:
        if self._until is not None and now > self._until:
            self._process.kill()

    def end(self) -> None:
        """At once: it holds nothing that is worth keeping."""
        self._process.kill()
        for stream in (self._input, self._output):
            with suppress(OSError):  # a request that it had not read
                stream.close()
        self._process.wait()

    def _late(self) -> None:
        self._until = time.monotonic() + jobs.WALL_SECONDS

    def _death(self) -> Exception:
        self._process.kill()
        status = self._process.wait()
        return TooCostly() if status == -getattr(signal, "SIGXCPU", 0) != 0 else Died()

    @property
    def _input(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdin)

    @property
    def _output(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdout)


def environment_of_decoder() -> dict[str, str]:
    """That of a child in which glibc keeps what one picture took for the next: asking the system for it anew
    takes a third of the time of all checks. Other systems read none of it.
    """
    kept = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
    return environment_of_child() | kept


def environment_of_child() -> dict[str, str]:
    """The same code as here, and none of our settings; numpy gets one thread, for there are many children."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    path = os.pathsep.join(filter(None, sys.path))
    return ours | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}


_of_process: dict[int, Decoders] = {}
_making = threading.Lock()


def decoders() -> Decoders:
    """Those of this process; a worker's process that was forked has its own."""
    with _making:
        pid = os.getpid()
        if pid not in _of_process:
            _of_process.clear()
            _of_process[pid] = Decoders()
            atexit.register(_of_process[pid].close)
        return _of_process[pid]
