"""From a folder copied from a phone into the mirror, without and with the spool."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.app.migrations.migrate import downgrade, upgrade
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.mirror.queries import Mirrored, current
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import PullReport, pull
from sync.sources.folder import FolderSource
from sync.tables import Quarantined, SubmissionVersion
from sync.xform.parse import parse_instance
from tests.builders import JPEG, application, copied, officer, post, publish, uid, xform
from xlsforms import names

BEFORE_NAMES = "0008"  # the last revision whose pulls compared names byte by byte
XML = application(fields={"photo": "1.jpg", "pages": [{"page": "2.jpg"}]})


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    path = tmp_path / "phone"
    path.mkdir()
    return path


@pytest.fixture
def take(any_home: Home, phone: Path) -> Callable[[], PullReport]:
    publish(any_home, xform())
    return lambda: pull(any_home, FolderSource("folder:a", phone))


def mirrored(home: Home) -> list[Mirrored]:
    with reading(home.engine) as session:
        return current(session, names.APPLICATION)


def quarantined(home: Home) -> dict[str, str]:
    with reading(home.engine) as session:
        return dict(session.execute(select(Quarantined.key, Quarantined.code)).all())


def test_an_instance_and_its_files_are_taken(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(phone, "a", XML, {"1.jpg": JPEG, "2.jpg": JPEG + b"2", "unnamed.jpg": b"x"})

    report = take()

    assert (report.new, report.files, report.held) == (1, 2, 0)
    (one,) = mirrored(any_home)
    assert {name: any_home.store.read(sha or "") for name, sha in one.files.items()} == {
        "1.jpg": JPEG,
        "2.jpg": JPEG + b"2",
    }
    assert one.officer_districts is None


def test_a_file_copied_later_is_added(any_home: Home, phone: Path, take: Callable[[], PullReport]) -> None:
    where = copied(phone, "a", XML, {"1.jpg": JPEG})
    take()
    digest = mirrored(any_home)[0].state_digest
    (where / "2.jpg").write_bytes(JPEG)

    report = take()

    assert (report.new, report.files) == (0, 1)
    assert mirrored(any_home)[0].state_digest != digest
    assert None not in mirrored(any_home)[0].files.values()


def test_a_photo_broken_off_in_copying_is_put_right_by_copying_again(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    where = copied(phone, "a", XML, {"1.jpg": JPEG[:5]})
    take()
    (where / "1.jpg").write_bytes(JPEG)
    take()

    assert any_home.store.read(mirrored(any_home)[0].files["1.jpg"] or "") == JPEG


def test_phone_and_endpoint_make_one_version_with_the_files_of_both(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(phone, "a", XML, {"1.jpg": JPEG})
    post(any_home, XML, {"2.jpg": JPEG}, officer_id=officer(any_home))
    take()
    report = pull(any_home, SpoolSource(any_home))

    assert (report.new, report.held) == (0, 0)
    (one,) = mirrored(any_home)
    assert None not in one.files.values()
    assert one.officer_districts == ("5701",)  # the endpoint knows who sent it, the folder does not
    assert quarantined(any_home) == {}


def test_the_same_form_written_down_otherwise_is_the_same_version(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(phone, "a", XML.replace(b"encoding='utf-8'", b'encoding="UTF-8"'))
    post(any_home, XML)
    take()
    report = pull(any_home, SpoolSource(any_home))

    assert (report.new, report.held) == (0, 0)
    assert len(mirrored(any_home)) == 1


@pytest.mark.parametrize("folder_first", [True, False])
def test_other_content_under_a_known_id_is_held_and_both_are_kept(
    any_home: Home, phone: Path, take: Callable[[], PullReport], folder_first: bool
) -> None:
    other = application(fields={"village": "บ้านอื่น"})
    copied(phone, "a", other)
    post(any_home, application())
    pulls = [take, lambda: pull(any_home, SpoolSource(any_home))]
    for one in pulls if folder_first else reversed(pulls):
        one()

    with reading(any_home.engine) as session:
        (version,) = session.scalars(select(SubmissionVersion))
        (held,) = session.scalars(select(Quarantined))
    assert held.code == "submission.conflict"
    kept = {any_home.store.read(sha or "") for sha in (version.xml_sha256, held.sha256)}
    assert kept == {application(), other}


def test_a_draft_is_held_until_it_is_finished(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    finished = application()
    draft = finished.replace(b"2025-05-01T09:30:00.000+07:00", b"")
    where = copied(phone, "a", draft)

    assert take().new == 0
    assert quarantined(any_home) == {"a": "instance.draft"}

    (where / "a.xml").write_bytes(finished)
    assert take().new == 1
    assert quarantined(any_home) == {}


def test_bad_items_are_held_and_the_rest_is_taken(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(phone, "bad xml", b"<data")
    copied(phone, "dtd", b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d id="f"/>')
    copied(phone, "other app", application().replace(b'id="mochocho_application"', b'id="another"'))
    copied(phone, "encrypted", XML, {"1.jpg.enc": b"x"})
    for n in range(30):  # more than one batch
        copied(phone, f"good {n}", application(instance_id=uid("i", n), key=uid("k", n)))

    report = take()

    assert report.new == 31
    assert quarantined(any_home) == {
        "bad xml": "xml.malformed",
        "dtd": "xml.dtd",
        "other app": "form.unknown",
        "encrypted/*.enc": "file.encrypted",
    }
    assert (take().due, take().held) == (0, 0)


def test_an_emoji_that_older_collect_wrote_as_two_references_is_read(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(phone, "a", application(fields={"applicant_name": "EMOJI"}).replace(b"EMOJI", b"&#55357;&#56832;"))
    half = application(instance_id=uid("half"), key=uid("half"), fields={"applicant_name": "EMOJI"})
    copied(phone, "half", half.replace(b"EMOJI", b"&#55357;"))

    assert take().new == 1
    assert quarantined(any_home) == {"half": "xml.bad_character"}
    (one,) = mirrored(any_home)
    root = parse_instance(any_home.store.read(one.xml_sha256)).root
    assert root.findtext("{*}applicant_name") == "😀"


def test_a_copy_finished_later_leaves_quarantine(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    where = copied(phone, "a", XML[:50])
    take()
    assert quarantined(any_home) == {"a": "xml.malformed"}
    (where / "a.xml").write_bytes(XML)
    take()

    assert quarantined(any_home) == {}
    assert len(mirrored(any_home)) == 1


# What a phone writes, a copy may write otherwise: SARA AM as two characters, NFD, other white space.
COMPOSED, APART = "สำเนาบัตร.jpg", "สํ\u0e32เนาบัตร.jpg"


@pytest.mark.parametrize(
    ("said", "file"),
    [
        (COMPOSED, APART),
        (APART, COMPOSED),
        ("ü.jpg", "u\u0308.jpg"),
        (f" {COMPOSED}\n", COMPOSED),
        ("a\u00a0b.jpg", "a b.jpg"),
    ],
)
def test_a_file_whose_name_is_written_otherwise_has_come(
    any_home: Home, phone: Path, take: Callable[[], PullReport], said: str, file: str
) -> None:
    copied(phone, "a", application(fields={"photo": said}), {file: JPEG})
    assert take().files == 1
    (one,) = mirrored(any_home)
    assert list(one.files) == [said.strip()]
    assert quarantined(any_home) == {}
    assert take().due == 0


def test_of_two_files_alike_the_one_with_the_exact_name_is_taken(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(phone, "a", application(fields={"photo": COMPOSED}), {APART: JPEG + b"longer", COMPOSED: JPEG})
    take()
    (one,) = mirrored(any_home)
    assert any_home.store.read(one.files[COMPOSED] or "") == JPEG
    assert quarantined(any_home) == {}


def test_of_two_files_as_near_as_each_other_the_larger_stands_and_the_other_is_kept(
    any_home: Home, phone: Path, take: Callable[[], PullReport]
) -> None:
    copied(
        phone,
        "a",
        application(fields={"photo": COMPOSED}),
        {APART: JPEG, f"{APART[:-4]}\u200b.jpg": JPEG + b"2"},
    )
    take()
    (one,) = mirrored(any_home)
    assert any_home.store.read(one.files[COMPOSED] or "") == JPEG + b"2"
    assert list(quarantined(any_home).values()) == ["file.other_content"]


def test_what_an_earlier_version_did_not_find_is_looked_for_again(
    any_home: Home, phone: Path, take: Callable[[], PullReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(phone, "a", application(fields={"photo": COMPOSED}), {APART: JPEG})
    copied(phone, "b", application(uid("b"), {"photo": "1.jpg"}, instance_id=uid("b")), {"1.jpg": JPEG})
    with monkeypatch.context() as then:
        then.setattr(
            "sync.pull.prepare.matched", lambda files, said: {name: name for name in files if name in said}
        )
        assert take().files == 1
    downgrade(any_home.engine, BEFORE_NAMES)
    upgrade(any_home.engine)
    report = take()
    assert (report.due, report.files) == (1, 1)
