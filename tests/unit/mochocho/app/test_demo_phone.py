"""The sample's phones with the real endpoint: downloading, sending, and refusals."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app.demo import field_day, instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.pretend_phone import Phone
from mochocho.app.demo.sample_province import from_table
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from sync import officers
from sync.openrosa.server import Server
from sync.publish.published import put_form, put_list
from xlsforms import names
from xlsforms.build import build_forms

PLAN = from_table("เชียงราย", {"แม่จัน": (1, 0, 0, 0)})


@pytest.fixture
def officer(home: Home) -> Iterator[field_day.Officer]:
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    server = Server(home, "127.0.0.1", 0)
    server.start()
    yield field_day.hire(home, PLAN, server.url)[0]
    server.stop()


@pytest.fixture
def phone(officer: field_day.Officer) -> Iterator[Phone]:
    with Phone(officer.url, "collect:test") as one:
        yield one


def filled(home: Home, officer: field_day.Officer) -> instances.Filled:
    unit = PLAN.units[0]
    return instances.application(unit, home.pack.standard(unit.type), officer.code, Studio(320))


def receipts(home: Home) -> list[Path]:
    return sorted((home.spool_dir / "posts").rglob("*.json"))


@pytest.mark.parametrize("posts", [1, 2])
def test_an_application_arrives_whole_however_often_it_is_sent(home, officer, phone, posts):
    phone.refresh()
    one = filled(home, officer)
    xml = phone.fill(names.APPLICATION, one)
    for _ in range(3):
        phone.send(xml, one.files, posts)
    assert len(receipts(home)) == posts
    stored = {p.read_bytes() for p in home.settings.store_dir.rglob("*") if p.is_file()}
    assert {xml} | {draw() for draw in one.files.values()} <= stored


def test_what_does_not_fit_into_one_post_is_split_by_itself(home, officer, phone, monkeypatch):
    phone.refresh()
    one = filled(home, officer)
    xml = phone.fill(names.APPLICATION, one)
    monkeypatch.setattr(phone, "_limit", lambda: len(xml) + 20_000)
    phone.send(xml, one.files)
    assert len(receipts(home)) > 1


@pytest.fixture
def before_list(phone, monkeypatch):
    """Have something happen before each download of the assessors' list."""

    def happens(meanwhile):
        checked = phone._checked

        def slowly(entry):
            if entry.name == f"{names.ASSESSORS}.csv":
                meanwhile()
            return checked(entry)

        monkeypatch.setattr(phone, "_checked", slowly)

    return happens


def listed(home, name):
    put_list(home, names.ASSESSORS, [{"name": name, "label": name, "districts": ""}])


def test_a_list_that_changes_while_it_is_downloaded_is_read_again(home, phone, before_list):
    waiting = ["assessor-two", "assessor-one"]
    before_list(lambda: listed(home, waiting.pop() if len(waiting) > 1 else waiting[0]))
    phone.refresh()
    assert waiting == ["assessor-two"]
    texts = [node.text for node in phone._forms[names.ONSITE]._lists.iter()]
    assert "assessor-two" in texts
    assert "assessor-one" not in texts


def test_a_list_that_is_never_what_was_announced_is_refused(home, phone, before_list):
    number = itertools.count()
    before_list(lambda: listed(home, f"assessor-{next(number)}"))
    with pytest.raises(Terminal, match=r"assessors\.csv: what was downloaded is not what was announced"):
        phone.refresh()


def test_a_revoked_officer_is_told_so(home, officer, phone):
    phone.refresh()
    one = filled(home, officer)
    (listed,) = officers.listing(home)
    officers.revoke(home, listed.id)
    with pytest.raises(Terminal, match="403"):
        phone.send(phone.fill(names.APPLICATION, one), one.files)
    with pytest.raises(Terminal, match="403"):
        phone.refresh()


def test_no_token_is_shown(officer, phone):
    token = officer.url.rpartition("/")[2]
    assert len(token) > 20
    assert token not in repr(officer) + repr(phone)
