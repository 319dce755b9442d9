"""The output of `mochocho status`, for people and for programs."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mochocho.app.pipeline import ledger
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.status.metrics import to_prometheus
from mochocho.app.status.shown import table, to_json
from mochocho.app.status.status_figures import Status, look
from mochocho.settings.config import Folder
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from reports.tables import PacketRow
from sync import officers
from sync.openrosa.receiving.spool import Spool, Unusable
from tests import builders
from tests.builders import NOON, uid


@pytest.fixture
def officer(home: Home) -> int:
    builders.publish(home, builders.xform())
    return builders.officer(home)


def stage(now: Status, name: str) -> tuple[int, int]:
    found = next(s for s in now.stages if s.name == name)
    return found.done, found.due


def waiting(now: Status, name: str) -> dict[str, int]:
    found = next(s for s in now.stages if s.name == name)
    return {w.code: w.count for w in found.waiting}


def shown(now: Status, capsys: pytest.CaptureFixture[str], at: datetime = NOON + timedelta(hours=50)) -> str:
    table(now, at)
    return capsys.readouterr().out


def test_an_empty_home_has_nothing_to_do(home: Home) -> None:
    now = look(home)
    assert [(s.name, s.done, s.due, s.waiting) for s in now.stages] == [
        ("pull", 0, 0, ()),
        ("register", 0, 0, ()),
        ("assess", 0, 0, ()),
        ("lists", 0, 0, ()),
        ("notices", 0, 0, ()),
        ("layout", 0, 0, ()),
        ("typeset", 0, 0, ()),
        ("packet", 0, 0, ()),
    ]
    assert (now.held, now.conflicts, now.missing_attachments, now.packet_meeting) == ((), (), 0, None)


def test_due_moves_from_stage_to_stage(home: Home, officer: int) -> None:
    builders.post(home, builders.application(), officer_id=officer)
    assert [stage(look(home), n) for n in ("pull", "register", "assess")] == [(0, 1), (0, 0), (0, 0)]
    run_once(home, stages=("pull",))
    assert [stage(look(home), n) for n in ("pull", "register", "assess")] == [(1, 0), (0, 1), (0, 0)]
    run_once(home, stages=("register",))
    assert [stage(look(home), n) for n in ("pull", "register", "assess")] == [(1, 0), (1, 0), (0, 1)]
    run_once(home)
    assert [stage(look(home), n) for n in ("pull", "register", "assess")] == [(1, 0), (1, 0), (1, 0)]


def test_looking_changes_nothing(home: Home, officer: int) -> None:
    builders.post(home, builders.application(), officer_id=officer)
    assert look(home) == look(home)


def test_what_cannot_be_used_is_shown_with_reason_and_age(
    home: Home, officer: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        reject = Unusable("xml.malformed", "อ่านแบบฟอร์มไม่ได้", f"{number:064}", (), officer, NOON)
        Spool(home.spool_dir).reject(reject)
    run_once(home)
    now = look(home)
    assert waiting(now, "pull") == {"xml.malformed": 3}
    assert "pull: 3 × xml.malformed, oldest 2 d: อ่านแบบฟอร์มไม่ได้" in shown(now, capsys)


def test_a_form_that_the_register_cannot_read_is_shown(home: Home, officer: int) -> None:
    strange = builders.application(fields={"applicant_type": "stranger"})
    builders.post(home, strange, officer_id=officer)
    run_once(home)
    now = look(home)
    assert stage(now, "register") == (0, 0)
    assert sum(waiting(now, "register").values()) == 1
    unread = next(s for s in now.stages if s.name == "register").waiting[0]
    assert unread.since == NOON


def test_an_applicant_of_another_district_is_held(
    home: Home, officer: int, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = builders.application(fields={"district": "5702"})
    builders.post(home, elsewhere, officer_id=officer)
    run_once(home)
    now = look(home)
    assert [held.key for held in now.held] == [uid("applicant")]
    assert "held: นางสมมติ ทดสอบ" in shown(now, capsys)


def test_two_edits_of_one_version_are_a_conflict(
    home: Home, officer: int, capsys: pytest.CaptureFixture[str]
) -> None:
    first = uid("application")
    builders.post(home, builders.application(), officer_id=officer)
    for which in ("one", "two"):
        edit = builders.application(fields={"village": which}, instance_id=uid(which), deprecated_id=first)
        builders.post(home, edit, officer_id=officer)
    run_once(home)
    now = look(home)
    assert now.conflicts == (first,)
    assert f"conflict: {first}" in shown(now, capsys)


def test_files_that_have_not_arrived_are_counted(
    home: Home, officer: int, capsys: pytest.CaptureFixture[str]
) -> None:
    named = builders.application(fields={"photo": "1.jpg", "pages": [{"page": "2.jpg"}, {"page": "3.jpg"}]})
    builders.post(home, named, {"2.jpg": builders.JPEG}, officer_id=officer)
    run_once(home)
    now = look(home)
    assert now.missing_attachments == 2
    assert "files that have not arrived: 2" in shown(now, capsys)


def test_a_folder_that_is_gone_is_shown(home: Home, tmp_path: Path) -> None:
    settings = home.settings.model_copy(update={"folders": (Folder(key="phone", path=tmp_path / "gone"),)})
    with_folder = Home(settings, home.engine, home.store, home.pack, home.pack_digest, home.province)
    assert waiting(look(with_folder), "pull") == {"source.unreadable": 1}


def test_officers_and_the_last_packet(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = officers.add(home, "นายหนึ่ง ตัวอย่าง", ["5701"])
    officers.add(home, "นางสอง ตัวอย่าง", ["5702"])
    officers.revoke(home, first)
    with transaction(home.engine) as session:
        session.add(PacketRow(manifest_sha256="0" * 64, meeting_no="1/2568", made_at=NOON))
    text = shown(look(home), capsys, NOON + timedelta(minutes=5))
    assert "officers: 1 active, 1 revoked" in text
    assert "last packet: meeting 1/2568, made 5 min ago" in text


def test_json_holds_the_same_and_no_secret(home: Home, officer: int) -> None:
    _, token = officers.add(home, "นางสอง ตัวอย่าง", ["5702"])
    builders.post(home, builders.application(fields={"district": "5702"}), officer_id=officer)
    run_once(home)
    now = look(home)
    text = to_json(now)
    read = json.loads(text)
    assert [s["name"] for s in read["stages"]][:3] == ["pull", "register", "assess"]
    assert read["stages"][2] == {
        "name": "assess",
        "done": 1,
        "due": 0,
        "waiting": [],
        "queued": 0,
        "running": 0,
        "failed": [],
        "oldest": None,
    }
    assert read["officers_active"] == 2
    assert token not in text
    assert "1000000000009" not in text


def test_times_are_given_with_their_zone(home: Home) -> None:
    with transaction(home.engine) as session:
        session.add(PacketRow(manifest_sha256="0" * 64, meeting_no="1/2568", made_at=NOON))
    made = json.loads(to_json(look(home)))["packet_made_at"]
    assert datetime.fromisoformat(made) == NOON.astimezone(UTC)


def failing(home: Home) -> Status:
    """Two items that failed: one waits for a person, one is tried again."""
    ledger.record(home, "assess", (), {'quoted "key"': Terminal("ให้แก้การตั้งค่า", "mend the settings")})
    ledger.record(home, "pull", (), {"folder:away": Transient("โฟลเดอร์ไม่อยู่", "the folder is away")})
    return look(home)


def test_what_failed_is_shown_with_reason_age_and_what_to_do(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    said = shown(failing(home), capsys, datetime.now(UTC) + timedelta(hours=3))
    assert (
        'assess: quoted "key" failed, terminal, 3 h ago: mend the settings → `mochocho replay assess`' in said
    )
    assert "pull: folder:away failed, transient, 3 h ago: the folder is away → again in 0 s" in said


def test_what_failed_is_in_the_json(home: Home) -> None:
    stages = {stage["name"]: stage for stage in json.loads(to_json(failing(home)))["stages"]}
    (failed,) = stages["assess"]["failed"]
    assert (failed["code"], failed["items"], failed["again"]) == ("terminal", ['quoted "key"'], None)
    assert stages["pull"]["failed"][0]["again"] is not None
    assert stages["pull"]["oldest"] == stages["pull"]["failed"][0]["since"]


def test_prometheus_gets_numbers_and_no_names(home: Home, officer: int) -> None:
    builders.post(home, builders.application(fields={"district": "5702"}), officer_id=officer)
    run_once(home)
    now = failing(home)
    said = to_prometheus(now, datetime.now(UTC) + timedelta(hours=1))
    samples = dict(line.rsplit(" ", 1) for line in said.splitlines() if not line.startswith("#"))
    assert samples['mochocho_done{stage="assess"}'] == "1"
    assert samples['mochocho_failed{stage="assess",code="terminal",retried="false"}'] == "1"
    assert samples['mochocho_failed{stage="pull",code="transient",retried="true"}'] == "1"
    assert 3600 <= float(samples['mochocho_oldest_seconds{stage="pull"}']) < 3700
    assert samples["mochocho_held"] == "1"
    assert "สมมติ" not in said
    assert {line.split()[2] for line in said.splitlines() if line.startswith("# TYPE")} == {
        name.split("{")[0] for name in samples
    } | {"mochocho_waiting_for_a_person", "mochocho_looked_seconds", "mochocho_backup_seconds"}
