"""An officer is moved, gets a new token, is revoked: what the phone is answered, and that nothing is lost."""

import csv
import io
from pathlib import Path

import pytest
from lxml import etree

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync import officers
from sync.mirror import queries
from sync.openrosa.server import Server
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from tests.contract.openrosa_phone import (
    FORM,
    NS,
    Phone,
    add_applicant,
    instance,
    is_thai,
    make_home,
    message,
    new_phone,
    publish,
)

MUEANG, WIANG_CHAI = "5701", "5702"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    publish(home, reads_list=True)
    return home


@pytest.fixture
def phone(home: Home, server: Server) -> Phone:
    return new_phone(home, server, MUEANG)


def download(phone: Phone) -> tuple[str, list[str]]:
    """What Collect does at its next look: (hash in the manifest, the applicants in the list)."""
    manifest = etree.fromstring(phone.get("forms/visit/2/manifest").content)
    [listed] = manifest.iterfind("m:mediaFile", NS)
    url = str(listed.findtext("m:downloadUrl", namespaces=NS))
    rows = csv.DictReader(io.StringIO(phone.get(url).content.decode()))
    return str(listed.findtext("m:hash", namespaces=NS)), [row["name"] for row in rows]


def districts_of_senders(home: Home) -> list[tuple[str, ...] | None]:
    pull(home, SpoolSource(home))
    with reading(home.engine) as session:
        return [one.officer_districts for one in queries.current(session, FORM)]


def test_a_moved_officer_has_the_other_districts_list_at_the_next_download(home: Home, phone: Phone) -> None:
    mine, theirs = add_applicant(home, MUEANG, "เอ"), add_applicant(home, WIANG_CHAI, "บี")
    before, listed = download(phone)
    assert listed == [mine]
    officers.move(home, 1, [WIANG_CHAI])
    after, listed = download(phone)
    assert listed == [theirs]
    assert after != before  # or Collect would not fetch it
    gone = etree.fromstring(phone.get("integrity", id=f"{mine},{theirs}").content)
    told = {entity.get("id"): entity.findtext("deleted") for entity in gone.iterfind("entities/entity")}
    assert told == {mine: "true", theirs: "false"}


def test_what_was_filled_before_a_move_is_no_other_districts(home: Home, phone: Phone) -> None:
    assert phone.send(instance()).status_code == 201
    assert districts_of_senders(home) == [(MUEANG,)]
    officers.move(home, 1, [WIANG_CHAI])
    assert phone.send(instance(name="มาช้า")).status_code == 201  # it lay on the phone meanwhile
    assert districts_of_senders(home) == [(MUEANG, WIANG_CHAI)] * 2


def test_a_revoked_phone_is_told_in_thai_and_keeps_everything(
    home: Home, server: Server, phone: Phone
) -> None:
    sent, kept = instance(), instance(name="ยังไม่ส่ง")
    assert phone.send(sent, {"p.jpg": b"1"}).status_code == 201
    officers.revoke(home, 1)
    for answer in (phone.get("formList"), phone.send(kept), phone.get("forms/visit/2/manifest")):
        assert answer.status_code == 403
        assert is_thai(message(answer))
        assert "ข้อมูลยังอยู่ในโทรศัพท์ครบ" in message(answer)
    assert phone.head("submission").status_code == 403
    assert (
        len(districts_of_senders(home)) == 1
    )  # what was sent stays; the rest is on the phone, not half here
    _, token = officers.add(home, "นางสาวเอ สมมติ", [MUEANG])
    reconfigured = Phone(f"{server.url}/key/{token}")
    assert reconfigured.send(kept).status_code == 201
    assert reconfigured.send(sent, {"p.jpg": b"1"}).status_code == 201  # sent twice, kept once
    assert len(districts_of_senders(home)) == 2


def test_a_new_token_goes_on_where_the_old_one_ended(home: Home, server: Server, phone: Phone) -> None:
    kept = instance()
    renewed = Phone(f"{server.url}/key/{officers.renew(home, 1)}")
    refused = phone.send(kept)
    assert refused.status_code == 403
    assert "ขอ QR ตั้งค่าใหม่" in message(refused)
    assert renewed.send(kept).status_code == 201
    assert districts_of_senders(home) == [(MUEANG,)]
