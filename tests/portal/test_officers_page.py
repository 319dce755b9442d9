"""เจ้าหน้าที่: a code is shown once to its owner's clerk; officers of other districts are unknown."""

import base64
import re

import pytest
from flask import Flask

from mochocho.app import access_chain
from mochocho.storage.home import Home
from sync import officers
from tests.portal.conftest import HERE, PASSWORD, THERE, Browser, Clock, made_site, signed_in

NAME = "นายสนาม ตัวอย่าง"


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "district")


def added(
    browser: Browser, *, password: str = PASSWORD, district: str = HERE, name: str = NAME
) -> tuple[int, str]:
    answer = browser.send("/officers", name=NAME, district=district, password=password)
    return answer.status_code, answer.text


def test_an_officer_is_added_and_the_code_is_shown_once(clerk: Browser, own_home: Home) -> None:
    status, page = added(clerk)
    assert status == 200
    picture = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", page)
    assert picture
    assert base64.b64decode(picture[1]).startswith(b"\x89PNG")
    (one,) = officers.listing(own_home)
    assert (one.name, one.districts) == (NAME, (HERE,))
    assert f'content="60;url=/officers/{one.id}"' in page
    assert "image/png" not in clerk.get(f"/officers/{one.id}").text
    assert NAME in clerk.get("/officers").text
    (row,) = (one for one in access_chain.last(own_home, 5) if one.what == "officer")
    assert (row.name, row.about, row.reason) == ("นายอำเภอ ตัวอย่าง", NAME, "ขึ้นทะเบียนและออกรหัส")


def test_a_form_sent_again_makes_no_second_officer(clerk: Browser, own_home: Home) -> None:
    added(clerk)
    status, page = added(clerk)
    assert status == 422
    assert "มีเจ้าหน้าที่ชื่อ" in page
    assert len(officers.listing(own_home)) == 1


@pytest.mark.parametrize("password", ["", "รหัสผ่านอื่นที่ยาวพอ"])
def test_no_code_without_the_clerks_password(clerk: Browser, own_home: Home, password: str) -> None:
    status, page = added(clerk, password=password)
    assert status == 422
    assert "รหัสผ่านไม่ถูกต้อง" in page
    assert 'value="' + NAME in page  # what was typed is there
    assert officers.listing(own_home) == ()


def test_the_password_cannot_be_guessed_here_either(clerk: Browser, site: Flask) -> None:
    said = [added(clerk, password=f"เดารหัสผ่านครั้งที่ {n}")[1] for n in range(12)]
    assert "ให้รอ 15 นาที" in said[-1]


def test_a_new_code_ends_the_former_one(clerk: Browser, own_home: Home) -> None:
    added(clerk)
    (one,) = officers.listing(own_home)
    token = officers.renew(own_home, one.id)
    answer = clerk.send(f"/officers/{one.id}/renew", password=PASSWORD)
    assert answer.status_code == 200
    assert "image/png" in answer.text
    assert officers.of_token(own_home, token) is None


def test_an_officer_is_moved_and_revoked(site: Flask, own_home: Home) -> None:
    province = signed_in(site, "province")
    added(province)
    (one,) = officers.listing(own_home)
    assert province.send(f"/officers/{one.id}/move", district=THERE).status_code == 303
    (logged,) = access_chain.last(own_home, 1)
    assert (logged.about, logged.reason) == (f"เลขที่ {one.id}", "เปลี่ยนอำเภอที่รับผิดชอบเป็น เวียงชัย")
    (one,) = officers.listing(own_home)
    assert (one.districts, one.former_districts) == ((THERE,), (HERE,))
    assert province.send(f"/officers/{one.id}/move").status_code == 422  # to no district
    token = officers.renew(own_home, one.id)
    assert province.send(f"/officers/{one.id}/revoke").status_code == 303
    assert officers.of_token(own_home, token) is None
    assert province.send(f"/officers/{one.id}/renew", password=PASSWORD).status_code == 422


def test_officers_of_other_districts_are_unknown(site: Flask, clerk: Browser, own_home: Home) -> None:
    both = officers.add(own_home, "นายสองอำเภอ ตัวอย่าง", [HERE, THERE])[0]
    foreign = officers.add(own_home, "นายที่อื่น ตัวอย่าง", [THERE])[0]
    page = clerk.get("/officers").text
    assert "นายสองอำเภอ" in page
    assert "นายที่อื่น" not in page
    assert added(clerk, district=THERE)[0] == 404
    for path in ("", "/renew", "/move", "/revoke"):
        for number in (foreign, 999):
            address = f"/officers/{number}{path}"
            answer = clerk.send(address, password=PASSWORD) if path else clerk.get(address)
            assert answer.status_code == 404, address
    assert clerk.get(f"/officers/{both}").status_code == 200
    assert clerk.send(f"/officers/{both}/revoke").status_code == 403
    assert {one.revoked_at for one in officers.listing(own_home)} == {None}
