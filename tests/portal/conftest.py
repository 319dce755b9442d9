"""A small settled home, its accounts, and browsers that are signed in through the door."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mochocho.app.asked_work import asked_process, asked_works
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.access import accounts, passwords
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.access.tokens import of_cookie
from mochocho.app.portal.site import create_site
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from tests import databases
from tests.integration import province_mirror as mirror

if TYPE_CHECKING:
    from tests.portal.driven import Driven

ORIGIN = "http://localhost"
PASSWORD = "ทุ่งนา กับ ภูเขา 2568"
HERE, THERE = "5701", "5702"  # เมืองเชียงราย, เวียงชัย: a district's account sees the first
NATIONAL_ID, PHONE = "1000000000009", "000-000-0000"  # of applicant 7
COOKIE = "mochocho-portal"
HASHER = passwords._HASHER  # as it is outside tests
NAMES = {
    Role.ADMIN: "นายดูแล ระบบดี",
    Role.PROVINCE: "นางจังหวัด ตัวอย่าง",
    Role.DISTRICT: "นายอำเภอ ตัวอย่าง",
    Role.ASSESSOR: "นายตรวจ ตัวอย่าง",
    Role.VIEWER: "นางดู ตัวอย่าง",
}


@dataclass
class Clock:
    """The site's clock, which a test puts on."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def later(self, **much: float) -> None:
        self.at += timedelta(**much)


class Browser(FlaskClient):
    """Sends what a browser sends: the origin, and in a form the token of the page that it came from."""

    def token(self) -> str:
        for name in (COOKIE, f"{COOKIE}-form"):
            if (cookie := self.get_cookie(name)) is not None:
                return of_cookie(cookie.value)
        return ""

    def send(self, path: str, fragment: str = "", **values: str) -> TestResponse:
        """Post a form as a page does; `fragment`: as the script does, for this element."""
        headers = {"Origin": ORIGIN} | ({"X-Fragment": fragment} if fragment else {})
        return self.post(path, data={"csrf": self.token()} | values, headers=headers)

    def sign_in(self, login: str, password: str) -> TestResponse:
        page = self.get("/signin").text
        token = page.partition('name="csrf" value="')[2].partition('"')[0]
        return self.send("/signin", csrf=token, login=login, password=password)


@pytest.fixture(scope="session", autouse=True)
def _hashes_cost_little() -> Iterator[None]:
    """Hundreds of tests sign in; what a hash must cost is held by test_entrance."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Home]:
    """A home that tests of this folder read and no test writes into but through decisions of its own copy.

    Applicants 1-6: groups; 1-4 in HERE, 5-6 in THERE, each with a score sheet. 7: a leader in HERE.
    """
    folder = tmp_path_factory.mktemp("portal") / "home"
    with databases.home_on_sqlite(folder, sqlite_template) as home:
        settle(home)
        yield home
        with reading(home.engine) as session:
            assert asked_works.numbered(session, 1) is None, "the numbers of what others ask for begin later"


def settle(home: Home, applicants: int = 7) -> None:
    """The first of the applicants, their sheets, and an account of each role; assessed."""
    for number in range(1, min(applicants, 6) + 1):
        district = HERE if number < 5 else THERE
        mirror.send(home, mirror.application(home, number, district=district), mirror.sheet(home, number))
    if applicants == 7:
        identity = {"national_id": NATIONAL_ID, "phone": PHONE}
        mirror.send(home, mirror.application(home, 7, ApplicantType.LEADER, district=HERE, **identity))
    if applicants:
        run_once(home)
    for role, name in NAMES.items():
        districts = (HERE,) if role in (Role.DISTRICT, Role.ASSESSOR) else ()
        given = accounts.add(home, role.value, name, role, districts)
        account = next(one for one in accounts.every(home) if one.login == role.value)
        assert accounts.change_password(home, account, given, PASSWORD) == ""


@pytest.fixture
def own_home(settled: Home, tmp_path: Path) -> Iterator[Home]:
    """A copy of what is stored in `settled`, which a test may write into."""
    with copied(settled, tmp_path) as home:
        yield home


@contextmanager
def copied(home: Home, folder: Path) -> Iterator[Home]:
    """A copy of what is stored in a home, in this folder."""
    with closing(sqlite3.connect(home.engine.url.database or "")) as connection:
        connection.execute("VACUUM INTO ?", [str(folder / "settled.db")])
    with databases.home_on_sqlite(folder / "home", folder / "settled.db") as own:
        yield own


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(settled: Home, clock: Clock) -> Flask:
    """The portal of `settled`."""
    return made_site(settled, clock)


def made_site(home: Home, clock: Callable[[], datetime]) -> Flask:
    site = create_site(home, clock=clock)
    site.test_client_class = Browser
    return site


@pytest.fixture
def stranger(site: Flask) -> Browser:
    """A browser that is not signed in."""
    client = site.test_client()
    assert isinstance(client, Browser)
    return client


def hidden(page: str, name: str) -> str:
    """What the first field of this name in a page holds."""
    return unescape(page.partition(f'name="{name}" value="')[2].partition('"')[0])


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the work for which a process would have been started."""
    begun: list[int] = []
    monkeypatch.setattr(asked_process, "begin", lambda _settings, number: begun.append(number))
    return begun


Client = Callable[[str], Browser]


@pytest.fixture
def client(site: Flask) -> Client:
    """`client("district")`: a browser in which the account of this role has signed in."""
    return lambda role: signed_in(site, role)


def signed_in(site: Flask, role: str) -> Browser:
    """A new browser, in which the account of this role signs in through the door."""
    browser = site.test_client()
    assert isinstance(browser, Browser)
    answer = browser.sign_in(role, PASSWORD)
    assert answer.status_code == 303, answer.text
    return browser


@pytest.fixture(scope="module")
def browser(settled: Home) -> "Iterator[Driven]":
    """Chromium on the portal of `settled`, one a file. Who writes has a home of its own (`driven.py`)."""
    from tests.portal.driven import driven, listening

    with listening(settled) as url, driven(url) as one:
        yield one
