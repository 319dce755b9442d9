"""From the endpoint's spool into the mirror, on both databases."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.mirror.queries import current
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import Attachment, Entity, Quarantined, SubmissionVersion
from tests.builders import JPEG, NOON, application, officer, post, publish, uid, xform
from xlsforms import names

WITH_FILES = {"photo": "1.jpg", "pages": [{"page": "2.jpg"}, {"page": "บ้าน.jpg"}]}


def files_of(home: Home, form_id: str = names.APPLICATION) -> list[dict[str, bool]]:
    with reading(home.engine) as session:
        found = current(session, form_id)
    return [{name: sha is not None for name, sha in one.files.items()} for one in found]


def quarantined(home: Home) -> Sequence[tuple[str, str]]:
    with reading(home.engine) as session:
        rows = session.execute(select(Quarantined.source, Quarantined.code)).all()
    return sorted(rows)


def test_a_posted_application_is_mirrored_with_its_officer_and_entity(any_home: Home) -> None:
    publish(any_home, xform())
    who = officer(any_home, districts=["5701", "5702"])
    post(any_home, application(), officer_id=who)

    report = pull(any_home, SpoolSource(any_home))

    assert (report.indexed, report.due, report.new, report.held) == (1, 1, 1, 0)
    with reading(any_home.engine) as session:
        (one,) = current(session, names.APPLICATION)
        entity = session.get_one(Entity, (names.APPLICANTS, uid("applicant")))
    assert (one.root_id, one.instance_id) == (uid("application"), uid("application"))
    assert one.officer_districts == ("5701", "5702")
    assert any_home.store.read(one.xml_sha256) == application()
    assert entity.label == "นางสมมติ ทดสอบ"
    assert entity.properties == {
        "applicant_type": "leader",
        "applicant_name": "นางสมมติ ทดสอบ",
        "district": "5701",
    }
    assert (entity.root_id, entity.version) == (uid("application"), 1)


def test_a_second_pull_has_nothing_to_do(any_home: Home) -> None:
    publish(any_home, xform())
    post(any_home, application())
    pull(any_home, SpoolSource(any_home))

    report = pull(any_home, SpoolSource(any_home))

    assert (report.indexed, report.due, report.new) == (1, 0, 0)


def test_files_arrive_one_post_after_another(any_home: Home) -> None:
    publish(any_home, xform())
    xml = application(fields=WITH_FILES)
    post(any_home, xml, {"1.jpg": JPEG})
    pull(any_home, SpoolSource(any_home))
    assert files_of(any_home) == [{"1.jpg": True, "2.jpg": False, "บ้าน.jpg": False}]

    post(any_home, xml, {"2.jpg": JPEG + b"2"})
    post(any_home, xml, {"บ้าน.jpg": JPEG + b"3", "never named.jpg": JPEG})
    report = pull(any_home, SpoolSource(any_home))

    assert (report.new, report.files) == (0, 2)
    assert files_of(any_home) == [{"1.jpg": True, "2.jpg": True, "บ้าน.jpg": True}]


def test_a_file_sent_twice_with_other_content_keeps_the_larger_and_notes_the_other(any_home: Home) -> None:
    publish(any_home, xform())
    xml = application(fields={"photo": "1.jpg"})
    post(any_home, xml, {"1.jpg": JPEG})
    pull(any_home, SpoolSource(any_home))
    post(any_home, xml, {"1.jpg": b""})  # broken off
    post(any_home, xml, {"1.jpg": JPEG + b"whole"})
    pull(any_home, SpoolSource(any_home))

    with reading(any_home.engine) as session:
        (row,) = session.scalars(select(Attachment))
        held = session.scalars(select(Quarantined)).all()
    assert any_home.store.read(row.sha256 or "") == JPEG + b"whole"
    assert {one.code for one in held} == {"file.other_content"}
    assert {any_home.store.read(one.sha256 or "") for one in held} == {b"", JPEG}


def test_the_earliest_receipt_says_who_sent_it(any_home: Home) -> None:
    publish(any_home, xform())
    first, second = officer(any_home, "ก"), officer(any_home, "ข")
    post(any_home, application(), officer_id=second, received_at=NOON.replace(hour=9))
    pull(any_home, SpoolSource(any_home))
    post(any_home, application(), officer_id=first, received_at=NOON.replace(hour=8))
    pull(any_home, SpoolSource(any_home))

    with reading(any_home.engine) as session:
        (version,) = session.scalars(select(SubmissionVersion))
    assert (version.officer_id, version.received_at) == (first, NOON.replace(hour=8))


def test_receipts_outlive_the_officers_of_a_lost_database(any_home: Home) -> None:
    publish(any_home, xform())
    post(any_home, application(), officer_id=4711)

    assert pull(any_home, SpoolSource(any_home)).new == 1

    with reading(any_home.engine) as session:
        (one,) = current(session, names.APPLICATION)
    assert one.officer_districts is None


def test_a_damaged_receipt_is_held_and_the_others_go_on(any_home: Home) -> None:
    publish(any_home, xform())
    post(any_home, application())
    broken = post(any_home, application(instance_id=uid("b"), key=uid("key b")))
    broken.write_bytes(b'{"form_id": ')

    report = pull(any_home, SpoolSource(any_home))

    assert (report.new, report.held) == (1, 1)
    assert quarantined(any_home) == [("spool", "spool.damaged")]


def test_what_the_endpoint_could_not_use_is_listed_once(any_home: Home) -> None:
    who = officer(any_home)
    post_unusable(any_home, who)

    reports = [pull(any_home, SpoolSource(any_home)) for _ in range(2)]

    assert [report.held for report in reports] == [1, 0]
    with reading(any_home.engine) as session:
        (row,) = session.scalars(select(Quarantined))
    assert (row.code, row.officer_id, row.received_at) == ("xml.malformed", who, NOON)
    assert any_home.store.read(row.sha256 or "") == b"<data"


def post_unusable(home: Home, officer_id: int) -> None:
    from sync.openrosa.receiving.spool import Spool, Unusable

    sha256 = home.store.put(b"<data")
    Spool(home.spool_dir).reject(Unusable("xml.malformed", "ข้อความ", sha256, (), officer_id, NOON))


def test_an_application_of_a_form_not_published_here_waits_for_it(any_home: Home) -> None:
    post(any_home, application(fields={"photo": "1.jpg"}), {"1.jpg": JPEG})
    assert pull(any_home, SpoolSource(any_home)).held == 1
    assert pull(any_home, SpoolSource(any_home)).due == 0
    assert quarantined(any_home) == [("spool", "form.unknown")]

    publish(any_home, xform(version="0"), version="0")
    assert pull(any_home, SpoolSource(any_home)).due == 1
    assert quarantined(any_home) == [("spool", "form.version_unknown")]

    publish(any_home, xform())
    assert pull(any_home, SpoolSource(any_home)).new == 1
    assert quarantined(any_home) == []
    assert files_of(any_home) == [{"1.jpg": True}]


@pytest.mark.parametrize("first_pulled", ["earlier", "later"])
def test_an_entity_that_two_applications_make_is_the_earlier_ones(any_home: Home, first_pulled: str) -> None:
    publish(any_home, xform())
    later = application(fields={"applicant_name": "คนอื่น"}, instance_id="0")  # a lesser id does not help
    posts = [(application(), NOON.replace(hour=8)), (later, NOON.replace(hour=9))]
    for xml, time in posts if first_pulled == "earlier" else reversed(posts):
        post(any_home, xml, received_at=time)
        pull(any_home, SpoolSource(any_home))

    with reading(any_home.engine) as session:
        (entity,) = session.scalars(select(Entity))
        (note,) = session.scalars(select(Quarantined))
        assert len(current(session, names.APPLICATION)) == 2
    assert (entity.label, entity.root_id) == ("นางสมมติ ทดสอบ", uid("application"))
    assert (note.source, note.code) == ("mirror", "entity.taken")
    assert note.key.startswith("0!applicants/")


def test_an_edit_gives_the_entity_up_to_its_original_and_joins_it_when_the_link_comes(any_home: Home) -> None:
    publish(any_home, xform())
    chain = [("a", None), ("b", "a"), ("c", "b")]
    first, link, last = (
        application(fields={"village": name}, instance_id=name, deprecated_id=before)
        for name, before in chain
    )
    for xml in (last, first):
        post(any_home, xml)
        pull(any_home, SpoolSource(any_home))
    assert quarantined(any_home) == [("mirror", "entity.taken")]

    post(any_home, link)
    pull(any_home, SpoolSource(any_home))

    assert quarantined(any_home) == []
    with reading(any_home.engine) as session:
        (entity,) = session.scalars(select(Entity))
    assert (entity.root_id, entity.version) == ("a", 3)


def test_an_entity_for_a_list_the_form_does_not_fill_is_held(any_home: Home) -> None:
    publish(any_home, xform())
    post(any_home, application().replace(b'dataset="applicants"', b'dataset="officers"'))

    assert pull(any_home, SpoolSource(any_home)).new == 0

    assert quarantined(any_home) == [("spool", "entity.unknown_list")]
