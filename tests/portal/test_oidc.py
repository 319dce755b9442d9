"""Signing in at a real OpenID Connect provider (oidc-provider, in Node), and what is refused on the way."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from flask import Flask
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey, RSAKey
from pydantic import SecretStr

from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.oidc import Provider
from mochocho.app.portal.access.roles import Role
from mochocho.settings.config import Oidc, Portal
from mochocho.storage.home import Home
from tests import needs
from tests.engines.engines import HERE as ENGINES
from tests.portal.conftest import COOKIE, Browser, Clock, made_site

BACK = "http://localhost/signin/back"
SECRET = "of-the-test-only"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The provider's address."""
    needs.need("node")
    if not (ENGINES / "node_modules" / "oidc-provider").is_dir():
        needs.absent("oidc-provider is not installed: npm --prefix tests/engines ci --ignore-scripts")
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(
                ["node", str(ENGINES / "oidc_provider.mjs"), BACK],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        yield next(line.strip() for line in process.stdout if line.startswith("http://127.0.0.1:"))


@pytest.fixture
def site(home: Home, issuer: str, clock: Clock) -> Flask:
    """A portal of this provider; the subject `sub-1` has an account."""
    oidc = Oidc(issuer=issuer, client_id="mochocho", client_secret=SecretStr(SECRET), name="กรมตัวอย่าง")
    settings = home.settings.model_copy(update={"portal": Portal(oidc=oidc, second_factor="always")})
    own = replace(home, settings=settings)
    accounts.add(own, "ying", "นางหญิง ตัวอย่าง", Role.PROVINCE, subject="sub-1")
    return made_site(own, clock)


def new(site: Flask) -> Browser:
    browser = site.test_client()
    assert isinstance(browser, Browser)
    return browser


def gone_through(browser: Browser, subject: str) -> str:
    """Sign in at the provider as `subject`; the path and query with which the browser comes back."""
    answer = browser.get("/signin/provider")
    assert answer.status_code == 303, answer.text
    asked = parse_qs(urlsplit(answer.location).query)
    assert asked["code_challenge_method"] == ["S256"]
    with requests.Session() as person:
        page = person.get(answer.location, timeout=20)
        for form in ({"prompt": "login", "login": subject, "password": "x"}, {"prompt": "consent"}):
            action = re.search(r'<form[^>]*action="([^"]+)"', page.text)
            assert action is not None, page.text
            page = person.post(urljoin(page.url, action[1]), data=form, timeout=20, allow_redirects=False)
            while page.is_redirect and not page.headers["Location"].startswith(BACK):
                page = person.get(
                    urljoin(page.url, page.headers["Location"]), timeout=20, allow_redirects=False
                )
            if page.is_redirect:
                return str(page.headers["Location"]).removeprefix("http://localhost")
    raise AssertionError(page.text)


def test_who_the_provider_names_is_signed_in_without_a_second_factor_of_ours(site: Flask) -> None:
    browser = new(site)
    assert "เข้าด้วยกรมตัวอย่าง" in browser.get("/signin").text
    answer = browser.get(gone_through(browser, "sub-1"))
    assert (answer.status_code, answer.location) == (303, "/"), answer.text
    assert "นางหญิง ตัวอย่าง" in browser.get("/profile").text


def test_a_subject_without_an_account_stays_outside(site: Flask) -> None:
    browser = new(site)
    answer = browser.get(gone_through(browser, "sub-2"))
    assert answer.status_code == 404
    assert browser.get_cookie(COOKIE) is None


def test_an_account_that_was_disabled_stays_outside(home: Home, site: Flask) -> None:
    accounts.disable(home, "ying")
    browser = new(site)
    assert browser.get(gone_through(browser, "sub-1")).status_code == 404


def test_another_browser_cannot_come_back_with_it(site: Flask) -> None:
    browser, other = new(site), new(site)
    path = gone_through(browser, "sub-1")
    assert other.get(path).status_code == 404
    other.get("/signin/provider")  # with a journey of its own
    assert other.get(path).status_code == 404
    assert other.get_cookie(COOKIE) is None


def test_a_code_counts_once(site: Flask) -> None:
    browser = new(site)
    path = gone_through(browser, "sub-1")
    journey = browser.get_cookie(f"{COOKIE}-journey")
    assert journey is not None
    assert browser.get(path).status_code == 303
    again = new(site)
    again.set_cookie(f"{COOKIE}-journey", journey.value)
    assert again.get(path).status_code == 404


CLAIMS = {
    "iss": "https://id.example.go.th",
    "aud": "mochocho",
    "sub": "s",
    "nonce": "n",
    "exp": 1_000_000_600,
}
NOW = datetime.fromtimestamp(1_000_000_000, UTC)
KEY, OTHER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


@pytest.mark.parametrize(
    ("changes", "key", "algorithm", "holds"),
    [
        ({}, KEY, "RS256", True),
        ({"aud": ["mochocho", "another"]}, KEY, "RS256", True),
        ({"iss": "https://evil.example"}, KEY, "RS256", False),
        ({"aud": "another"}, KEY, "RS256", False),
        ({"nonce": "another's"}, KEY, "RS256", False),
        ({"exp": 999_999_000}, KEY, "RS256", False),
        ({"exp": None}, KEY, "RS256", False),
        ({"sub": None}, KEY, "RS256", False),
        ({}, OTHER, "RS256", False),
        ({}, KEY, "RS512", False),
        ({}, OctKey.import_key("x" * 64), "HS256", False),
    ],
)
def test_only_a_word_of_this_provider_to_us_about_this_journey_holds(
    changes: dict[str, object], key: RSAKey | OctKey, algorithm: str, holds: bool
) -> None:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    token = jwt.encode({"alg": algorithm}, claims, key, algorithms=[algorithm])
    provider = Provider(Oidc(issuer="https://id.example.go.th", client_id="mochocho"))
    known = KeySet([KEY])
    if holds:
        assert provider._checked(token, known, "n", NOW) == "s"
    else:
        with pytest.raises((JoseError, ValueError)):
            provider._checked(token, known, "n", NOW)


def test_an_account_of_the_provider_has_no_password(site: Flask) -> None:
    assert new(site).sign_in("ying", "").status_code == 403


def test_without_a_provider_there_is_no_such_way(settled: Home, clock: Clock) -> None:
    browser = new(made_site(settled, clock))
    assert "/signin/provider" not in browser.get("/signin").text
    assert browser.get("/signin/provider").status_code == 404
    assert browser.get("/signin/back?state=a&code=b").status_code == 404


def test_a_provider_that_is_away_is_told(home: Home, clock: Clock) -> None:
    oidc = Oidc(issuer="http://127.0.0.1:9", client_id="mochocho")
    settings = home.settings.model_copy(update={"portal": Portal(oidc=oidc)})
    answer = new(made_site(replace(home, settings=settings), clock)).get("/signin/provider")
    assert answer.status_code == 503
    assert "ยังไม่ตอบ" in answer.text
