"""How many queries a page sends does not depend on how many applicants, decisions or openings there are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mochocho.app import access_chain
from mochocho.app.access_chain import Who
from mochocho.app.portal.access.roles import Role
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome
from processing.decisions.decision import Decision, Kind, Resolved
from processing.decisions.recorder import record_decisions
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from tests import databases
from tests.portal import many_applicants
from tests.portal.conftest import Clock, made_site, settle, signed_in
from tests.portal.test_standings import counted

AT = datetime(2025, 5, 1, tzinfo=UTC)
KEY = many_applicants.KEY.format(1)
PAGES = {
    Role.PROVINCE: (
        "/",
        "/applicants",
        f"/applicants/{KEY}",
        "/documents",
        "/documents/cards",
        "/scores",
        f"/scores/{KEY}",
        "/resolutions/district",
        "/resolutions/province",
        "/resolutions/district/5701",
        "/sittings",
        "/sittings/of/province:1/2568",
        "/sittings/of/5701:1/2568",
        "/sittings/papers/5701:1/2568",
        "/arrivals",
        "/officers",
        "/packets",
        "/packets/release",
        "/packets/texts/agenda/province:1/2568",
        "/calendar",
        "/committee-copy",
        "/map/5701",
    ),
    Role.ADMIN: ("/arrivals", "/history", "/history?q=กลุ่ม", "/history?of=access"),
}


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Iterator[Home]:
    with databases.home_on_sqlite(tmp_path / "home", sqlite_template) as one:
        settle(one, 0)
        many_applicants.settle(one)
        with transaction(one.engine) as session:
            for own in (Meeting(Level.PROVINCE, "1/2568"), Meeting(Level.DISTRICT, "1/2568", "5701")):
                kept.keep(session, own, "นางบันทึก ตัวอย่าง")
        yield one


def test_as_many_queries_for_eight_hundred_as_for_two(home: Home, clock: Clock) -> None:
    sent = []
    for many, after in ((200, 0), (600, 200)):
        many_applicants.add(home, many, after=after)
        _worked_on(home, range(after + 1, after + many // 2))
        site = made_site(home, clock)
        found = {}
        for role, pages in PAGES.items():
            browser = signed_in(site, role.value)
            for page in pages:
                assert browser.get(page).status_code == 200, page
                with counted(home.engine) as statements:
                    browser.get(page)
                found[role, page] = len(statements)
        sent.append(found)
    assert sent[0] == sent[1]
    assert max(sent[0].values()) <= 45


def _worked_on(home: Home, numbers: range) -> None:
    """Resolutions of the district's committee, and pages of documents that were opened."""
    said = Resolved(Outcome.PASS, "คณะกรรมการอำเภอ", "1/2568", date(2025, 4, 10))
    like = Decision(Kind.RESOLUTION, "", Gate.DISTRICT.value, said, recorded_by="นางบันทึก ตัวอย่าง")
    keys = [many_applicants.KEY.format(number) for number in numbers]
    record_decisions(home, [replace(like, applicant_key=key) for key in keys])
    with transaction(home.engine, counted=False) as session:
        for key in keys[:3]:
            access_chain.append(session, Who(None, "ผู้ดู ตัวอย่าง", "/evidence"), "page_image", key, "", AT)
