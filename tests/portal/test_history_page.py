"""ประวัติ: decisions and openings are found by who, whom and why; both chains are checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from mochocho.app.tables import AccessRow
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind
from tests import databases
from tests.integration.province_mirror import ENTITY
from tests.integration.test_audit import tamper
from tests.portal.conftest import NATIONAL_ID, Clock, copied, made_site, settle, signed_in

WHOLE = "ครบถ้วน ไม่มีบันทึกใดถูกแก้"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Home]:
    """Two withdrawals by two people, and an identity that was opened for a reason."""
    with databases.home_on_sqlite(tmp_path_factory.mktemp("told") / "home", sqlite_template) as home:
        settle(home)
        for number, by in ((1, "นางหนึ่ง ตัวอย่าง"), (2, "นายสอง ตัวอย่าง")):
            reason = f"ย้ายออก {NATIONAL_ID}"
            one = Decision(Kind.WITHDRAW, ENTITY.format(number), reason=reason, recorded_by=by)
            recorder.record_decisions(home, [one])
        accepted = Decision(
            Kind.DOCUMENT_ACCEPT, ENTITY.format(7), "id_card_copy", recorded_by="นางรับ ตัวอย่าง"
        )
        recorder.record_decisions(home, [accepted])
        browser = signed_in(made_site(home, Clock()), "province")
        path = f"/applicants/{ENTITY.format(7)}/identity"
        assert browser.send(path, reason="โทรตามเอกสารที่ขาด").status_code == 200
        yield home


def test_decisions_are_found_by_who_and_whom(told: Home, clock: Clock) -> None:
    browser = signed_in(made_site(told, clock), "admin")
    page = browser.get("/history").text
    assert page.index("นายสอง ตัวอย่าง") < page.index("นางหนึ่ง ตัวอย่าง")  # the newest first
    assert NATIONAL_ID not in page
    assert "นายสอง" not in browser.get("/history?q=นางหนึ่ง").text
    assert "นางหนึ่ง" not in browser.get(f"/history?q={ENTITY.format(2)}").text
    for pattern in ("%25", "นาง_นึ่ง", "นาง.*"):
        assert ": ไม่มี" in browser.get(f"/history?q={pattern}").text
    assert "นายสอง" not in browser.get("/history?before=2").text


def test_a_decision_names_the_document_in_words(told: Home, clock: Clock) -> None:
    page = signed_in(made_site(told, clock), "admin").get(f"/history?q={ENTITY.format(7)}").text
    assert "รับเอกสาร สำเนาบัตร" in page
    assert "id_card_copy" not in page


def test_what_was_opened_is_found_with_its_reason(told: Home, clock: Clock) -> None:
    browser = signed_in(made_site(told, clock), "admin")
    page = browser.get("/history?of=access&q=โทรตาม").text
    assert "โทรตามเอกสารที่ขาด" in page
    assert "นางจังหวัด ตัวอย่าง" in page
    assert ENTITY.format(7) in page


def test_a_row_that_was_changed_is_told(told: Home, clock: Clock, tmp_path: Path) -> None:
    with copied(told, tmp_path) as home:
        browser = signed_in(made_site(home, clock), "admin")
        assert WHOLE in browser.get("/history?check=1").text
        assert WHOLE in browser.get("/history?of=access&check=1").text
        with transaction(home.engine) as session:
            session.execute(update(AccessRow).values(reason="อื่น"))
        tamper(home, "UPDATE decision SET reason = 'x' WHERE number = 1")
        assert "เลขที่ 1: ถูกแก้" in browser.get("/history?check=1").text
        assert "เลขที่ 1 ไม่ตรงกับที่บันทึกไว้" in browser.get("/history?of=access&check=1").text


def test_only_an_administrator_opens_it(told: Home, clock: Clock) -> None:
    for role in ("province", "district", "assessor", "viewer"):
        assert signed_in(made_site(told, clock), role).get("/history").status_code == 403
