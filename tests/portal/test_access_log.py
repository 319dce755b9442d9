"""Who was given what to see: a row before the bytes, or no bytes; a number in full only for a reason."""

import pytest
from flask import Flask
from sqlalchemy import delete, text, update

from mochocho.app import access_chain
from mochocho.app.access_chain import Who
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.app.tables import AccessHeadRow, AccessRow
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import NATIONAL_ID, PHONE, Browser, Client, Clock, made_site, settle, signed_in

LEADER = ENTITY.format(7)
PATH = f"/applicants/{LEADER}/identity"
REASON = "โทรนัดหมายวันลงพื้นที่"


def test_a_number_is_shown_for_a_reason_that_is_in_the_log_first(
    settled: Home, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    browser = client("district")
    assert NATIONAL_ID not in browser.get(PATH).text
    before = len(access_chain.last(settled, 1000))
    answer = browser.send(PATH, reason=REASON)
    assert answer.status_code == 200
    assert NATIONAL_ID in answer.text
    assert PHONE in answer.text
    newest, *earlier = access_chain.last(settled, 1000)
    assert len(earlier) == before
    assert (newest.name, newest.what, newest.about) == ("นายอำเภอ ตัวอย่าง", "identity", LEADER)
    assert (newest.reason, newest.page) == (REASON, PATH)
    assert NATIONAL_ID not in caplog.text
    assert NATIONAL_ID not in repr(newest)


@pytest.mark.parametrize("reason", ["", "ดู", "-" * 12, "x" * 501])
def test_without_a_reason_nothing_is_shown_and_nothing_logged(
    settled: Home, client: Client, reason: str
) -> None:
    browser = client("district")
    before = access_chain.last(settled, 1)
    answer = browser.send(PATH, reason=reason)
    assert answer.status_code == 400
    assert NATIONAL_ID not in answer.text
    assert access_chain.last(settled, 1) == before


@pytest.mark.parametrize("role", ["admin", "assessor", "viewer"])
def test_who_may_not_unmask_sees_no_number(client: Client, role: str) -> None:
    assert client(role).send(PATH, reason=REASON).status_code == 403


class Worked:
    """A home of its own whose log has three rows, and its site."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self.home = home
        settle(home, applicants=7)
        self.site: Flask = made_site(home, clock)
        self.browser: Browser = signed_in(self.site, "province")
        for _ in range(3):
            assert self.browser.send(PATH, reason=REASON).status_code == 200


def test_a_log_that_cannot_be_written_shows_nothing(home: Home, clock: Clock) -> None:
    worked = Worked(home, clock)
    with home.engine.begin() as connection:
        connection.execute(text("ALTER TABLE portal_access RENAME TO elsewhere"))
    answer = worked.browser.send(PATH, reason=REASON)
    assert answer.status_code == 503
    assert NATIONAL_ID not in answer.text
    assert "บันทึกการเข้าถึงไม่ได้" in answer.text


def test_a_log_that_was_tampered_with_says_where(any_home: Home) -> None:
    given = accounts.add(any_home, "ying", "นางหญิง ตัวอย่าง", Role.PROVINCE)
    assert given
    who = Who(1, "นางหญิง ตัวอย่าง", "/")
    for number in range(3):  # after the row of the account
        with transaction(any_home.engine, counted=False) as session:
            access_chain.append(session, who, "identity", f"k{number}", REASON, Clock()())
    assert access_chain.broken(any_home) == []

    with transaction(any_home.engine, counted=False) as session:
        session.execute(update(AccessRow).where(AccessRow.number == 2).values(name="ผู้อื่น ตัวอย่าง"))
    assert access_chain.broken(any_home) == [2]
    with transaction(any_home.engine, counted=False) as session:
        session.execute(update(AccessRow).where(AccessRow.number == 2).values(name=who.name))
        session.execute(delete(AccessRow).where(AccessRow.number == 4))
    assert access_chain.broken(any_home) == [4]
    with transaction(any_home.engine, counted=False) as session:
        session.execute(delete(AccessRow).where(AccessRow.number == 1))
        session.execute(update(AccessHeadRow).values(number=3))
    assert access_chain.broken(any_home)[0] == 2
