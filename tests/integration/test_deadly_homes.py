"""Twenty files in a row that kill, hang or swell whoever opens them, while phones post; in both homes."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from mochocho.app.migrations.migrate import upgrade
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.assessment import assess, cases
from processing.decoding.jobs import DEATHS
from processing.documents import measure
from processing.register import register_forms
from processing.tables import DecoderDeathRow
from sync import officers
from tests import builders, deadly
from tests.integration import commands, test_cli_serve
from tests.integration import province_mirror as mirror
from tests.workers import Workers, opened, write_settings

WAIT = 15.0  # seconds that a file may take here before it counts as hanging; two minutes in an office
FILES = 20
PATIENCE = 1500.0
WORDS = (deadly.CRASHES, deadly.SLEEPS, deadly.EATS)
TOLD = {
    deadly.CRASHES: {"document.set_aside"},
    deadly.SLEEPS: {"document.set_aside"},
    deadly.EATS: {"document.too_complex"},
    b"": set[str](),
}
# Python imports this at its start: every process of the home opens pictures with this Pillow.
LOADED = f"""
import os, signal, time
from PIL import Image
from processing.decoding import jobs
jobs.WALL_SECONDS = {WAIT}
whole = Image.open
def crash():
    os.kill(os.getpid(), signal.SIGSEGV)
def hang():
    time.sleep(1000)
def eat():
    held = []
    while True:
        held.append(bytearray(64 << 20))
DOES = {{{deadly.CRASHES!r}: crash, {deadly.SLEEPS!r}: hang, {deadly.EATS!r}: eat}}
def opens(file, *arguments, **options):
    for word, does in DOES.items():
        if word in file.getvalue():
            does()
    return whole(file, *arguments, **options)
Image.open = opens
"""


class Phone(threading.Thread):
    """Posts one small application after the other; `answers`: what it was told."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(daemon=True)
        self.answers: list[int] = []
        self._url = f"{url}/key/{token}/submission"
        self._version = test_cli_serve.version_offered(url, token)
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.5):
            name = f"phone {len(self.answers)}"
            key, instance_id = builders.uid(name), builders.uid(f"{name} form")
            xml = builders.application(key, instance_id=instance_id, version=self._version)
            files = {"xml_submission_file": ("submission.xml", xml, "text/xml")}
            answer = requests.post(self._url, headers=test_cli_serve.HEADERS, files=files, timeout=60)
            self.answers.append(answer.status_code)

    def end(self) -> None:
        self._ended.set()
        self.join()


@pytest.fixture(params=["embedded", "workers"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a home whose processes open pictures as LOADED says."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(LOADED)
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    commands.settings(tmp_path, "[endpoint]\ntick_seconds = 0.5\n")
    if request.param == "workers":
        urls = (request.getfixturevalue(name) for name in ("postgresql_url", "redis_url"))
        write_settings(tmp_path, *urls)
    home = opened(tmp_path)
    upgrade(home.engine)
    home.engine.dispose()
    return tmp_path


@contextmanager
def at_work(folder: Path) -> Iterator[Phone]:
    """The service of this home, with a phone that posts."""
    home = opened(folder)
    _, token = officers.add(home, "เจ้าหน้าที่สมมติ", ["5701"])
    home.engine.dispose()
    with ExitStack() as stack:
        served = stack.enter_context(commands.serving(folder, "serve", "--port", str(commands.free_port())))
        url, _ = test_cli_serve.until_it_listens(served)
        reader = threading.Thread(target=served.stdout.read, daemon=True)  # type: ignore[union-attr]
        reader.start()  # what it says fills no pipe
        if home.settings.distributed:
            stack.enter_context(Workers(folder))
        phone = Phone(url, token)
        phone.start()
        yield phone
        phone.end()
        assert served.poll() is None


def fill(home: Home, count: int) -> dict[str, bytes]:
    """Applicants of whom each deadly file is followed by a good one; root id -> what its file does."""
    does = {f"app-{2 * n + 1}": WORDS[n % len(WORDS)] for n in range(count)}
    does |= {f"app-{2 * n + 2}": b"" for n in range(count)}
    forms = [mirror.application(home, number) for number in range(1, 2 * count + 1)]
    for form in forms:
        name = next(name for name, content in form.files.items() if content)
        form.files[name] = (form.files[name] or b"") + does[form.root_id] + form.root_id.encode()
    mirror.send(home, *forms)
    register_forms.run(home)
    return does


@pytest.mark.long
def test_phones_are_answered_while_twenty_files_kill_hang_and_swell(folder: Path) -> None:
    home = opened(folder)
    does = fill(home, FILES)
    dying = [word for word in does.values() if word in (deadly.CRASHES, deadly.SLEEPS)]
    with at_work(folder) as phone:
        _until(lambda: _all_measured(home, does))
        posted = len(phone.answers)
    assert {root: _codes(home)[root] for root in does} == {root: TOLD[word] for root, word in does.items()}
    with reading(home.engine) as session:
        assert list(session.scalars(select(DecoderDeathRow.deaths))) == [DEATHS] * len(dying)
        assert measure.set_aside(session).count == len(dying)
    assert set(phone.answers) == {201}
    assert posted > FILES
    assert not set(does).intersection(assess.due(home))
    home.engine.dispose()


def _codes(home: Home) -> dict[str, set[str]]:
    """Root id -> the codes of its documents' findings, of each that was assessed."""
    return {
        case.application.root_id: {f.code for v in case.assessment.verdicts for f in v.findings}
        for case in cases.cases(home)
    }


def _all_measured(home: Home, roots: Iterable[str]) -> bool:
    """Whether each of these is assessed with a file that was opened or set aside, and none waits."""
    told = _codes(home)
    return all("document.not_measured" not in told.get(root, {"document.not_measured"}) for root in roots)


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(1)
