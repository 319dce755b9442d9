"""Where a server's secret comes from, and who must not be able to read it."""

import os
import pickle
from pathlib import Path

import pytest

from mochocho.settings.config import Server, load_settings
from mochocho.words.errors import Terminal
from sync.web.secrets import secret_of

SECRET = "geheim-0123456789abcdef"
VARIABLE = "MOCHOCHO_SECRET_PROVINCE_1"

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


def _server(secret_file: Path | None = None, kind: str = "central") -> Server:
    return Server(key="province-1", kind=kind, url="https://example.go.th", secret_file=secret_file)


def _file(tmp_path: Path, content: bytes, mode: int = 0o600) -> Path:
    path = tmp_path / "secret"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = _server(_file(tmp_path, b"of the file\n"))
    assert secret_of(server).get_secret_value() == "of the file"
    monkeypatch.setenv(VARIABLE, SECRET)
    assert secret_of(server).get_secret_value() == SECRET
    monkeypatch.setenv(VARIABLE, "")
    assert secret_of(server).get_secret_value() == "of the file"


def test_the_environment_may_name_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Docker and systemd hand secrets over: readable by more than the owner, and not to be changed."""
    named = tmp_path / "handed over"
    named.write_text(f"{SECRET}\r\n", "utf-8")
    named.chmod(0o444)
    server = _server(_file(tmp_path, b"of the settings\n"))
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(named))
    assert secret_of(server).get_secret_value() == SECRET
    monkeypatch.setenv(VARIABLE, "of the variable")
    assert secret_of(server).get_secret_value() == "of the variable"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"x" * 5000])
def test_a_file_the_environment_names_that_is_no_secret_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    named = tmp_path / "handed over"
    named.write_bytes(content)
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(named))
    with pytest.raises(Terminal, match=str(named)):
        secret_of(_server())
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(tmp_path / "none"))
    with pytest.raises(Terminal, match=str(tmp_path / "none")):
        secret_of(_server())


def test_the_variable_is_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    monkeypatch.chdir(tmp_path)
    assert SECRET not in repr(load_settings())


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666])
def test_a_file_that_others_may_touch_is_refused_and_says_chmod(tmp_path: Path, mode: int) -> None:
    path = _file(tmp_path, SECRET.encode(), mode)
    with pytest.raises(Terminal, match=f"chmod 600 {path}") as raised:
        secret_of(_server(path))
    assert SECRET not in str(raised.value)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_the_owner_alone_serves(tmp_path: Path, mode: int) -> None:
    assert secret_of(_server(_file(tmp_path, SECRET.encode(), mode))).get_secret_value() == SECRET


@pytest.mark.parametrize("content", [b"p\xc3\xa4ss wort \r\n", b"\xef\xbb\xbfp\xc3\xa4ss wort "])
def test_a_password_keeps_all_but_the_end_of_its_line(tmp_path: Path, content: bytes) -> None:
    assert secret_of(_server(_file(tmp_path, content))).get_secret_value() == "päss wort "


@pytest.mark.parametrize("content", [SECRET.encode() + b"x" * 5000, SECRET.encode() + b"\xff\xfe"])
def test_a_file_that_holds_something_else_is_refused_without_its_content(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(Terminal) as raised:
        secret_of(_server(_file(tmp_path, content)))
    assert SECRET.encode() not in pickle.dumps(raised.value)
    assert raised.value.__context__ is None


@pytest.mark.parametrize("token", ["two words", "tök", "line\nbreak", "nul\x00"])
def test_a_token_that_no_header_carries_is_refused_without_being_shown(tmp_path: Path, token: str) -> None:
    with pytest.raises(Terminal, match="no API token") as raised:
        secret_of(_server(_file(tmp_path, token.encode()), "kobo"))
    assert token not in str(raised.value)


def test_no_secret_says_where_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(Terminal, match=f"province-1: no password; set {VARIABLE}, or `secret_file`"):
        secret_of(_server())
    with pytest.raises(Terminal, match="no API token"):
        secret_of(_server(_file(tmp_path, b" \n"), "kobo"))
    with pytest.raises(Terminal, match=r"missing.*cannot be read"):
        secret_of(_server(tmp_path / "missing"))


def test_it_shows_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    secret = secret_of(_server())
    assert SECRET not in f"{secret} {secret!r}"
