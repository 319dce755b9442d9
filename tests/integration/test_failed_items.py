"""An item that fails, seen from the command line: others continue, it rests or waits, and is never lost."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr
from sqlalchemy import update

from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline import ledger
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.pipeline.dispatch import tick, work_on
from mochocho.app.pipeline.ledger import Chunk
from mochocho.settings.config import Meeting, Workers, load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home, open_home
from processing.assessment import assess, cases, evaluate
from processing.register import register_forms
from sync.tables import Submission
from tests import deadly
from tests.integration import commands
from tests.integration import province_mirror as mirror

KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3)]
UNREADABLE = Path("/proc/self/mem")  # opens, and cannot be read at its beginning: a disk with a bad block
needs_proc = pytest.mark.skipif(not UNREADABLE.exists(), reason="only Linux has a file that fails when read")


@pytest.fixture(params=["sqlite", "postgresql"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province whose mirror holds three applications, as the current folder."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    commands.settings(tmp_path, f'database_url = "{url}"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def home(folder: Path) -> Iterator[Home]:
    opened = open_home(load_settings(folder / "mochocho.toml"))
    upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def forms(home: Home) -> list[mirror.Form]:
    sent = [mirror.application(home, n) for n in (1, 2, 3)]
    mirror.send(home, *sent)
    return sent


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def stage(name: str) -> dict[str, Any]:
    (found,) = (s for s in json.loads(call("status", "--json").stdout)["stages"] if s["name"] == name)
    return dict(found)


def damaged(home: Home, content: bytes) -> Callable[[], None]:
    """Make a file of the store unreadable; call what comes back to mend it."""
    path = home.store.path(hashlib.sha256(content).hexdigest())
    path.unlink()
    path.symlink_to(UNREADABLE)

    def mend() -> None:
        path.unlink()
        home.store.put(content)

    return mend


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Have the ledger's clock stand at a time, however slow the machine is."""

    def stand_at(time: datetime) -> None:
        monkeypatch.setattr(ledger, "_now", lambda: time)

    return stand_at


def photo_of(form: mirror.Form) -> bytes:
    return next(content for content in form.files.values() if content)


def codes(home: Home) -> dict[str, set[str]]:
    """What the papers will say of each, by root id; nobody has been visited yet."""
    return {
        case.application.root_id: {f.code for f in case.assessment.findings} - {"score.not_assessed"}
        for case in cases.cases(home)
    }


def breaks_at(monkeypatch: pytest.MonkeyPatch, root_id: str) -> None:
    whole = evaluate.evaluate

    def breaks(inputs: evaluate.Inputs, rules: evaluate.Rules) -> object:
        if inputs.application.root_id == root_id:
            raise ZeroDivisionError("what an applicant wrote")
        return whole(inputs, rules)

    monkeypatch.setattr(assess, "evaluate", breaks)


def test_an_applicant_who_cannot_be_assessed_waits_for_a_person_and_is_replayed(
    folder: Path, home: Home, forms: list[mirror.Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        breaks_at(patch, "app-2")
        told = call("run")
        assert told.exit_code == 1
        assert "assessed 2 applicants" in told.output
        assert KEYS[1] in told.output
        assert "what an applicant wrote" not in told.output
        assert codes(home) == {"app-1": set(), "app-2": {"assess.failed"}, "app-3": set()}
        found = stage("assess")
        (failed,) = found["failed"]
        assert (found["done"], found["due"]) == (2, 0)
        assert (failed["items"], failed["code"], failed["again"]) == (
            [KEYS[1]],
            "fault.ZeroDivisionError",
            None,
        )
        # Left alone until somebody asks for it; then tried, and told again.
        assert run_once(home, patient=True).handled["assess"] == 0
        assert "1 will be tried again" in call("replay", "assess", KEYS[1]).output
        assert run_once(home, patient=True).handled["assess"] == 1
        assert run_once(home, patient=True).handled["assess"] == 0
        assert len(stage("assess")["failed"]) == 1
        assert "could not be assessed" in call("packet", "--out", "papers").output

    assert call("replay", "assess").exit_code == 0
    assert run_once(home, patient=True).problems == ()
    assert codes(home)["app-2"] == set()
    found = stage("assess")
    assert (found["done"], found["due"], found["failed"]) == (3, 0, [])


def test_a_person_who_runs_it_again_need_not_replay_it(
    home: Home, forms: list[mirror.Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        breaks_at(patch, "app-1")
        assert call("assess").exit_code == 1
        assert call("assess").exit_code == 1
    assert call("assess").exit_code == 0
    assert ledger.resting(home, "assess") == set()


@needs_proc
def test_a_photo_that_cannot_be_read_for_a_moment_is_tried_again(
    folder: Path, home: Home, forms: list[mirror.Form], stopped: Callable[[datetime], None]
) -> None:
    mend = damaged(home, photo_of(forms[0]))
    answer = commands.run(folder, "run")
    assert answer.returncode == 75
    assert "Input/output error" in answer.stderr
    assert codes(home)["app-2"] == set()
    assert any("not_measured" in code for code in codes(home)["app-1"])
    (failed,) = stage("assess")["failed"]
    assert (failed["items"], failed["code"]) == ([KEYS[0]], "transient")
    stopped(datetime.fromisoformat(failed["since"]))
    assert run_once(home, patient=True).handled["assess"] == 0

    mend()
    stopped(datetime.fromisoformat(failed["again"]))
    assert run_once(home, patient=True).handled["assess"] == 1
    assert codes(home)["app-1"] == set()
    assert stage("assess")["failed"] == []


def test_a_photo_that_breaks_the_program_waits_for_a_person(
    home: Home, forms: list[mirror.Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = photo_of(forms[2]) + deadly.BREAKS
    mirror.arrive(home, forms[2], next(iter(forms[2].files)), broken)
    with monkeypatch.context() as patch, deadly.decoders(patch, "processing.documents.measure"):
        assert call("run").exit_code == 1
    said = codes(home)
    assert (said["app-1"], said["app-2"]) == (set(), set())
    assert any("not_measured" in code for code in said["app-3"])
    (failed,) = stage("assess")["failed"]
    assert (failed["items"], failed["code"], failed["again"]) == ([KEYS[2]], "fault.RuntimeError", None)
    assert call("run").exit_code == 0
    assert codes(home)["app-3"] == set()


@needs_proc
def test_a_form_that_cannot_be_read_for_a_moment_is_tried_again(
    home: Home, forms: list[mirror.Form], stopped: Callable[[datetime], None]
) -> None:
    mend = damaged(home, forms[1].xml("app-2-v1"))
    stopped(datetime.now(UTC))
    answer = call("run")
    assert answer.exit_code == 75
    assert "app-2" in answer.stderr
    found = stage("register")
    (failed,) = found["failed"]
    assert (found["done"], found["due"], failed["items"]) == (2, 0, ["app-2"])
    assert failed["again"] is not None
    assert run_once(home, patient=True).handled["register"] == 0
    mend()
    assert "1 will be tried again" in call("replay", "register", "app-2").output
    handled = {"pull": 1, "register": 1, "assess": 1, "lists": 2, "notices": 0}
    assert run_once(home, patient=True).handled == handled
    assert stage("register")["failed"] == []


def test_a_source_that_is_away_is_told_rests_and_is_replayed(folder: Path) -> None:
    text = (folder / "mochocho.toml").read_text("utf-8")
    (folder / "mochocho.toml").write_text(f'{text}[[folders]]\nkey = "phone"\npath = "phone"\n', "utf-8")
    answer = call("pull")
    assert answer.exit_code == 75
    assert "pulled from 1 sources" in answer.stdout
    (failed,) = stage("pull")["failed"]
    assert (failed["items"], failed["again"] is not None) == (["folder:phone"], True)
    (folder / "phone").mkdir()
    assert "1 will be tried again" in call("replay", "pull", "folder:phone").output
    assert call("pull").exit_code == 0
    assert stage("pull")["failed"] == []


def test_a_fault_at_one_item_is_found_and_stops_no_other(
    home: Home, forms: list[mirror.Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = register_forms.do

    def breaks(home: Home, ids: list[str], progress: object = None) -> register_forms.RegisterReport:
        if "app-2" in ids:
            raise ZeroDivisionError
        return whole(home, ids)

    with monkeypatch.context() as patch:
        patch.setattr(register_forms, "do", breaks)
        (problem,) = run_once(home).problems
    assert (problem.stage, problem.item, problem.again) == ("register", "app-2", False)
    assert codes(home).keys() == {"app-1", "app-3"}
    assert run_once(home).problems == ()
    assert codes(home).keys() == {"app-1", "app-2", "app-3"}


def test_what_failed_and_was_withdrawn_is_forgotten(
    folder: Path, home: Home, forms: list[mirror.Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        breaks_at(patch, "app-2")
        call("run")
    with transaction(home.engine) as session:
        session.execute(update(Submission).where(Submission.root_id == "app-2").values(current_id=None))
    assert call("run").exit_code == 0
    assert stage("assess")["failed"] == []


# --- with workers ------------------------------------------------------------------------------------------


@pytest.fixture
def office(postgresql_home: Home) -> Home:
    workers = Workers(broker_url=SecretStr("redis://nowhere"), assess_chunk=2)
    meeting = Meeting(number="1/2568", date=date(2025, 5, 1), starts="09:00", ends="14:30", place="ห้องประชุม")
    settings = postgresql_home.settings.model_copy(update={"workers": workers, "meeting": meeting})
    return replace(postgresql_home, settings=settings, processors=1)


def play(home: Home) -> list[Chunk]:
    """Tick and work until nothing more is sent; every chunk that was."""
    every: list[Chunk] = []
    for _ in range(30):
        sent: list[Chunk] = []
        tick(home, sent.append, pulling=not every)
        if not sent:
            return every
        for chunk in sent:
            work_on(home, chunk)
        every += sent
    raise AssertionError(f"no end: {every[-3:]}")


@needs_proc
def test_workers_let_it_rest_and_go_on_to_the_papers(
    office: Home, monkeypatch: pytest.MonkeyPatch, stopped: Callable[[datetime], None]
) -> None:
    stopped(datetime.now(UTC))
    forms = [mirror.application(office, n) for n in (1, 2, 3)]
    mirror.send(office, *forms)
    mended = [damaged(office, photo_of(forms[0])), damaged(office, forms[1].xml("app-2-v1"))]
    with monkeypatch.context() as patch:
        breaks_at(patch, "app-3")
        sent = play(office)
    assert [c.stage for c in sent if c.stage in ("layout", "packet")] == ["layout", "packet"]
    assert ledger.resting(office, "register") == {"app-2"}
    assert ledger.resting(office, "assess") == {KEYS[0], KEYS[2]}
    assert codes(office)["app-3"] == {"assess.failed"}

    for mend in mended:
        mend()
    assert {c.stage for c in play(office)} == {"pull"}
    assert ledger.replay(office) == 3
    assert {item for c in play(office) if c.stage == "assess" for item in c.ids} == {*KEYS}
    assert set().union(*codes(office).values()) == set()
