"""`person erase` of who has no application: one in each role goes, what the office must keep stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.app import access_chain
from mochocho.app.tables import AccountRow
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import open_home
from processing.tables import ApplicantRow, SheetRow
from sync.tables import Officer, Seen
from tests.builders import uid
from tests.integration import commands
from tests.integration.commands import Office
from tests.integration.forty_people import (
    ACCOUNT,
    ADVISER,
    ASSESSOR,
    FORTY,
    GROUP,
    MEMBER,
    OFFICER,
    SERVING,
    SETTINGS,
    SIGNATORY,
    SUBSTITUTE,
    TEAM,
    One,
    found,
    planted,
    retired,
    rows,
)

ROLES = (TEAM, ADVISER, ASSESSOR, OFFICER, ACCOUNT, MEMBER, SIGNATORY, SUBSTITUTE)
WHO = ("--officer", "นางลบ ตัวอย่าง", "--reason", "คำขอที่ 14/2568")
FIRST = {
    ASSESSOR: "เป็นกรรมการผู้ตรวจประเมินของรอบที่ยังเปิด",
    OFFICER: "`mochocho officers revoke",
    ACCOUNT: f"`mochocho portal accounts disable user{ACCOUNT.number}`",
    MEMBER: "อยู่ในการประชุมครั้งที่ 1/2568",
    SIGNATORY: "อยู่ในการประชุมครั้งที่ 1/2568",
    SUBSTITUTE: "อยู่ในการประชุมครั้งที่ 1/2568",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "roles").mkdir()
    with planted(tmp_path / "roles", FORTY[:1]) as one:
        yield one


def erased(office: Office, one: One, *more: str) -> str:
    return office.done("person", "erase", "--name", one.bare_name, "--only", "all", *WHO, *more)


def _receipt(lines: list[str]) -> list[str]:
    """A receipt's lines, whether it was done or would be."""
    return [line.replace("จะลบ", "ลบแล้ว", 1).replace("จะปกปิด", "ปกปิดแล้ว", 1) for line in lines[1:]]


def test_one_in_each_role_goes_and_what_they_did_stays(office: Office, tmp_path: Path) -> None:
    _who_still_serves_is_refused_with_what_comes_first(office)
    retired(office, *SERVING)
    with transaction(office.home.engine, counted=False) as session:
        form = uid("forty", "form")
        session.add(Seen(source="central:c1", root_id="uuid:there", fingerprint="", submission_root=form))
    older, newer = tmp_path / "older", tmp_path / "newer"
    office.done("backup", str(older))
    kinds = [name for name, _ in rows(office.home)]
    for one in ROLES:
        assert found(office, one)
        would = erased(office, one, "--dry-run").splitlines() if one in (TEAM, ACCOUNT) else []
        gone = erased(office, one).splitlines()
        assert not would or _receipt(would) == _receipt(gone)
        assert any("ต้องทำที่ ODK Central (c1): แบบของผู้อื่น uuid:there" in line for line in gone) == (
            one in (TEAM, ADVISER)
        )
        assert found(office, one) == set()
    before = rows(office.home)
    assert erased(office, one).splitlines()[0] == gone[0], "there is nothing more to erase"
    assert rows(office.home) == before
    office.home.engine.dispose()
    office.done("backup", str(newer))
    assert all(found(office, one, newer) == set() for one in ROLES)
    assert found(office, FORTY[0])
    stays = [name for name, _ in rows(office.home) if name not in ("erasure", "decision", "portal_access")]
    assert [one for one in kinds if one in stays] == [one for one in stays if one in kinds]
    assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in office.done("audit", "verify")
    assert access_chain.broken(office.home) == []
    with reading(office.home.engine) as session:
        assert len(session.get_one(ApplicantRow, GROUP).application["lead_team"]) == len(FORTY[:1]) + 1
        sheets = session.scalars(select(SheetRow)).all()
        assert len(sheets) == len(FORTY[:1]) + 1
        assert [one.content["signed"] for one in sheets].count(True) == 1, "by a picture that shows nobody"
        account = session.scalars(select(AccountRow).where(AccountRow.login.startswith("erased-"))).one()
        assert (account.password, account.disabled_at is None) == ("", False)
        assert session.scalars(select(Officer).where(Officer.name == "(ลบข้อมูลแล้ว)")).one().revoked_at

    again = tmp_path / "again"
    again.mkdir()
    restored = Office(again, open_home(load_settings(commands.settings(again, SETTINGS))))
    said = restored.done("restore", str(older))
    assert said.count("ลบซ้ำตามที่ลบหลังสำรอง") == len(ROLES)
    restored.home.engine.dispose()
    assert all(found(restored, one) == set() for one in ROLES)
    assert found(restored, FORTY[0])
    restored.home.engine.dispose()


def _who_still_serves_is_refused_with_what_comes_first(office: Office) -> None:
    before = rows(office.home)
    for one in SERVING:
        refused = office.call("person", "erase", "--name", one.name, "--only", "all", *WHO)
        assert refused.exit_code != 0
        assert FIRST[one] in refused.output
    assert rows(office.home) == before
