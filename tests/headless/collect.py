"""ODK Collect without a phone: JavaRosa, in one JVM, fills in a built XForm as a person would.

The engine is the one in the pyxform package (ODK_Validate.jar, Apache-2.0), used in place, never shipped.
"""

import atexit
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyxform

from tests.headless.lines import Lines
from tests.needs import need

THAI, ENGLISH = "ไทย (th)", "English (en)"
ENGINE = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
SOURCE = Path(__file__).parent / "HeadlessCollect.java"
JVM_OPTIONS = ("-Duser.timezone=Asia/Bangkok", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m")

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
        path = os.pathsep.join([str(ENGINE), str(folder)])
        command = ["java", *JVM_OPTIONS, "-cp", path, "HeadlessCollect"]
        self._lines = Lines(command, folder / "engine.log")

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
        reply = self._lines.ask(request)
        if reply["status"] == "error":
            raise AssertionError(reply["error"])
        return FillResult(
            xml=reply.get("xml"),
            problems=tuple(Problem(**problem) for problem in reply["problems"]),
            seen=tuple(Question(**{"choices": {}, **question}) for question in reply["seen"]),
            unused=tuple(reply["unused"]),
        )

    def close(self) -> None:
        self._lines.close()


@cache
def headless() -> HeadlessCollect:
    """The engine of this test session, started at the first call. Skips (or fails) the test without Java."""
    need("java", "javac")
    folder = tempfile.TemporaryDirectory(prefix="headless-collect-")
    collect = HeadlessCollect(Path(folder.name))
    atexit.register(folder.cleanup)
    atexit.register(collect.close)
    return collect
