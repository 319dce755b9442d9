"""`person erase`: forty people stand in every place, one is erased: no byte tells of it, the others stand."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app import access_chain
from mochocho.app.releases_examined import of_home
from mochocho.storage.db import reading
from processing.assessment import assess
from processing.register import register_forms
from processing.releases import kept_releases, told_changes
from processing.releases.printed_now import changes_since
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from tests import databases
from tests.builders import application, post, uid
from tests.integration.commands import Office
from tests.integration.forty_people import FORTY, GROUP, decided, found, planted, registered, retired, rows

GONE, *OTHERS = FORTY
WHO = ("--officer", "นางลบ ตัวอย่าง", "--reason", "คำขอที่ 11/2568")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "forty"
    folder.mkdir()
    if request.param == "sqlite":
        with planted(folder) as one:
            yield one
    else:
        with databases.postgresql() as url, planted(folder, url=url) as one:
            yield one


def told(every: list[tuple[str, dict[str, object]]], name: str) -> int:
    """How often a name stands in the database."""
    return sum(json.dumps(values, ensure_ascii=False, default=str).count(name) for _, values in every)


def test_one_of_forty_goes_and_the_others_stand(office: Office, tmp_path: Path) -> None:
    said = office.done("person", "erase", "--key", GONE.key, *WHO, "--dry-run")
    assert "ยังมีผู้ปฏิบัติหน้าที่ด้วยชื่อเดียวกัน ชื่อจึงยังอยู่ใน: ข้อมูลของผู้สมัคร" in said
    retired(office, GONE)
    before = rows(office.home)
    assert found(office, GONE) >= {"left.tmp", "plan.json", "packet.pdf", "release.json"}
    said = office.done("person", "erase", "--key", GONE.key, *WHO, "--dry-run")
    assert "จะลบ" in said
    assert GONE.bare_name not in said
    assert rows(office.home) == before, "a dry run changes nothing"

    receipt = tmp_path / "receipt.json"
    said = office.done("person", "erase", "--national-id", GONE.national_id, *WHO, "--receipt", str(receipt))
    office.home.engine.dispose()
    backups = tmp_path / "backups"
    backups.mkdir()
    office.done("backup", str(backups))
    assert found(office, GONE, backups) == set()
    assert GONE.bare_name not in receipt.read_text()
    assert len(json.loads(receipt.read_text())["files"]) >= 4

    after = rows(office.home)
    for one in OTHERS:
        assert told(after, one.bare_name) == told(before, one.bare_name)
        assert told(after, one.national_id) == told(before, one.national_id)
    assert registered(office.home) == {GROUP, *(one.key for one in OTHERS)}
    assert "mochocho.db" in found(office, OTHERS[0]) or office.home.engine.dialect.name != "sqlite"

    kept = [row for row in decided(office.home) if row.applicant_key == GONE.key]
    assert [row.kind for row in kept] == ["resolution", "certify", "erase"]
    assert "ลบข้อมูลแล้ว" in kept[1].content
    verified = office.done("audit", "verify")
    assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in verified
    assert "ปกปิดข้อความตามการลบข้อมูลส่วนบุคคล" in verified
    assert access_chain.broken(office.home) == []
    assert [fault for folder in of_home(office.home) for fault in folder.faults] == []
    assert "ไฟล์ 1 จาก 1 ไฟล์ถูกลบตามการลบข้อมูลส่วนบุคคล" in office.done("packet", "verify")
    with reading(office.home.engine) as session:
        (released,) = kept_releases.releases(session)
        since = [*changes_since(office.home, session, released)]
    assert [one.key for one in since] == [GONE.key]
    assert not any(GONE.bare_name in f"{one} {told_changes.told(one).th}" for one in since)

    office.done("cycle", "reopen", "--by", "นางเปิด ตัวอย่าง", "--reason", "ตรวจอีกครั้ง")
    register_forms.run(office.home)
    assess.do(office.home, assess.due(office.home))
    before = rows(office.home)
    assert "ครั้งที่ 1" in office.done("person", "erase", "--key", GONE.key, *WHO)
    assert rows(office.home) == before, "there is nothing more to erase"
    _what_is_sent_again_does_not_come_back(office)


def _what_is_sent_again_does_not_come_back(office: Office) -> None:
    stored = {path for path in office.home.store.root.rglob("*") if path.is_file()}
    first, second = uid(GONE.key, "first"), uid(GONE.key, "second")
    own = {"applicant_name": GONE.name, "national_id": GONE.national_id, "photo": "1.jpg"}
    post(office.home, application(GONE.key, own, instance_id=first), {"1.jpg": GONE.photo})
    later = application(GONE.key, own, instance_id=uid("later"), deprecated_id=second)
    post(office.home, later, {"1.jpg": GONE.photo})
    pull(office.home, SpoolSource(office.home))
    register_forms.run(office.home)
    assert GONE.key not in registered(office.home)
    assert {path for path in office.home.store.root.rglob("*") if path.is_file()} == stored
    assert found(office, GONE) == set()
    pull(office.home, SpoolSource(office.home))
    assert found(office, GONE) == set()
