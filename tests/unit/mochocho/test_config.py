"""Settings: what the file says, what the environment overrides, and what is refused with what to change."""

import logging
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from mochocho.config import FILE_NAME, Settings, load_settings
from mochocho.errors import Terminal


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in that holds no settings; the file under test is in another one."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(tmp_path: Path, content: str | bytes) -> Path:
    file = tmp_path / "office" / FILE_NAME
    file.parent.mkdir()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


FULL = """
home = "data"
province = "ลำพูน"
pack = "packs/lamphun-2569.yaml"
presentation_order = ["ลี้", "แม่ทา"]

[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ห้องประชุม ชั้น ๓"

[committees]
provincial_order = { number = "6459/2567", date = 2024-11-18 }

[endpoint]
port = 9000

[[folders]]
key = "phone-1"
path = "from-phone"

[papers]
font_dir = "fonts"

[forms]
shared_tablets = true
villages = "lists/villages.csv"
"""


class TestFile:
    def test_everything_it_says(self, tmp_path: Path) -> None:
        settings = load_settings(written(tmp_path, FULL))
        office = tmp_path / "office"
        assert settings.home == office / "data"
        assert settings.pack == str(office / "packs" / "lamphun-2569.yaml")
        assert settings.province == "ลำพูน"
        assert settings.presentation_order == ("ลี้", "แม่ทา")
        assert settings.meeting is not None
        assert (settings.meeting.date, settings.meeting.minutes_per_district) == (date(2025, 5, 1), 15)
        assert settings.committees.provincial_order is not None
        assert settings.committees.provincial_order.number == "6459/2567"
        assert (settings.endpoint.port, settings.endpoint.host) == (9000, "127.0.0.1")
        assert [(f.key, f.path) for f in settings.folders] == [("phone-1", office / "from-phone")]
        assert settings.papers.font_dir == office / "fonts"
        assert settings.papers.emblem is None
        assert settings.forms.shared_tablets
        assert settings.forms.villages == office / "lists" / "villages.csv"
        assert {settings.spool_dir, settings.store_dir, settings.cache_dir, settings.packet_dir} == {
            office / "data" / name for name in ("spool", "store", "cache", "packet")
        }

    def test_without_a_file_all_has_a_default(self, elsewhere: Path) -> None:
        settings = load_settings()
        assert settings.home == elsewhere / "mochocho-home"
        assert (settings.province, settings.pack, settings.meeting) == ("เชียงราย", "2568-sample", None)
        assert (settings.forms.shared_tablets, settings.forms.villages) == (False, None)

    def test_the_file_of_the_working_folder_is_found(self, elsewhere: Path) -> None:
        (elsewhere / FILE_NAME).write_text('province = "ลำพูน"', encoding="utf-8")
        assert load_settings().province == "ลำพูน"

    def test_an_absolute_path_stays(self, tmp_path: Path) -> None:
        there = tmp_path / "there"
        assert load_settings(written(tmp_path, f"home = '{there}'")).home == there


class TestOverrides:
    def test_keywords_before_environment_before_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = written(tmp_path, 'province = "ก"\npack = "ก"\n[endpoint]\nport = 1\nhost = "10.0.0.1"')
        monkeypatch.setenv("MOCHOCHO_PROVINCE", "ข")
        monkeypatch.setenv("MOCHOCHO_PACK", "ข")
        monkeypatch.setenv("MOCHOCHO_ENDPOINT__PORT", "2")
        settings = load_settings(file, province="ค")
        assert (settings.province, settings.pack) == ("ค", "ข")
        assert (settings.endpoint.port, settings.endpoint.host) == (2, "10.0.0.1")

    def test_variables_of_other_things_are_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOCHOCHO_REQUIRE_ALL", "1")
        assert load_settings().province == "เชียงราย"

    def test_a_relative_path_of_the_environment_too_is_relative_to_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MOCHOCHO_HOME", "data")
        assert load_settings(written(tmp_path, "")).home == tmp_path / "office" / "data"


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ('provnice = "x"', ": provnice: there is no such setting"),
            ("[endpoint]\nprot = 1", ": endpoint.prot: there is no such setting"),
            ("[endpoint]\nport = 0", ": endpoint.port: "),
            ("[endpoint]\nport = 'x'", ": endpoint.port: "),
            ("[endpoint]\ntick_seconds = 0", ": endpoint.tick_seconds: "),
            ('[meeting]\nnumber = "1/2568"', ": meeting.date: Field required"),
            (FULL.replace("09:00", "9.00"), ": meeting.starts: "),
            (FULL.replace("14:30", "24:30"), ": meeting.ends: "),
            (FULL.replace("1/2568", "1/68"), ": meeting.number: "),
            (FULL.replace("phone-1", "../x"), ": folders.0.key: "),
            ("province =", ": Invalid value"),
            (b'province = "\xff"', ": 'utf-8' codec"),
        ],
    )
    def test_the_file_and_the_setting_are_named(
        self, tmp_path: Path, content: str | bytes, words: str
    ) -> None:
        file = written(tmp_path, content)
        with pytest.raises(Terminal) as refused:
            load_settings(file)
        assert str(refused.value).startswith(f"{file}{words}")

    def test_a_variable_is_named_where_it_is_at_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOCHOCHO_ENDPOINT__PORT", "many")
        with pytest.raises(Terminal, match=r"^MOCHOCHO_ENDPOINT__PORT: .*integer"):
            load_settings()

    def test_a_variable_that_should_hold_a_list(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOCHOCHO_PRESENTATION_ORDER", "ลี้,แม่ทา")
        with pytest.raises(Terminal, match=r"^environment: .*presentation_order"):
            load_settings()

    def test_a_file_that_was_named_but_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(Terminal, match="`mochocho init` writes one"):
            load_settings(tmp_path / "none.toml")


class TestDatabaseUrl:
    @pytest.mark.parametrize("folder", ["data", "มชช. 2568", "a?b#c%41&d=e", "x@y:z"])
    def test_sqlite_in_any_folder(self, tmp_path: Path, folder: str) -> None:
        url = make_url(Settings(home=tmp_path / folder).url)
        assert url.get_backend_name() == "sqlite"
        assert url.database == (tmp_path / folder / "mochocho.db").as_posix()
        assert not url.query

    def test_a_password_is_shown_nowhere(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        secret = "postgresql+psycopg://u:swordfish@localhost/m"
        caplog.set_level(logging.DEBUG)
        settings = Settings(database_url=SecretStr(secret))
        assert settings.url == secret
        assert "swordfish" not in f"{settings!r} {settings} {settings.model_dump()} {caplog.text}"
        with pytest.raises(Terminal) as refused:
            load_settings(written(tmp_path, f'database_url = ["{secret}"]'))
        assert "swordfish" not in f"{refused.value} {refused.value.__cause__}"
