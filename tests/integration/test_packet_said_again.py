"""`mochocho packet` answers before it loads what makes papers only while nothing it rests on has changed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.app.pipeline import ledger
from mochocho.app.unchanged_packet import KEPT, Unchanged
from mochocho.settings.config import Settings, load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.decisions import recorder
from processing.register import register_forms
from processing.releases.tables import ReleaseRow
from reports.packet import needed_sheets
from tests.integration import province_mirror as mirror

BY = "นางสาวสมมุติ ตัวอย่าง"
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบ", BY)
TEXT = """\
home = "{home}"
pack = "{pack}"
[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ห้องประชุมตัวอย่าง"
"""
SCRIPT = """
import sys
from mochocho.app.commands.cli import main
try:
    main()
finally:
    loaded = {name.partition(".")[0] for name in sys.modules}
    print("loaded", *sorted(loaded & {"sqlalchemy", "PIL", "typst", "lxml", "icu4py", "yaml"}))
"""


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Path:
    """The settings file of a home with two units of which one passed, and its packet."""
    mirror.send(home, *(mirror.application(home, n) for n in range(2)))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    recorder.record(home, {cases.cases(home)[0].application.key: PASSED})
    assess.do(home, assess.due(home))
    file = tmp_path / "mochocho.toml"
    file.write_text(TEXT.format(home=home.settings.home, pack=home.settings.pack), "utf-8")
    return file


def packet(office: Path) -> Result:
    result = CliRunner().invoke(cli, ["--config", str(office), "packet"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def is_unchanged(settings: Settings) -> bool:
    return Unchanged(settings).said() is not None


def test_the_same_is_said_again_without_a_look_at_anything_that_makes_papers(office: Path) -> None:
    first = packet(office)
    assert "packet.pdf" in first.output
    done = subprocess.run(
        (sys.executable, "-c", SCRIPT, "--config", str(office), "packet"), check=True, capture_output=True
    )
    *said, loaded = done.stdout.decode().splitlines()
    assert (said, loaded) == (first.stdout.splitlines(), "loaded")
    assert done.stderr.decode() == first.stderr
    spoken = CliRunner().invoke(cli, ["--config", str(office), "--lang", "en", "packet"])
    assert "packet: " in spoken.output, "in the language of today"


def test_any_change_sends_the_command_its_whole_way(
    office: Path, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet(office)
    settings = load_settings(office)
    assert is_unchanged(settings)
    laid_out = needed_sheets.planned(home)
    assert laid_out is not None
    attached = home.store.path(next(needed_sheets.material(home, laid_out).attachments()))
    pdf = settings.packet_dir / "packet.pdf"

    away = tmp_path / "away"
    for path in (attached, pdf, settings.packet_dir / "manifest.json", settings.cache_dir / KEPT):
        path.rename(away)
        assert not is_unchanged(settings), path.name
        away.rename(path)
        assert is_unchanged(settings), path.name
    for path in (pdf, settings.cache_dir / KEPT):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert not is_unchanged(settings), path.name
        path.write_bytes(whole)
    for place, value in (
        ("mochocho.app.unchanged_packet.program_digest", lambda: "mended"),
        ("mochocho.app.unchanged_packet.versions", lambda: ["typst of tomorrow"]),
        ("mochocho.app.unchanged_packet.FONTS", tmp_path),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(place, value)
            assert not is_unchanged(settings), place
    emblem = tmp_path / "emblem.png"
    emblem.write_bytes(b"one")
    papers = settings.papers.model_copy(update={"emblem": emblem})
    assert not is_unchanged(settings.model_copy(update={"papers": papers}))

    database, before = settings.home / "mochocho.db", tmp_path / "before.db"
    home.engine.dispose()
    shutil.copyfile(database, before)
    key = cases.cases(home)[0].application.key
    rows: tuple[Callable[[], object], ...] = (
        lambda: recorder.record(home, {key: replace(PASSED, meeting_no="2/2568")}),
        lambda: ledger.record(home, "assess", [], {key: OSError("busy")}),
        lambda: _release(home),
    )
    for number, change in enumerate(rows):
        change()
        home.engine.dispose()
        assert not is_unchanged(settings), number
        shutil.copyfile(before, database)
        assert is_unchanged(settings), number


def test_a_database_that_was_put_back_is_not_taken_for_the_one_that_was_seen(
    office: Path, home: Home, tmp_path: Path
) -> None:
    home.engine.dispose()
    older = tmp_path / "older.db"
    shutil.copyfile(home.settings.home / "mochocho.db", older)
    key = cases.cases(home)[0].application.key
    recorder.record(home, {key: replace(PASSED, meeting_no="2/2568")})
    assess.do(home, assess.due(home))
    packet(office)
    settings = load_settings(office)
    seen = Unchanged(settings).revision
    home.engine.dispose()
    shutil.copyfile(older, home.settings.home / "mochocho.db")
    while Unchanged(settings).revision != seen:
        with transaction(home.engine):
            pass  # as many writes as there were, of something else
    home.engine.dispose()
    assert not is_unchanged(settings)


def _release(home: Home) -> None:
    row = ReleaseRow(
        number=1, meeting_key="x", release=1, addendum=0, content="{}",
        recorded_at=assess.datetime.now(assess.UTC), recorded_by=BY, previous="", hash="x",
    )  # fmt: skip
    with transaction(home.engine, counted=False) as session:
        session.add(row)
