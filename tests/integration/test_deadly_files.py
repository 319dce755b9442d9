"""A file that kills its decoder is set aside after three deaths, and everything else continues."""

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from processing.assessment import assess, cases
from processing.decoding.jobs import CHECK_VERSION, DEATHS
from processing.documents import measure
from processing.register import register_forms
from processing.tables import DecoderDeathRow
from tests import deadly
from tests.builders import NOON
from tests.integration import commands
from tests.integration import province_mirror as mirror

CRASH_ON_MARK = """
import os, signal
from PIL import Image
whole = Image.open
def crashes(file, *arguments, **options):
    if MARK in file.getvalue():
        os.kill(os.getpid(), signal.SIGSEGV)
    return whole(file, *arguments, **options)
Image.open = crashes
"""


def fill(home: Home, word: bytes) -> str:
    """Three applicants; the first photo of the second does what the word says. Returns its sha256."""
    forms = [mirror.application(home, n) for n in (1, 2, 3)]
    own = forms[1].files
    name = next(name for name, content in own.items() if content)
    bad = (own[name] or b"") + word
    own[name] = bad
    mirror.send(home, *forms)
    register_forms.run(home)
    return hashlib.sha256(bad).hexdigest()


def codes(home: Home) -> dict[str, set[str]]:
    return {
        case.application.root_id: {f.code for v in case.assessment.verdicts for f in v.findings}
        for case in cases.cases(home)
    }


def deaths(home: Home) -> list[int]:
    with reading(home.engine) as session:
        return list(session.scalars(select(DecoderDeathRow.deaths)))


@pytest.fixture
def deadly_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    with deadly.decoders(monkeypatch, "processing.documents.measure") as children:
        yield children


def test_it_is_set_aside_after_three_deaths_and_the_rest_is_measured(
    any_home: Home, deadly_files: object
) -> None:
    fill(any_home, deadly.CRASHES)
    assert assess.do(any_home, assess.due(any_home)).failed == {}
    assert codes(any_home) == {"app-1": set(), "app-2": {"document.set_aside"}, "app-3": set()}
    assert deaths(any_home) == [DEATHS]
    with reading(any_home.engine) as session:
        assert measure.set_aside(session).count == 1
    assert assess.due(any_home) == []


@pytest.mark.parametrize("many", [2, pytest.param(20, marks=pytest.mark.long)])
def test_files_in_a_row_that_crash_or_eat_memory_hold_up_nobody(
    any_home: Home, deadly_files: object, many: int
) -> None:
    """Of every two the first ends its child, the second is told too large; between them are good files."""
    words = {f"app-{n}": (deadly.CRASHES, deadly.EATS, b"")[n % 3] for n in range(1, many * 3 // 2 + 1)}
    forms = [mirror.application(any_home, n) for n in range(1, len(words) + 1)]
    for form in forms:
        word = words[form.root_id]
        name = next(name for name, content in form.files.items() if content)
        form.files[name] = (form.files[name] or b"") + word + (form.root_id.encode() if word else b"")
    mirror.send(any_home, *forms)
    register_forms.run(any_home)
    assert assess.do(any_home, assess.due(any_home)).failed == {}
    told = {deadly.CRASHES: {"document.set_aside"}, deadly.EATS: {"document.too_complex"}, b"": set()}
    assert codes(any_home) == {root: told[word] for root, word in words.items()}
    assert deaths(any_home) == [DEATHS] * sum(word == deadly.CRASHES for word in words.values())
    assert assess.due(any_home) == []


def test_what_died_before_a_restart_counts(any_home: Home, deadly_files: object) -> None:
    bad = fill(any_home, deadly.CRASHES)
    with transaction(any_home.engine) as session:
        session.add(DecoderDeathRow(sha256=bad, check_version=CHECK_VERSION, deaths=DEATHS - 1, at=NOON))
    assess.do(any_home, assess.due(any_home))
    assert deaths(any_home) == [DEATHS]
    assert codes(any_home)["app-2"] == {"document.set_aside"}


def test_what_uses_up_memory_is_told_at_once(any_home: Home, deadly_files: object) -> None:
    fill(any_home, deadly.EATS)
    assess.do(any_home, assess.due(any_home))
    assert codes(any_home)["app-2"] == {"document.too_complex"}
    assert deaths(any_home) == []


def test_one_death_is_no_reason_to_set_a_file_aside(
    home: Home, deadly_files: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEADLY_FILE", str(tmp_path / "died"))
    fill(home, deadly.CRASHES_ONCE)
    assess.do(home, assess.due(home))
    assert codes(home)["app-2"] == set()
    assert deaths(home) == [1]


def test_what_died_under_other_checks_is_opened_again(home: Home, deadly_files: object) -> None:
    bad = fill(home, b"")
    with transaction(home.engine) as session:
        session.add(DecoderDeathRow(sha256=bad, check_version=CHECK_VERSION - 1, deaths=DEATHS, at=NOON))
    assess.do(home, assess.due(home))
    assert codes(home)["app-2"] == set()


@pytest.fixture
def crashing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province in a folder of its own; a photo of it ends every program that opens it with Pillow."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(f"MARK = {deadly.CRASHES!r}\n{CRASH_ON_MARK}")
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    settings = commands.settings(tmp_path)
    home = open_home(load_settings(settings))
    upgrade(home.engine)
    fill(home, deadly.CRASHES)
    home.engine.dispose()
    return tmp_path


def test_the_endpoint_goes_on_receiving(crashing: Path) -> None:
    home = open_home(load_settings(crashing / "mochocho.toml"))
    with commands.serving(crashing, "serve", "--port", str(commands.free_port())) as serving:
        _until(lambda: "app-2" in codes(home) and codes(home)["app-2"] == {"document.set_aside"})
        assert serving.poll() is None
    assert codes(home) == {"app-1": set(), "app-2": {"document.set_aside"}, "app-3": set()}
    home.engine.dispose()
    (told,) = (
        waits["message_th"]
        for stage in commands.status(crashing)["stages"]
        for waits in stage["waiting"]
        if waits["code"] == "document.set_aside"
    )
    assert "ถ่ายภาพเอกสารใหม่" in told


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not true():
        assert time.monotonic() < until
        time.sleep(0.3)
