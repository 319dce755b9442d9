"""A process that answers JSON lines: one request a line, one reply a line."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class Lines:
    """`command` runs until `close`; its stderr goes to `log`. It begins with {"ready": true}."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._log = log
        self._errors = log.open("wb")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, encoding="utf-8"
        )
        assert self._read() == {"ready": True}

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        self._process.communicate(timeout=60)
        self._errors.close()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the process died: {self._log.read_text('utf-8', 'replace')[-2000:]}"
        reply: dict[str, Any] = json.loads(line)
        return reply
