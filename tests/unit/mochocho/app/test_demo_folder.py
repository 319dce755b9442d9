"""The sample's folder is made anew, and nothing else is ever deleted."""

import pytest

from mochocho.app.demo.sample_folder import MARKER, fresh_home
from mochocho.app.demo.sample_province import small
from mochocho.words.errors import Terminal


def made(folder):
    home = fresh_home(folder, small())
    home.engine.dispose()
    return home


def test_a_second_run_starts_afresh(tmp_path):
    folder = tmp_path / "mochocho-demo"
    made(folder)
    (folder / "home" / "spool").mkdir()
    (folder / "packet.pdf").write_bytes(b"old")
    home = made(folder)
    assert not (folder / "packet.pdf").exists()
    assert not (folder / "home" / "spool").exists()
    assert home.settings.url.endswith("home/mochocho.db")


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_what_it_did_not_make_is_left_alone(tmp_path, what):
    folder = tmp_path / "mochocho-demo"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / MARKER).write_text("")
    (elsewhere / "thesis.odt").write_text("years of work")
    if what == "file":
        folder.write_text("a file")
    elif what == "link":
        folder.symlink_to(elsewhere, target_is_directory=True)
    else:
        folder.mkdir()
        (folder / "thesis.odt").write_text("years of work")
    with pytest.raises(Terminal, match="elsewhere"):
        made(folder)
    assert (elsewhere / "thesis.odt").read_text() == "years of work"
    if what == "folder":
        assert (folder / "thesis.odt").read_text() == "years of work"


def test_a_link_inside_is_removed_not_followed(tmp_path):
    folder, kept = tmp_path / "mochocho-demo", tmp_path / "kept"
    made(folder)
    kept.mkdir()
    (kept / "file").write_text("kept")
    (folder / "link").symlink_to(kept, target_is_directory=True)
    made(folder)
    assert (kept / "file").read_text() == "kept"
    assert not (folder / "link").exists()


def test_it_never_writes_to_the_database_that_the_environment_names(tmp_path, monkeypatch):
    monkeypatch.setenv("MOCHOCHO_DATABASE_URL", "postgresql+psycopg://real-province/db")
    monkeypatch.setenv("MOCHOCHO_PROVINCE", "ลำพูน")
    home = made(tmp_path / "mochocho-demo")
    assert home.settings.url.startswith("sqlite:///")
    assert home.province.name_th == "เชียงราย"
