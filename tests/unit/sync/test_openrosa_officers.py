"""Officers, tokens, the day's quota and the settings QR."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from mochocho.settings.config import Settings
from mochocho.storage.db import Base, reading
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import BadInput, Terminal
from sync import officers, tables
from sync.openrosa import qr
from sync.openrosa.receiving.quota import Quota
from tests import qr_reader


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = open_home(Settings(home=tmp_path / "home"))
    Base.metadata.create_all(home.engine)
    yield home
    home.engine.dispose()


def test_a_token_opens_for_its_officer_until_revoked(home: Home) -> None:
    officer_id, token = officers.add(home, " นางสาวเอ  สมมติ ", ["5702", "5701", "5701"])
    found = officers.of_token(home, token)
    assert found is not None
    assert (found.id, found.name, found.districts) == (officer_id, "นางสาวเอ สมมติ", ("5701", "5702"))
    officers.revoke(home, officer_id)
    assert officers.of_token(home, token) is None


def test_a_token_has_256_bits_and_is_stored_as_a_digest_only(home: Home) -> None:
    tokens = {officers.add(home, "เอ", ["5701"])[1] for _ in range(5)}
    assert len(tokens) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    with reading(home.engine) as session:
        rows = session.execute(select(tables.Officer.__table__)).all()
    assert not any(token in str(row) for row in rows for token in tokens)


@pytest.mark.parametrize("token", ["", "x", "ก", "\0", "\ud800", "a" * 10_000])
def test_what_is_no_token_opens_nothing(home: Home, token: str) -> None:
    officers.add(home, "เอ", ["5701"])
    assert officers.of_token(home, token) is None


def test_revoked_officers_stay_listed_and_keep_their_first_date(home: Home) -> None:
    first, second = (officers.add(home, name, ["5701"])[0] for name in ("เอ", "บี"))
    officers.revoke(home, first)
    once = officers.listing(home)
    officers.revoke(home, first)
    assert officers.listing(home) == once
    assert [(officer.id, officer.revoked_at is None) for officer in once] == [(first, False), (second, True)]


@pytest.mark.parametrize(
    ("name", "districts", "said"),
    [
        ("", ["5701"], "name"),
        (" \u200b", ["5701"], "name"),
        ("เอ", [], "districts"),
        ("เอ", ["5001"], "5001"),
    ],
)
def test_who_cannot_be_added_is_said(home: Home, name: str, districts: list[str], said: str) -> None:
    with pytest.raises(Terminal, match=said):
        officers.add(home, name, districts)
    assert officers.listing(home) == ()


def test_revoking_nobody_is_said(home: Home) -> None:
    with pytest.raises(Terminal, match="officer 7"):
        officers.revoke(home, 7)


def test_a_day_is_a_thai_day_and_an_officers_own() -> None:
    quota = Quota(10)
    evening = datetime(2025, 5, 1, 16, 59, tzinfo=UTC)  # 23:59 in Thailand
    quota.charge(1, 8, evening)
    with pytest.raises(BadInput) as refused:
        quota.charge(1, 3, evening)
    assert refused.value.code == "officer.day_full"
    quota.charge(1, 2, evening)
    quota.charge(2, 10, evening)
    quota.charge(1, 10, evening.replace(hour=17, minute=0))


def test_a_moved_officer_keeps_the_token_and_the_districts_that_were(home: Home) -> None:
    officer_id, token = officers.add(home, "เอ", ["5701", "5702"])
    officers.move(home, officer_id, ["5703", "5702"])
    found = officers.of_token(home, token)
    assert found is not None
    assert (found.districts, found.former_districts) == (("5702", "5703"), ("5701",))
    officers.move(home, officer_id, ["5701"])
    assert officers.active(home, officer_id).districts == ("5701",)
    assert officers.active(home, officer_id).former_districts == ("5702", "5703")


@pytest.mark.parametrize("districts", [[], ["5001"], ["5702", ""]])
def test_a_move_to_nowhere_changes_nothing(home: Home, districts: list[str]) -> None:
    officer_id, _ = officers.add(home, "เอ", ["5701"])
    before = officers.listing(home)
    with pytest.raises(Terminal, match="district"):
        officers.move(home, officer_id, districts)
    assert officers.listing(home) == before


def test_a_new_token_ends_the_old_one_and_nobody_elses(home: Home) -> None:
    officer_id, old = officers.add(home, "เอ", ["5701"])
    _, other = officers.add(home, "บี", ["5701"])
    new = officers.renew(home, officer_id)
    assert officers.of_token(home, old) is None
    assert [found.id for token in (new, other) if (found := officers.of_token(home, token))] == [1, 2]


def test_the_revoked_and_the_unknown_are_neither_moved_nor_renewed(home: Home) -> None:
    officer_id, _ = officers.add(home, "เอ", ["5701"])
    officers.revoke(home, officer_id)
    before = officers.listing(home)
    for nobody, said in ((officer_id, "was revoked"), (7, "no officer 7")):
        with pytest.raises(Terminal, match=said):
            officers.renew(home, nobody)
        with pytest.raises(Terminal, match=said):
            officers.move(home, nobody, ["5702"])
    assert officers.listing(home) == before


URL = "http://192.0.2.7:8420/key/abc"


@pytest.mark.parametrize("shape", ["picture", "blocks"])
def test_a_camera_reads_what_collect_is_told(shape: str) -> None:
    assert qr.token_url("http://192.0.2.7:8420/", "abc") == URL
    content = qr.settings(URL, "มชช. เชียงราย")
    if shape == "picture":
        with Image.open(io.BytesIO(qr.png(content))) as picture:
            seen = qr_reader.text_in(picture)
    else:
        seen = qr_reader.text_in(qr_reader.picture_of(qr.blocks(content).splitlines()))
    told = qr_reader.settings_in(seen)
    assert set(told) == {"general", "admin", "project"}
    wanted = {"server_url": URL, "app_language": "th_TH", "form_update_mode": "match_exactly"}
    wanted |= {"autosend": "wifi_only"}
    assert wanted.items() <= told["general"].items()
    assert told["project"]["name"] == "มชช. เชียงราย"


# The keys, types and choices that Collect v2026.3 accepts; what it does not know it passes over in silence.
GENERAL = {
    "server_url": str,
    "app_language": str,
    "form_update_mode": {"manual", "previously_downloaded", "match_exactly"},
    "periodic_form_updates_check": {
        "every_fifteen_minutes",
        "every_one_hour",
        "every_six_hours",
        "every_24_hours",
    },
    "automatic_update": bool,
    "autosend": {"off", "wifi_only", "cellular_only", "wifi_and_cellular"},
    "guidance_hint": {"no", "yes", "yes_collapsed"},
    "font_size": {"13", "17", "21", "25", "29"},
    "analytics": bool,
}


def test_every_setting_is_one_that_collect_knows() -> None:
    general = qr.settings(URL, "มชช.")["general"]
    assert set(general) == set(GENERAL)
    for key, accepted in GENERAL.items():
        value = general[key]
        assert value in accepted if isinstance(accepted, set) else isinstance(value, accepted), key


def test_what_collect_could_not_read_is_refused() -> None:
    hard_to_compress = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(3000))
    with pytest.raises(Terminal, match="too long"):
        qr.encode(qr.settings("http://192.0.2.7/key/abc", hard_to_compress))
