"""`python -m mochocho.app.asked_work.asked_process`: one piece of work in a process of its own.

It outlives the portal that started it, and no page waits for its interpreter.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress

from mochocho.app.terminal import console, log_forwarding
from mochocho.settings.config import Settings

COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "mochocho.app.asked_work.asked_process")
_NICE = 10  # phones and pages come first
_APART = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)


def begin(settings: Settings, number: int) -> None:
    """Start the process that does this piece of work. Raises OSError where none can be had."""
    threading.Thread(target=_started(settings, number).wait, daemon=True).start()


def see_through(settings: Settings, number: int) -> None:
    """The same, and wait for its end."""
    _started(settings, number).wait()


def _started(settings: Settings, number: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603 - our own module
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=_APART,
        start_new_session=True,  # Ctrl-C that ends the portal does not end it
    )
    assert process.stdin is not None  # noqa: S101 - narrows for mypy
    with suppress(OSError), process.stdin as line:  # it is dead already: nobody reports, and a page says so
        line.write(pickle.dumps((settings, number, console.verbosity())))
    return process


def main() -> None:
    """Do the piece of work that the input names."""
    from mochocho.app.asked_work.do_asked import do
    from mochocho.storage.home import open_home

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name != "nt":
        os.nice(_NICE)
    settings, number, verbosity = pickle.load(sys.stdin.buffer)  # noqa: S301 - of whoever started this
    console.set_up_logs(verbosity)
    log_forwarding.forward(settings.logs.syslog, settings.logs.ca_file)
    home = open_home(settings)
    try:
        do(home, number)
    finally:
        home.engine.dispose()


if __name__ == "__main__":
    main()
