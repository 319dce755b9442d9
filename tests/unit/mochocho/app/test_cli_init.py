"""The settings file that `init` writes: it explains every setting, and it works as it stands."""

import os
import re
import stat
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from mochocho.app.cli import cli
from mochocho.app.init import TEMPLATE, settings_text, write_settings
from mochocho.config import Settings, load_settings
from mochocho.errors import Terminal

TEXT = files("mochocho.app").joinpath(TEMPLATE).read_text("utf-8")


def test_what_init_writes_means_the_defaults(tmp_path: Path) -> None:
    path = write_settings(tmp_path, "เชียงราย")
    loaded, default = load_settings(path), Settings()
    assert loaded.model_dump() == {**default.model_dump(), "home": tmp_path / default.home}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained(name: str) -> None:
    assert f"{name} = " in TEXT or f"[{name}]" in TEXT


@pytest.mark.parametrize("section", ["meeting", "committees", "endpoint", "papers"])
def test_every_setting_of_a_section_is_explained(section: str) -> None:
    model = {
        "meeting": Settings.model_fields["meeting"].annotation.__args__[0],  # type: ignore[union-attr]
        "committees": Settings.model_fields["committees"].annotation,
        "endpoint": Settings.model_fields["endpoint"].annotation,
        "papers": Settings.model_fields["papers"].annotation,
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
