"""The pyxform that KoboToolbox pins, in an environment of its own beside ours."""

import base64
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tests.needs import absent, need

PINNED = "3.0.0"  # kpi, dependencies/pip/requirements.txt
PYTHON = ">=3.11,<3.13"  # that release writes its XML with a function of minidom which takes more since 3.13
_CONVERT = """
import base64, json, sys, tempfile, pathlib
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert
said = {}
with tempfile.TemporaryDirectory() as folder:
    for name, content in json.load(sys.stdin).items():
        file = pathlib.Path(folder, f"{name}.xlsx")
        file.write_bytes(base64.b64decode(content))
        try:
            result = convert(file)
            said[name] = {"xform": result.xform, "warnings": result.warnings}
        except PyXFormError as error:
            said[name] = {"xform": "", "warnings": [str(error)]}
json.dump(said, sys.stdout)
"""


@dataclass(frozen=True)
class Converted:
    """What a converter made of an .xlsx file: the XForm, empty when it was refused, and what it said."""

    xform: str
    warnings: tuple[str, ...]


def convert_as_kobo(workbooks: Mapping[str, bytes]) -> dict[str, Converted]:
    """Form name -> what its .xlsx, read from a file, becomes. Skips where it cannot be installed."""
    said = json.loads(
        _run(
            _CONVERT,
            json.dumps({name: base64.b64encode(content).decode() for name, content in workbooks.items()}),
        )
    )
    return {name: Converted(found["xform"], tuple(found["warnings"])) for name, found in said.items()}


@cache
def _environment() -> tuple[str, ...]:
    need("uv")
    command = ("uv", "run", "--quiet", "--isolated", "--no-project", "--python", PYTHON)
    command += ("--with", f"pyxform=={PINNED}", "python", "-X", "utf8", "-c")
    # uv fetches such a Python where there is none: where it cannot, that is known here.
    version = "import pyxform.xls2xform; from importlib.metadata import version; print(version('pyxform'))"
    found = subprocess.run(
        [*command, version], capture_output=True, encoding="utf-8", check=False, env=_without_ours()
    )
    if found.stdout.strip() != PINNED:
        absent(f"pyxform {PINNED} cannot be had here: {found.stderr.strip()[-300:]}")
    return command


def _run(script: str, given: str) -> str:
    return subprocess.run(
        [*_environment(), script],
        input=given,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
        env=_without_ours(),
    ).stdout


def _without_ours() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
