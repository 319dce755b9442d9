"""Every form says at its field what it refused, keeps what was typed, and leads there from the top."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from sync import officers
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, PASSWORD, Browser, Clock, copied, made_site, signed_in
from tests.portal.refused import refused_at
from tests.portal.routes import OWN, routes, unsafe

ONE, MEETING = ENTITY.format(1), "province:1/2568"
TYPED = "{{7*7}} <b> ที่พิมพ์ไว้"  # kept, and never markup
ACCOUNT = {"name": TYPED, "login": "mali", "role": "viewer", "password": PASSWORD}
ALL_WRONG = {"name": "x", "login": TYPED, "role": "", "applicants": "x", "until": "เมื่อไร", "password": "ไม่ใช่"}
OF_NEW = ("new-role", "new-applicants", "new-until")
RESOLVED = {"shown": "0", "committee": TYPED, "meeting": "1/2568", "day": "10 เม.ย. 2568", "present": "7"}
UNIT = {"0.key": ONE, "0.outcome": "ไม่รับรอง"}
A_MEETING = {
    "meeting.number": "x",
    "meeting.date": "1/5/2568",
    "meeting.ends": "14:30",
    "meeting.place": TYPED,
}
IN_DISTRICT = {"row-0-committee": "district", "row-0-role": "member", "row-0-districts": "พาน"}
Values = dict[str, str]
# Whose browser, where its form goes, what is wrong in it, and the fields that say so.
CASES: tuple[tuple[str, str, Values, tuple[str, ...]], ...] = (
    ("admin", "/settings/province", {"province": TYPED}, ("province",)),
    ("admin", "/settings/meeting", {"meeting.starts": "x"} | A_MEETING, ("meeting.number", "meeting.starts")),
    ("admin", "/settings/committees", {"rows": "1", "row-0-name": "x"} | IN_DISTRICT, ("row-0-name",)),
    ("admin", "/accounts", ALL_WRONG, ("name", "login", *OF_NEW, "new-password")),
    ("admin", "/accounts", ACCOUNT | {"role": "district"}, ("new-districts",)),
    ("admin", "/accounts/2/role", {"role": "assessor", "until": TYPED}, ("one-districts", "one-until")),
    ("admin", "/accounts/2/password", {"password": "ไม่ใช่"}, ("renew-password",)),
    ("province", "/officers", {"name": " ", "password": "ไม่ใช่"}, ("name", "new-districts", "new-password")),
    ("province", "/officers", {"name": TYPED, "district": HERE, "password": "ไม่ใช่"}, ("new-password",)),
    ("province", "/officers/1/move", {}, ("move-districts",)),
    ("province", "/officers/1/renew", {"password": "ไม่ใช่"}, ("renew-password",)),
    ("province", "/settings/meetings", {"number": TYPED}, ("number",)),
    ("province", f"/settings/meetings/part/when/{MEETING}", {"place": TYPED, "day": "x"}, ("day",)),
    ("province", f"/resolutions/district/{HERE}", RESOLVED | UNIT | {"day": "x"}, ("f-day", "f-0.reason")),
    ("province", f"/resolutions/district/{HERE}", RESOLVED | UNIT | {"0.outcome": "x"}, ("u0-outcome",)),
    ("province", f"/applicants/{ONE}/identity", {"reason": "สั้น"}, ("reason",)),
    ("province", "/persons/find", {"national_id": TYPED, "reason": "สั้น"}, ("national_id", "reason")),
    ("province", f"/applicants/{ONE}/consent", {"what": "x", "reason": "-"}, ("what", "reason")),
    ("province", "/profile/password", {"before": "ไม่ใช่", "after": "x" * 12, "again": "x" * 12}, ("before",)),
    ("province", "/profile/password", {"before": PASSWORD, "after": "สั้น", "again": "สั้น"}, ("after",)),
    ("province", "/profile/password", {"before": PASSWORD, "after": "a" * 12, "again": "b" * 12}, ("again",)),
    ("province", "/profile/code", {"secret": "A" * 32, "code": "000000"}, ("code",)),
    ("", "/signin", {"login": TYPED, "password": "ไม่ใช่"}, ("password",)),
)  # fmt: skip
FILES = (
    ("province", "/settings/meetings/file", "sent"),
    ("province", f"/settings/meetings/annex/1/{MEETING}", "annex-1"),
    ("province", "/imports/resolutions", "resolutions"),
    ("province", "/imports/rulings", "rulings"),
    ("province", "/imports/documents", "documents"),
    ("admin", "/settings/villages", "file"),
    ("admin", "/settings/pack", "file"),
)
# Forms that are refused only on a page of a home of its own: which file of tests shows it there.
ELSEWHERE = {
    "arrivals.apart": "arrivals_page",
    "arrivals.match": "arrivals_page",
    "card_pages.decide": "cards_page",
    "document_queue.decide": "queue_page",
    "own_sessions.end": "entrance",
    "releases.release": "release_page",
    "scores.close": "scores_page",
    "scores.reopen": "scores_page",
    "scores.settle": "scores_page",
    "sittings.act": "sitting_page",
    "sittings.record": "sitting_page",
    "texts.edit": "texts_page",
}


@pytest.fixture(scope="module")
def site(settled: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal of a home with settings in a file, an officer and a meeting."""
    folder = tmp_path_factory.mktemp("refused")
    with copied(settled, folder) as home:
        officers.add(home, "นายสนาม ตัวอย่าง", [HERE])
        with transaction(home.engine) as session:
            kept.keep(session, Meeting(Level.PROVINCE, "1/2568"), "นางบันทึก ตัวอย่าง")
        file = folder / "mochocho.toml"
        file.write_text('province = "เชียงราย"\npack = "2568-sample"\n', "utf-8")
        yield made_site(replace(home, settings=load_settings(file, home=home.settings.home)), Clock())


@pytest.fixture(scope="module")
def browsers(site: Flask) -> Mapping[str, Browser]:
    stranger = site.test_client()
    assert isinstance(stranger, Browser)
    stranger.get("/signin")
    return {"": stranger} | {role: signed_in(site, role) for role in ("admin", "province")}


@pytest.mark.parametrize(("role", "path", "wrong", "fields"), CASES)
def test_what_is_refused_is_said_at_its_field(
    browsers: Mapping[str, Browser], role: str, path: str, wrong: Values, fields: tuple[str, ...]
) -> None:
    browser = browsers[role]
    hidden = {"version": "1"}
    if path.startswith("/settings/") and "meetings" not in path:
        hidden["seen"] = browser.get(path).text.partition('name="seen" value="')[2][:64]
    page = refused_at(browser.send(path, **hidden | wrong), *fields)
    secret = ("password", "before", "after", "again", "code")
    typed = {text for name, text in wrong.items() if name not in secret and text.strip()}
    assert all(text in page for text in typed)
    assert "<b> ที่" not in browser.send(path, **hidden | wrong).text


@pytest.mark.parametrize(("role", "path", "field"), FILES)
def test_a_file_that_is_none_is_said_at_its_field(
    browsers: Mapping[str, Browser], role: str, path: str, field: str
) -> None:
    browser = browsers[role]
    for sent in ((io.BytesIO(b"no"), "x.xlsx"), (io.BytesIO(), "")):
        data = {"csrf": browser.token(), "file": sent, "seen": "", "title": "x"}
        kind = "multipart/form-data"
        refused_at(
            browser.post(path, data=data, headers={"Origin": "http://localhost"}, content_type=kind), field
        )


def test_no_form_in_which_something_is_typed_is_forgotten(
    site: Flask, browsers: Mapping[str, Browser]
) -> None:
    home: Home = site.extensions["mochocho.home"]
    urls = site.url_map.bind("localhost")
    asked = {urls.match(path, method="POST")[0] for _, path, _, _ in CASES}
    asked |= {urls.match(path, method="POST")[0] for _, path, _ in FILES} | {*ELSEWHERE}
    for module in ELSEWHERE.values():
        assert "refused_at(" in Path(__file__).with_name(f"test_{module}.py").read_text("utf-8"), module
    paths = {route.path(site, home, OWN) for route in routes(site) if not unsafe(route)}
    paths |= {f"/resolutions/district/{HERE}", f"/settings/meetings/of/{MEETING}", "/settings/province"}
    paths |= {f"/sittings/of/{MEETING}", f"/packets/texts/agenda/{MEETING}"}
    found = set()
    for browser in browsers.values():
        for path in paths:
            found |= {urls.match(action, method="POST")[0] for action in _typed_into(browser.get(path))}
    assert found - asked == set()
    assert len(found) > 12


def _typed_into(answer: TestResponse) -> Iterator[str]:
    """Where the forms of a page go in which a person types or chooses a file."""
    with answer:
        page = answer.data.decode(errors="replace")  # some routes give files
    for form in re.findall(r'<form[^>]* method="post"[^>]*>.*?</form>', page, re.DOTALL):
        if re.search(r'<textarea|type="(?:text|password|file)"', form):
            yield unescape(re.findall(r'action="([^"?#]+)', form)[0])
