"""The map of a district: a point where a phone noted one that can be believed, and the same as a table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.register.visits.visited import Place, Visited
from reports.screens.map_screen import HEIGHT, WIDTH, map_screen
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, THERE, Clock, made_site, signed_in
from tests.portal.driven import SIZES, driven, listening
from tests.portal.test_standings import counted

PLACES = {
    1: "19.9105 99.8406 420 5",
    2: "19.8805 99.8001 0 0",  # put on a map by hand
    3: "19.9 99.8 430 0",  # made up by an app
    4: "0.5 0.5 10 4",  # in the sea
}


@pytest.fixture
def visited(own_home: Home) -> Home:
    """Groups 1-4 of HERE, whose sheets say where they were filled in; leader 7 has none."""
    for number, location in PLACES.items():
        sheet = mirror.sheet(own_home, number, location=location)
        sheet.edit = 1
        mirror.send(own_home, sheet)
    run_once(own_home)
    return own_home


def test_points_stand_where_phones_were(visited: Home, clock: Clock) -> None:
    browser = signed_in(made_site(visited, clock), "district")
    page = browser.get(f"/map/{HERE}").text
    assert page.count('class="mark group"><title>') == 2
    assert "19.9105 99.8406" in page
    assert "99.8000" not in page
    assert "ไม่มีพิกัด 3 ราย ในนั้นพิกัดอยู่นอกประเทศ 1 ราย" in page
    for number in (1, 2, 3, 4, 7):
        assert page.count(f'href="/applicants/{ENTITY.format(number)}"') == 1
    assert f'href="/map/{HERE}"' in browser.get(f"/applicants?district={HERE}").text
    with counted(visited.engine) as statements:
        browser.get(f"/map/{HERE}")
    assert len(statements) <= 7


def test_a_district_that_is_not_seen_has_no_map(visited: Home, clock: Clock) -> None:
    browser = signed_in(made_site(visited, clock), "district")
    assert browser.get(f"/map/{THERE}").status_code == browser.get("/map/9999").status_code == 404
    assert signed_in(made_site(visited, clock), "viewer").get(f"/map/{HERE}").status_code == 403
    empty = signed_in(made_site(visited, clock), "province").get("/map/5703").text
    assert "<svg" not in empty


def test_the_map_can_be_used_by_everybody(visited: Home) -> None:
    with listening(visited) as url, driven(url) as browser:
        browser.sign_in("province")
        for size in SIZES:
            browser.size(*size)
            browser.open(f"/map/{HERE}")
            assert browser.axe() == []
            assert not browser.too_wide()
            assert not browser.scrolls_enlarged()
        assert browser.console() == []


@given(st.lists(st.tuples(st.floats(5.5, 20.6), st.floats(97.2, 105.8)), min_size=1, max_size=9))
def test_every_point_is_in_the_frame_with_the_same_scale_each_way(places: list[tuple[float, float]]) -> None:
    every = [Visited(str(n), "", ApplicantType.GROUP, Place(*one)) for n, one in enumerate(places)]
    screen = map_screen(every)
    assert len(screen.marks) == len(places)
    assert all(0 <= one.x <= WIDTH and 0 <= one.y <= HEIGHT for one in screen.marks)
    assert [one.y for one in screen.marks] == sorted(one.y for one in screen.marks)
    assert 0 < screen.bar <= WIDTH / 4 or re.match("100 เมตร", screen.bar_th)


def test_a_kilometre_is_as_long_as_the_bar_says() -> None:
    """Two points ten kilometres apart from north to south, two from east to west, at 20 degrees north."""
    ten = 10 / 111.2
    north = [Place(20.0, 100.0), Place(20.0 + ten, 100.0)]
    east = [Place(20.0, 100.0), Place(20.0, 100.0 + ten / 0.9397)]
    for places, across in ((north, False), (east, True)):
        every = [Visited(str(n), "", ApplicantType.GROUP, one) for n, one in enumerate(places)]
        screen = map_screen(every)
        one, other = screen.marks
        apart = abs(one.x - other.x) if across else abs(one.y - other.y)
        kilometres = float(screen.bar_th.split()[0])
        assert apart / (screen.bar / kilometres) == pytest.approx(10, rel=0.01)
