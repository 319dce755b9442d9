"""Behaviour of the model of ODK Central beyond the recording: oddities measured in long runs."""

import json
import urllib.parse
from typing import Any

import pytest
from werkzeug.test import Client

from tests import builders
from tests.builders import JPEG, uid
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.central.problems import Problem
from xlsforms.names import APPLICATION

ROOT = f"uuid:{uid('application')}"
FEED = f"/v1/projects/1/forms/{APPLICATION}.svc/Submissions"
SUBMISSION = f"/v1/projects/1/forms/{APPLICATION}/submissions/{ROOT}"
NEW = b"\xff\xd8 another \xff\xd9"


@pytest.fixture
def model() -> CentralModel:
    made = CentralModel()
    made.publish(builders.xform(files=("photo", "other")))
    return made


def first(**fields: str) -> bytes:
    return builders.application(fields=fields or {"photo": "a.jpg"})


def edit(number: int, of: str, **fields: str) -> bytes:
    return builders.application(
        fields=fields or {"photo": "a.jpg"}, instance_id=uid("edit", number), deprecated_id=of
    )


class Reader:
    """Logged in; what it gets as JSON."""

    def __init__(self, model: CentralModel) -> None:
        self.client = Client(model, use_cookies=False)
        answer = self.client.post("/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
        self.headers = {"Authorization": f"Bearer {json.loads(answer.data)['token']}"}

    def get(self, path: str, **query: str) -> Any:
        answer = self.client.get(path, query_string=query, headers=self.headers)
        assert answer.status_code == 200, answer.data
        return json.loads(answer.data)

    def status(self, path: str, **query: str) -> int:
        return self.client.get(path, query_string=query or None, headers=self.headers).status_code

    def ids(self, **query: str) -> list[str]:
        return [row["__id"] for row in self.get(FEED, **query)["value"]]


def test_after_an_edit_the_first_version_is_out_of_date(model: CentralModel) -> None:
    model.submit(first())
    model.edit(edit(1, uid("application")))
    with pytest.raises(Problem, match=r"the copy you were editing \(undefined\) is now out of date"):
        model.submit(first(), {"a.jpg": JPEG})
    model.late_photo(ROOT, "a.jpg", JPEG)
    assert model.held(APPLICATION)[ROOT].files == {"a.jpg": JPEG}


def test_a_late_photo_comes_with_the_current_versions_xml(model: CentralModel) -> None:
    model.submit(first())
    model.edit(edit(1, uid("application")))
    model.submit(edit(1, uid("application")), {"a.jpg": JPEG})
    assert model.held(APPLICATION)[ROOT].files == {"a.jpg": JPEG}


@pytest.mark.parametrize(("sent", "code"), [(first(), 409.17), (edit(1, uid("application")), 404.1)])
def test_resending_to_a_deleted_record(model: CentralModel, sent: bytes, code: float) -> None:
    model.submit(first())
    model.edit(edit(1, uid("application")))
    model.edit(edit(2, uid("edit", 1)))
    model.delete(ROOT)
    with pytest.raises(Problem) as refused:
        model.submit(sent)
    assert refused.value.code == code


def test_files_stay_from_the_version_just_before_alone(model: CentralModel) -> None:
    model.submit(first(), {"a.jpg": JPEG})
    model.edit(edit(1, uid("application"), photo="b.jpg"), {"b.jpg": JPEG})
    model.edit(edit(2, uid("edit", 1), photo="a.jpg", other="b.jpg"))
    assert model.held(APPLICATION)[ROOT].files == {"a.jpg": None, "b.jpg": JPEG}


def test_an_edit_with_other_bytes_under_the_same_name_replaces_the_file(model: CentralModel) -> None:
    model.submit(first(), {"a.jpg": JPEG})
    model.edit(edit(1, uid("application")), {"a.jpg": NEW})
    assert model.held(APPLICATION)[ROOT].files == {"a.jpg": NEW}


def test_a_hidden_submission_appears_among_older_ones(model: CentralModel) -> None:
    model.submit(first())
    later = f"uuid:{uid('later')}"
    model.hide(ROOT)
    model.submit(builders.application(uid("other"), instance_id=uid("later")))
    reader = Reader(model)
    assert reader.ids() == [later]
    assert reader.status(SUBMISSION) == 404
    model.show(ROOT)
    assert reader.ids() == [later, ROOT]


def test_trash_is_listed_when_the_filter_names_it(model: CentralModel) -> None:
    model.submit(first())
    model.delete(ROOT)
    reader = Reader(model)
    everything = {"$filter": "__system/deletedAt eq null or __system/deletedAt ne null"}
    assert (reader.ids(), reader.ids(**everything)) == ([], [ROOT])
    model.restore(ROOT)
    assert reader.get(FEED)["value"][0]["__system"]["updatedAt"] is None
    model.purge(ROOT)
    assert reader.ids(**everything) == []
    model.submit(first())  # the id is free again


def test_a_page_after_a_purged_row_is_empty(model: CentralModel) -> None:
    for number in range(4):
        model.submit(builders.application(uid(number), instance_id=uid("page", number)))
    reader = Reader(model)
    page = reader.get(FEED, **{"$top": "2", "$count": "true"})
    model.purge(page["value"][-1]["__id"])
    cursor = page["@odata.nextLink"].rpartition("skiptoken=")[2].replace("%3D", "=")
    following = reader.get(FEED, **{"$top": "2", "$count": "true", "$skiptoken": cursor})
    assert (following["value"], following["@odata.count"]) == ([], 3)
    assert "@odata.nextLink" not in following


def test_an_attachment_moves_no_date_and_no_etag(model: CentralModel) -> None:
    model.submit(first())
    reader = Reader(model)
    seen = reader.client.get(FEED, headers=reader.headers)
    model.late_photo(ROOT, "a.jpg", JPEG)
    again = reader.client.get(FEED, headers=reader.headers | {"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 304
    assert reader.get(FEED)["value"][0]["__system"]["attachmentsPresent"] == 1
    before = reader.client.get(f"{SUBMISSION}/attachments/a.jpg", headers=reader.headers)
    model.replace_photo(ROOT, "a.jpg", NEW)
    after = reader.client.get(f"{SUBMISSION}/attachments/a.jpg", headers=reader.headers)
    assert before.headers["ETag"] != after.headers["ETag"]
    model.remove_photo(ROOT, "a.jpg")
    assert reader.status(f"{SUBMISSION}/attachments/a.jpg") == 404


def test_too_many_ids_are_more_than_the_server_reads(model: CentralModel) -> None:
    def asked(count: int) -> str:
        ids = " or ".join(f"__id eq 'uuid:{uid(number)}'" for number in range(count))
        return f"{FEED}?{urllib.parse.urlencode({'$filter': ids})}"

    reader = Reader(model)
    assert reader.status(asked(200)) == 200
    assert reader.status(asked(250)) == 431


def test_a_session_ends(model: CentralModel) -> None:
    reader = Reader(model)
    model.expire_sessions()
    assert reader.status("/v1/projects/1") == 401


def test_entities_are_made_when_the_worker_comes(model: CentralModel) -> None:
    model.submit(first())
    reader = Reader(model)
    made = "/v1/projects/1/datasets/applicants/entities"
    assert reader.get(made) == []
    model.settle()
    assert [one["uuid"] for one in reader.get(made)] == [uid("applicant")]


def test_a_phone_receives_the_entities_that_a_rule_grants(model: CentralModel) -> None:
    model.submit(first())
    model.settle()
    user = model.app_user("officer")
    reader = Reader(model)

    def received() -> int:
        path = f"/v1/projects/1/datasets/applicants/entities/{uid('applicant')}"
        assert reader.status(path) == 200
        manifest = f"/v1/key/{user.token}/projects/1/forms/reads/attachments/applicants.csv"
        return len(Client(model).get(manifest).data.splitlines()) - 1

    lists = builders.xform("reads", files=(), savetos=()).replace(
        b"</instance>", b'</instance><instance id="applicants" src="jr://file/applicants.csv"/>', 1
    )
    model.publish(lists)
    model.state.projects[1].forms["reads"].assigned |= model.state.projects[1].forms[APPLICATION].assigned
    assert received() == 1
    send(reader, "POST", "/v1/projects/1/actor-properties", name="slot")
    rule = {"datasetProperty": "district", "actorProperty": "slot"}
    wanted = {"type": "property", "rules": [rule]}
    send(reader, "PATCH", "/v1/projects/1/datasets/applicants", accessFilter=wanted)
    assert received() == 0
    send(reader, "PATCH", f"/v1/projects/1/app-users/{user.id}", properties={"slot": "5701"})
    assert received() == 1


def send(reader: Reader, method: str, path: str, **body: object) -> None:
    answer = reader.client.open(path, method=method, json=body, headers=reader.headers)
    assert answer.status_code == 200, answer.data
