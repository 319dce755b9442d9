"""ODK Collect without a phone: JavaRosa, in one JVM, fills a built XForm as a person would.

The engine is the one inside the pyxform package (ODK_Validate.jar, Apache-2.0), used in place, never shipped.
"""

import atexit
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyxform

from tests.needs import need

THAI, ENGLISH = "ไทย (th)", "English (en)"
ENGINE = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
SOURCE = Path(__file__).parent / "HeadlessCollect.java"

Answer = str | int | Sequence[str]


@dataclass(frozen=True)
class Problem:
    """What the phone refused. `code`: required, constraint or uncastable; `message`: what is shown."""

    name: str
    code: str
    message: str


@dataclass(frozen=True)
class Question:
    """One question as shown, in the order shown; `choices`: value -> label, after choice_filter."""

    name: str
    label: str
    hint: str
    required: bool
    choices: Mapping[str, str]


@dataclass(frozen=True)
class FillResult:
    """`xml` of the finalised instance, or None and the `problems`; `unused`: answers nobody was asked for."""

    xml: str | None
    problems: tuple[Problem, ...]
    seen: tuple[Question, ...]
    unused: tuple[str, ...]


class HeadlessCollect:
    """One JVM. `folder` receives the compiled class and what the engine prints."""

    def __init__(self, folder: Path) -> None:
        subprocess.run(["javac", "-cp", ENGINE, "-d", folder, SOURCE], check=True)
        self._log = (folder / "engine.log").open("wb")
        path = os.pathsep.join([str(ENGINE), str(folder)])
        options = ["-Duser.timezone=Asia/Bangkok", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m"]
        self._jvm = subprocess.Popen(
            ["java", *options, "-cp", path, "HeadlessCollect"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
        )
        assert self._read() == {"ready": True}

    def fill(
        self,
        form_xml_path: Path,
        answers: Mapping[str, Answer],
        media_dir: Path | None = None,
        repeats: Mapping[str, int] | None = None,
        language: str = THAI,
        properties: Mapping[str, str] | None = None,
    ) -> FillResult:
        """Answer every question that is asked and named in `answers`, then finalise.

        `answers`: field name -> value; for a question in a repeat a list, one value an instance.
        `repeats`: name of a repeat -> how many instances the person adds (none by default).
        """
        request = {
            "form": str(form_xml_path),
            "media": str(media_dir or form_xml_path.parent),
            "answers": answers,
            "repeats": repeats or {},
            "language": language,
            "properties": properties or {},
        }
        assert self._jvm.stdin is not None
        self._jvm.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
        self._jvm.stdin.flush()
        reply = self._read()
        if reply["status"] == "error":
            raise AssertionError(reply["error"])
        return FillResult(
            xml=reply.get("xml"),
            problems=tuple(Problem(**problem) for problem in reply["problems"]),
            seen=tuple(Question(**{"choices": {}, **question}) for question in reply["seen"]),
            unused=tuple(reply["unused"]),
        )

    def close(self) -> None:
        self._jvm.communicate(timeout=20)
        self._log.close()

    def _read(self) -> dict[str, Any]:
        assert self._jvm.stdout is not None
        line = self._jvm.stdout.readline()
        assert line, "the engine died; see engine.log"
        reply: dict[str, Any] = json.loads(line)
        return reply


@cache
def headless() -> HeadlessCollect:
    """The engine of this test session, started at the first call. Skips (or fails) the test without Java."""
    need("java", "javac")
    folder = tempfile.TemporaryDirectory(prefix="headless-collect-")
    collect = HeadlessCollect(Path(folder.name))
    atexit.register(folder.cleanup)
    atexit.register(collect.close)
    return collect
