"""The settings file that `init` writes: it explains every setting, and works unchanged."""

import os
import re
import stat
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from mochocho.app.commands.cli import cli
from mochocho.app.init import (
    FOLDERS,
    NOBODYS,
    SECRETS,
    TEMPLATE,
    TEMPLATES,
    settings_text,
    write_compose,
    write_settings,
)
from mochocho.settings.config import Settings, load_settings
from mochocho.words.errors import Terminal

TEXT = files("mochocho.app").joinpath(TEMPLATE).read_text("utf-8")


def test_what_init_writes_means_the_defaults(tmp_path: Path) -> None:
    path = write_settings(tmp_path, "เชียงราย")
    loaded, default = load_settings(path), Settings()
    assert loaded.model_dump() == {**default.model_dump(), "home": tmp_path / default.home}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained(name: str) -> None:
    assert f"{name} = " in TEXT or f"[{name}]" in TEXT


@pytest.mark.parametrize("section", ["meeting", "committees", "endpoint", "papers", "controller", "workers"])
def test_every_setting_of_a_section_is_explained(section: str) -> None:
    model = {
        "meeting": Settings.model_fields["meeting"].annotation.__args__[0],  # type: ignore[union-attr]
        "committees": Settings.model_fields["committees"].annotation,
        "endpoint": Settings.model_fields["endpoint"].annotation,
        "papers": Settings.model_fields["papers"].annotation,
        "controller": Settings.model_fields["controller"].annotation,
        "workers": Settings.model_fields["workers"].annotation,
    }[section]
    body = TEXT.split(f"[{section}]", 1)[1].split("\n[", 1)[0]
    missing = [name for name in model.model_fields if f"{name} = " not in body]
    assert missing == []


def test_what_is_commented_out_is_right_too(tmp_path: Path) -> None:
    # Whoever takes the # away gets a file that loads.
    path = tmp_path / "mochocho.toml"
    path.write_text(re.sub(r"(?m)^# (?=[a-z_]+ = |\[)", "", TEXT), "utf-8")
    loaded = load_settings(path)
    assert loaded.meeting is not None
    assert loaded.folders[0].path == tmp_path / "from-phones/maechan-1"
    assert [server.kind for server in loaded.servers] == ["central", "kobo"]
    assert loaded.servers[0].secret_file == tmp_path / "central.secret"
    assert loaded.committees.provincial_order is not None
    assert loaded.papers.emblem == tmp_path / "emblem.png"


def test_it_is_in_thai_and_english() -> None:
    comments = [line for line in TEXT.splitlines() if line.startswith("# ")]
    assert any("จังหวัด" in line for line in comments)
    assert any("province" in line for line in comments)


def test_another_province_is_written_as_its_name() -> None:
    assert tomllib.loads(settings_text("จังหวัดลำพูน"))["province"] == "ลำพูน"


def test_an_unknown_province_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Terminal, match="เชียงราย"):
        write_settings(tmp_path / "new", "เชียงลาย")
    assert not (tmp_path / "new").exists()


def test_init_never_overwrites(tmp_path: Path) -> None:
    mine = tmp_path / "mochocho.toml"
    mine.write_text('province = "ลำพูน"\n', "utf-8")
    result = CliRunner().invoke(cli, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert "already there" in result.stderr
    assert mine.read_text("utf-8") == 'province = "ลำพูน"\n'


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_the_settings_are_private(tmp_path: Path) -> None:
    path = write_settings(tmp_path / "new", "เชียงราย")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def values(folder: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([A-Z_]+)=(.*)$", (folder / ".env").read_text("utf-8")))


def test_compose_writes_a_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    words = ["init", str(folder), "--compose", "--domain", "forms.example.go.th", "--province", "ลำพูน"]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.stderr
    files_in_it = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files_in_it == {
        "docker-compose.yml",
        ".env",
        "deploy/Caddyfile",
        "deploy/servers.yml",
        "settings/mochocho.toml",
        "secrets/postgres_password",
        "secrets/redis_password",
    }
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {*FOLDERS, "secrets"}
    assert load_settings(folder / "settings" / "mochocho.toml").province == "ลำพูน"
    assert values(folder)["DOMAIN"] == "forms.example.go.th"
    assert all(values(folder).values())
    assert not any((folder / name).read_text("ascii") in result.output for name in SECRETS)


def test_passwords_are_new_each_time_and_fit_into_an_address(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_compose(tmp_path / name, "เชียงราย", "")
    secrets = [(tmp_path / folder / name).read_text("ascii") for folder in ("one", "two") for name in SECRETS]
    assert len(set(secrets)) == len(secrets) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in secrets)


@pytest.mark.skipif(os.name == "nt", reason="modes and owners mean nothing there")
def test_the_folder_is_private_and_the_containers_are_nobody_or_its_owner(tmp_path: Path) -> None:
    written = write_compose(tmp_path / "server", "เชียงราย", "")
    secret = {tmp_path / "server" / name for name in SECRETS}  # read by others' processes, in a closed folder
    assert {stat.S_IMODE(path.stat().st_mode) for path in written if path not in secret} == {0o600}
    folders = [tmp_path / "server", *(tmp_path / "server" / name for name in (*FOLDERS, "secrets"))]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    user = tuple(map(int, values(tmp_path / "server")["RUN_AS"].split(":")))
    assert user == (NOBODYS if os.getuid() == 0 else (os.getuid(), os.getgid()))
    read_inside = [
        tmp_path / "server" / "deploy" / "Caddyfile",
        tmp_path / "server" / "settings" / "mochocho.toml",
        *secret,
    ]
    assert {(path.stat().st_uid, path.stat().st_gid) for path in (*folders[1:], *read_inside)} == {user}


@pytest.mark.parametrize("name", [".env", "docker-compose.yml", "deploy/Caddyfile", "settings/mochocho.toml"])
def test_compose_never_overwrites_and_then_writes_nothing(name: str, tmp_path: Path) -> None:
    mine = tmp_path / "server" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    with pytest.raises(Terminal, match="already there"):
        write_compose(tmp_path / "server", "เชียงราย", "")
    assert mine.read_text("utf-8") == "mine"
    assert [path for path in (tmp_path / "server").rglob("*") if path.is_file()] == [mine]


def test_compose_may_be_written_into_a_checkout(tmp_path: Path) -> None:
    # There the same docker-compose.yml stands already.
    (tmp_path / "docker-compose.yml").write_bytes((TEMPLATES / "docker-compose.yml").read_bytes())
    write_compose(tmp_path, "เชียงราย", "")
    with pytest.raises(Terminal, match="postgres_password"):
        write_compose(tmp_path, "เชียงราย", "")  # its passwords are those of a database by now


@pytest.mark.parametrize(
    "domain",
    [
        "https://forms.example.go.th",
        "forms.example.go.th/x",
        "a b",
        "{$HOME}",
        "$(x)",
        "-a.th",
        "localhost\n",
    ],
)
def test_a_domain_that_is_none_is_refused(domain: str, tmp_path: Path) -> None:
    with pytest.raises(Terminal, match="no name of a machine"):
        write_compose(tmp_path / "server", "เชียงราย", domain)
    assert not (tmp_path / "server").exists()


def test_a_domain_without_compose_is_a_mistake(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["init", str(tmp_path), "--domain", "forms.example.go.th"])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []
