"""Reading rows and instances of KoboToolbox: roots, fingerprints, names of files, versions, bytes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.kobo.records import Attached, identity, named, record, split

FIRST, LATER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def attachment(name: str = "a.jpg", uid: str = "attA", **more: Any) -> dict[str, Any]:
    stored = f"alice/attachments/x/y/{name}"
    return {"uid": uid, "media_file_basename": name, "filename": stored, "is_deleted": False, **more}


def row(**more: Any) -> dict[str, Any]:
    return {
        "_id": 7,
        "_uuid": FIRST,
        "meta/rootUuid": f"uuid:{FIRST}",
        "_validation_status": {},
        "_attachments": [attachment()],
        "_submission_time": "2026-11-20T22:03:41",
        "__version__": "vA",
        "_submitted_by": "malee",
        **more,
    }


def mark(**more: Any) -> str:
    found = record(row(**more))
    assert found is not None
    return found.fingerprint


def test_an_edit_keeps_the_root_and_moves_the_fingerprint() -> None:
    edited = record(row(_uuid=LATER))
    assert edited is not None
    assert (edited.root, edited.uuid) == (FIRST, LATER)
    assert edited.fingerprint != mark()


def test_a_legacy_row_without_root_uuid_is_its_own_root() -> None:
    legacy = row()
    del legacy["meta/rootUuid"]
    found = record(legacy)
    assert found is not None
    assert found.root == FIRST


def test_a_row_that_names_no_instance_is_none() -> None:
    assert record({"_id": 1, "_attachments": []}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"_attachments": [attachment(), attachment("b.jpg", "attB")]},
        {"_attachments": [attachment(uid="attOther")]},
        {"_attachments": [attachment(is_deleted=True)]},
        {"_attachments": []},
        {"_submission_time": "2026-11-21T00:00:00"},
        {"__version__": "vB"},
        {"_date_modified": "2026-11-22T00:00:00Z"},
    ],
    ids=lambda change: str(*change),
)
def test_what_moves_the_fingerprint(change: dict[str, Any]) -> None:
    assert mark(**change) != mark()


@pytest.mark.parametrize(
    "change",
    [
        {"_validation_status": {"uid": "validation_status_approved"}},  # our own notices
        {"_id": 900},  # deleted and sent again
        {"_submitted_by": None},
    ],
    ids=lambda change: str(*change),
)
def test_what_leaves_the_fingerprint(change: dict[str, Any]) -> None:
    assert mark(**change) == mark()


def test_the_order_of_attachments_is_no_change() -> None:
    two = [attachment(), attachment("b.jpg", "attB")]
    assert mark(_attachments=two) == mark(_attachments=two[::-1])


@pytest.mark.parametrize("deleted_first", [True, False])
def test_of_a_file_deleted_and_sent_again_the_live_one_counts(deleted_first: bool) -> None:
    both = [attachment(uid="attOld", is_deleted=True), attachment(uid="attNew")]
    found = record(row(_attachments=both if deleted_first else both[::-1]))
    assert found is not None
    assert {name: one.uid for name, one in found.files.items()} == {"a.jpg": "attNew"}


def test_a_submission_time_is_utc_although_it_does_not_say_so() -> None:
    found = record(row())
    assert found is not None
    assert found.submitted_at == datetime(2026, 11, 20, 22, 3, 41, tzinfo=UTC)


@pytest.mark.parametrize("odd", [None, "", "yesterday", 5])
def test_a_submission_time_that_is_none(odd: object) -> None:
    found = record(row(_submission_time=odd))
    assert found is not None
    assert found.submitted_at is None


IN_XML = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


@given(st.lists(st.text(IN_XML), max_size=5), st.integers(0, 3))
def test_instances_are_cut_out_byte_by_byte(texts: list[str], blanks: int) -> None:
    escaped = [t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for t in texts]
    pieces = [f'<f id="ก" a=">"><x>{t}</x><y/><g><x>{t}</x></g></f>'.encode() for t in escaped]
    gap = b"\n" * blanks
    document = b'<?xml version="1.0" encoding="utf-8"?><root><count>4</count><next>None</next><results>'
    document += gap.join(pieces) + b"</results></root>"
    assert split(document, 2) == pieces


def test_an_empty_instance_is_cut_out_too() -> None:
    assert split(b"<root><results><f/><g a='1'/></results></root>", 2) == [b"<f/>", b"<g a='1'/>"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"<root><results><f>",
        b"<root><results><f>\x01</f></results></root>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><root><results><f>&a;</f></results></root>',
        b"<!doctype html><html>",
    ],
)
def test_what_is_no_whole_xml_is_not_cut(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"XML|DTD"):
        split(broken, 2)


PLAIN = f'<a version="1"><meta><instanceID>uuid:{FIRST}</instanceID></meta></a>'
PREFIXED = f"""<a version="1" xmlns:orx="http://openrosa.org/xforms"><orx:meta><orx:instanceID> uuid:{FIRST}
</orx:instanceID></orx:meta></a>"""
ENCRYPTED = f'<a version="1" encrypted="yes" instanceID="uuid:{FIRST}"><f>s.enc</f></a>'


@pytest.mark.parametrize("xml", [PLAIN, PREFIXED, ENCRYPTED])
def test_an_instance_says_which_it_is_in_any_dress(xml: str) -> None:
    found = identity(xml.encode())
    assert found is not None
    assert (found.instance_id, found.version) == (FIRST, "1")


@pytest.mark.parametrize("xml", ["<a/>", "<a", "<a><meta><instanceID/></meta></a>"])
def test_an_instance_that_does_not_say_which_it_is(xml: str) -> None:
    assert identity(xml.encode()) is None


def test_an_answer_is_not_shown_by_accident() -> None:
    found = identity(f"<a><n>1000000000009</n><meta><instanceID>{FIRST}</instanceID></meta></a>".encode())
    assert "1000000000009" not in repr(found)


@pytest.mark.parametrize(
    ("listed", "stored", "answer"),
    [
        ("main.jpg", "main.jpg", "main.jpg"),
        ("my photo ü (1).jpg", "my_photo_ü_1.jpg", "my photo ü (1).jpg"),
        ("my_photo_ü_1.jpg", "my_photo_ü_1.jpg", "my photo ü (1).jpg"),  # only the server's name is told
        ("ü.jpg", "ü.jpg", "u\u0308.jpg"),
        ("other.jpg", "my_photo_1.jpg", "my photo (1).jpg"),
        ("สํ\u0e32เนา.jpg", "สาเนา.jpg", "สำเนา.jpg"),
        ("x.jpg", "สาเนา_บาน.jpg", "สำเนา บ้าน.jpg"),
    ],
)
def test_files_are_named_as_the_instance_names_them(listed: str, stored: str, answer: str) -> None:
    one = Attached("attA", stored)
    assert named({listed: one}, {answer, "another answer"}) == {answer: one}


def test_an_exact_name_wins_over_one_that_is_like_it() -> None:
    files = {"a b.jpg": Attached("att1", "a_b.jpg"), "a_b.jpg": Attached("att2", "a_b_x.jpg")}
    assert named(files, {"a b.jpg", "a_b.jpg"}) == files


def test_of_two_attachments_that_mean_one_name_none_is_lost() -> None:
    files = {"สํ\u0e32เนา.jpg": Attached("att1", "1.jpg"), "สำเนา\u200b.jpg": Attached("att2", "2.jpg")}
    assert {one.uid for one in named(files, {"สำเนา.jpg"}).values()} == {"att1", "att2"}


def test_a_file_that_no_answer_names_keeps_its_name() -> None:
    one = Attached("attA", "z.jpg")
    assert named({"z.jpg": one}, {"other"}) == {"z.jpg": one}


def test_one_attachment_serves_two_questions_that_name_one_file() -> None:
    xml = f"<a><p>x.jpg</p><g><p>x.jpg</p></g><meta><instanceID>{FIRST}</instanceID></meta></a>"
    said = identity(xml.encode())
    assert said is not None
    assert [*named({"x.jpg": Attached("attA", "x.jpg")}, said.answers)] == ["x.jpg"]
