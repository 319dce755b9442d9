"""`person erase` of a name that several people bear: only what was chosen goes, and nobody who serves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.app.erasing.whose.mentions import BY, MEETING, mention_of, told_without_names
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind, Plain
from processing.register import register_forms
from processing.tables import ApplicantRow
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import Officer, SubmissionVersion
from tests.builders import application, officer, post, publish, uid, xform
from tests.integration import commands
from tests.integration.commands import Office
from tests.integration.forty_people import rows

TEAM, ADVISED, LEADER = uid("several", "team"), uid("several", "advised"), uid("several", "leader")
NAME, OFFICERS, TELEPHONE = "สมชาย หลายคน", "วิชัย ทั้งสอง", "000-000-7777"
WHO = ("--officer", "นางลบ ตัวอย่าง", "--reason", "คำขอที่ 31/2568")


def _filled(folder: Path) -> Home:
    home = open_home(load_settings(commands.settings(folder, "")))
    upgrade(home.engine)
    publish(home, xform())
    team = {
        "applicant_type": "group",
        "applicant_name": "กลุ่มจักสาน",
        "lead_team": [{"team_name": f"นาย{NAME}", "team_role": "ประธาน"}],
    }
    adviser = [{"adviser_name": NAME, "adviser_about": f"โทร {TELEPHONE}"}]
    advised = {"applicant_type": "group", "applicant_name": "กลุ่มทอผ้า", "advisers": adviser}
    own = {"applicant_name": f"นาย{OFFICERS}", "national_id": "1000027182818"}
    who = officer(home, f"นาย{OFFICERS}")
    officer(home, f"นาย{NAME}")
    for key, answers in ((TEAM, team), (ADVISED, advised), (LEADER, own)):
        post(home, application(key, answers, instance_id=uid(key)), officer_id=who)
    pull(home, SpoolSource(home))
    register_forms.run(home)
    objection = Decision(Kind.OBJECT, TEAM, "photo", Plain(), "ขอถอน", f"นาย{OFFICERS}")
    recorder.record_decisions(home, [objection])
    return home


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "home").mkdir()
    home = _filled(tmp_path / "home")
    yield Office(tmp_path / "home", home)
    home.engine.dispose()


def _told(home: Home, name: str) -> dict[str, bool]:
    """Where a name stands: in the application of each, in its form as it was sent, in an officer's row."""
    with reading(home.engine) as session:
        told = {
            row.key: name in str(row.application) + row.name for row in session.scalars(select(ApplicantRow))
        }
        for version in session.scalars(select(SubmissionVersion)):
            told[version.instance_id] = name in home.store.read(version.xml_sha256).decode()
        officers = list(session.scalars(select(Officer)))
    return told | {"officer": any(name in one.name and one.revoked_at is None for one in officers)}


def _restored(folder: Path, backup: Path) -> Office:
    folder.mkdir()
    one = Office(folder, open_home(load_settings(commands.settings(folder, ""))))
    assert "ลบซ้ำตามที่ลบหลังสำรอง" in one.done("restore", str(backup))
    return one


def test_only_what_was_chosen_of_a_name_goes_now_and_after_a_restore(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "older"
    office.done("backup", str(backup))
    erase = ("person", "erase", "--name", NAME, *WHO)
    before = _told(office.home, NAME)
    assert before == {one: one not in (LEADER, uid(LEADER)) for one in before}
    refused = office.call(*erase)
    assert refused.exit_code != 0
    parts = [line.split()[1] for line in refused.output.splitlines() if line.startswith("  --only")]
    assert parts == [*sorted((f"applicant:{TEAM}", f"applicant:{ADVISED}")), "officer:2"]
    assert "ผู้สมัคร กลุ่มทอผ้า เมืองเชียงราย: ทะเบียนผู้สมัคร ที่ปรึกษา" in refused.output
    assert "ยังใช้ได้" in office.call(*erase, "--only", "officer:2").output
    assert office.call(*erase, "--only", f"applicant:{TEAM}", "--only", "officer:9").exit_code != 0
    assert "ไม่พบ" in office.done(*erase, "--only", "officer:9")
    by_key = office.call("person", "erase", "--key", TEAM, *WHO, "--only", "officer:2")
    assert "--only ใช้กับ --name เท่านั้น" in by_key.output
    assert _told(office.home, NAME) == before

    would = office.done(*erase, "--only", f"applicant:{ADVISED}", "--dry-run").splitlines()
    gone = office.done(*erase, "--only", f"applicant:{ADVISED}").splitlines()
    assert gone[1] == would[1] == f"เฉพาะส่วนที่เลือกว่าเป็นของบุคคลนี้: ข้อมูลของผู้สมัคร {ADVISED}"
    after = before | {ADVISED: False, uid(ADVISED): False}
    assert _told(office.home, NAME) == after
    assert TELEPHONE not in str(rows(office.home))
    again = office.done(*erase, "--only", f"applicant:{ADVISED}").splitlines()
    assert again[:2] == gone[:2], "there is nothing more to erase"
    office.done("backup", str(tmp_path / "newer"))
    restored = _restored(tmp_path / "restored", backup)
    assert _told(restored.home, NAME) == after
    restored.home.engine.dispose()


def test_an_applicant_goes_while_an_officer_of_the_same_name_serves(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "older"
    office.done("backup", str(backup))
    erase = ("person", "erase", "--key", LEADER, *WHO)
    stays = "ชื่อจึงยังอยู่ใน: ผู้บันทึกหรือผู้สั่งในระบบ, เจ้าหน้าที่ที่ใช้โทรศัพท์ เลขที่ 1 "
    assert stays in office.done(*erase, "--dry-run")
    assert stays in office.done(*erase)
    office.done("backup", str(tmp_path / "newer"))
    restored = _restored(tmp_path / "restored", backup)
    for home in (office.home, restored.home):
        told = _told(home, OFFICERS)
        assert LEADER not in told
        assert told["officer"]
        assert next(OFFICERS in str(one) for name, one in rows(home) if name == "decision")
        assert sum(OFFICERS in str(one) for _, one in rows(home)) == 2
        assert "1000027182818" not in str(rows(home))
    assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in restored.done("audit", "verify")
    restored.home.engine.dispose()


def test_what_nobody_can_part_is_one_part_and_is_told_without_names() -> None:
    """Of meetings each, of who recorded something all of them; an applicant's rows together."""
    assert mention_of("decision", {"number": 3}, "recorded_by", "k") == BY
    assert mention_of("decision", {"number": 3}, "content", "k") == "applicant:k"
    for table, column in (("meeting", "key"), ("sitting", "meeting"), ("released_packet", "meeting_key")):
        assert mention_of(table, {column: "province:1/2568"}, "content", "") == f"{MEETING}:province:1/2568"
    assert mention_of("asked_work", {"id": 4}, "said", "") == "asked_work"
    assert told_without_names(f"{MEETING}:province:1/2568").th == "การประชุมครั้งที่ 1/2568 ระดับจังหวัด"
    assert told_without_names(f"{MEETING}:5707:2/2568").th == "การประชุมครั้งที่ 2/2568 5707"
