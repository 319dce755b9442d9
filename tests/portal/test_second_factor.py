"""The second factor: who needs one, each code once, recovery codes, and no way round it."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.sign_ins import limits
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.portal.access.signing_in import Refused, refused_owner
from mochocho.app.portal.site import create_site
from mochocho.app.tables import RecoveryCodeRow
from mochocho.settings.config import Portal
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from tests.portal.conftest import COOKIE, PASSWORD, Browser, Clock, made_site, settle, signed_in

STEP = timedelta(seconds=30)
START = datetime(2025, 4, 1, 3, 0, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def asking(home: Home, clock: Clock) -> Flask:
    """A site that always asks for the second factor."""
    settle(home, applicants=0)
    site = made_site(home, clock)
    site.extensions["mochocho.second_factor"] = True
    return site


def cookie(browser: Browser) -> str:
    found = browser.get_cookie(COOKIE)
    return found.value if found else ""


def set_up(browser: Browser, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    """Set it up by the page; the phone, and the recovery codes."""
    page = browser.get("/profile/code").text
    assert "data:image/svg+xml" in page
    (secret,) = re.findall(r'name="secret" value="([A-Z2-7]{32})"', page)
    phone = pyotp.TOTP(secret)
    answer = browser.send("/profile/code", secret=secret, code=phone.at(clock()))
    assert answer.status_code == 200, answer.text
    return phone, re.findall(r"<li><code>([a-z0-9-]+)</code></li>", answer.text)


def half(site: Flask) -> Browser:
    """A browser that has given the password only."""
    browser = site.test_client()
    assert isinstance(browser, Browser)
    answer = browser.sign_in("province", PASSWORD)
    assert answer.location == "/signin/code?next=%2F"
    return browser


def type_code(browser: Browser, code: str) -> int:
    page = browser.get("/signin/code").text
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    return browser.send("/signin/code", csrf=token, code=code).status_code


def opens(browser: Browser) -> bool:
    return browser.get("/profile").status_code == 200


def test_an_account_without_one_sets_it_up_before_anything_else(asking: Flask, clock: Clock) -> None:
    browser = signed_in(asking, "province")
    assert browser.get("/profile").location == "/profile/code"
    before = cookie(browser)
    phone, codes = set_up(browser, clock)
    assert len(set(codes)) == 10
    assert opens(browser)
    assert cookie(browser) != before
    clock.later(seconds=60)
    second = half(asking)
    assert not opens(second)
    waiting = cookie(second)
    assert type_code(second, phone.at(clock())) == 303
    assert opens(second)
    assert cookie(second) != waiting


def test_a_viewer_needs_none(asking: Flask) -> None:
    assert opens(signed_in(asking, "viewer"))


def test_a_code_counts_once_and_a_step_around_now(asking: Flask, clock: Clock) -> None:
    phone, _ = set_up(signed_in(asking, "province"), clock)
    clock.later(minutes=5)
    code = phone.at(clock())
    assert type_code(half(asking), code) == 303
    assert type_code(half(asking), code) == 403
    assert type_code(half(asking), phone.at(clock() + 1 * STEP)) == 303
    assert type_code(half(asking), phone.at(clock() + -1 * STEP)) == 303
    assert type_code(half(asking), phone.at(clock() + 2 * STEP)) == 403
    assert type_code(half(asking), phone.at(clock() + -2 * STEP)) == 403


def test_a_recovery_code_counts_once(asking: Flask, clock: Clock) -> None:
    _, codes = set_up(signed_in(asking, "province"), clock)
    clock.later(minutes=5)
    assert type_code(half(asking), f" {codes[0].upper()} ") == 303
    assert type_code(half(asking), codes[0]) == 403
    assert type_code(half(asking), codes[1].replace("-", "")) == 303


def test_recovery_codes_have_79_bits_and_are_kept_by_argon2id(
    home: Home, asking: Flask, clock: Clock
) -> None:
    _, codes = set_up(signed_in(asking, "province"), clock)
    assert all(
        re.fullmatch("(?:[a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", code) for code in codes
    )  # 31 ** 16
    with transaction(home.engine) as session:
        stored = session.scalars(select(RecoveryCodeRow.code_hash)).all()
        account_id = session.scalars(select(RecoveryCodeRow.account_id)).first()
        older = hashlib.sha256(b"abcde23456").hexdigest()
        session.add(RecoveryCodeRow(account_id=account_id, code_hash=older))
    assert len(stored) == 10
    assert all(one.startswith("$argon2id$") for one in stored)
    assert type_code(half(asking), older) == 403
    assert type_code(half(asking), "abcde-23456") == 303  # of a set that was given out before
    assert type_code(half(asking), "abcde-23456") == 403


def test_half_a_session_opens_nothing_and_sets_nothing_up(asking: Flask, clock: Clock) -> None:
    set_up(signed_in(asking, "province"), clock)
    browser = half(asking)
    for path in ("/", "/profile", "/profile/password", "/profile/code"):
        assert browser.get(path).location.startswith("/signin?next="), path


def test_codes_cannot_be_tried_for_long_even_by_who_knows_the_password(asking: Flask, clock: Clock) -> None:
    set_up(signed_in(asking, "province"), clock)
    clock.later(minutes=5)
    answers = [type_code(half(asking), "000000") for _ in range(10)]
    assert answers == [403] * 10
    browser = asking.test_client()
    assert isinstance(browser, Browser)
    assert browser.sign_in("province", PASSWORD).status_code == 429


def test_a_wrong_code_sets_nothing_up(home: Home, asking: Flask) -> None:
    browser = signed_in(asking, "province")
    for secret in (pyotp.random_base32(), "A", ""):
        assert browser.send("/profile/code", secret=secret, code="000000").status_code == 400
    assert not any(one.second_factor for one in accounts.every(home))


def test_a_reset_asks_for_everything_anew(home: Home, asking: Flask, clock: Clock) -> None:
    _, codes = set_up(signed_in(asking, "province"), clock)
    given = accounts.reset(home, "province")
    browser = asking.test_client()
    assert isinstance(browser, Browser)
    assert browser.sign_in("province", given).location == "/"
    assert browser.get("/").location == "/profile/password"
    assert codes


@pytest.mark.parametrize(
    ("public_url", "asked", "needed"),
    [
        ("", "behind_proxy", False),
        ("", "always", True),
        ("https://office.example.go.th", "behind_proxy", True),
    ],
)
def test_who_opens_the_portal_decides_where_it_is_needed(
    home: Home, public_url: str, asked: str, needed: bool
) -> None:
    settings = home.settings.model_copy(update={"portal": Portal.model_validate({"second_factor": asked})})
    site = create_site(replace(home, settings=settings), public_url=public_url)
    assert site.extensions["mochocho.second_factor"] is needed


def test_who_knows_the_password_alone_cannot_try_codes_for_ever(home: Home, clock: Clock) -> None:
    settle(home, applicants=0)
    site = made_site(home, clock)
    phone, _ = set_up(signed_in(site, "province"), clock)
    clock.later(minutes=1)

    def tried(code: str | None) -> Refused | None:
        return refused_owner(home, "province", PASSWORD, Caller("127.0.0.1"), clock(), code)

    assert [tried(code) for code in ("", None, "000000")] == [Refused.WRONG_CODE, None, Refused.WRONG_CODE]
    assert tried(phone.at(clock())) is None
    assert tried(phone.at(clock())) is Refused.WRONG_CODE
    assert {tried("000000") for _ in range(limits.OF_ACCOUNT - 1)} == {Refused.WRONG_CODE}
    clock.later(seconds=60)
    assert tried(phone.at(clock())) is Refused.TOO_OFTEN
