"""Who signed in stands in the access log, and nobody comes in unseen; a flood of failures leaves few rows."""

from flask import Flask

from mochocho.app import access_chain
from mochocho.app.access_rows import Access
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.portal.access.sign_ins.sign_in_log import OF_NOBODY
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from tests.portal.conftest import PASSWORD, Browser, Clock, made_site, settle, signed_in

AT_THE_DOOR = {"signed_in", "refused", "locked_out"}


def told(home: Home) -> list[Access]:
    """What stands in the log of the door, oldest first."""
    return [row for row in reversed(access_chain.last(home, 100)) if row.what in AT_THE_DOOR]


def new(site: Flask) -> Browser:
    browser = site.test_client()
    assert isinstance(browser, Browser)
    return browser


def test_each_who_came_in_is_named_and_a_flood_leaves_few_rows(home: Home, clock: Clock) -> None:
    settle(home, applicants=0)
    site = made_site(home, clock)
    signed_in(site, "district")
    for n in range(15):
        new(site).sign_in("province", f"wrong {n}")
    for n in range(20):
        new(site).sign_in(f"nobody{n}", f"wrong {n}")
    rows = [(row.what, row.about) for row in told(home)]
    assert rows == [
        ("signed_in", "district"),
        ("refused", "province"),
        ("locked_out", "province"),
        ("refused", OF_NOBODY),
    ]
    first = told(home)[0]
    assert (first.name, "127.0.0.1" in first.reason) == ("นายอำเภอ ตัวอย่าง", True)
    assert not any("wrong" in row.reason or "nobody" in row.reason for row in told(home))
    clock.later(minutes=16)
    new(site).sign_in("province", "wrong")
    new(site).sign_in("province", PASSWORD)
    assert [row.what for row in told(home)[len(rows) :]] == ["refused", "signed_in"]
    assert access_chain.broken(home) == []


def test_where_the_log_cannot_be_written_nobody_comes_in(home: Home, clock: Clock) -> None:
    settle(home, applicants=0)
    site = made_site(home, clock)
    site.config["PROPAGATE_EXCEPTIONS"] = False
    with transaction(home.engine) as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON portal_access BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    browser = new(site)
    assert browser.sign_in("province", PASSWORD).status_code >= 500
    assert browser.get("/profile").status_code == 303


def test_nothing_of_what_a_browser_says_is_repeated() -> None:
    assert Caller("192.0.2.7", "<script>").words == "เบราว์เซอร์อื่น จาก 192.0.2.7"
    assert (
        Caller("::1", "Mozilla/5.0 (Windows NT 10.0) Chrome/1 Safari/1 Edg/1").words
        == "Edge บน Windows จาก ::1"
    )
