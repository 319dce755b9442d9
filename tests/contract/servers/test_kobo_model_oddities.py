"""Behaviour of the model of KoboToolbox across exchanges: paging, phones, ids, media, projects."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from sync.xform.parse import parse_instance
from tests import builders
from tests.contract.servers.kobo_recording import read
from tests.models.kobo.app import KoboModel
from tests.models.kobo.filling import fill
from tests.models.kobo.operations import TOKEN
from tests.models.kobo.state import Refusal
from tests.models.serving import run_process, serve
from xlsforms import names
from xlsforms.build import build_forms

PHOTO, OTHER = b"\xff\xd8 one \xff\xd9", b"\xff\xd8 other \xff\xd9"


class Site:
    """A model with our application form, served."""

    def __init__(self, url: str, model: KoboModel) -> None:
        self.url, self.model = url, model
        self.uid = model.add_form(builders.xform())

    def ask(self, path: str, method: str = "GET", token: str = TOKEN, **given: Any) -> requests.Response:
        headers = {"Authorization": f"Token {token}"}
        return requests.request(method, self.url + path, headers=headers, timeout=20, **given)

    def rows(self, path: str | None = None, **params: Any) -> Any:
        answer = self.ask(path or f"/api/v2/assets/{self.uid}/data/", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, xml: bytes, **files: bytes) -> int:
        sent: dict[str, Any] = {name: (f"{name}.jpg", data, "image/jpeg") for name, data in files.items()}
        sent["xml_submission_file"] = ("s.xml", xml, "text/xml")
        return self.ask("/submission", "POST", files=sent).status_code

    def application(self, number: int = 0, *, after: str | None = None, **fields: str) -> bytes:
        """As Kobo's form posts it; it names one photo."""
        found = {"photo": "photo.jpg", **fields}
        xml = builders.application(
            fields=found, instance_id=builders.uid("sent", number), deprecated_id=after
        )
        return self.model.as_kobo(xml)


@pytest.fixture
def site() -> Iterator[Site]:
    model = KoboModel()
    with serve(model) as served:
        yield Site(served.url, model)


def test_a_page_is_100_rows_and_never_more_than_1000(site: Site) -> None:
    fill(site.model, 1250, photos=0)
    for limit, recorded in ((None, "110_default_limit"), (30_000, "111_limit_30000")):
        said = read(recorded)
        got = site.rows(limit=limit, format="json")
        assert (got["count"], len(got["results"])) == (said["count"], said["n_results"])
        assert got["next"].partition("?")[2] == said["next"].partition("?")[2]


def test_a_row_deleted_between_pages_hides_another(site: Site) -> None:
    said = read("115_offset_page_shift")
    site.model.last_id = said["page1"][0] - 1
    fill(site.model, 40, photos=0)
    first = site.rows(limit=10)
    site.ask(f"/api/v2/assets/{site.uid}/data/{said['deleted']}/", "DELETE")
    second = site.rows(limit=10, start=10)
    assert [row["_id"] for row in first["results"]] == said["page1"]
    assert [row["_id"] for row in second["results"]] == said["page2"]


def test_ids_show_out_of_order(site: Site) -> None:
    hidden, shown = (site.model.submit(site.application(number), hidden=number == 0) for number in range(2))
    assert [row["_id"] for row in site.rows()["results"]] == [2]
    assert site.ask(f"/api/v2/assets/{site.uid}/data/1/").status_code == 404
    site.model.show(hidden)
    assert [row["_id"] for row in site.rows()["results"]] == [1, 2]
    assert set(site.model.held(site.uid)) == {hidden, shown}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"_id": {"$gt": 1}}, [2, 3]),
        ({"_id": {"$in": [1, 3, 9]}}, [1, 3]),
        ({"_id": {"$nin": [1]}}, [2, 3]),
        ({"district": {"$ne": "5701"}}, [2]),
        ({"district": {"$not": {"$regex": "^57"}}}, []),
        ({"$or": [{"_id": 1}, {"_id": 2}]}, [1, 2]),
        ({"$and": [{"_id": {"$gte": 2}}, {"_id": {"$lte": 2}}]}, [2]),
        ({"remark": {"$exists": True}}, [3]),
        ({"remark": {"$regex": "LATE", "$options": "i"}}, [3]),
        ({"$nor": [{"_id": 1}]}, []),
        ({"_date_modified": {"$gt": "2020"}}, []),
        ({"district": 5701}, []),
    ],
)
def test_queries(site: Site, query: dict[str, Any], found: list[int]) -> None:
    for number, fields in enumerate(({}, {"district": "5702"}, {"remark": "late"})):
        site.model.submit(site.application(number, **fields))
    assert [row["_id"] for row in site.rows(query=json.dumps(query))["results"]] == found


def test_the_status_hides_unless_it_is_asked_for(site: Site) -> None:
    root = site.model.submit(site.application(), {"photo.jpg": PHOTO})
    site.model.review(root, "approved")
    (row,) = site.rows(fields='["_id","_attachments"]')["results"]
    assert row["_validation_status"] == {}
    assert row["_attachments"][0]["question_xpath"] == ""
    (row,) = site.rows(fields='["_validation_status"]')["results"]
    assert row["_validation_status"]["uid"] == "validation_status_approved"


def test_a_phone_that_posts_again_and_late(site: Site) -> None:
    xml = site.application()
    assert site.post(xml) == 201
    assert site.post(xml) == 202
    assert site.post(xml, photo=PHOTO) == 201
    assert site.post(xml, photo=PHOTO) == 202
    assert site.post(xml, photo=OTHER) == 409
    assert site.post(xml, nobody=PHOTO) == 201
    (row,) = site.rows()["results"]
    assert [one["media_file_basename"] for one in row["_attachments"]] == ["photo.jpg"]


def test_an_edit_supersedes_what_the_phone_holds(site: Site) -> None:
    first, second, third = (builders.uid("sent", number) for number in range(3))
    original = site.application(0)
    site.post(original, photo=PHOTO)
    edit = site.application(1, after=first, village="ใหม่")
    assert site.post(edit, photo=OTHER) == 409
    assert site.post(edit) == 201
    assert site.post(original) == 409
    assert site.post(edit) == 202
    assert site.post(site.application(2, after=first)) == 410
    new = site.model.edit_by_api(first, {"village": "แก้"})
    assert site.post(edit) == 410
    (row,) = site.rows()["results"]
    assert (row["_uuid"], row["meta/rootUuid"], row["village"]) == (new, f"uuid:{first}", "แก้")
    assert row["meta/deprecatedID"] == f"uuid:{second}"
    assert third not in site.model.held(site.uid)


def test_parallel_posts_of_one_record_are_locked_out(site: Site) -> None:
    xml = site.application()
    with site.model.posting(builders.uid("sent", 0)):
        assert site.post(xml) == 423
    assert site.post(xml) == 201


def test_the_original_of_a_deleted_record_comes_back_with_another_id(site: Site) -> None:
    site.post(site.application())
    root = builders.uid("sent", 0)
    site.model.review(root, "on_hold")
    edited = site.model.edit(root, {"village": "ใหม่"})
    site.model.delete(root)
    with pytest.raises(Refusal, match="404"):
        site.model.resend(edited)
    assert site.model.resurrect(root) == root
    (row,) = site.rows()["results"]
    assert (row["_id"], row["_uuid"], row["_validation_status"]) == (2, root, {})


def test_a_deleted_attachment_sent_again_stands_twice(site: Site) -> None:
    root = site.model.submit(site.application(), {"photo.jpg": PHOTO})
    site.model.delete_attachment(root, "photo.jpg")
    assert site.model.held(site.uid)[root].files == {"photo.jpg": None}
    site.model.resend_attachment(root, "photo.jpg", PHOTO)
    (row,) = site.rows()["results"]
    assert [one["is_deleted"] for one in row["_attachments"]] == [True, False]
    paths = [one["download_url"].removeprefix(site.url) for one in row["_attachments"]]
    assert [site.ask(path).status_code for path in paths] == [404, 200]
    assert site.ask(paths[1]).content == PHOTO


def test_paths_of_questions_are_garbled_by_their_repeats_name(site: Site) -> None:
    form = builders.xform("spots", files=("spot/spot_photo",)).replace(
        b"<h:body/>", b'<h:body><repeat nodeset="/data/spot"/></h:body>'
    )
    uid = site.model.add_form(form)
    spots = [{"spot_photo": "a.jpg"}, {"spot_photo": "b.jpg"}]
    xml = builders.instance("spots", {"spot": spots}, instance_id=builders.uid("spots"))
    site.model.submit_ours(xml, {"b.jpg": PHOTO})
    (row,) = site.rows(f"/api/v2/assets/{uid}/data/")["results"]
    assert row["_attachments"][0]["question_xpath"] == "spot[2]/spot[2]_photo"
    assert row["spot"] == [{"spot/spot_photo": "a.jpg"}, {"spot/spot_photo": "b.jpg"}]


def test_a_prefixed_form_has_no_instance_id(site: Site) -> None:
    xml = b'<f:data xmlns:f="urn:f" id="x"><f:meta><f:instanceID>uuid:1</f:instanceID></f:meta></f:data>'
    assert site.post(xml) == 400


def test_the_same_content_as_our_own_endpoint_would_hold(site: Site) -> None:
    """By our own reader an instance of Kobo's form says what the one it was made of says."""
    ours = builders.application(fields={"photo": "a.jpg", "pages": [{"page": "b.jpg"}]})
    theirs = parse_instance(site.model.as_kobo(ours))
    asset = site.model.projects()[0]
    assert theirs.form_id == asset.uid
    assert theirs.version.partition(" (")[0] == builders.VERSION
    assert theirs.instance_id == parse_instance(ours).instance_id
    leaves = {node.tag: node.text for node in theirs.root.iter() if not len(node) and node.text}
    expected = {node.tag: node.text for node in parse_instance(ours).root.iter("*") if not len(node)}
    kept = {name: text for name, text in expected.items() if "}" not in str(name) and name != "label"}
    assert {name: leaves[name] for name in kept} == kept


def test_a_list_changes_for_phones_only_after_a_deployment_and_later(site: Site) -> None:
    site.model.media_looks = None
    files = f"/api/v2/assets/{site.uid}/files/"

    def put(content: str) -> requests.Response:
        given = {"file_type": "form_media", "metadata": '{"filename": "applicants.csv"}', "description": "d"}
        return site.ask(files, "POST", data=given, files={"content": ("a.csv", content, "text/csv")})

    def served() -> list[str]:
        found = site.ask("/xformsManifest/1").text
        urls = [part.partition("</")[0] for part in found.split("<downloadUrl>")[1:]]
        return [site.ask(url.removeprefix(site.url)).text for url in urls]

    def deploy(**more: str) -> None:
        path = f"/api/v2/assets/{site.uid}/deployment/"
        assert site.ask(path, "PATCH", json={"active": True, **more}).status_code == 200

    first = put("a\n1\n").json()
    version = site.ask(f"/api/v2/assets/{site.uid}/").json()["version_id"]
    deploy()
    site.model.settle()
    assert served() == []  # nothing was deployed: no version was named
    deploy(version_id=version)
    assert served() == []
    site.model.settle()
    assert served() == ["a\n1\n"]
    assert put("a\n2\n").status_code == 400
    site.ask(files + first["uid"] + "/", "DELETE")
    assert put("a\n2\n").status_code == 201
    deploy(version_id=version)
    assert served() == ["a\n1\n"]
    detail = site.ask(f"/api/v2/assets/{site.uid}/").json()
    assert [one["metadata"]["filename"] for one in detail["files"]] == ["applicants.csv"] * 2
    assert site.ask(files).json()["count"] == 1
    site.model.media_looks = 3
    assert [served(), served(), served()] == [["a\n1\n"], ["a\n1\n"], ["a\n2\n"]]


def test_the_log_holds_deletions_that_never_were(site: Site) -> None:
    site.model.submit(site.application())
    bulk = f"/api/v2/assets/{site.uid}/data/bulk/"
    assert site.ask(bulk, "DELETE", json={"payload": {"query": {}}}).status_code == 500
    log = site.ask(f"/api/v2/assets/{site.uid}/history/", params={"q": "action:delete-submission"})
    assert (log.json()["count"], site.rows()["count"]) == (1, 1)


def test_every_form_of_ours_is_imported_and_deployed(site: Site) -> None:
    forms = build_forms(load_pack("2568-sample").pack, Province.named("เชียงราย"), "kobo")
    plan = next(one for one in forms if one.form_id == names.PLAN)
    task = site.ask("/api/v2/imports/", "POST", files={"file": ("plan.xlsx", plan.xlsx)}).json()
    (made,) = site.ask(f"/api/v2/imports/{task['uid']}/").json()["messages"]["created"]
    path = f"/api/v2/assets/{made['uid']}/"
    settings = site.ask(path).json()["content"]["settings"]
    assert (settings["id_string"], settings["version"]) == (plan.form_id, plan.version)
    assert site.ask(f"{path}data/").status_code == 400
    assert site.ask(f"{path}deployment/", "POST", json={"active": True}).status_code == 200
    assert made["uid"] in site.ask("/formList").text
    assert site.ask("/forms/2/form.xml").text.count(f'id="{made["uid"]}"') == 1


def test_a_file_that_is_no_form_is_refused_when_it_is_imported(site: Site) -> None:
    task = site.ask("/api/v2/imports/", "POST", files={"file": ("f.xlsx", b"no workbook")}).json()
    assert site.ask(f"/api/v2/imports/{task['uid']}/").json()["status"] == "error"


def test_a_password_gives_the_token(site: Site) -> None:
    user = site.model.users["alice"]
    url = f"{site.url}/token/?format=json"
    assert requests.get(url, auth=(user.name, user.password), timeout=20).json() == {"token": TOKEN}
    renewed = site.model.renew_token(user.name)
    assert site.ask(f"/api/v2/assets/{site.uid}/data/").status_code == 401
    assert site.ask(f"/api/v2/assets/{site.uid}/data/", token=renewed).status_code == 200


def test_things_happen_between_requests(site: Site) -> None:
    numbers = itertools.count()
    site.model.on_request = lambda *_: site.model.submit(site.application(next(numbers)))
    assert [site.rows()["count"] for _ in range(3)] == [1, 2, 3]


def test_it_runs_as_a_process() -> None:
    with run_process("tests.models.kobo", "--submissions", 3, "--photos", 1, "--photo-bytes", 50) as url:
        headers = {"Authorization": f"Token {TOKEN}"}
        assets = requests.get(f"{url}/api/v2/assets/", headers=headers, timeout=20).json()["results"]
        held = [requests.get(asset["data"], headers=headers, timeout=20).json() for asset in assets]
        rows = max(held, key=lambda data: data["count"])["results"]  # the other forms are empty
        photo = requests.get(rows[2]["_attachments"][0]["download_url"], headers=headers, timeout=20)
        assert (len(rows), len(photo.content)) == (3, 50)
