"""Pages that identify a person are shown covered, whole only where somebody asks; the log tells which."""

import re
from html import unescape

import pytest

from mochocho.app import access_chain
from mochocho.app.cards import covered_page
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, Client, Clock, made_site, signed_in
from tests.portal.test_queue_page import dark

COVERED = re.compile(r'href="(/evidence/([0-9a-f]{64})\?covered=1)"')
SHOWN = re.compile(r'id="picture" src="([^"]+)"')
JPEG = b"\xff\xd8 a card"


def test_a_card_is_shown_covered_and_whole_only_on_demand(
    client: Client, settled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client("province")
    found = COVERED.search(browser.get(f"/applicants/{ENTITY.format(7)}").text)
    assert found
    path, sha256 = found.groups()
    before = access_chain.last(settled, 1)[0].number
    unsure = browser.get(path)
    assert unsure.mimetype == "image/svg+xml"
    assert "เครื่องไม่แน่ใจ" in unsure.text
    assert access_chain.last(settled, 1)[0].number == before, "nothing was shown"
    monkeypatch.setattr(covered_page, "document_picture", lambda *_, covered: JPEG if covered else None)
    assert browser.get(path).data == JPEG
    row = access_chain.last(settled, 1)[0]
    assert (row.what, row.about) == ("page_covered", sha256)


def test_the_queue_shows_a_card_covered_until_it_is_asked_for(own_home: Home, clock: Clock) -> None:
    form = mirror.application(own_home, 21, ApplicantType.LEADER, district=HERE)
    form.files = {name: dark(place) for place, name in enumerate(form.files)}
    mirror.send(own_home, form)
    run_once(own_home)
    browser = signed_in(made_site(own_home, clock), "district")
    page = browser.get(f"/documents/{ENTITY.format(21)}/id_card_copy").text
    covered, whole = SHOWN.search(page), re.search(r'href="([^"]+whole=1[^"]*)"', page)
    assert covered
    assert whole
    assert "covered=1" in covered[1]
    on_demand = SHOWN.search(browser.get(unescape(whole[1])).text)
    assert on_demand
    assert "covered" not in on_demand[1]
    ahead = re.findall(
        'data-ahead="([^"]+)"', browser.get(f"/documents/{ENTITY.format(21)}/application_form").text
    )
    assert not {covered[1].partition("?")[0]}.intersection(ahead), (
        "a card is not fetched before it is asked for"
    )
