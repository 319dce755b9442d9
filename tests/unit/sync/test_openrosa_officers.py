"""Officers, tokens, the day's quota and the settings QR."""

import base64
import io
import json
import re
import stat
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from mochocho.config import Settings
from mochocho.db import Base, reading
from mochocho.errors import BadInput, Terminal
from mochocho.home import Home, open_home
from sync import tables
from sync.openrosa import officers, qr
from sync.openrosa.quota import Quota


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = open_home(Settings(home=tmp_path / "home"))
    Base.metadata.create_all(home.engine)
    return home


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


def test_the_code_holds_what_collect_reads() -> None:
    url = qr.token_url("http://192.0.2.7:8420/", "abc")
    assert url == "http://192.0.2.7:8420/key/abc"
    told = json.loads(zlib.decompress(base64.b64decode(qr.encode(qr.settings(url, "มชช. เชียงราย")))))
    assert set(told) == {"general", "admin", "project"}
    assert told["general"]["server_url"] == url
    assert told["general"]["app_language"] == "th_TH"
    assert told["general"]["form_update_mode"] == "match_exactly"
    assert told["general"]["autosend"] == "wifi_only"
    assert told["project"]["name"] == "มชช. เชียงราย"


def test_the_picture_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "officer.png"
    qr.write_png(path, qr.settings("http://192.0.2.7:8420/key/abc", "มชช.", autosend="off"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        width, height = picture.size
    assert width == height > 200


def test_what_collect_could_not_read_is_refused() -> None:
    hard_to_compress = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(3000))
    with pytest.raises(Terminal, match="too long"):
        qr.encode(qr.settings("http://192.0.2.7/key/abc", hard_to_compress))
