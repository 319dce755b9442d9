"""From the command line to Central and back: publish, give an officer access, pull what the phone sent."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import open_home
from sync.mirror import queries
from sync.pull import registry
from sync.pull.pull_source import pull
from sync.xform.binds import parse_binds
from tests import builders
from tests.integration import commands
from tests.models.central import forms
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.central.state import Project
from tests.models.serving import serve
from xlsforms import names

SERVER = '[[servers]]\nkey = "province"\nkind = "central"\nurl = "{url}"\nproject = 1\nemail = "{email}"\n'


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A folder with settings that name a served Central."""
    model = CentralModel()
    monkeypatch.setenv("MOCHOCHO_SECRET_PROVINCE", PASSWORD)
    with serve(model) as served:
        commands.settings(tmp_path, SERVER.format(url=served.url, email=EMAIL))
        monkeypatch.chdir(tmp_path)
        yield SimpleNamespace(model=model, served=served, folder=tmp_path)
    registry.forget()


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def done(*words: str) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return result.output


def test_published_by_kind_and_by_key_and_only_once(office: SimpleNamespace) -> None:
    first = done("forms", "publish", "--to", "central")
    assert len(re.findall(r"^central:province: mochocho_\w+ 2568-[0-9a-f]{8}: new$", first, re.M)) == 6
    again = done("forms", "publish", "--to", "province", "--to", "embedded")
    assert (again.count(": same"), again.count(": new")) == (6, 6)
    assert "no server of the settings is 'kobo'" in call("forms", "publish", "--to", "kobo").output


def test_an_officer_s_phone_sends_and_the_province_reads(office: SimpleNamespace) -> None:
    done("forms", "publish", "--to", "central")
    letter = office.folder / "letter.pdf"
    done(
        "officers", "add", "นายตัวอย่าง ทดสอบ", "--district", "แม่จัน",
        "--server", "province", "--sealed", str(letter),
    )  # fmt: skip
    assert letter.stat().st_size
    assert "central:province" in done("officers", "list")
    project = office.model.state.projects[1]
    (user,) = project.app_users
    published = project.forms[names.APPLICATION].published[-1]
    *groups, field = next(
        path for path in parse_binds(published.xml).files if path[-1] == "photo_leader_photo"
    )
    fields: builders.Fields = {field: "me.jpg"}
    for group in reversed(groups):
        fields = {group: [fields]}
    xml = builders.application(fields=fields, version=published.version)
    office.model.submit(xml, {"me.jpg": builders.JPEG}, by=user)

    home = open_home(load_settings(office.folder / "mochocho.toml"))
    (source,) = registry.servers(home)
    report = pull(home, source)
    assert (report.new, report.held) == (1, 0)
    with reading(home.engine) as session:
        (one,) = queries.current(session, names.APPLICATION)
    assert one.officer_districts == ("5707",)
    assert one.files["me.jpg"] is not None
    home.engine.dispose()

    done("officers", "revoke", "1")
    assert project.app_users[0].token is None


def test_a_form_in_the_trash_bars_no_officer_and_is_named(office: SimpleNamespace) -> None:
    done("forms", "publish", "--to", "central")
    project = office.model.state.projects[1]
    forms.delete(office.model.state, project, project.forms[names.PLAN])
    add = ("officers", "add", "นายตัวอย่าง ทดสอบ", "--district", "แม่จัน", "--server", "province")
    said = done(*add, "--sealed", "letter.pdf")
    assert open_to_all(project) == {*names.FORMS} - {names.PLAN}
    assert f"the form {names.PLAN} was deleted in project 1" in said
    assert "restore it there" in said
    forms.restore(project, project.trashed_forms[0])
    done("forms", "publish", "--to", "central")
    assert open_to_all(project) == {*names.FORMS}
    assert "warning" not in done("officers", "renew", "1", "--server", "province", "--sealed", "other.pdf")


def test_a_form_that_is_not_even_in_the_trash_is_named_and_put_there_again(office: SimpleNamespace) -> None:
    done("forms", "publish", "--to", "central")
    project = office.model.state.projects[1]
    del project.forms[names.PLAN]
    add = ("officers", "add", "นายตัวอย่าง ทดสอบ", "--district", "แม่จัน", "--server", "province")
    said = done(*add, "--sealed", "letter.pdf")
    assert f"the form {names.PLAN} is not in project 1 on Central, nor in its trash" in said
    assert done("forms", "publish", "--to", "central").count(": new") == 1
    assert open_to_all(project) == {*names.FORMS}


def open_to_all(project: Project) -> set[str]:
    """The forms that every app user may fill."""
    users = {user.id for user in project.app_users}
    return {one.id for one in project.forms.values() if users <= {actor for actor, _ in one.assigned}}


def test_a_server_that_is_away_leaves_the_officer_registered_here(office: SimpleNamespace) -> None:
    office.model.drop_project()
    result = call(
        "officers", "add", "นายตัวอย่าง ทดสอบ", "--district", "แม่จัน",
        "--server", "province", "--sealed", "letter.pdf",
    )  # fmt: skip
    assert result.exit_code != 0
    assert "officers renew 1 --server province" in result.output
    assert "นายตัวอย่าง ทดสอบ" in done("officers", "list")
