"""The model of ODK Central answers every recorded exchange, in order, as Central did.

Compared are the status, the body, the headers in HEADERS, the content type, and the ETag: strong or weak, of
what kind, and whether it changed. Numbers, dates, tokens and digests are compared by their shape. UNLIKE
lists the recorded requests that the model does not answer as Central does, and why.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import etree
from werkzeug.test import Client, TestResponse

from tests.contract.servers import central_recording as recording
from tests.contract.servers.central_recording import DOMAIN, Exchange
from tests.contract.servers.central_shapes import mask, masked
from tests.models.central.app import EMAIL, PASSWORD, CentralModel

EXCHANGES = recording.recorded()

RECORDED = 362
UNLIKE = {
    "exports as CSV and ZIP: nothing of ours asks for them": (
        "d_044", *(f"e_{n:03d}" for n in range(44, 51)), *(f"g_{n:03d}" for n in range(15, 22)), "j_004",
    ),
    "tables of repeats: nothing of ours asks for them": ("c_040", "e_039", "e_040", "e_041", "e_042"),
    "the OData metadata document: nothing of ours asks for it": ("d_008", "e_002"),
    "differences between versions of a submission: nothing of ours asks for them": ("c_035",),
    "audits with what they are about at length: nothing of ours asks for them": ("c_036", "c_050"),
    "public links and the test token of a draft: nothing of ours uses them": ("f_007", "f_048"),
    "the model encrypts nothing, so it has no public key to show": ("g_005", "g_011"),
    "what came before them was not recorded": ("i_005", "i_006", "i_008"),
    "of its body a part was recorded": ("e_043",),
}  # fmt: skip
VIEWER = re.compile(r"f_03[4-9]|f_040|f_044")
MOVING = re.compile(r'"|W/"eventhash')  # the others are of bodies, which have dates
HEADERS = ("Location", "Retry-After", "OData-Version", "Content-Disposition", "X-OpenRosa-Version")


@dataclass(frozen=True)
class Replayed:
    """What the model answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Replay:
    """Sends every recorded request to one model, in order, and keeps what it answers."""

    def __init__(self) -> None:
        self.model = CentralModel(domain=DOMAIN, project=None)
        self.client = Client(self.model, use_cookies=False)
        self.viewer = ""
        self.tags: dict[str, str] = {}  # recorded ETag -> the model's
        self.answers: dict[str, Replayed] = {}

    def run(self) -> "Replay":
        held = {one.name: one.answer for one in EXCHANGES}
        for exchange in EXCHANGES:
            recording.before(exchange.name, self.model)
            response = self.send(exchange, held)
            self.answers[exchange.name] = Replayed(
                response.status_code, dict(response.headers), response.data
            )
            tag = exchange.headers.get("ETag")
            if tag and "ETag" in response.headers:
                self.tags[tag] = response.headers["ETag"]
            if exchange.name == "f_033_viewer_assign":
                login = {"email": "viewer@example.org", "password": PASSWORD}
                self.viewer = self.client.post("/v1/sessions", json=login).json["token"]  # type: ignore[index]
            if exchange.name == "a_001_session_create":
                self.admin = json.loads(response.data)["token"]
        return self

    def send(self, exchange: Exchange, held: Mapping[str, Any]) -> TestResponse:
        headers = {k: v for k, v in exchange.sent.items() if k not in ("Content-Length", "Accept-Encoding")}
        headers |= self.credentials(exchange) | {"User-Agent": "replay"}
        if "If-None-Match" in headers:
            headers["If-None-Match"] = self.tags.get(headers["If-None-Match"], "none")
        body, type_ = self.body(exchange, held)
        if type_:
            headers["Content-Type"] = type_
        target = recording.path_of(exchange.target, self.key(exchange), self.secret(exchange))
        return self.client.open(target, method=exchange.method, headers=headers, data=body)

    def credentials(self, exchange: Exchange) -> dict[str, str]:
        given = exchange.sent.get("Authorization", "")
        if given.startswith("Bearer <secret>"):
            if "bearer_invalid" in exchange.name:
                return {"Authorization": "Bearer " + "x" * 64}
            of_viewer = VIEWER.match(exchange.name)
            return {"Authorization": f"Bearer {self.viewer if of_viewer else self.admin}"}
        if given.startswith("Basic "):
            password = "wrong" if "wrong" in exchange.name else PASSWORD
            told = {"X-Forwarded-Proto": "https"} if "xfp_https" in exchange.name else {}
            basic = base64.b64encode(f"{EMAIL}:{password}".encode()).decode()
            return {"Authorization": f"Basic {basic}", **told}
        if exchange.name in ("a_004_noauth", "a_005_noauth_project1_forms"):
            return {"Cookie": "session=" + "x" * 64}  # left over from logging in
        return {}

    def key(self, exchange: Exchange) -> str:
        if "badkey" in exchange.name:
            return "b" * 64
        users = [user for project in self.model.state.projects.values() for user in project.app_users]
        if exchange.name == "f_047_revoked_formlist_403":
            return self.revoked
        return str(users[0].token) if users else ""

    def secret(self, exchange: Exchange) -> str:
        if exchange.name == "f_043_session_delete":
            return self.viewer
        if exchange.name == "f_045_app_user_revoke":
            users = [user for project in self.model.state.projects.values() for user in project.app_users]
            self.revoked = str(users[-1].token)
            return self.revoked
        return ""

    def body(self, exchange: Exchange, held: Mapping[str, Any]) -> tuple[bytes, str]:
        sent = exchange.body
        if sent is None:
            return b"", ""
        if isinstance(sent, str):
            if exchange.name == "f_030_json_too_large":
                return b'{"name": "%s"}' % (b"x" * 300_000), ""
            version = recording.sealed_version(self.model)
            return sent.replace("<secret>", PASSWORD).replace(recording.SEALED_VERSION, version).encode(), ""
        if "multipart_parts" in sent:
            return recording.multipart(exchange, recording.xml_of(exchange.name, self.model, held))
        known = recording.WORKBOOKS.get(sent["sha1"])
        return (known() if known else recording.PHOTOS[sent["sha1"]]), ""


def test_recorded_requests_are_replayed_or_named_as_unlike() -> None:
    numbers = [one.name[: one.name.index("_") + 4] for one in EXCHANGES]
    unlike = [number for group in UNLIKE.values() for number in group]
    assert len(set(numbers)) == len(numbers)
    assert not set(numbers) & set(unlike)
    assert len(numbers) + len(unlike) == RECORDED


@pytest.fixture(scope="module")
def replay() -> Replay:
    return Replay().run()


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda one: one.name)
def test_model_answers_as_central_did(exchange: Exchange, replay: Replay) -> None:
    answered = replay.answers[exchange.name]
    assert answered.status == exchange.status, answered.body[:500]
    assert answered.headers.get("Content-Type") == exchange.headers.get("Content-Type")
    said = {name: exchange.headers.get(name) for name in HEADERS}
    assert {name: answered.headers.get(name) for name in HEADERS} == said
    assert kind(answered.headers.get("ETag")) == kind(exchange.headers.get("ETag"))
    same_body(exchange, answered)


def test_etags_move_when_and_only_when_those_of_central_did(replay: Replay) -> None:
    tags = {
        (recorded, replay.answers[one.name].headers["ETag"])
        for one in EXCHANGES
        if (recorded := one.headers.get("ETag")) and MOVING.match(recorded)
    }
    assert len(tags) == len({recorded for recorded, _ in tags}) == len({mine for _, mine in tags})


def kind(tag: str | None) -> str | None:
    """Of an ETag: weak or strong, of events or of bytes; that of no rows at all is known."""
    if tag is None or tag.endswith("0" * 32 + '"'):
        return tag
    return re.sub(r"[0-9a-f]{32}|[0-9a-f]+-[\w+/]{27}", "<digest>", tag)


def same_body(exchange: Exchange, answered: Replayed) -> None:
    if isinstance(exchange.answer, dict):  # bytes, of which the recording has a digest
        assert answered.body
        return
    said = answered.body.decode()
    if exchange.headers.get("Content-Type", "").startswith("application/json") and exchange.answer:
        mine, its = json.loads(said), json.loads(exchange.answer)
        by_type = "bulk.svc" in exchange.target and exchange.status == 200
        assert masked(mine, by_type) == masked(its, by_type)
    elif exchange.name.endswith(("form_xml", "version_xml")) and "submissions" not in exchange.target:
        assert etree.canonicalize(said) == etree.canonicalize(exchange.answer)
    elif exchange.name == "d_035_dataset_integrity_appuser":  # in no order
        one = re.compile(r'<entity id="([^"]+)">\s*<deleted>(\w+)</deleted>')
        assert sorted(one.findall(said)) == sorted(one.findall(exchange.answer))
    else:
        assert mask(said) == mask(exchange.answer)
