"""Our lists as Central's entity lists, on its model."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from mochocho.storage.db import reading, transaction
from mochocho.words.errors import Terminal, Transient
from mochocho.words.ids import uuid_of
from sync import officers
from sync.publish import published as publish
from sync.tables import Entity, ServerList, Submission, SubmissionVersion
from tests import builders
from xlsforms import names

NONE_OF_OURS = {"status": "", "missing_docs": "", "missing_th": "", "bad_pages": "", "round_due": ""}


def key(number: int) -> str:
    return builders.uid("applicant", number)


def row(number: int, **changes: str) -> dict[str, str]:
    return {
        "name": key(number),
        "label": f"นาง{number}",
        "applicant_type": "leader",
        "applicant_name": f"นาง{number}",
        "district": "5701",
        "district_name": "เมืองเชียงราย",
        **NONE_OF_OURS,
        "registration_no": "",
        **changes,
    }


def assessor(number: int, **changes: str) -> dict[str, str]:
    return {
        "name": uuid_of(str(number)),
        "label": f"นาย{number}",
        "districts": "",
        "committee": "district",
    } | changes


def sent(place: SimpleNamespace, number: int, *, settled: bool = True, age: timedelta = timedelta()) -> None:
    """An application came to the server, was pulled, and its entity was made there if `settled`."""
    root = builders.uid("application", number)
    fields = {"applicant_type": "leader", "applicant_name": f"นาง{number}", "district": "5701"}
    xml = builders.application(key(number), fields, instance_id=root)
    place.model.submit(xml, {})
    if settled:
        place.model.settle()
    with transaction(place.home.engine) as session:
        submission = Submission(form_id=names.APPLICATION, root_id=root)
        session.add(submission)
        session.flush()
        version = SubmissionVersion(
            submission_id=submission.id,
            source="central:province",
            instance_id=root,
            form_version="1",
            xml_sha256=place.home.store.put(xml),
            received_at=datetime.now(UTC) - age,
        )
        session.add(version)
        session.flush()
        submission.current_id = version.id
        session.add(
            Entity(list_name=names.APPLICANTS, uuid=key(number), root_id=root, label="x", properties=fields)
        )


def there(place: SimpleNamespace, name: str, *, trash: bool = False) -> dict[str, dict[str, Any]]:
    """uuid -> label and properties, as Central answers."""
    path = f"/datasets/{name}.svc/Entities"
    asked = {"$filter": "__system/deletedAt ne null"} if trash else {}
    return {one["__id"]: one for one in place.target()._central.rows(path, asked) or []}


@pytest.fixture(autouse=True)
def published(place: SimpleNamespace) -> None:
    place.model.publish(builders.xform(files=()))


# --- lists that are all ours


def test_a_whole_list_follows_its_rows_and_only_differences_are_written(place: SimpleNamespace) -> None:
    target = place.target()
    assert target.put_list(names.ASSESSORS, [assessor(n) for n in range(3)]) == 3
    assert target.put_list(names.ASSESSORS, [assessor(n) for n in range(3)]) == 0
    now = [assessor(1, label="นางใหม่"), assessor(2, districts="5701"), assessor(3)]
    assert target.put_list(names.ASSESSORS, now) == 4
    seen = there(place, names.ASSESSORS)
    assert {u: (e["label"], e["districts"], e["__system"]["version"]) for u, e in seen.items()} == {
        now[0]["name"]: ("นางใหม่", "", 2),
        now[1]["name"]: ("นาย2", "5701", 2),
        now[2]["name"]: ("นาย3", "", 1),
    }
    assert target.put_list(names.ASSESSORS, [assessor(0)]) == 4  # back, and three gone
    assert set(there(place, names.ASSESSORS)) == {assessor(0)["name"]}


@pytest.mark.parametrize("trash", [False, True])
def test_an_id_that_another_project_has_is_told(place: SimpleNamespace, trash: bool) -> None:
    """An entity's id stands once in a whole Central, whatever project it is in."""
    place.model.project("ซ้อม")
    rehearsal = place.target(project=2)
    rehearsal.put_list(names.ASSESSORS, [assessor(1)])
    if trash:
        rehearsal.put_list(names.ASSESSORS, [])
    with pytest.raises(Terminal, match="another project"):
        place.target().put_list(names.ASSESSORS, [assessor(1)])


def test_a_list_that_was_deleted_is_made_again_and_its_ids_are_told(place: SimpleNamespace) -> None:
    place.target().put_list(names.ASSESSORS, [assessor(1)])
    place.target()._central.json("DELETE", f"/datasets/{names.ASSESSORS}")
    with pytest.raises(Terminal, match="may have been deleted"):
        place.target().put_list(names.ASSESSORS, [assessor(1)])
    assert place.target().put_list(names.ASSESSORS, [assessor(2)]) == 1
    assert set(there(place, names.ASSESSORS)) == {assessor(2)["name"]}


def test_sub_criteria_carry_the_district_of_their_applicant(place: SimpleNamespace) -> None:
    sent(place, 1)
    item = {"name": uuid_of("item"), "label": "ข้อ", "applicant": key(1), "indicator": "L1", "seq": "1"}
    assert place.target().put_list(names.PLAN_ITEMS, [item]) == 1
    assert there(place, names.PLAN_ITEMS)[item["name"]]["district"] == "5701"


@pytest.mark.parametrize("how", ["deleted", "shown to everybody"])
def test_a_list_that_lost_its_rules_is_narrowed_before_it_has_rows(place: SimpleNamespace, how: str) -> None:
    sent(place, 1)
    item = {"name": uuid_of("item"), "label": "ข้อ", "applicant": key(1), "indicator": "L1", "seq": "1"}
    target = place.target()
    number, _ = officers.add(place.home, "นายเอ ตัวอย่าง", ["5701"])
    target.put_list(names.PLAN_ITEMS, [])
    target.add_officer(officers.active(place.home, number))
    dataset = place.model.state.projects[1].datasets[names.PLAN_ITEMS]
    rules = list(dataset.rules)
    assert rules
    if how == "deleted":
        target._central.json("DELETE", f"/datasets/{names.PLAN_ITEMS}")
    else:
        target._central.json("PATCH", f"/datasets/{names.PLAN_ITEMS}", body={"accessFilter": None})
    place.served.faults.add("status", status=500, path="/entities", method="POST", times=None)
    with pytest.raises(Transient):
        target.put_list(names.PLAN_ITEMS, [item])
    assert place.model.state.projects[1].datasets[names.PLAN_ITEMS].rules == rules


# --- applicants, whose entities phones make


def test_only_what_the_server_writes_is_written(place: SimpleNamespace) -> None:
    sent(place, 1)
    changed = row(1, status="incomplete", applicant_name="ไม่ใช่ของเรา", label="ไม่ใช่ของเรา")
    assert place.target().put_list(names.APPLICANTS, [changed]) == 1
    assert place.target().put_list(names.APPLICANTS, [changed]) == 0
    seen = there(place, names.APPLICANTS)[key(1)]
    assert (seen["status"], seen["applicant_name"]) == ("incomplete", "นาง1")


def test_an_applicant_who_left_leaves_the_list_and_comes_back(place: SimpleNamespace) -> None:
    for number in (1, 2, 3):
        sent(place, number)
    rows = [row(1, status="registered"), row(2)]
    publish.put_list(place.home, names.APPLICANTS, rows)
    target = place.target()
    target.put_list(names.APPLICANTS, rows)
    gone(place, 1, True)
    publish.put_list(place.home, names.APPLICANTS, rows[1:])
    assert target.put_list(names.APPLICANTS, rows[1:]) == 1
    assert set(there(place, names.APPLICANTS)) == {key(2), key(3)}  # 3 was not assessed yet, and stays
    gone(place, 1, False)
    assert target.put_list(names.APPLICANTS, rows) == 1
    assert there(place, names.APPLICANTS)[key(1)]["status"] == "registered"


def gone(place: SimpleNamespace, number: int, gone: bool) -> None:
    with transaction(place.home.engine) as session:
        session.query(Submission).filter_by(root_id=builders.uid("application", number)).one().gone = gone
        if gone:
            session.query(Entity).filter_by(uuid=key(number)).delete()


def test_one_deleted_before_it_was_assessed_leaves_too(place: SimpleNamespace) -> None:
    sent(place, 1)
    gone(place, 1, True)
    assert place.target().put_list(names.APPLICANTS, []) == 1
    assert there(place, names.APPLICANTS) == {}


def test_one_that_central_is_still_making_is_waited_for(place: SimpleNamespace) -> None:
    sent(place, 1)
    sent(place, 2, settled=False)
    target = place.target()
    rows = [row(1, status="registered"), row(2, status="registered")]
    with pytest.raises(Transient, match="1 applicants of the list are not there yet"):
        target.put_list(names.APPLICANTS, rows)
    assert there(place, names.APPLICANTS)[key(1)]["status"] == "registered"
    place.model.settle()
    assert target.put_list(names.APPLICANTS, rows) == 1


@pytest.mark.parametrize("elsewhere", [True, False])
def test_one_that_central_never_makes_is_made(place: SimpleNamespace, elsewhere: bool) -> None:
    sent(place, 1, settled=False, age=timedelta(hours=1))
    if elsewhere:
        with transaction(place.home.engine) as session:
            version = session.query(SubmissionVersion).one()
            version.source, version.received_at = "spool", datetime.now(UTC)
    assert place.target().put_list(names.APPLICANTS, [row(1, status="registered")]) == 1
    seen = there(place, names.APPLICANTS)[key(1)]
    assert (seen["label"], seen["district"], seen["status"]) == ("นาง1", "5701", "registered")


def test_a_conflict_is_resolved_and_counted(place: SimpleNamespace) -> None:
    sent(place, 1)
    target = place.target()
    target.put_list(names.APPLICANTS, [row(1)])
    ((_, entity),) = place.model.state.projects[1].datasets[names.APPLICANTS].entities.items()
    entity.conflict = "hard"
    assert target.put_list(names.APPLICANTS, [row(1)]) == 1
    entity.conflict = "soft"
    assert target.put_list(names.APPLICANTS, [row(1, status="registered")]) == 1
    assert entity.conflict is None
    with reading(place.home.engine) as session:
        assert session.query(ServerList).one().overruled == 2


def test_a_change_in_between_is_read_again(place: SimpleNamespace) -> None:
    """Another writes between our reading and our writing: ours stands, and so does what is not ours."""
    sent(place, 1)
    target = place.target()
    target.put_list(names.APPLICANTS, [row(1)])
    central = target._central
    path, real, between = f"/datasets/applicants/entities/{key(1)}", central.json, [1]

    def json(method: str, at: str, **more: Any) -> Any:
        if method == "PATCH" and between and between.pop():
            real("PATCH", path, params={"force": "true"}, body={"data": {"sent_at": "2025-05-01"}})
        return real(method, at, **more)

    central.json = json
    assert target.put_list(names.APPLICANTS, [row(1, status="registered")]) == 1
    seen = there(place, names.APPLICANTS)[key(1)]
    assert (seen["status"], seen["sent_at"]) == ("registered", "2025-05-01")


def test_villages_are_media_and_no_list(place: SimpleNamespace) -> None:
    assert (
        place.target().put_list(names.VILLAGES, [{"name": "1", "label": "บ้าน", "subdistrict": "570101"}]) == 0
    )
    assert names.VILLAGES not in place.model.state.projects[1].datasets
