"""From the command line to KoboToolbox and back: publish, share with an officer's account, pull, revoke."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.app.publishing.form_files import current_forms
from mochocho.settings.config import Settings, load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import open_home
from sync.mirror import queries
from sync.pull import registry
from sync.pull.pull_source import pull
from tests import builders
from tests.integration import commands
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import TOKEN
from tests.models.serving import serve
from xlsforms import names

SERVER = '[[servers]]\nkey = "office"\nkind = "kobo"\nurl = "{url}"\n'
ADD = (
    "officers",
    "add",
    "นายตัวอย่าง ทดสอบ",
    "--district",
    "แม่จัน",
    "--server",
    "office",
    "--sealed",
    "letter.pdf",
)


@dataclass
class Office:
    """A folder with settings that name a served KoboToolbox."""

    model: KoboModel
    folder: Path

    def permitted(self, account: str) -> list[str]:
        return [
            str(one.form_id)
            for one in self.model.projects()
            if any((held.user, held.codename) == (account, "add_submissions") for held in one.permissions)
        ]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    model = KoboModel()
    monkeypatch.setenv("MOCHOCHO_SECRET_OFFICE", TOKEN)
    with serve(model) as served:
        commands.settings(tmp_path, SERVER.format(url=served.url))
        monkeypatch.chdir(tmp_path)
        yield Office(model, tmp_path)
    registry.forget()


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def done(*words: str) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return result.output


def test_an_officer_s_account_sends_and_the_province_reads_and_then_no_more(office: Office) -> None:
    office.model.add_user("malee")
    done("forms", "publish", "--to", "kobo")
    done(*ADD, "--share", "--account", "malee")
    assert office.permitted("malee") == list(names.FORMS)
    version = next(
        form.version for form in current_forms(Settings(), "kobo") if form.form_id == names.APPLICATION
    )
    office.model.submit_ours(builders.application(version=version), user="malee")

    home = open_home(load_settings(office.folder / "mochocho.toml"))
    (source,) = registry.servers(home)
    report = pull(home, source)
    assert (report.new, report.held) == (1, 0)
    with reading(home.engine) as session:
        (one,) = queries.current(session, names.APPLICATION)
    assert (one.officer_districts, one.form_version) == (("5707",), version)
    home.engine.dispose()

    done("officers", "revoke", "1", "--server", "office")
    assert office.permitted("malee") == []


@pytest.mark.long
def test_what_was_not_shared_is_told_with_the_command_that_does_it(office: Office) -> None:
    result = call(*ADD, "--share", "--account", "malee")
    assert result.exit_code != 0
    assert "officers renew 1 --server office --share --account malee" in result.output
    office.model.add_user("malee")
    done("forms", "publish", "--to", "kobo")
    done("officers", "renew", "1", "--server", "office", "--share", "--account", "malee", "--sealed", "l.pdf")
    assert office.permitted("malee") == list(names.FORMS)


@pytest.mark.long
def test_a_project_that_was_deleted_bars_no_other_and_is_named(office: Office) -> None:
    office.model.add_user("malee")
    done("forms", "publish", "--to", "kobo")
    gone = office.model.asset_of(names.FORMS[0])
    del office.model.assets[gone.uid]
    said = done(*ADD, "--share", "--account", "malee")
    assert office.permitted("malee") == list(names.FORMS[1:])
    assert f"the project {gone.uid} ({names.FORMS[0]}) is not there" in said
    assert "have whoever runs the server restore it" in said
    office.model.assets[gone.uid] = gone
    said = done(
        "officers", "renew", "1", "--server", "office", "--share", "--sealed", "l.pdf"
    )  # by the account that was noted
    assert {*office.permitted("malee")} == {*names.FORMS}
    assert "warning" not in said


def test_where_every_project_is_gone_nobody_is_let_in(office: Office) -> None:
    office.model.add_user("malee")
    done("forms", "publish", "--to", "kobo")
    office.model.assets.clear()
    result = call(*ADD, "--share", "--account", "malee")
    assert result.exit_code != 0
    assert "is not there, or not for the account" in result.output
    assert "kobo:office" not in done("officers", "list")


@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.long), "th"])
def test_how_lists_reach_phones_is_said_with_each_publication(
    office: Office, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("MOCHOCHO_LANG", lang)
    for _ in range(2):
        said = done("forms", "publish", "--to", "kobo", "--to", "embedded")
        (line,) = [one for one in said.splitlines() if "Download form" in one]
        assert line.startswith("kobo:office: " + {"en": "when a list changes", "th": "เมื่อรายชื่อเปลี่ยน"}[lang])


def test_what_lacks_a_word_is_told(office: Office) -> None:
    done("forms", "publish", "--to", "kobo")
    for words, told in (
        (["--account", "malee"], "--account goes with --share"),
        (["--share"], "--account NAME"),
    ):
        result = call(*ADD, *words)
        assert result.exit_code != 0
        assert told in result.output


def test_only_a_kobotoolbox_is_shared_and_nobody_is_registered_else(office: Office) -> None:
    result = call(*[word for word in ADD if word not in ("--server", "office")], "--share")
    assert result.exit_code == 1
    assert "name it with --server" in result.output
    assert "นายตัวอย่าง" not in done("officers", "list")
