"""Signing in and out: sessions, passwords, limits; a cookie that is dead stays dead."""

import re
from datetime import timedelta
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select

from mochocho.app.portal.access import accounts, passwords, sessions
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.access.tokens import own_path
from mochocho.app.portal.sample import way_in
from mochocho.app.tables import AccountRow, PortalSessionRow
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from tests.portal.conftest import (
    COOKIE,
    HASHER,
    PASSWORD,
    Browser,
    Client,
    Clock,
    made_site,
    settle,
    signed_in,
)
from tests.portal.refused import refused_at


def cookie_of(browser: Browser) -> str:
    found = browser.get_cookie(COOKIE)
    assert found is not None
    return found.value


def alive(site: Flask, cookie: str) -> bool:
    """Whether this cookie, in any browser, still opens a page."""
    browser = site.test_client()
    browser.set_cookie(COOKIE, cookie)
    return browser.get("/profile").status_code == 200


@pytest.fixture
def own_site(home: Home, clock: Clock) -> Flask:
    """A site whose accounts this test may change."""
    settle(home, applicants=0)
    return made_site(home, clock)


def test_who_signs_in_comes_to_the_page_that_was_asked_for(site: Flask, stranger: Browser) -> None:
    asked = stranger.get("/profile")
    assert (asked.status_code, asked.location) == (303, "/signin?next=%2Fprofile")
    stranger.get(asked.location)
    answer = stranger.send("/signin", login="province", password=PASSWORD, next="/profile")
    assert (answer.status_code, answer.location) == (303, "/profile")
    page = stranger.get("/profile")
    assert page.status_code == 200
    assert "นางจังหวัด ตัวอย่าง" in page.text


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example", "/\\evil.example", "a", "\t//e", ""]
)
def test_signing_in_leads_nowhere_else(away: str) -> None:
    assert own_path(away) == "/"


@pytest.mark.parametrize(("login", "password"), [("province", "x" * 20), ("nobody", PASSWORD), ("", "")])
def test_whoever_has_not_both_stays_outside(stranger: Browser, login: str, password: str) -> None:
    answer = stranger.sign_in(login, password)
    assert answer.status_code == 403
    assert "ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง" in answer.text
    assert stranger.get_cookie(COOKIE) is None
    assert password not in answer.text or not password


def test_the_database_holds_neither_password_nor_cookie(home: Home, own_site: Flask) -> None:
    cookie = cookie_of(signed_in(own_site, "province"))
    with reading(home.engine) as session:
        stored = session.scalars(select(AccountRow.password)).all()
        ids = session.scalars(select(PortalSessionRow.id_hash)).all()
    assert all(one.startswith("$argon2id$v=19$") for one in stored)
    assert sessions.hash_of(cookie) in ids
    assert cookie not in ids


def test_a_hash_costs_whoever_guesses_nineteen_megabytes_and_two_rounds(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", HASHER)
    given = accounts.add(home, "ying", "นางดู ตัวอย่าง", Role.VIEWER)
    with reading(home.engine) as session:
        stored = session.scalars(select(AccountRow.password)).one()
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(given, stored)


def test_each_sign_in_has_an_id_of_its_own(site: Flask) -> None:
    first, second = cookie_of(signed_in(site, "province")), cookie_of(signed_in(site, "province"))
    assert first != second
    assert alive(site, first)
    assert alive(site, second)


def test_an_id_that_was_put_into_a_browser_before_is_not_taken_over(site: Flask) -> None:
    browser = site.test_client()
    assert isinstance(browser, Browser)
    browser.set_cookie(COOKIE, "put-there-by-somebody")
    browser.get("/signin")
    found = browser.get_cookie(f"{COOKIE}-form")
    assert found is not None
    browser.sign_in("province", PASSWORD)
    assert cookie_of(browser) != "put-there-by-somebody"


def test_a_stolen_cookie_is_dead_after_signing_out(site: Flask, client: Client) -> None:
    browser = client("province")
    stolen = cookie_of(browser)
    assert alive(site, stolen)
    answer = browser.send("/signout")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not alive(site, stolen)
    assert "ออกจากระบบแล้ว" in browser.get(answer.location).text


def test_a_stolen_cookie_is_dead_after_the_password_was_changed(own_site: Flask) -> None:
    browser = signed_in(own_site, "province")
    elsewhere = cookie_of(signed_in(own_site, "province"))
    stolen = cookie_of(browser)
    new = "แม่น้ำ กับ ท้องฟ้า 2569"
    answer = browser.send("/profile/password", before=PASSWORD, after=new, again=new)
    assert answer.status_code == 303
    assert not alive(own_site, stolen)
    assert not alive(own_site, elsewhere)
    assert browser.sign_in("province", PASSWORD).status_code == 403
    assert browser.sign_in("province", new).status_code == 303


@pytest.mark.parametrize("change", ["role", "disable", "reset", "password", "factor", "sessions"])
def test_a_stolen_cookie_is_dead_after_the_account_was_changed(
    home: Home, own_site: Flask, change: str
) -> None:
    stolen = cookie_of(signed_in(own_site, "province"))
    match change:
        case "role":
            accounts.change_role(home, "province", Role.VIEWER, ())
        case "disable":
            accounts.disable(home, "province")
        case "password":
            accounts.renew_password(home, "province")
        case "factor":
            accounts.forget_second_factor(home, "province")
        case "sessions":
            accounts.sign_out(home, "province")
        case _:
            accounts.reset(home, "province")
    assert not alive(own_site, stolen)


def test_ones_own_sessions_are_listed_and_ended_with_the_password(home: Home, own_site: Flask) -> None:
    phone, here, another = (own_site.test_client() for _ in range(3))
    for one, login in ((phone, "province"), (here, "province"), (another, "district")):
        assert isinstance(one, Browser)
        agent = "Mozilla/5.0 (Linux; Android 14) Chrome/130 <b>" if one is phone else "x"
        one.environ_base["HTTP_USER_AGENT"] = agent
        one.sign_in(login, PASSWORD)
    assert isinstance(here, Browser)
    page = here.get("/profile/sessions").text
    assert "Chrome บน Android จาก 127.0.0.1" in page
    (id_hash,) = re.findall(r'name="chosen" value="([0-9a-f]{64})"', page)
    anothers = sessions.hash_of(cookie_of(cast("Browser", another)))
    path = "/profile/sessions"
    refused_at(here.send(path, password=PASSWORD), "chosen")
    refused_at(here.send(path, chosen=id_hash, password="ไม่ใช่"), "end-password")
    assert alive(own_site, cookie_of(cast("Browser", phone)))
    assert here.send(path, chosen=anothers, password=PASSWORD).status_code == 303
    assert here.send(path, chosen=id_hash, password=PASSWORD).status_code == 303
    assert not alive(own_site, cookie_of(cast("Browser", phone)))
    assert alive(own_site, cookie_of(cast("Browser", another)))
    assert "ไม่มีเครื่องอื่น" in here.get(path).text


@pytest.mark.parametrize(("minutes", "holds"), [(29, True), (31, False)])
def test_a_session_that_rests_ends(
    site: Flask, client: Client, clock: Clock, minutes: int, holds: bool
) -> None:
    cookie = cookie_of(client("province"))
    clock.later(minutes=minutes)
    assert alive(site, cookie) is holds


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(
    site: Flask, client: Client, clock: Clock
) -> None:
    cookie = cookie_of(client("province"))
    for _ in range(35):
        clock.later(minutes=20)
        assert alive(site, cookie)
    clock.later(minutes=21)
    assert not alive(site, cookie)


def test_a_viewer_is_out_when_the_meeting_is_over(home: Home, own_site: Flask, clock: Clock) -> None:
    given = accounts.add(home, "guest", "นางแขก ตัวอย่าง", Role.VIEWER, until=clock() + timedelta(minutes=20))
    browser = own_site.test_client()
    assert isinstance(browser, Browser)
    assert browser.sign_in("guest", given).status_code == 303
    cookie = cookie_of(browser)
    clock.later(minutes=21)
    assert not alive(own_site, cookie)
    assert browser.sign_in("guest", given).status_code == 403


def test_a_password_that_was_handed_over_opens_nothing_but_its_own_change(
    home: Home, own_site: Flask
) -> None:
    given = accounts.add(home, "fresh", "นายใหม่ ตัวอย่าง", Role.PROVINCE)
    browser = own_site.test_client()
    assert isinstance(browser, Browser)
    assert browser.sign_in("fresh", given).status_code == 303
    for path in ("/", "/profile"):
        assert browser.get(path).location == "/profile/password"
    assert browser.get("/profile/password").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("สั้นไป", "สั้นไป", "อย่างน้อย 12"),
        ("province province", "province province", "เดาง่าย"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "เดาง่าย"),
        (PASSWORD, PASSWORD, "ต้องต่างจากเดิม"),
        ("Qwertyuiop123", "Qwertyuiop123", "เคยรั่วไหล"),
        ("1q2w3e4r5t6y7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p", "เคยรั่วไหล"),
        ("เชียงราย-แม่จัน-2568", "เชียงราย-แม่จัน-2568", "คำของท่านเอง"),
        ("MoChoCho ChiangRai 57", "MoChoCho ChiangRai 57", "คำของท่านเอง"),
        ("นางจังหวัด ตัวอย่าง 2569", "นางจังหวัด ตัวอย่าง 2569", "คำของท่านเอง"),
        ("แม่น้ำ กับ ท้องฟ้า", "แม่น้ำ กับ ทะเลสาบ", "ไม่ตรงกัน"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_not_taken(
    client: Client, new: str, again: str, why: str
) -> None:
    answer = client("province").send("/profile/password", before=PASSWORD, after=new, again=again)
    assert answer.status_code == 400
    assert why in answer.text


def test_a_password_is_typed_hidden_pasted_at_will_and_never_runs_out(own_site: Flask, clock: Clock) -> None:
    browser = signed_in(own_site, "province")
    for page, fields in (("/signin", 1), ("/profile/password", 3)):
        asking = own_site.test_client() if page == "/signin" else browser
        kinds = re.findall(r'<input [^>]*type="password"[^>]*>', asking.get(page).text)
        assert len(kinds) == fields
        assert all(re.search('autocomplete="(?:current|new)-password"', one) for one in kinds)
        assert not any("paste" in one for one in kinds)
    asked = re.findall(r'<input [^>]*name="([a-z]+)"', own_site.test_client().get("/signin").text)
    assert set(asked) == {"csrf", "next", "login", "password"}  # no hint, no question that others can answer
    clock.later(days=400)
    assert signed_in(own_site, "province").get("/profile").status_code == 200


def test_an_account_cannot_be_guessed_at_for_long(own_site: Flask, clock: Clock) -> None:
    browser = own_site.test_client()
    assert isinstance(browser, Browser)
    answers = [browser.sign_in("province", f"wrong {n}").status_code for n in range(11)]
    assert answers == [403] * 10 + [429]
    assert browser.sign_in("province", PASSWORD).status_code == 429
    signed_in(own_site, "district")
    clock.later(minutes=16)
    assert browser.sign_in("province", PASSWORD).status_code == 303


def test_an_address_cannot_try_account_after_account(own_site: Flask, clock: Clock) -> None:
    browser = own_site.test_client()
    assert isinstance(browser, Browser)
    assert {browser.sign_in(f"name{n}", "wrong").status_code for n in range(40)} == {403}
    assert browser.sign_in("province", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("login", "name", "role", "districts", "said"),
    [
        ("ชื่อไทย", "นาย ก ข", Role.PROVINCE, (), "cannot be used"),
        ("x", "นาย ก ข", Role.PROVINCE, (), "cannot be used"),
        ("province", "นาย ก ข", Role.PROVINCE, (), "already"),
        ("other", "", Role.PROVINCE, (), "name"),
        ("other", "นาย ก ข", Role.DISTRICT, (), "--district"),
        ("other", "นาย ก ข", Role.DISTRICT, ("เชียงใหม่",), "no district"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    settled: Home, login: str, name: str, role: Role, districts: tuple[str, ...], said: str
) -> None:
    with pytest.raises(Terminal, match=said):
        accounts.add(settled, login, name, role, districts)


def test_the_sample_opens_by_a_link_that_signs_in_once_and_here_alone(
    home: Home, own_site: Flask, clock: Clock
) -> None:
    path = way_in(home)
    code = path.partition("code=")[2]
    afar = own_site.test_client()
    assert afar.get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    first, second = own_site.test_client(), own_site.test_client()
    assert isinstance(first, Browser)
    assert isinstance(second, Browser)
    for browser in (first, second):
        assert code in browser.get(path).text  # reading it uses nothing up
    assert first.send("/signin/once", code=code).status_code == 303
    assert "นางสมมุติ ใจดี" in first.get("/profile").text
    answer = second.send("/signin/once", code=code)
    assert (answer.status_code, "หมดอายุ" in answer.text) == (404, True)
    late = way_in(home).partition("code=")[2]
    clock.later(minutes=11)
    assert second.send("/signin/once", code=late).status_code == 404
