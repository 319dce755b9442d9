"""The command line as a person starts it: in a process and a folder of its own."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.storage.home import Home

COMMAND = (sys.executable, "-m", "mochocho.app.commands.cli")
HOME = 'home = "home"\n'
UMASK = -1 if os.name == "nt" else 0o022  # what most systems give; mochocho must not rely on it


@dataclass(frozen=True)
class Office:
    """A province's folder with its settings, and the home in it; its commands run within this process."""

    folder: Path
    home: Home

    def call(self, *words: str) -> Result:
        return CliRunner().invoke(
            cli, ["--config", str(self.folder / "mochocho.toml"), "--lang", "th", *words]
        )

    def done(self, *words: str) -> str:
        result = self.call(*words)
        assert result.exit_code == 0, result.output
        return result.output


def settings(
    folder: Path, text: str = "", recorder: str = "นางบันทึก ตัวอย่าง", province: str = "เชียงราย"
) -> Path:
    """Write the settings of a province into `folder`; returns the file. `recorder`: '' = not said."""
    path = folder / "mochocho.toml"
    named = f'recorder = "{recorder}"\n' if recorder else ""
    path.write_text(f'{HOME}province = "{province}"\n{named}{text}', "utf-8")
    return path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        umask=UMASK,
        timeout=300,
        check=False,
    )


def call(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As `run`, within this process: a second less, where what is said and written is the point."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(cli, list(words))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def status(folder: Path) -> dict[str, Any]:
    """What `status --json` says."""
    answer = call(folder, "status", "--json")
    assert answer.returncode == 0, answer.stderr
    read: dict[str, Any] = json.loads(answer.stdout)
    return read


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """`mochocho … serve …` until the block ends; it must have said that it listens first."""
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        umask=UMASK,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
