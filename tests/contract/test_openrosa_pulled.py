"""What phones posted, after a pull: one record each, nothing lost, unusable items in quarantine."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.mirror import queries
from sync.openrosa.server import Server
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import Quarantined, SubmissionVersion
from tests.contract.openrosa_phone import (
    FORM,
    Phone,
    instance,
    make_home,
    new_phone,
    part,
    publish,
    sha256,
    xml_part,
)

ID = "0b6f7c1e-5a3d-4c52-9a35-0d7c2f1e8a11"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    publish(home)
    return home


@pytest.fixture
def phone(home: Home, server: Server) -> Phone:
    return new_phone(home, server, "5702", "5701")


def current(home: Home) -> list[queries.Mirrored]:
    with reading(home.engine) as session:
        return queries.current(session, FORM)


def quarantined(home: Home) -> list[tuple[str, str | None, int | None]]:
    with reading(home.engine) as session:
        return [(row.code, row.sha256, row.officer_id) for row in session.scalars(select(Quarantined))]


def test_twenty_identical_posts_are_one_record(home: Home, phone: Phone) -> None:
    xml, photo = instance(f"uuid:{ID}", photo="1.jpg"), b"photo" * 100_000
    with ThreadPoolExecutor(20) as pool:
        statuses = {
            answer.status_code for answer in pool.map(lambda _: phone.send(xml, {"1.jpg": photo}), range(20))
        }
    assert statuses == {201}
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: pull(home, SpoolSource(home)), range(4)))
    assert sum(report.new for report in reports) == 1
    [record] = current(home)
    assert (record.instance_id, dict(record.files)) == (ID, {"1.jpg": sha256(photo)})
    assert record.officer_districts == ("5701", "5702")
    with reading(home.engine) as session:
        assert len(session.scalars(select(SubmissionVersion)).all()) == 1


def test_a_split_submission_grows_with_its_posts(home: Home, phone: Phone) -> None:
    xml = instance(f"uuid:{ID}", photo="1.jpg", photo2="2.jpg")
    phone.send(xml, {"1.jpg": b"one"}, incomplete=True)
    pull(home, SpoolSource(home))
    assert [dict(record.files) for record in current(home)] == [{"1.jpg": sha256(b"one"), "2.jpg": None}]
    phone.send(xml, {"2.jpg": b"two"})
    pull(home, SpoolSource(home))
    assert [dict(record.files) for record in current(home)] == [
        {"1.jpg": sha256(b"one"), "2.jpg": sha256(b"two")}
    ]


def test_a_conflict_stands_in_quarantine_and_the_first_in_the_mirror(home: Home, phone: Phone) -> None:
    ours, theirs = (instance(f"uuid:{ID}", name=name) for name in ("หนึ่ง", "สอง"))
    assert [phone.send(xml).status_code for xml in (ours, theirs, theirs)] == [201, 409, 409]
    pull(home, SpoolSource(home))
    assert [record.xml_sha256 for record in current(home)] == [sha256(ours)]
    assert quarantined(home) == [("submission.conflict", sha256(theirs), 1)]
    assert home.store.has(sha256(theirs))


def test_a_photo_sent_again_with_other_bytes_loses_neither(home: Home, phone: Phone) -> None:
    xml = instance(f"uuid:{ID}", photo="1.jpg")
    for content in (b"", b"the photo"):
        assert phone.send(xml, {"1.jpg": content}).status_code == 201
    pull(home, SpoolSource(home))
    assert [dict(record.files) for record in current(home)] == [{"1.jpg": sha256(b"the photo")}]
    assert quarantined(home) == [("file.other_content", sha256(b""), 1)]


def test_bad_posts_beside_good_ones_stop_nothing(home: Home, phone: Phone) -> None:
    good = [instance() for _ in range(3)]
    phone.send(b"<")
    for xml in good:
        assert phone.send(xml).status_code == 201
        phone.send(instance(form_id="other"))
    phone.post(part("1.jpg", b"x", "../1.jpg"))
    phone.post(xml_part(instance()), part("note", b"x" * 100_000))
    for _ in range(2):
        pull(home, SpoolSource(home))
    assert {record.xml_sha256 for record in current(home)} == {sha256(xml) for xml in good}
    codes = sorted(code for code, _, _ in quarantined(home))
    assert codes == ["form.unknown"] * 3 + ["post.field_too_large", "post.no_xml", "xml.malformed"]


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("สำเนาบัตร.jpg", "สํ\u0e32เนาบัตร.jpg"),
        ("น้ำ.jpg", "น\u0e4d\u0e49\u0e32.jpg"),
        ("ü.jpg", "u\u0308.jpg"),
        ('บ้าน "สมมติ".jpg', "บ้าน %22สมมติ%22.jpg"),
    ],
)
def test_a_file_whose_name_came_in_another_spelling_has_arrived(
    home: Home, phone: Phone, said: str, sent: str
) -> None:
    assert phone.send(instance(f"uuid:{ID}", photo=said), {sent: b"photo"}).status_code == 201
    pull(home, SpoolSource(home))
    (one,) = current(home)
    assert {name: home.store.read(held or "") for name, held in one.files.items()} == {said: b"photo"}
    assert quarantined(home) == []


def test_a_file_of_the_exact_name_that_comes_later_stands(home: Home, phone: Phone) -> None:
    said, apart = "สำเนาบัตร.jpg", "สํ\u0e32เนาบัตร.jpg"
    phone.send(instance(f"uuid:{ID}", photo=said), {apart: b"another, longer one"})
    phone.send(instance(f"uuid:{ID}", photo=said), {said: b"photo"})
    pull(home, SpoolSource(home))
    (one,) = current(home)
    assert home.store.read(one.files[said] or "") == b"photo"
