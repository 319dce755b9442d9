"""The doctor asks every server in the settings, and reports what each answers."""

from pathlib import Path

import pytest

from mochocho.app.doctor import server_checks
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings import config
from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from sync import targets
from tests import builders
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import TOKEN
from tests.models.serving import serve
from xlsforms import names
from xlsforms.built import BuiltForm

FORMS = (names.APPLICATION, names.ONSITE, names.PLAN)


def small(form_id: str) -> BuiltForm:
    return BuiltForm(form_id, "1", form_id, b"", builders.xform(form_id, "1").decode())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOCHOCHO_SECRET_NORTH", PASSWORD)
    monkeypatch.setenv("MOCHOCHO_SECRET_SOUTH", TOKEN)
    home = open_home(Settings(home=tmp_path / "home"))
    upgrade(home.engine)
    home.engine.dispose()
    return tmp_path / "home"


def central(url: str, **other: object) -> config.Server:
    given = {"key": "north", "kind": "central", "url": url, "project": 1, "email": EMAIL, **other}
    return config.Server.model_validate(given)


def states(folder: Path, *servers: config.Server, **settings: object) -> list[tuple[str, str]]:
    checks = server_checks.examine(Settings.model_validate({"home": folder, "servers": servers, **settings}))
    return [(check.name, check.state) for check in checks]


def test_servers_that_let_us_in_are_well(folder: Path) -> None:
    with serve(CentralModel()) as north, serve(KoboModel()) as south:
        kobo = config.Server(key="south", kind="kobo", url=south.url)
        well = [("central:north", "ok"), ("kobo:south", "ok"), ("kobo:south", "ok")]  # its plan as well
        assert states(folder, central(north.url), kobo) == well


def test_a_wrong_password_is_told_and_not_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCHOCHO_SECRET_NORTH", "not-the-password")
    with serve(CentralModel()) as north:
        settings = Settings(home=folder, servers=(central(north.url),))
        (check,) = server_checks.examine(settings)
    assert check.state == "fail"
    assert "password" in check.found.en
    assert "not-the-password" not in f"{check.found}{check.advice}{check.found.th}{check.advice.th}"


def test_a_server_without_a_secret_is_told_by_the_name_of_its_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOCHOCHO_SECRET_NORTH")
    (check,) = server_checks.examine(Settings(home=folder, servers=(central("http://127.0.0.1:9"),)))
    assert (check.state, "MOCHOCHO_SECRET_NORTH" in check.found.en) == ("fail", True)


def test_one_key_for_two_servers_is_told_before_anybody_is_asked(folder: Path) -> None:
    twice = (central("http://127.0.0.1:9"), central("http://127.0.0.1:8"))
    assert states(folder, *twice) == [("servers", "fail")]


def test_a_closed_cycle_asks_nobody(folder: Path) -> None:
    assert states(folder, central("http://127.0.0.1:9"), cycle_open=False) == [("servers", "warn")]
    assert states(folder) == []


def remarks(folder: Path, url: str, **other: object) -> list[tuple[str, str]]:
    settings = Settings(home=folder, servers=(central(url, **other),))
    answers, *rest = server_checks.examine(settings)
    assert answers.state == "ok"
    assert {one.state for one in rest} <= {"warn"}
    return [(one.found.en, one.advice.en) for one in rest]


def test_an_account_that_reads_and_does_not_write_is_told(folder: Path) -> None:
    model = CentralModel()
    model.user("reader@example.org", PASSWORD, "viewer")
    with serve(model) as north:
        ((found, advice),) = remarks(folder, north.url, email="reader@example.org")
        assert "may read project 1 and not change it" in found
        assert advice == "make it a Project Manager there"
        assert remarks(folder, north.url) == []


def test_closed_forms_and_an_archived_project_are_told(folder: Path) -> None:
    model = CentralModel()
    with serve(model) as north:
        settings = Settings(home=folder, servers=(central(north.url),))
        home = open_home(settings)
        targets.server_target(home, settings.servers[0]).put_forms([small(form_id) for form_id in FORMS])
        home.engine.dispose()
        model.publish(builders.xform("of_others"))
        for form_id, state in (
            *zip(FORMS, ("open", "closing", "closed"), strict=True),
            ("of_others", "closed"),
        ):
            model.close(form_id, state)
        model.state.projects[1].archived = True
        said = [found for found, _ in remarks(folder, north.url)]
    archived, closing, closed = said
    assert "project 1 is archived" in archived
    assert FORMS[1] in closing
    assert f"{FORMS[2]} is closed on Central" in closed
