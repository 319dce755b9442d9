"""A supplement updates an applicant's entity only with the time it was sent, in any order of arrival."""

from itertools import permutations

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import Entity, EntityUpdate
from tests.builders import application, instance, officer, post, publish, uid, xform
from xlsforms import names

KEY = uid("applicant")


def supplement(
    number: int, sent_at: str, *, edit: int = 0, key: str = KEY, fields: dict[str, str] | None = None
) -> bytes:
    """A supplement that was sent, or its edit."""
    this, before = uid("supplement", number, edit), uid("supplement", number, edit - 1)
    return instance(
        names.SUPPLEMENT,
        {"applicant_key": key, "sent_at": sent_at, **(fields or {}), "end": sent_at},
        instance_id=this,
        deprecated_id=before if edit else None,
        entity={"dataset": names.APPLICANTS, "id": key, "update": "1", "baseVersion": "1", "label": ""},
    )


FIRST = supplement(1, "2025-06-01T09:00:00.000+07:00")
AGAIN = supplement(1, "2025-06-03T09:00:00.000+07:00", edit=1)
OTHER = supplement(2, "2025-06-02T01:00:00.000Z")


@pytest.fixture
def home(any_home: Home) -> Home:
    publish(any_home, xform())
    savetos = ["sent_at", "applicant_name", "status"]
    publish(any_home, xform(names.SUPPLEMENT, savetos=savetos), names.SUPPLEMENT)
    officer(any_home)
    return any_home


def take(home: Home, *forms: bytes) -> tuple[int, str, dict[str, str]] | None:
    """Pull these, one after the other; the applicant's entity as version, label, properties."""
    for form in forms:
        post(home, form)
        pull(home, SpoolSource(home))
    with reading(home.engine) as session:
        row = session.get(Entity, (names.APPLICANTS, KEY))
        return (row.version, row.label, row.properties) if row else None


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=lambda order: "".join(map(str, order)))
def test_the_order_of_coming_changes_nothing(home: Home, order: tuple[int, ...]) -> None:
    forms = [application(KEY), FIRST, AGAIN, OTHER]

    entity = take(home, *(forms[place] for place in order))

    assert entity is not None
    version, label, properties = entity
    assert (version, label) == (4, "นางสมมติ ทดสอบ")  # one application, a supplement of two versions, another
    assert properties["sent_at"] == "2025-06-03T09:00:00.000+07:00"
    assert properties["applicant_name"] == "นางสมมติ ทดสอบ"


def test_the_latest_is_the_latest_in_any_zone_and_a_version_never_falls(home: Home) -> None:
    one = take(home, application(KEY), OTHER)
    two = take(home, FIRST)

    assert one
    assert two
    assert (one[0], two[0]) == (2, 3)
    assert one[2]["sent_at"] == two[2]["sent_at"] == "2025-06-02T01:00:00.000Z"


def test_nothing_else_of_an_applicant_is_written_from_a_phone(home: Home) -> None:
    forged = {"applicant_name": "คนอื่น", "status": "ผ่าน", "district": "5718"}
    entity = take(home, application(KEY), supplement(1, "2025-06-01T09:00:00.000+07:00", fields=forged))

    assert entity is not None
    assert entity[2] == {
        "applicant_type": "leader",
        "applicant_name": "นางสมมติ ทดสอบ",
        "district": "5701",
        "sent_at": "2025-06-01T09:00:00.000+07:00",
    }


def test_an_edit_of_the_application_keeps_what_the_supplement_said(home: Home) -> None:
    take(home, application(KEY), FIRST)
    edited = application(
        KEY, {"applicant_name": "นางสมมติ แก้ไข"}, instance_id=uid("edit"), deprecated_id=uid("application")
    )
    entity = take(home, edited)

    assert entity is not None
    assert (entity[0], entity[1]) == (3, "นางสมมติ แก้ไข")
    assert entity[2]["sent_at"] == "2025-06-01T09:00:00.000+07:00"


def test_a_supplement_corrected_to_another_applicant_leaves_the_first_alone(home: Home) -> None:
    take(home, application(KEY), FIRST)
    entity = take(home, supplement(1, "2025-06-04T09:00:00.000+07:00", edit=1, key=uid("somebody else")))

    assert entity is not None
    assert "sent_at" not in entity[2]
    with reading(home.engine) as session:
        assert list(session.scalars(select(EntityUpdate.uuid))) == [uid("somebody else")]
