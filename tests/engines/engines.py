"""The form engines side by side: JavaRosa (ODK Collect) in a JVM, ODK Web Forms' in Node, Enketo in Chromium.

None ships: JavaRosa is inside the pyxform package, the others are installed from the lock beside this file.
"""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from filelock import FileLock
from lxml import etree

from tests import needs
from tests.headless.collect import ENGINE, JVM_OPTIONS, SOURCE
from tests.headless.lines import Lines

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALLED = HERE / "node_modules" / ".package-lock.json"

PHONE = "collect:headless00000001"  # as the other two engines call themselves

Answer = str | int | None | Sequence[str | int | None]
Nodes = Mapping[str, str]


@dataclass(frozen=True)
class Round:
    """One walk through a form: answers by field name (in a repeat a list, one an instance), and repeats."""

    answers: Mapping[str, Answer]
    repeats: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What an engine made of a fill.

    `nodes`: path -> value of every element there is, attributes as path/@name; `refused`: path -> required or
    constraint; `shown`: path -> (label, values offered) of every question on the screen, at the end.
    """

    xml: str
    nodes: Nodes
    refused: Mapping[str, str]
    shown: Mapping[str, tuple[str, tuple[str, ...] | None]]


class Engine:
    """One process that fills many forms."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def fill(self, form: Path, rounds: Sequence[Round], location: str = "", device: str = PHONE) -> Outcome:
        """Answer what is asked, right or wrong, round by round. The form's lists stand beside it.

        `device`: what the client calls itself; Enketo alone is told.
        """
        reply = self._lines.ask(
            {
                "form": str(form),
                "media": str(form.parent),
                "rounds": [{"answers": each.answers, "repeats": each.repeats} for each in rounds],
                "location": location,
                "device": device,
            }
        )
        if "error" in reply:
            raise AssertionError(reply["error"])
        return Outcome(
            xml=reply["xml"],
            nodes=nodes(reply["xml"]),
            refused={_place(path): code for path, code in reply["refused"]},
            shown={
                _place(path): (label, None if offered is None else tuple(offered))
                for path, label, offered in reply["shown"]
            },
        )


def _place(path: str) -> str:
    """JavaRosa numbers every step, Web Forms those of repeats only."""
    return path.replace("[1]", "")


def nodes(xml: str) -> Nodes:
    """Every element of an instance by its path, the second and later of a name numbered."""
    root = etree.fromstring(xml.encode())
    return dict(_nodes(root, f"/{etree.QName(root).localname}"))


def _nodes(element: etree._Element, path: str) -> list[tuple[str, str]]:
    found = [(path, (element.text or "") if len(element) == 0 else "")]
    found += [(f"{path}/@{etree.QName(name).localname}", value) for name, value in element.attrib.items()]
    counted: dict[str, int] = {}
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child).localname
        counted[name] = number = counted.get(name, 0) + 1
        found += _nodes(child, f"{path}/{name}" + (f"[{number}]" if number > 1 else ""))
    return found


def leaf(path: str) -> str:
    """The name of the question at the end of a path."""
    return re.sub(r"\[\d+\]$", "", path.rpartition("/")[2])


@cache
def javarosa() -> Engine:
    """JavaRosa of this test session. Skips (or fails) the test without Java."""
    needs.need("java", "javac")
    folder = _scratch()
    subprocess.run(["javac", "-cp", ENGINE, "-d", folder, SOURCE, HERE / "EngineWalk.java"], check=True)
    path = os.pathsep.join([str(ENGINE), str(folder)])
    return _engine(["java", *JVM_OPTIONS, "-cp", path, "EngineWalk"], folder)


@cache
def web_forms() -> Engine:
    """The engine of ODK Web Forms of this test session. Skips (or fails) the test without Node or network."""
    needs.need("node", "npm")
    if reason := install():
        needs.absent(reason)
    return _engine(["node", "--max-old-space-size=1536", str(HERE / "webforms.mjs")], _scratch())


@cache
def enketo() -> Engine:
    """Enketo of this test session. Skips (or fails) the test without Node, network or Chromium."""
    needs.need("node", "npm")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        needs.absent("Chromium is not installed")
    if reason := install():
        needs.absent(reason)
    return _engine(["node", str(HERE / "enketo.mjs"), str(browser)], _scratch())


def install() -> str:
    """Install what the lock names, once for all. Returns why it could not be done, or ''."""
    lock = HERE / "package-lock.json"
    with FileLock(HERE / ".npm.lock"):
        if INSTALLED.exists() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
            return ""
        npm = str(shutil.which("npm"))  # npm.cmd on Windows
        done = subprocess.run([npm, "ci", "--ignore-scripts"], cwd=HERE, capture_output=True, text=True)
        return "" if done.returncode == 0 else f"npm ci failed: {done.stderr[-500:]}"


def _scratch() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="engines-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _engine(command: Sequence[str], folder: Path) -> Engine:
    lines = Lines(command, folder / "engine.log")
    atexit.register(lines.close)
    return Engine(lines)
