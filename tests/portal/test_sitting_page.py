"""ประชุม: a meeting run through its pages: order, arrivals, quorum, resolutions, two operators, minutes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Outcome, Resolution
from processing.decisions import recorded
from processing.meetings import kept
from processing.sittings import kept_sittings
from processing.sittings.sitting import Sitting
from tests.portal.conftest import HERE, THERE, Browser, Clock, made_site, signed_in
from tests.portal.made_sitting import ACT, KEY, MEMBERS, OF, RESOLVE, SCREEN, convened, presented

Acts = tuple[str, str]


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Iterator[Flask]:
    convened(own_home)
    yield made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "province")


def state(home: Home) -> Sitting:
    with reading(home.engine) as session:
        return kept_sittings.sitting_of(session, KEY)


def act(browser: Browser, what: str, about: str = "", seen: int = 999, **more: str) -> TestResponse:
    return browser.send(ACT, what=what, about=about, seen=str(seen), **more)


def opened(browser: Browser, members: int = 4) -> None:
    for name in MEMBERS[:members]:
        assert act(browser, "arrived", name).status_code == 303
    assert act(browser, "opened").status_code == 303


def resolve(browser: Browser, unit: str, outcome: str = "pass", shown: int = 0, **more: str) -> TestResponse:
    return browser.send(RESOLVE, unit=unit, shown=str(shown), outcome=outcome, **more)


def resolution(home: Home, key: str) -> Resolution | None:
    with reading(home.engine) as session:
        every = recorded.latest_resolutions(session, [key]).get(key, ())
    return next((one for one in every if one.gate == "g7"), None)


def test_a_meeting_without_script(clerk: Browser, own_home: Home, clock: Clock, tmp_path: Path) -> None:
    page = clerk.get(OF)
    print(page.status_code)
    (Path("/tmp/CONS") / "console.html").write_text(page.text)
    opened(clerk)
    print(presented(own_home))
    assert act(clerk, "begun", HERE).status_code == 303
    page = clerk.get(OF)
    (Path("/tmp/CONS") / "console2.html").write_text(page.text)
    r = resolve(clerk, presented(own_home)[HERE][0])
    print(r.status_code, r.text[:3000])
    assert clerk.get(SCREEN).status_code == 200
