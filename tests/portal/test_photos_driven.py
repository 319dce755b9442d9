"""Pictures of evidence beside what they prove: small, looked at with zoom and turn, each opening logged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app import access_chain
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from tests import databases
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import Client, settle
from tests.portal.driven import SIZES, Driven, driven, listening
from tests.portal.test_first_pages import _links
from xlsforms import names

PAGE = f"/applicants/{ENTITY.format(1)}"
OPEN = "document.querySelector('dialog[open]')"
SHOWN = f"{OPEN} && {OPEN}.querySelector('img').naturalWidth > 160"


@pytest.fixture(scope="module")
def photographed(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[tuple[Home, Driven]]:
    """Chromium on a home whose first applicant has two indicators with a photo, one with none."""
    folder = tmp_path_factory.mktemp("photographed") / "home"
    with databases.home_on_sqlite(folder, sqlite_template) as home:
        settle(home, 1)
        sheet = mirror.sheet(home, 1)
        for indicator in home.pack.standard(ApplicantType.GROUP).indicators[:2]:
            name = f"{indicator.code}.jpg"
            sheet.fields[names.evidence(indicator.code)] = name
            sheet.files[name] = mirror.photo((900, 700))
        sheet.edit = 1
        mirror.send(home, sheet)
        run_once(home)
        with listening(home) as url, driven(url) as browser:
            yield home, browser


def logged(home: Home) -> list[str]:
    return [one.what for one in access_chain.last(home, 1000)]


def test_what_is_only_fetched_is_not_logged_as_looked_at(settled: Home, client: Client) -> None:
    browser = client("district")
    picture = next(one for one in _links(browser.get(PAGE).text) if "/evidence/" in one)
    before = len(logged(settled))
    assert browser.get(f"{picture}/small").data.startswith(b"\xff\xd8")
    assert browser.get(f"{picture}?ahead=1").status_code == 200
    assert browser.send(f"{picture}/seen").status_code == 204
    rows = access_chain.last(settled, 1000)
    assert len(rows) == before + 3
    assert [one.what for one in reversed(rows[:3])] == ["thumbnail", "page_ahead", "page_image"]
    assert {one.about for one in rows[:3]} == {picture.rpartition("/")[2]}
    assert len(browser.get(f"{picture}/small").data) < 12_000
    foreign = client("province").get(f"/applicants/{ENTITY.format(5)}").text
    other = next(one for one in _links(foreign) if "/evidence/" in one)
    assert browser.get(f"{other}/small").status_code == browser.send(f"{other}/seen").status_code == 404


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_a_photo_is_opened_turned_and_left_by_keyboard(
    photographed: tuple[Home, Driven], size: tuple[int, int]
) -> None:
    home, browser = photographed
    browser.size(*size)
    browser.sign_in("province")
    browser.open(PAGE)
    browser.run("document.querySelector('.thumbs').scrollIntoView()")
    browser.until("document.querySelector('.thumbs img').naturalWidth > 0")
    before = logged(home).count("page_image")
    browser.run("document.querySelector('.thumbs a').focus()")
    active = browser.driver.switch_to.active_element
    active.send_keys("\n")
    browser.until(SHOWN)
    assert logged(home).count("page_image") == before + 1
    assert "ภาพหลักฐาน 1 ของ" in browser.find("#look-title").text
    assert browser.axe() == []
    browser.driver.switch_to.active_element.send_keys("t")
    browser.until(f"{OPEN}.querySelector('.paper.turn1')")
    browser.driver.switch_to.active_element.send_keys("=")
    browser.until(f"{OPEN}.querySelector('.paper.zoomed')")
    browser.driver.switch_to.active_element.send_keys("\ue00c")  # Escape
    browser.until(f"!{OPEN}")
    assert browser.run("return document.activeElement.matches('.thumbs a')")
    assert browser.console() == []
    assert not browser.too_wide()
