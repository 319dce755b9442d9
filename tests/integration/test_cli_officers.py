"""Officers through the command line: the code is shown once,
on a screen or a sealed sheet, stored nowhere.
"""

import os
import re
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mochocho.app.commands.cli import cli
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from sync import officers
from tests import qr_reader
from tests.integration import commands

NAME, MAE_CHAN, PHAN = "นายตัวอย่าง ทดสอบ", "5707", "5705"
LASTING = '[endpoint]\npublic_url = "http://192.168.137.1:8420"\n'
ADD = ("officers", "add", NAME, "--district", "แม่จัน")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    commands.settings(tmp_path, LASTING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def done(*words: str) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return result.output


def opened(folder: Path) -> Home:
    return open_home(load_settings(folder / "mochocho.toml"))


def listed(folder: Path) -> tuple[officers.Officer, ...]:
    home = opened(folder)
    found = officers.listing(home)
    home.engine.dispose()
    return found


def owner(folder: Path, url: str) -> int | None:
    """Whose token the address holds, if it still works."""
    home = opened(folder)
    found = officers.of_token(home, token_of(url))
    home.engine.dispose()
    return found.id if found else None


def token_of(url: str) -> str:
    found = re.fullmatch(r"http://192\.168\.137\.1:8420/key/([A-Za-z0-9_-]{43})", url)
    assert found, url
    return found.group(1)


def url_on(picture: Image.Image) -> str:
    told = qr_reader.settings_in(qr_reader.text_in(picture))
    assert told["general"]["autosend"] == "wifi_only"
    assert told["project"]["name"] == "มชช. เชียงราย"
    return str(told["general"]["server_url"])


def holding(folder: Path, token: str) -> list[str]:
    """The files that hold a token as it is."""
    return [p.name for p in folder.rglob("*") if p.is_file() and token.encode() in p.read_bytes()]


def appears(path: Path) -> bool:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until, f"{path} was not made"
        time.sleep(0.02)
    return True


def on_a_terminal(
    folder: Path, *words: str, columns: int = 120, programs: Path = Path("/usr/bin")
) -> tuple[int, str]:
    """Exit status and what a person sees of a command in a window of so many columns.

    Enter is pressed when it is asked for and the viewer has been there. `programs`: the only ones there are.
    Temporary files go to `folder/tmp`.
    """
    import pty  # not on Windows

    (folder / "tmp").mkdir()
    terminal, inside = pty.openpty()
    settings = {"COLUMNS": str(columns), "TERM": "xterm-256color", "PYTHONPATH": ":".join(sys.path)}
    settings |= {"PATH": str(programs), "TMPDIR": str(folder / "tmp")}
    child = subprocess.Popen(
        [*commands.COMMAND, *words],
        cwd=folder,
        env=os.environ | settings,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    seen, pressed = b"", False
    with suppress(OSError):  # when the other end has gone
        while True:
            seen += os.read(terminal, 65536)
            if b"press Enter" in seen and not pressed:
                pressed = appears(programs / "path")
                os.write(terminal, b"\n")
    os.close(terminal)
    return child.wait(), seen.decode().replace("\r\n", "\n")


@pytest.mark.skipif(sys.platform != "linux", reason="opens a terminal")
def test_a_terminal_shows_the_code_to_a_camera_and_leaves_nothing(folder: Path) -> None:
    status, seen = on_a_terminal(folder, *ADD)
    assert status == 0, seen
    assert "\x1b[" in seen  # light on dark, whatever the terminal's own colours
    plain = re.sub(r"\x1b\[[0-9;]*m", "", seen)
    code = [line for line in plain.splitlines() if line and set(line) <= set(qr_reader.HALVES)]
    url = url_on(qr_reader.picture_of(code))
    assert owner(folder, url) == 1
    assert token_of(url) not in plain
    assert holding(folder, token_of(url)) == []
    assert not [p for p in folder.rglob("*") if p.suffix in {".png", ".pdf", ".svg"}]


@pytest.mark.skipif(sys.platform != "linux", reason="opens a terminal")
def test_a_window_too_narrow_for_the_code_adds_nobody(folder: Path) -> None:
    status, seen = on_a_terminal(folder, *ADD, columns=60)
    assert status == 1
    assert "60" in seen
    assert "wider" in seen
    assert listed(folder) == ()


def test_no_code_goes_into_a_file_or_a_log(folder: Path) -> None:
    for words in (ADD, ("-vv", *ADD)):
        result = call(*words)
        assert result.exit_code == 1
        assert "--sealed" in result.stderr
        assert result.stdout == ""
    assert listed(folder) == ()


def test_the_sealed_sheet_is_the_one_file_with_the_code(folder: Path) -> None:
    said = done(*ADD, "--district", PHAN, "--sealed", "letter.pdf")
    sheet = folder / "letter.pdf"
    url = url_on(qr_reader.page_of(sheet.read_bytes()))
    assert owner(folder, url) == 1
    assert [(o.name, o.districts) for o in listed(folder)] == [(NAME, (PHAN, MAE_CHAN))]
    assert "then delete the file" in said
    assert token_of(url) not in said
    assert holding(folder, token_of(url)) == []  # as a picture alone
    assert {p.suffix for p in folder.rglob("*") if p.is_file()} <= {
        ".toml",
        ".pdf",
        ".db",
        ".db-shm",
        ".db-wal",
    }
    assert [p.name for p in folder.rglob("*.pdf")] == ["letter.pdf"]
    if os.name != "nt":
        assert stat.S_IMODE(sheet.stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["home/letter.pdf", "home/packet/packet-2.pdf", "home/new/../x.pdf"])
def test_no_sealed_sheet_in_the_home(folder: Path, place: str) -> None:
    (folder / "home" / "packet").mkdir(parents=True)
    result = call(*ADD, "--sealed", place)
    assert result.exit_code == 1
    assert "never kept there" in result.stderr
    assert listed(folder) == ()


def test_a_sheet_that_cannot_be_written_adds_nobody(folder: Path) -> None:
    (folder / "letter.pdf").write_bytes(b"somebody else's")
    for path, said in (("letter.pdf", "already there"), ("nowhere/letter.pdf", "no such folder")):
        result = call(*ADD, "--sealed", path)
        assert result.exit_code == 1
        assert said in result.stderr
    commands.settings(folder, '[papers]\nfont_dir = "."\nfont_family = "TH SarabunPSK"\n')
    assert "TH SarabunPSK" in call(*ADD, "--sealed", "other.pdf").stderr
    assert listed(folder) == ()
    assert (folder / "letter.pdf").read_bytes() == b"somebody else's"


@pytest.fixture
def desktop(folder: Path) -> Path:
    """A folder of programs: a viewer that keeps what it is shown, with its path, beside itself."""
    programs = folder / "programs"
    programs.mkdir()
    viewer = programs / "xdg-open"
    viewer.write_text(f'#!/bin/sh\n/bin/cp -p "$1" "{programs}/shown.png"\necho "$1" > "{programs}/path"\n')
    viewer.chmod(0o755)
    return programs


@pytest.mark.skipif(sys.platform != "linux", reason="opens a terminal")
def test_a_window_shows_the_code_and_it_is_gone_afterwards(folder: Path, desktop: Path) -> None:
    status, seen = on_a_terminal(folder, *ADD, "--picture", programs=desktop)
    assert status == 0, seen
    with Image.open(desktop / "shown.png") as picture:
        url = url_on(picture)
    assert owner(folder, url) == 1
    assert stat.S_IMODE((desktop / "shown.png").stat().st_mode) == 0o600
    path = Path((desktop / "path").read_text().strip())
    assert path.suffix == ".png"
    assert not path.parent.exists()
    assert "█" not in seen


@pytest.mark.skipif(sys.platform != "linux", reason="opens a terminal")
def test_a_machine_without_a_viewer_keeps_no_picture_either(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    status, seen = on_a_terminal(folder, *ADD, "--picture", programs=tmp_path / "none")
    assert status == 1
    assert "officers renew" in seen
    assert list((folder / "tmp").iterdir()) == []


def test_a_picture_that_nobody_would_close_is_not_opened(folder: Path) -> None:
    result = call(*ADD, "--picture")
    assert result.exit_code == 1
    assert "nobody is here" in result.stderr
    assert listed(folder) == ()


def test_one_way_to_show_a_code_at_a_time(folder: Path) -> None:
    assert call(*ADD, "--picture", "--sealed", "letter.pdf").exit_code == 2
    assert listed(folder) == ()


def test_a_new_code_ends_the_old_one(folder: Path) -> None:
    done(*ADD, "--sealed", "first.pdf")
    assert "the old one has ended" in done("officers", "renew", "1", "--sealed", "second.pdf")
    first, second = (
        url_on(qr_reader.page_of((folder / f"{n}.pdf").read_bytes())) for n in ("first", "second")
    )
    assert (owner(folder, first), owner(folder, second)) == (None, 1)


def test_a_list_tells_who_works_where_and_where_from(folder: Path) -> None:
    done(*ADD, "--sealed", "one.pdf")
    assert "now works in พาน" in done("officers", "move", "1", "--district", "อำเภอพาน")
    assert re.search(r"1\s+นายตัวอย่าง ทดสอบ\s+พาน\s+แม่จัน\s.*active", done("officers", "list"))
    done("officers", "revoke", "1")
    assert "revoked" in done("officers", "list")
    for words in (
        ("move", "1", "--district", "พาน"),
        ("renew", "1", "--sealed", "two.pdf"),
        ("sheet", "1", "--out", "two.pdf"),
    ):
        result = call("officers", *words)
        assert result.exit_code == 1
        assert "was revoked" in result.stderr
    assert not (folder / "two.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [("revoke", "77"), ("renew", "77", "--sealed", "x.pdf"), ("move", "77", "--district", "พาน")],
)
def test_an_officer_that_nobody_knows_is_said(folder: Path, words: tuple[str, ...]) -> None:
    result = call("officers", *words)
    assert result.exit_code == 1
    assert "77" in result.stderr
    assert not (folder / "x.pdf").exists()


def test_the_setup_sheet_holds_the_forms_of_the_year_and_no_code(folder: Path) -> None:
    done(*ADD, "--sealed", "letter.pdf")
    done("officers", "sheet", "1", "--out", "steps.pdf")
    with pymupdf.open(folder / "steps.pdf") as document:
        said = re.sub(r"\s", "", document[0].get_text())
    for wanted in (NAME, "แม่จัน", "ใบสมัคร มชช. 2568", "ส่งเอกสารเพิ่มเติม มชช. 2568", "ฮอตสปอต"):
        assert wanted.replace(" ", "") in said
    assert "/key/" not in said


@pytest.mark.parametrize(
    ("endpoint", "said"),
    [
        ("", "phones cannot reach http://127.0.0.1:8420"),
        ('public_url = "http://192.168.1.10:8420"', "the router may give this machine another address"),
        ('host = "192.168.1.10"', "the router may give this machine another address"),
        ('public_url = "http://office-pc.local:8420"', "Android 12"),
        ('public_url = "http://10.42.0.1:8420"', ""),
        ('public_url = "https://mochocho.example.go.th"', ""),
    ],
)
def test_what_is_doubtful_about_the_address_is_said(folder: Path, endpoint: str, said: str) -> None:
    commands.settings(folder, f"[endpoint]\n{endpoint}\n")
    result = call(*ADD, "--sealed", "letter.pdf")
    assert result.exit_code == 0
    assert said in result.stderr
    assert bool(said) == ("warning" in result.stderr)
    if "router" in said:
        assert "http://192.168.137.1:8420" in result.stderr
        assert "renew" in result.stderr


def test_phones_are_told_how_to_send(folder: Path) -> None:
    commands.settings(folder, f'{LASTING}autosend = "wifi_and_cellular"\n')
    done(*ADD, "--sealed", "letter.pdf")
    told = qr_reader.settings_in(qr_reader.text_in(qr_reader.page_of((folder / "letter.pdf").read_bytes())))
    assert told["general"]["autosend"] == "wifi_and_cellular"
