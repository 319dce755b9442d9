"""The doctor's check of backups: once people have sent something, they must be made regularly."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mochocho.app.access_chain import at_the_command_line, erasure_noted
from mochocho.app.backup import erased_file
from mochocho.app.backup.encryption import new_key
from mochocho.app.backup.make import backup
from mochocho.app.doctor import backup_checks
from mochocho.app.doctor.checks import Check
from mochocho.app.erasing import erase_person
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.status.metrics import to_prometheus
from mochocho.app.status.status_figures import look
from mochocho.settings.config import Backup, Settings
from mochocho.storage.home import Home
from processing.certificates.signing import FILE
from processing.persons.sought_person import Sought
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from tests import builders

DAY = timedelta(days=1)


def found(home: Home, later: timedelta = timedelta()) -> dict[str, Check]:
    return {c.name: c for c in backup_checks.examine(home.settings, datetime.now(UTC) + later)}


def states(home: Home, later: timedelta = timedelta()) -> list[str]:
    return [check.state for name, check in found(home, later).items() if name == "backup"]


def test_nobody_is_warned_before_anything_was_sent(home: Home) -> None:
    assert found(home) == {}


def test_what_was_sent_is_to_be_backed_up_every_week(home: Home, tmp_path: Path) -> None:
    builders.publish(home, builders.xform())
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    pull(home, SpoolSource(home))
    assert states(home) == ["warn"]
    assert "`mochocho backup backups --keep 14`" in found(home)["backup"].advice.en
    assert "no key yet" in found(home)["backup signer"].found.en
    assert "\nmochocho_backup_seconds " not in to_prometheus(look(home), datetime.now(UTC))

    backup(home, tmp_path / "backup.tar", lambda *_: None)
    assert states(home) == states(home, 6 * DAY) == ["ok"]
    assert states(home, 8 * DAY) == ["warn"]
    text = to_prometheus(look(home), datetime.now(UTC) + DAY)
    (line,) = (line for line in text.splitlines() if line.startswith("mochocho_backup_seconds "))
    assert 86_400 <= float(line.split()[1]) < 90_000


def test_what_was_erased_stands_beside_the_backups(home: Home, tmp_path: Path) -> None:
    builders.publish(home, builders.xform())
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    pull(home, SpoolSource(home))
    assert "erased list" not in found(home)
    backup(home, tmp_path / "before.tar", lambda *_: None)
    noted = erasure_noted(at_the_command_line(home))
    asked = Asked("นางลบ ตัวอย่าง", "คำขอที่ 15/2568", noted)
    assert erase_person.erase(home, Sought(key=builders.uid("applicant")), asked)

    def state(folder: Path | None) -> str:
        settings = Settings(home=home.settings.home, backup=Backup(folder=folder))
        found = {check.name: check for check in backup_checks.examine(settings, datetime.now(UTC))}
        return found["erased list"].state

    assert (state(None), state(tmp_path)) == ("warn", "warn")
    erased_file.write(home, tmp_path)
    assert (state(None), state(tmp_path)) == ("warn", "ok")
    backup(home, tmp_path / "after.tar", lambda *_: None)
    assert state(None) == "ok"


def test_two_people_can_open_it_and_one_key_signs(home: Home, tmp_path: Path) -> None:
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    builders.publish(home, builders.xform())
    pull(home, SpoolSource(home))
    key = backup(home, tmp_path / "backup.tar", lambda *_: None).signer
    people = [new_key(tmp_path / f"{number}.key", home.settings.home) for number in range(2)]

    def look(**backup: object) -> dict[str, Check]:
        settings = Settings(home=home.settings.home, backup=Backup(**backup))  # type: ignore[arg-type]
        return {check.name: check for check in backup_checks.examine(settings, datetime.now(UTC))}

    for named, state in (([], "warn"), (people[:1] * 2, "warn"), (people, "ok")):
        assert look(recipients=named)["backup readers"].state == state
    for signer, state in (("", "ok"), (key, "ok"), ("0" * 64, "warn")):
        assert look(signer=signer)["backup signer"].state == state
    (home.settings.home / FILE).write_bytes(b"rotten")
    assert "เสียหาย" in look()["backup signer"].found.th
