"""A signed backup: whose it is, and which are refused."""

import hashlib
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mochocho.app.backup import erased_file
from mochocho.app.backup.archive import MANIFEST, SIGNATURE
from mochocho.app.backup.manifest_signature import fingerprint, written
from mochocho.app.commands.cli import cli
from mochocho.app.erasing import erased_list
from mochocho.storage.home import Home
from processing.certificates.signing import FILE, signer
from tests.builders import officer

Parts = dict[str, bytes]
STORED = b"a photograph"


class Office:
    """A home that holds something, with a signed backup of it."""

    def __init__(self, home: Home, folder: Path) -> None:
        officer(home)
        home.store.put(STORED)
        self.folder, self.home, self.source = folder, home.settings.home, folder / "one.tar"
        self.said = self.call(self.home, "backup", self.source)
        self.key = fingerprint(signer(self.home).public)

    def call(self, home: Path, *words: object, **environment: str) -> Result:
        runner = CliRunner(env={"MOCHOCHO_HOME": str(home), **environment})
        return runner.invoke(cli, list(map(str, words)))

    def restored(self, source: Path, *words: object, **environment: str) -> Result:
        return self.call(self.folder / "new", "restore", source, *words, **environment)

    def refuses(self, source: Path, why: str, *words: object, **environment: str) -> None:
        result = self.restored(source, *words, **environment)
        assert result.exit_code == 1, result.output
        assert why in result.stderr
        assert not (self.folder / "new" / FILE).exists()

    def changed(self, change: Callable[[Parts], object]) -> Path:
        with tarfile.open(self.source) as tar:
            parts = {name: tar.extractfile(name).read() for name in tar.getnames()}  # type: ignore[union-attr]
        change(parts)
        path = self.folder / "changed.tar"
        with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
            for name, content in parts.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        return path


@pytest.fixture
def office(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(home, tmp_path)


def test_the_key_that_backup_tells_is_the_one_restore_asks_for(office: Office) -> None:
    assert f"signed by the key: {office.key}" in office.said.stdout
    other = "0" * 64
    office.refuses(office.source, f"signed by the key {office.key}, not by {other}", "--signed-by", other)
    office.refuses(office.source, f"not by {other}", MOCHOCHO_BACKUP__SIGNER=other)
    done = office.restored(
        office.source, "--signed-by", office.key.upper(), MOCHOCHO_BACKUP__SIGNER=other
    )  # what is typed goes first
    assert done.exit_code == 0, done.output
    assert "NO SIGNER" not in done.stderr


def test_where_nobody_named_a_signer_it_is_said(office: Office) -> None:
    done = office.restored(office.source)
    assert done.exit_code == 0, done.output
    assert office.key in done.stdout
    assert "NO SIGNER WAS NAMED" in done.stderr


def test_one_changed_byte_of_any_part_is_refused(office: Office) -> None:
    with tarfile.open(office.source) as tar:
        names = tar.getnames()
    assert {name.partition("/")[0] for name in names} >= {"database", "keys", "store", MANIFEST, SIGNATURE}
    for name in names:

        def change(parts: Parts, name: str = name) -> None:
            middle = len(parts[name]) // 2
            parts[name] = parts[name][:middle] + bytes([parts[name][middle] ^ 1]) + parts[name][middle + 1 :]

        office.refuses(office.changed(change), "nothing was changed", "--unsigned")


def test_anothers_signature_is_refused(office: Office, tmp_path: Path) -> None:
    """Everything agrees, and it is another key's: only the fingerprint tells."""
    other = signer(tmp_path / "another")

    def forge(parts: Parts) -> None:
        parts[SIGNATURE] = written(hashlib.sha256(parts[MANIFEST]).hexdigest(), other)

    forged = office.changed(forge)
    office.refuses(forged, f"signed by the key {fingerprint(other.public)}", "--signed-by", office.key)

    def of_another_backup(parts: Parts) -> None:
        parts[SIGNATURE] = written("0" * 64, signer(office.home))

    office.refuses(office.changed(of_another_backup), "its signature does not hold", "--unsigned")


def test_a_list_of_the_erased_beside_a_refused_backup_leaves_nothing(office: Office) -> None:
    (office.folder / erased_file.NAME).write_text('{"erased":[["a","b"]],"format":"mochocho.erased.1"}\n')
    office.refuses(office.source, "nothing was changed", "--signed-by", "0" * 64)
    in_use = office.call(office.home, "restore", office.source)
    assert "holds something already" in in_use.stderr
    assert not any((home / erased_list.AGAIN).exists() for home in (office.folder / "new", office.home))


def test_a_backup_without_a_signature_is_asked_for_twice(office: Office) -> None:
    older = office.changed(lambda parts: parts.pop(SIGNATURE))
    office.refuses(older, "is not signed", "--signed-by", office.key)
    office.refuses(older, "ไม่มีลายมือชื่อ", MOCHOCHO_LANG="th")
    done = office.restored(older, "--unsigned")
    assert done.exit_code == 0, done.output
    assert "THIS BACKUP IS NOT SIGNED" in done.stderr


def test_an_encrypted_one_is_signed_within(office: Office) -> None:
    recipient = office.call(office.home, "keys", "new", "a.key").stdout.split()[-1]
    encrypted = {"MOCHOCHO_BACKUP__RECIPIENTS": f'["{recipient}"]'}
    assert office.key in office.call(office.home, "backup", "one.tar.age", **encrypted).stdout
    source, key = office.folder / "one.tar.age", ("--key", "a.key")
    office.refuses(source, "is signed by the key", *key, "--signed-by", "0" * 64)
    assert office.restored(source, *key, "--signed-by", office.key).exit_code == 0


def test_a_damaged_key_is_told_and_all_else_is_kept(office: Office) -> None:
    (office.home / FILE).write_bytes(b"rotten")
    made = office.call(office.home, "backup", "two.tar")
    assert made.exit_code == 1
    assert "the key of certificates is damaged" in made.stderr
    assert office.restored(office.folder / "two.tar", "--unsigned").exit_code == 0
