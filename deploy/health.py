"""What Docker asks each container: python health.py endpoint | worker | beat. Status 0 is well, 1 is not."""

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ENDPOINT = "http://127.0.0.1:8420"
SETTINGS = Path("/etc/mochocho/mochocho.toml")
PATIENCE = 5.0  # seconds


def endpoint() -> bool:
    """It answers, and its database does: a token that nobody has is looked up there, and refused."""
    try:
        urllib.request.urlopen(f"{ENDPOINT}/key/health/formList", timeout=PATIENCE)  # noqa: S310 - our own address
    except urllib.error.HTTPError as error:
        return error.code < 500
    return True


def worker() -> bool:
    """It takes messages from the broker."""
    from celery import Celery

    app = Celery(broker=_broker(), set_as_current=False)
    name = f"celery@{socket.gethostname()}"
    return bool(app.control.ping(destination=[name], timeout=PATIENCE))


def beat() -> bool:
    """It reaches the broker; whether anybody hears it, `mochocho status` says."""
    from kombu import Connection

    with Connection(_broker(), connect_timeout=PATIENCE) as connection:
        connection.ensure_connection(max_retries=1)
    return True


def _broker() -> str:
    from mochocho.config import load_settings

    return load_settings(SETTINGS).workers.broker


CHECKS: dict[str, Callable[[], bool]] = {check.__name__: check for check in (endpoint, worker, beat)}


def main() -> int:
    """The exit status; a reason is named without its message, which could hold a password."""
    try:
        return 0 if CHECKS[sys.argv[1]]() else 1
    except Exception as error:
        print(type(error).__name__, file=sys.stderr)  # noqa: T201 - Docker keeps it with the check's result
        return 1


if __name__ == "__main__":
    sys.exit(main())
