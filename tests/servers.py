"""A PostgreSQL and a Redis of a test's own, which it can stop, empty and start."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
import redis
from sqlalchemy.engine import make_url

from tests import needs

PATIENCE = 60.0  # seconds until a server that should answer counts as one that never will
OWNER = "postgres"  # PostgreSQL refuses to run as root
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # roll back what is open and end; end at once, as in a crash


class _Server:
    """A process on a port of its own that is always the same, so that it is found again after a restart."""

    at_last: signal.Signals  # what it is ended with when nothing of it is wanted any more

    def __init__(self, name: str) -> None:
        # Not under pytest's folder: that is its user's alone, and the server may be somebody else.
        self.folder = Path(tempfile.mkdtemp(prefix=f"mochocho-{name}-"))
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def _launch(self, command: Sequence[str | Path], answers: Callable[[], bool], **options: Any) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests; they end it when they have cleaned up
                **options,
            )
        until = time.monotonic() + PATIENCE
        while not answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)

    def _end(self, how: int) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def close(self) -> None:
        self._end(self.at_last)
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQL(_Server):
    """A cluster that keeps what was committed through every way of ending it."""

    at_last = IMMEDIATE

    def __init__(self) -> None:
        self._bin = _postgresql_programs()
        super().__init__("postgresql")
        self._owner: dict[str, Any] = (
            {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
        )
        if self._owner:
            shutil.chown(self.folder, OWNER, OWNER)
        subprocess.run(
            [self._bin / "initdb", "-D", self.folder / "data", "-U", OWNER, "--auth=trust", "-E", "UTF8",
             "--locale=C", "--no-sync"],
            cwd=self.folder, check=True, capture_output=True, **self._owner,
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        # Without fsync the machine must not crash, and it does not; what was committed is written, though.
        settings = (
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
            "max_connections=200",
            "fsync=off",
            "synchronous_commit=on",
        )
        given = [word for setting in settings for word in ("-c", setting)]
        command: list[str | Path] = [
            self._bin / "postgres",
            "-D",
            self.folder / "data",
            "-p",
            str(self.port),
            *given,
        ]
        self._launch(command, self._answers, **self._owner)

    def stop(self, how: signal.Signals = FAST) -> None:
        self._end(how)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection in autocommit."""
        return psycopg.connect(host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True)

    def copy(self, template: str, name: str) -> None:
        """A new database like another one, which nobody may be connected to."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def create(self, name: str) -> None:
        self.copy("template0", name)

    def drop(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), self.connect():
            return True
        return False


class Redis(_Server):
    """A server that forgets everything when it ends."""

    at_last = signal.SIGKILL  # a test run in the background has it ignore SIGQUIT

    def __init__(self) -> None:
        self._program = shutil.which("redis-server")
        if self._program is None:
            needs.absent("redis-server is not installed")
        super().__init__("redis")
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        words = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        self._launch([str(self._program), *words, "--dir", self.folder], self._answers)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)

    def flush(self) -> None:
        with self.client() as client:
            client.flushall()

    def _answers(self) -> bool:
        with contextlib.suppress(redis.ConnectionError), self.client() as client:
            return bool(client.ping())
        return False


def _postgresql_programs() -> Path:
    """The folder of the server's programs; distributions keep it off PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        needs.absent("no PostgreSQL server is installed")
    return found[-1].parent


def database_of(url: str) -> str:
    return str(make_url(url).database)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
