"""A backup from before an erasure is restored: what was erased since goes again, encrypted or not."""

from pathlib import Path

import pytest

from mochocho.app.backup import erased_file
from mochocho.settings.config import load_settings
from mochocho.storage.home import open_home
from tests.integration import commands
from tests.integration.commands import Office
from tests.integration.forty_people import FORTY, GROUP, SETTINGS, found, planted, registered, retired

SOME = FORTY[:2]
WHO = ("--officer", "นางลบ ตัวอย่าง", "--reason", "คำขอที่ 11/2568")


@pytest.mark.parametrize("encrypted", [True, pytest.param(False, marks=pytest.mark.long)])
def test_what_was_erased_since_goes_again(tmp_path: Path, encrypted: bool) -> None:
    gone, stays = SOME
    backups, first, second = (tmp_path / name for name in ("backups", "first", "second"))
    for folder in (backups, first, second):
        folder.mkdir()
    key, words = tmp_path / "one.key", ()
    with planted(first, SOME) as office:
        if encrypted:
            recipient = office.done("keys", "new", str(key)).split()[-1]
            settings = first / "mochocho.toml"
            settings.write_text(f'{settings.read_text()}[backup]\nrecipients = ["{recipient}"]\n')
            words = ("--key", str(key))
        office.done("backup", str(backups / "older"))
        retired(office, gone)
        office.done("person", "erase", "--key", gone.key, *WHO)
        office.done("backup", str(backups / "newer"))
    listed = (backups / erased_file.NAME).read_bytes()
    assert not any(needle in listed for needle in (*gone.needles(), gone.key.encode()))

    restored = Office(second, open_home(load_settings(commands.settings(second, SETTINGS))))
    said = restored.done("restore", str(backups / "older"), *words)
    assert "ลบซ้ำตามที่ลบหลังสำรอง" in said
    assert gone.key in said
    restored.home.engine.dispose()
    assert registered(restored.home) == {GROUP, stays.key}
    assert found(restored, gone) == set()
    assert found(restored, stays)
    assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in restored.done("audit", "verify")
    restored.home.engine.dispose()
