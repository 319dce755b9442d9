"""การรับข้อมูล: what is held is shown, and what a person says of it is recorded as the commands record it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.access.roles import Role
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.likeness import open_questions
from processing.register import matching
from tests import databases
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, NAMES, Browser, Clock, copied, made_site, settle, signed_in
from tests.portal.refused import refused_at

TWICE = "กลุ่มจักสานหนองบัว"
ONE, OTHER, THIRD = (mirror.ENTITY.format(number) for number in (11, 12, 13))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Home]:
    """Three of one name and village, a sheet whose applicant was typed, an application nobody can read."""
    with databases.home_on_sqlite(tmp_path_factory.mktemp("busy") / "home", sqlite_template) as home:
        settle(home, 2)
        for number in (11, 12, 13):
            where = {"applicant_name": TWICE, "village": "หนองบัว", "district": HERE}
            mirror.send(home, mirror.application(home, number, **where))
        typed = mirror.sheet(home, 1, applicant_key="", typed_name=TWICE, typed_type="group", district=HERE)
        typed.root_id = "typed"
        unreadable = mirror.application(home, 20, applicant_type="village")
        mirror.send(home, typed, unreadable)
        run_once(home)
        yield home


@pytest.fixture
def province(busy: Home, clock: Clock) -> Browser:
    return signed_in(made_site(busy, clock), "province")


def test_what_is_held_stands_there_with_its_reason(province: Browser) -> None:
    page = province.get("/arrivals").text
    assert "application.unknown_type" in page or "1 แบบ" in page
    assert "แบบฟอร์มที่ยังใช้ไม่ได้" in page
    assert page.count('action="/arrivals/match"') == 1
    assert page.count('action="/arrivals/apart"') == 3
    assert matching.UNMATCHED not in page  # it is asked for below, and not once more as a mere reason


def test_an_administrator_sees_the_sources_and_decides_nothing(busy: Home, clock: Clock) -> None:
    browser = signed_in(made_site(busy, clock), "admin")
    page = browser.get("/arrivals").text
    assert "แหล่งข้อมูล" in page
    assert "<fieldset" not in page
    assert browser.send("/arrivals/match", form="typed", key=ONE).status_code == 403


def test_a_district_cannot_decide_here(busy: Home, clock: Clock) -> None:
    browser = signed_in(made_site(busy, clock), "district")
    assert browser.get("/arrivals").status_code == 403
    assert browser.send("/arrivals/match", form="typed", key=ONE).status_code == 404
    assert browser.send("/arrivals/apart", one=ONE, other=OTHER, reason="คนละกลุ่ม").status_code == 404


def test_what_is_said_is_recorded_with_the_account_s_name(busy: Home, clock: Clock, tmp_path: Path) -> None:
    with copied(busy, tmp_path) as home:
        shutil.copytree(busy.store.root, home.store.root, dirs_exist_ok=True)
        province = signed_in(made_site(home, clock), "province")
        assert province.send("/arrivals/match", form="typed", key=ONE).status_code == 303
        assert "จับคู่แล้ว" in province.get("/arrivals").text
        reason = "คนละหมู่บ้าน ประธานคนละคน"
        assert province.send("/arrivals/apart", one=ONE, other=OTHER, reason=reason).status_code == 303
        assert province.send("/arrivals/merge", one=OTHER, into=THIRD, reason="ส่งสองครั้ง").status_code == 303
        with reading(home.engine) as session:
            found = recorded.holding(session, set(Kind), [ONE, OTHER])
        assert [(one.kind, one.recorded_by) for one in found] == [
            (kind, NAMES[Role.PROVINCE]) for kind in (Kind.MATCH, Kind.DISTINCT, Kind.MERGE)
        ]
        run_once(home)
        assert matching.unmatched(home) == []
        assert {OTHER} not in [{one.one.key, one.other.key} for one in open_questions.every(home)]
        with reading(home.engine) as session:
            assert matching.waiting_roots(session) == []


def test_a_decision_without_a_reason_is_refused_and_says_so(busy: Home, province: Browser) -> None:
    before, page = _decisions(busy), province.get("/arrivals").text
    action = re.findall(r'name="one" value="([^"]+)"><input type="hidden" name="other" value="([^"]+)"', page)
    one, other = action[0]
    pair = {"one": one, "other": other, "into": other}
    for path in ("/arrivals/merge", "/arrivals/apart"):
        refused_at(province.send(path, reason=" ", **pair), f"reason-{one}-{other}")
    assert province.send("/arrivals/merge", one="unknown", into=THIRD, reason="ซ้ำ").status_code == 404
    assert _decisions(busy) == before


def _decisions(home: Home) -> int:
    with reading(home.engine) as session:
        return recorded.last_number(session)
