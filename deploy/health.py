"""What Docker asks each container: python health.py NAME, one of CHECKS. Status 0 is well, 1 is not.

Docker restarts what has ended and leaves alone what hangs. So a container that was well and then fails three
times in a row by its own fault is ended from inside, and Docker starts it anew. What fails because the
database or the broker is away is told and not restarted: that would help nobody.
"""

import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ENDPOINT = "http://127.0.0.1:8420"
PORTAL = "http://127.0.0.1:8430"
SETTINGS = Path("/etc/mochocho/mochocho.toml")
PATIENCE = 5.0  # seconds
FAILURES = Path("/tmp/health-failures")  # noqa: S108 - of this container alone, and empty whenever it starts
ENOUGH = 3  # failures in a row after which it is asked to end, and after one more is made to


class Elsewhere(Exception):  # noqa: N818 - no error of this container
    """What this container needs is away."""


def endpoint() -> bool:
    """It answers, and its database does: a token that nobody has is looked up there, and refused."""
    return _answers(urllib.request.Request(f"{ENDPOINT}/key/health/formList"))  # noqa: S310 - our own address


def portal() -> bool:
    """It answers, and its database does: a session that nobody has is looked up there."""
    return _answers(urllib.request.Request(f"{PORTAL}/signin", headers={"Cookie": "__Host-mochocho=health"}))  # noqa: S310 - our own address


def _answers(request: urllib.request.Request) -> bool:
    try:
        urllib.request.urlopen(request, timeout=PATIENCE).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError as refused:
        refused.close()
        if refused.code >= 500:
            raise Elsewhere from None
    return True


def worker() -> bool:
    """It takes messages from the broker."""
    from celery import Celery

    beat()
    app = Celery(broker=_broker(), set_as_current=False)
    name = f"celery@{socket.gethostname()}"
    return bool(app.control.ping(destination=[name], timeout=PATIENCE))


def beat() -> bool:
    """It reaches the broker; whether anybody hears it, `mochocho status` says."""
    from kombu import Connection

    try:
        with Connection(_broker(), connect_timeout=PATIENCE) as connection:
            connection.ensure_connection(max_retries=1)
    except Exception as error:
        raise Elsewhere from error
    return True


def _broker() -> str:
    from mochocho.settings.config import load_settings

    return load_settings(SETTINGS).workers.broker


CHECKS: dict[str, Callable[[], bool]] = {check.__name__: check for check in (endpoint, portal, worker, beat)}


def main() -> int:
    """The exit status; a reason is named without its message, which could hold a password."""
    try:
        well = CHECKS[sys.argv[1]]()
    except Elsewhere as error:
        print(type(error.__cause__ or error).__name__, file=sys.stderr)  # noqa: T201 - Docker keeps it
        return 1
    except Exception as error:
        print(type(error).__name__, file=sys.stderr)  # noqa: T201 - Docker keeps it with the check's result
        well = False
    if well:
        FAILURES.write_text("0", "ascii")
        return 0
    _failed()
    return 1


def _failed() -> None:
    """Count it; one that was never well is still starting, and is left its time."""
    try:
        failures = int(FAILURES.read_text("ascii")) + 1
    except FileNotFoundError:
        return
    FAILURES.write_text(str(failures), "ascii")
    if failures == ENOUGH:
        os.kill(1, signal.SIGTERM)  # Docker's init hands it on
    elif failures > ENOUGH:
        os.kill(-1, signal.SIGKILL)  # all but init and this process; then init ends


if __name__ == "__main__":
    sys.exit(main())
