"""A decoding child like ours in which files with certain texts crash or hang the decoder.

Real bugs of decoders are fixed within weeks, so a test could not rely on one.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from processing.decoding import annex_pages, child, drawn_pictures
from processing.decoding.keeper import Decoders

COMMAND = (sys.executable, "-P", __file__)
CRASHES, SPINS, SLEEPS, EATS = b"-CRASHES-", b"-SPINS-", b"-SLEEPS-", b"-EATS-"
BREAKS, SHOUTS, WRITES, BABBLES = b"-BREAKS-", b"-SHOUTS-", b"-WRITES-", b"-BABBLES-"
CRASHES_ONCE = b"-ONCE-"
SHOWN = b"-SHOWN-"  # what the word beside it says happens when it is shown, and not when it is measured


@contextmanager
def decoders(patch: Any, *modules: str) -> Iterator[Decoders]:
    """For a test: these modules ask such children."""
    found = Decoders(COMMAND)
    for module in modules:
        patch.setattr(f"{module}.decoders", lambda: found)
    yield found
    found.close()


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _crash_once() -> None:
    mark = Path(os.environ["DEADLY_FILE"])
    if not mark.exists():
        mark.touch()
        _crash()


def _spin() -> None:
    while True:
        pass


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(64 << 20))


def _write() -> None:
    Path(os.environ["DEADLY_FILE"]).write_bytes(b"a photo")


def _babble() -> None:
    os.write(max(fd for fd in range(3, 64) if _is_pipe(fd)), b"\xff\xff\xff\xff what is this")


def _is_pipe(fd: int) -> bool:
    try:
        return os.fstat(fd).st_mode & 0o170000 == 0o010000
    except OSError:
        return False


_DOES: dict[bytes, Callable[[], object]] = {
    CRASHES: _crash,
    CRASHES_ONCE: _crash_once,
    SPINS: _spin,
    SLEEPS: lambda: time.sleep(1000),
    EATS: _eat,
    BREAKS: lambda: 1 // 0,
    SHOUTS: lambda: os.write(1, b"libsomething: warning\n"),
    WRITES: _write,
    BABBLES: _babble,
}


def _deadly(whole: Callable[..., Any], *, shown: bool) -> Callable[..., Any]:
    def opens(*arguments: Any) -> Any:
        content = next(one for one in arguments if isinstance(one, bytes))
        if shown or SHOWN not in content:
            for word, does in _DOES.items():
                if word in content:
                    does()
        return whole(*arguments)

    return opens


if __name__ == "__main__":
    drawn_pictures.measure = _deadly(drawn_pictures.measure, shown=False)
    drawn_pictures.jpeg = _deadly(drawn_pictures.jpeg, shown=True)
    annex_pages.pages_only = _deadly(annex_pages.pages_only, shown=False)
    child.main()
