"""An encrypted backup: who opens it, what a stranger reads in it, and what is refused."""

import io
import os
import stat
import tracemalloc
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.app.backup.archive import Writer
from mochocho.app.backup.contents import HEADER
from mochocho.app.backup.encryption import encrypted, is_encrypted, new_key, opened, read_keys
from mochocho.app.backup.make import backup
from mochocho.app.backup.restore import MARKER
from mochocho.app.commands.cli import cli
from mochocho.settings.age_keys import MAGIC
from mochocho.settings.config import Settings
from mochocho.storage.files import CHUNK
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from tests.builders import application, officer, post, publish, uid, xform

PLAIN = bytes(3 * 65_536 + 17)  # four chunks of age
PERSONAL = b"a photograph of a person " * 1000


class Office:
    """An office with a home that holds something, and the keys of two people in two places."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.folder, self.home = folder, home.settings.home
        publish(home, xform())
        officer(home)
        post(home, application(uid(1), instance_id=uid("of", 1)), {"photo.jpg": PERSONAL})
        self.keys = [folder / "first.key", folder / "second.key"]
        self.recipients = [self.call(self.home, "keys", "new", key).stdout.split()[-1] for key in self.keys]
        self.settings = folder / "mochocho.toml"
        self.settings.write_text(f"[backup]\nrecipients = {self.recipients}\n".replace("'", '"'), "utf-8")

    def call(self, home: Path, *words: object) -> Result:
        configured = ["--config", str(self.settings)] if hasattr(self, "settings") else []
        return CliRunner(env={"MOCHOCHO_HOME": str(home)}).invoke(cli, [*configured, *map(str, words)])

    def backup(self, name: str = "one.tar.age") -> Path:
        result = self.call(self.home, "backup", self.folder / name)
        assert result.exit_code == 0, result.output
        return self.folder / name

    def plain(self, home: Path, name: str) -> bytes:
        """A backup that is not encrypted and leaves no row: what a home holds, to be compared."""
        kept = open_home(Settings(home=home))
        backup(kept, self.folder / name, lambda *_: None)
        kept.engine.dispose()
        return (self.folder / name).read_bytes()


@pytest.fixture
def office(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(home, tmp_path)


def test_each_of_the_recipients_restores_it_alone(office: Office) -> None:
    source = office.backup()
    wanted = office.plain(office.home, "wanted.tar")
    for number, key in enumerate(office.keys):
        home = office.folder / f"restored-{number}"
        result = office.call(home, "restore", source, "--key", key)
        assert result.exit_code == 0, result.output
        assert office.plain(home, f"again-{number}.tar") == wanted


def test_a_stranger_reads_the_size_and_the_number_of_keys(office: Office) -> None:
    source, plain = office.backup(), office.plain(office.home, "plain.tar")
    stolen = source.read_bytes()
    header, _, body = stolen.partition(b"\n--- ")
    assert header.count(b"\n-> X25519 ") == 2
    assert len(plain) < len(body) < 1.01 * len(plain) + 1000
    for name in (HEADER.encode(), b"manifest.jsonl", b"officer", PERSONAL[:25], b"jsonl", b"sha256"):
        assert name in plain
        assert name not in stolen
    assert not any(recipient.encode() in stolen for recipient in office.recipients)


def test_a_stranger_without_a_key_restores_nothing(office: Office) -> None:
    source = office.backup()
    other = office.folder / "other.key"
    new_key(other, office.home)
    home = office.folder / "stranger"
    for words, said in (((), "name a key file"), (("--key", other), "does not open")):
        result = office.call(home, "restore", source, *words)
        assert result.exit_code == 1
        assert said in result.output
        assert "nothing was changed" in result.output
        assert not (home / MARKER).exists()
    assert office.call(home, "restore", source, "--key", other, "--key", office.keys[1]).exit_code == 0


def test_it_is_told_in_thai(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    source = office.backup()
    new_key(office.folder / "other.key", office.home)
    monkeypatch.delenv("MOCHOCHO_LANG")
    restore = ("restore", source)
    assert "เข้ารหัสไว้ ให้ระบุไฟล์กุญแจ" in office.call(office.folder / "a", *restore).output
    wrong = office.call(office.folder / "a", *restore, "--key", "other.key").output
    assert "กุญแจที่ให้มาเปิด" in wrong
    assert "ไม่ใช่ไฟล์กุญแจ" in office.call(office.folder / "a", *restore, "--key", office.settings).output
    assert "ไม่มีไฟล์กุญแจนี้" in office.call(office.folder / "a", *restore, "--key", "none.key").output


def test_what_is_not_encrypted_says_so_each_time(office: Office) -> None:
    office.settings.write_text("", "utf-8")
    for name in ("a.tar", "b.tar"):
        assert "THIS BACKUP IS NOT ENCRYPTED" in office.call(office.home, "backup", name).stderr
    office.settings.write_text(f'[backup]\nrecipients = ["{office.recipients[0]}"]\n', "utf-8")
    result = office.call(office.home, "backup", "c.tar.age")
    assert "NOT ENCRYPTED" not in result.output
    assert office.recipients[0] in result.stdout


def test_a_series_holds_both_kinds(office: Office) -> None:
    series = office.folder / "backups"
    series.mkdir()
    old = [series / "mochocho-2025-05-01T120000Z.tar", series / "mochocho-2025-05-02T120000Z.tar.age"]
    for path in old:
        path.touch()
    assert office.call(office.home, "backup", series, "--keep", 2).exit_code == 0
    kept, newest = sorted(series.iterdir())
    assert kept == old[1]
    assert newest.name.endswith(".tar.age")
    assert is_encrypted(newest)


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_keys_and_backups_are_their_owners_alone(office: Office) -> None:
    for path in (*office.keys, office.backup()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_is_never_replaced_nor_put_beside_what_it_opens(office: Office) -> None:
    before = office.keys[0].read_bytes()
    assert office.call(office.home, "keys", "new", office.keys[0]).exit_code == 1
    assert office.keys[0].read_bytes() == before
    for place in (office.home / "backup.key", office.folder / "none" / "backup.key"):
        assert office.call(office.home, "keys", "new", place).exit_code == 1
        assert not place.exists()


def test_a_stolen_home_and_its_settings_open_no_backup(office: Office) -> None:
    source = office.backup()
    for path in (*office.home.rglob("*"), office.settings):
        if path.is_file():
            assert b"AGE-SECRET-KEY" not in path.read_bytes()
            with pytest.raises(Terminal):
                read_keys(path)
    assert is_encrypted(source)


@pytest.mark.parametrize("slip", ["one letter", "secret"])
def test_a_wrong_recipient_is_told_and_never_repeated(office: Office, slip: str) -> None:
    secret = office.keys[0].read_text("ascii").split()[-1]
    key = office.recipients[0]
    written = secret if slip == "secret" else key[:-1] + ("q" if key[-1] != "q" else "p")
    office.settings.write_text(f'[backup]\nrecipients = ["{written}"]\n', "utf-8")
    result = office.call(office.home, "backup", "one.tar")
    assert result.exit_code == 1
    assert "backup.recipients" in result.output
    assert written not in result.output
    assert not (office.folder / "one.tar").exists()


# --- the stream


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("keys") / "a.key"
    return path, new_key(path, path.parent / "home")


def test_only_chunks_are_in_memory(key_file: tuple[Path, str], tmp_path: Path) -> None:
    path, recipient = key_file
    zeros = bytes(CHUNK)
    tracemalloc.start()
    with (tmp_path / "big").open("wb") as file, encrypted(file, [recipient]) as sink:
        for _ in range(48):
            sink.write(zeros)
    read = 0
    with opened(tmp_path / "big", read_keys(path)) as plain:
        while chunk := plain.read(CHUNK):
            read += len(chunk)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == 48 * CHUNK
    assert peak < 12 * CHUNK


@pytest.fixture(scope="module")
def sealed(key_file: tuple[Path, str]) -> bytes:
    file = io.BytesIO()
    seal(file, key_file[1], PLAIN)
    return file.getvalue()


class Full(io.BytesIO):
    """A file on a disk that is full."""

    def write(self, _content: object) -> int:
        raise OSError(28, "No space left on device")


def seal(file: BinaryIO, recipient: str, content: bytes) -> None:
    with encrypted(file, [recipient]) as sink:
        sink.write(content)


def test_a_full_disk_is_told_as_what_it_is(key_file: tuple[Path, str]) -> None:
    with pytest.raises(OSError, match="No space left"):
        seal(Full(), key_file[1], bytes(8 * CHUNK))


def test_a_backup_that_fails_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writer, "close", lambda _writer: 1 / 0)
    before = set(office.folder.iterdir())
    assert isinstance(office.call(office.home, "backup", "one.tar.age").exception, SystemExit)
    assert set(office.folder.iterdir()) == before


@settings(max_examples=60)
@given(data=st.data())
def test_a_changed_or_cut_file_is_read_up_to_the_damage_at_most(
    data: st.DataObject, key_file: tuple[Path, str], sealed: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = data.draw(st.integers(len(MAGIC), len(sealed) - 1))
    bit = data.draw(st.sampled_from([0, *(1 << number for number in range(8))]))  # 0: cut
    broken = tmp_path_factory.mktemp("broken") / "broken.age"
    rest = bytes([sealed[place] ^ bit]) + sealed[place + 1 :] if bit else b""
    broken.write_bytes(sealed[:place] + rest)
    read: list[bytes] = []
    with pytest.raises((Terminal, ValueError)):
        _read(broken, key_file[0], read)
    assert PLAIN.startswith(b"".join(read))


def test_the_whole_one_is_read(key_file: tuple[Path, str], sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "whole.age").write_bytes(sealed)
    read: list[bytes] = []
    _read(tmp_path / "whole.age", key_file[0], read)
    assert b"".join(read) == PLAIN


def _read(source: Path, key: Path, into: list[bytes]) -> None:
    with opened(source, read_keys(key)) as stream:
        while chunk := stream.read(10_240):
            into.append(chunk)
