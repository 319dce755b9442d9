"""What a stranger reads in a home that was stolen with its disk in the open: as the guide lists it."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyotp

from mochocho.app.backup.encryption import new_key
from mochocho.app.backup.make import backup
from mochocho.app.portal.access import accounts, second_factor
from mochocho.settings.config import Backup
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from sync import officers
from tests.house.tree import ROOT
from tests.integration import province_mirror as mirror
from tests.portal.conftest import COOKIE, HERE, NATIONAL_ID, PASSWORD, PHONE, Clock, made_site, signed_in

GUIDE = (ROOT / "docs" / "operating.th.md").read_text("utf-8").partition("\n| อ่านได้ | อ่านไม่ได้ |\n")[2]
ROWS = [row.split("|")[1:3] for row in GUIDE.partition("\n\n")[0].splitlines()[1:]]


def spellings(secret: str) -> Iterator[bytes]:
    """How files may hold a text."""
    plain = secret.encode()
    yield from (plain, secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode(), plain.hex().encode())
    yield base64.b64encode(plain).rstrip(b"=")[:-1]  # the last letter depends on what follows


def in_the_guide(words: str, column: int) -> bool:
    return any(words in row[column] for row in ROWS)


def test_what_a_stranger_reads_is_what_the_guide_lists(own_home: Home, clock: Clock, tmp_path: Path) -> None:
    form = mirror.application(
        own_home, 31, ApplicantType.LEADER, district=HERE, national_id=NATIONAL_ID, phone=PHONE
    )
    mirror.send(own_home, form)
    _, token = officers.add(own_home, "นายสนาม ตัวอย่าง", [HERE])
    account = next(one for one in accounts.every(own_home) if one.login == "province")
    secret = second_factor.new_secret()
    with transaction(own_home.engine) as session:
        code = pyotp.TOTP(secret).at(clock())
        recovery = second_factor.set_up(session, account.id, secret, code, clock())
    cookie = signed_in(made_site(own_home, clock), "district").get_cookie(COOKIE)
    keeper = new_key(tmp_path / "safe.key", own_home.settings.home)
    settings = own_home.settings.model_copy(update={"backup": Backup(recipients=(keeper,))})
    backup(replace(own_home, settings=settings), own_home.settings.home / "one.tar.age", lambda *_: None)
    own_home.engine.dispose()
    stolen = b"".join(one.read_bytes() for one in own_home.settings.home.rglob("*") if one.is_file())
    photo = next(iter(form.files.values()))
    readable = {
        "เลขประจำตัวประชาชน": NATIONAL_ID.encode(),
        "หมายเลขโทรศัพท์": PHONE.encode(),
        "ภาพและเอกสารที่ส่งเข้ามา": photo,
        "กุญแจลงนามหนังสือรับรอง": b"PRIVATE KEY-----",
        "ความลับของรหัสขั้นที่สอง": secret.encode(),
    }
    assert {words for words, held in readable.items() if held not in stolen} == set()
    assert all(in_the_guide(words, 0) for words in readable)
    assert cookie
    hidden = {
        "รหัสผ่านของพอร์ทัล": [PASSWORD],
        "รหัสกู้คืน": [*recovery, *(one.replace("-", "") for one in recovery)],
        "รหัสเข้าใช้ของเจ้าหน้าที่": [token],
        "คุกกี้": [cookie.value],
        "ไฟล์สำรองที่เข้ารหัส": [(tmp_path / "safe.key").read_text("utf-8").splitlines()[-1]],
    }
    found = {
        words
        for words, secrets in hidden.items()
        if any(one in stolen for secret in secrets for one in spellings(secret))
    }
    assert found == set()
    assert all(in_the_guide(words, 1) for words in hidden)
    assert len(ROWS) == len(readable) == len(hidden)
