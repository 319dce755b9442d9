"""บัญชี: made, changed, closed by an administrator alone; a password is shown once; all of it is logged."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.app.access_chain import Who
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.account_parts.account import Account
from mochocho.app.portal.access.account_parts.account_reach import last_day
from mochocho.app.portal.access.roles import Role
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, PASSWORD, THERE, Browser, Clock, made_site, signed_in

NEW = {"login": "mali", "name": "นางมะลิ ตัวอย่าง", "password": PASSWORD}


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    return made_site(own_home, clock)


@pytest.fixture
def admin(site: Flask) -> Browser:
    return signed_in(site, "admin")


def known(home: Home, login: str) -> Account:
    return next(one for one in accounts.every(home) if one.login == login)


def sent(browser: Browser, home: Home, login: str, what: str, **values: str) -> TestResponse:
    return browser.send(f"/accounts/{known(home, login).id}/{what}", **values)


def given(page: str) -> str:
    found = re.search(r'<code class="b">([a-z0-9-]{19})</code>', page)
    assert found, page
    return found[1]


def logged(home: Home) -> tuple[str, str, str]:
    newest = access_chain.last(home, 1)[0]
    assert (newest.what, access_chain.broken(home)) == ("account", [])
    return newest.name, newest.about, newest.reason


def test_an_account_is_made_and_its_password_shown_once(admin: Browser, own_home: Home, site: Flask) -> None:
    answer = admin.send("/accounts", **NEW, role="district", district=HERE)
    assert answer.status_code == 200
    password = given(answer.text)
    assert "http://localhost/signin" in answer.text
    one = known(own_home, "mali")
    assert (one.name, one.role, one.districts, one.must_change) == (NEW["name"], Role.DISTRICT, {HERE}, True)
    assert password not in admin.get(f"/accounts/{one.id}").text
    page = admin.get("/accounts").text
    assert "เจ้าหน้าที่อำเภอ อำเภอเมืองเชียงราย" in page
    assert "รอเปลี่ยนรหัสผ่าน" in page
    name, about, told = logged(own_home)
    assert (name, about) == ("นายดูแล ระบบดี", "mali")
    assert "อำเภอเมืองเชียงราย" in told
    assert password not in told
    owner = site.test_client()
    assert isinstance(owner, Browser)
    assert owner.sign_in("mali", password).status_code == 303
    assert owner.get("/").location == "/profile/password"
    again = admin.send("/accounts", **NEW, role="district", district=HERE)
    assert (again.status_code, "มีบัญชี mali อยู่แล้ว" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"role": ""}, "ให้เลือกหน้าที่"),
        ({"role": "root"}, "ให้เลือกหน้าที่"),
        ({"login": "มะลิ", "role": "admin"}, "ใช้ไม่ได้"),
        ({"name": " ", "role": "admin"}, "ให้บอกชื่อ"),
        ({"role": "district"}, "ต้องบอกอำเภอ"),
        ({"role": "district", "district": "9999"}, "ไม่มีอำเภอ 9999"),
        ({"role": "province", "district": HERE}, "อำเภอใช้กับบัญชีของเจ้าหน้าที่อำเภอและกรรมการผู้ประเมินเท่านั้น"),
        ({"role": "assessor"}, "กรรมการต้องบอกอำเภอหรือรหัสผู้สมัคร"),
        ({"role": "assessor", "applicants": ENTITY.format(99)}, "ไม่มีผู้สมัครรหัส"),
        ({"role": "viewer", "until": "เมื่อไรก็ได้"}, "วันหมดอายุ: อ่านวันที่ไม่ได้"),
        ({"role": "viewer", "until": "1 ม.ค. 2568"}, "ผ่านไปแล้ว"),
        ({"role": "province", "until": "1 ม.ค. 2600"}, "วันหมดอายุใช้กับบัญชีของผู้ดูเอกสารประชุมเท่านั้น"),
        ({"role": "admin", "password": "รหัสผ่านอื่นที่ยาวพอ"}, "รหัสผ่านไม่ถูกต้อง"),
        ({"role": "admin", "subject": "x-1"}, "ยังไม่ได้ตั้ง oidc"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    admin: Browser, own_home: Home, typed: dict[str, str], said: str
) -> None:
    before = len(accounts.every(own_home))
    answer = admin.send("/accounts", **{**NEW, "name": "{{7*7}}<b>", **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert len(accounts.every(own_home)) == before
    for name, value in typed.items():
        if name in ("login", "until"):
            assert f'name="{name}" value="{value}"' in answer.text
    if "name" not in typed:
        assert "{{7*7}}&lt;b&gt;" in answer.text
    assert "รหัสผ่านอื่น" not in answer.text


def test_an_assessor_sees_the_applicants_that_are_given(admin: Browser, own_home: Home, site: Flask) -> None:
    keys = f" uuid:{ENTITY.format(2)}\n{ENTITY.format(5).upper()} "
    assert sent(admin, own_home, "assessor", "role", role="assessor", applicants=keys).status_code == 303
    assert "จาก กรรมการผู้ประเมิน อำเภอเมืองเชียงราย เป็น กรรมการผู้ประเมิน ผู้สมัคร 2 ราย" in logged(own_home)[2]
    browser = signed_in(site, "assessor")
    assert "พบ 2 ราย" in browser.get("/applicants").text
    assert browser.get(f"/applicants/{ENTITY.format(1)}").status_code == 404
    assert ENTITY.format(5) in admin.get(f"/accounts/{known(own_home, 'assessor').id}").text


def test_a_viewer_is_out_after_the_last_day(
    admin: Browser, own_home: Home, site: Flask, clock: Clock
) -> None:
    day = (clock() + timedelta(days=3)).date()
    typed = f"{day.day}/{day.month}/{day.year + 543}"
    assert sent(admin, own_home, "viewer", "role", role="viewer", until=typed).status_code == 303
    until = known(own_home, "viewer").until
    assert until is not None
    assert last_day(until) == day
    viewer = signed_in(site, "viewer")
    clock.at = until - timedelta(minutes=1)
    assert signed_in(site, "viewer").get("/profile").status_code == 200
    clock.later(minutes=2)
    assert viewer.get("/profile").status_code == 303
    assert viewer.sign_in("viewer", PASSWORD).status_code == 403
    assert "หมดอายุแล้ว" in signed_in(site, "admin").get("/accounts").text


def test_a_new_password_is_shown_once_and_the_former_is_dead(
    admin: Browser, own_home: Home, site: Flask
) -> None:
    used = signed_in(site, "province")
    # others may have signed in before this home was copied
    assert re.search(r"\d เครื่อง ใช้ล่าสุด", admin.get(f"/accounts/{known(own_home, 'province').id}").text)
    assert sent(admin, own_home, "province", "password", password="x").status_code == 422
    assert used.get("/profile").status_code == 200
    answer = sent(admin, own_home, "province", "password", password=PASSWORD)
    password = given(answer.text)
    assert logged(own_home) == ("นายดูแล ระบบดี", "province", "ออกรหัสผ่านใหม่")
    assert used.get("/profile").status_code == 303
    assert used.sign_in("province", PASSWORD).status_code == 403
    assert used.sign_in("province", password).status_code == 303


@pytest.mark.parametrize("what", ["sign-out", "second-factor", "close"])
def test_whoever_uses_the_account_is_out(admin: Browser, own_home: Home, site: Flask, what: str) -> None:
    used = signed_in(site, "province")
    answer = sent(admin, own_home, "province", what, password=PASSWORD)
    assert answer.status_code == 303
    assert used.get("/profile").status_code == 303
    assert logged(own_home)[:2] == ("นายดูแล ระบบดี", "province")
    assert used.sign_in("province", PASSWORD).status_code == (403 if what == "close" else 303)


def test_a_closed_account_is_opened_again_with_a_new_password(
    admin: Browser, own_home: Home, site: Flask
) -> None:
    sent(admin, own_home, "province", "close")
    assert "เปิดบัญชีอีกครั้ง" in admin.get(f"/accounts/{known(own_home, 'province').id}").text
    password = given(sent(admin, own_home, "province", "password", password=PASSWORD).text)
    browser = site.test_client()
    assert isinstance(browser, Browser)
    assert browser.sign_in("province", password).status_code == 303


@pytest.mark.parametrize("what", ["role", "password", "second-factor", "sign-out", "close"])
def test_nobody_shuts_out_themselves(admin: Browser, own_home: Home, what: str) -> None:
    answer = sent(admin, own_home, "admin", what, role="viewer", password=PASSWORD)
    assert (answer.status_code, "เป็นของท่านเอง" in answer.text) == (422, True)
    assert known(own_home, "admin").role is Role.ADMIN
    assert admin.get("/accounts").status_code == 200


def test_two_administrators_cannot_shut_each_other_out(any_home: Home) -> None:
    for login in ("one", "two"):
        accounts.add(any_home, login, f"นาย{login} ตัวอย่าง", Role.ADMIN)
    one, two = (Who(known(any_home, login).id, login, "/accounts") for login in ("one", "two"))
    accounts.disable(any_home, "two", one)
    for change in (accounts.disable, accounts.reset, accounts.sign_out):
        with pytest.raises(Terminal, match="no administrator's any more"):
            change(any_home, "one", two)
    assert [one.disabled for one in accounts.every(any_home)] == [False, True]


def test_accounts_are_an_administrators_matter(site: Flask, own_home: Home, admin: Browser) -> None:
    for role in ("province", "district", "assessor", "viewer"):
        browser = signed_in(site, role)
        assert browser.get("/accounts").status_code == 403
        assert sent(browser, own_home, "viewer", "role", role="admin").status_code == 403
        assert 'href="/accounts"' not in browser.get("/profile").text
    for path in ("", "/role", "/password", "/second-factor", "/sign-out", "/close"):
        address = f"/accounts/99{path}"
        assert (admin.send(address) if path else admin.get(address)).status_code == 404, path
    assert known(own_home, "viewer").role is Role.VIEWER


def test_a_change_that_cannot_be_logged_is_not_made(own_home: Home, admin: Browser) -> None:
    with own_home.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE portal_access RENAME TO elsewhere")
    answer = sent(admin, own_home, "district", "role", role="district", district=THERE)
    assert answer.status_code == 500
    assert known(own_home, "district").districts == {HERE}
