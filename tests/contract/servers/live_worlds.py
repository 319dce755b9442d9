"""Real servers: a Central and a KoboToolbox that we may use, over HTTP only.

Everything made there is named `mochocho_test_…` and removed at the end, whatever happened in between.
"""

import io
import os
import secrets
import time
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from lxml import etree
from openpyxl import Workbook
from pyxform.xls2xform import convert
from sqlalchemy import select

from mochocho.settings.config import Server
from mochocho.storage.db import reading
from sync.central import source as central
from sync.kobo import source as kobo
from sync.kobo.api import open_api
from sync.kobo.target import KoboTarget
from sync.pull.pull_source import PullReport
from sync.sources.protocol import Source
from sync.tables import ServerForm
from sync.xform.parse import parse_instance
from tests import builders
from tests.contract.openrosa_phone import Phone
from tests.contract.servers.world import (
    DELETE,
    EDIT_THERE,
    FIELDS,
    FORMS,
    REFUSE_CONFLICTS,
    REMOVE,
    REPLACE,
    RESTORE,
    REVIEW,
    REVIVE,
    Filled,
    Stands,
    World,
    stands,
)
from tests.models.kobo import instances
from xlsforms.built import BuiltForm

KEY = "live"
TIMEOUT = 60.0  # seconds
TEXTS = ("applicant_type", "applicant_name", "district", "applicant_key", "phone")
BUSY = 423  # another post of the same record is being worked on


class LiveWorld(World):
    """A server behind `url`. `told`: what lets us in, by the names that the environment has."""

    kind: str

    def __init__(self, folder: Path, url: str, *told: str) -> None:
        self.url, self.told = url.rstrip("/"), told
        self.title = f"mochocho_test_{secrets.token_hex(4)}"
        self._secret = folder / "secret"
        self._secret.touch(mode=0o600)
        self._secret.write_text(told[-1])
        self.session = requests.Session()
        self.session.headers["Connection"] = "close"  # one left open may be closed there as we send on it
        self.begin()
        try:
            super().__init__(folder)
            self.publish()
        except BaseException:
            self.end()
            raise

    @abstractmethod
    def begin(self) -> None:
        """Log in."""

    @abstractmethod
    def publish(self) -> None:
        """Make the forms there."""

    @abstractmethod
    def end(self) -> None:
        """Remove what was made."""

    def close(self) -> None:
        try:
            self.end()
        finally:
            self.session.close()
            super().close()

    def ask(self, method: str, path: str, **how: Any) -> requests.Response:
        answer = self.session.request(method, f"{self.url}{path}", timeout=TIMEOUT, **how)
        answer.raise_for_status()
        return answer

    def newer_form(self, form_id: str, version: str) -> None:
        raise NotImplementedError

    def post_encrypted(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        raise NotImplementedError


class LiveCentral(LiveWorld):
    """A project of its own; `told` is e-mail and password."""

    name, kind, has_trash = "central live", "central", True
    can = frozenset({DELETE, RESTORE, REPLACE, REMOVE, REVIEW, REFUSE_CONFLICTS})

    def begin(self) -> None:
        email, password = self.told
        self._seen: dict[str, Stands] = {}  # of those that nobody has touched since
        self._listed: dict[str, Stands] | None = None  # all, as of the last thing that anybody did
        self.session.trust_env = False
        token = self.ask("POST", "/v1/sessions", json={"email": email, "password": password}).json()["token"]
        self.session.cookies.clear()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.project: int = self.ask("POST", "/v1/projects", json={"name": self.title}).json()["id"]

    def publish(self) -> None:
        base = f"/v1/projects/{self.project}"
        officer = self.ask("POST", f"{base}/app-users", json={"displayName": self.title}).json()
        for form_id in FORMS:
            how = {"params": {"publish": "true", "ignoreWarnings": "true"}}
            content = built(form_id, self.title).xform.encode()
            self.ask("POST", f"{base}/forms", data=content, headers={"Content-Type": "text/xml"}, **how)
            self.ask("POST", f"{base}/forms/{form_id}/assignments/app-user/{officer['id']}")
        self._phone = Phone(f"{self.url}/v1/key/{officer['token']}{base.removeprefix('/v1')}")

    def end(self) -> None:
        self.ask("DELETE", f"/v1/projects/{self.project}")

    def settings(self) -> tuple[Server, ...]:
        email, _ = self.told
        return (
            Server(
                key=KEY,
                kind="central",
                url=self.url,
                project=self.project,
                email=email,
                secret_file=self._secret,
            ),
        )

    def make_source(self) -> Source:
        return central.make(self.home, self.settings()[0])

    def ask(self, method: str, path: str, **how: Any) -> requests.Response:
        if method != "GET":
            self._touched(path)
        return super().ask(method, path, **how)

    def _touched(self, path: str) -> None:
        self._listed = None
        self._seen = {root: one for root, one in self._seen.items() if root not in path}

    def post(self, filled: Filled, xml: bytes, files: Mapping[str, bytes]) -> None:
        answer = self._phone.send(xml, files)
        self._touched(filled.root if filled.versions else "")
        assert answer.status_code == 201, answer.text

    def late_photo(self, root: str, name: str, content: bytes) -> None:
        self._file("POST", root, name, data=content, headers={"Content-Type": "image/jpeg"})

    replace_photo = late_photo

    def remove_photo(self, root: str, name: str) -> None:
        self._file("DELETE", root, name)

    def delete(self, root: str) -> None:
        self.ask("DELETE", self._at(root))

    def restore(self, root: str) -> None:
        self.ask("POST", f"{self._at(root)}/restore")

    def review(self, root: str) -> None:
        self.ask("PATCH", self._at(root), json={"reviewState": "hasIssues"})

    def truth(self) -> dict[str, Stands]:
        if self._listed is None:
            roots = [root for form_id in FORMS for root in self._roots(form_id)]
            self._seen |= {root: self._stands(root) for root in roots if root not in self._seen}
            self._listed = {root: self._seen[root] for root in roots}
        return self._listed

    def versions(self) -> set[str]:
        listed = [
            self.ask("GET", f"{self._at(root)}/versions").json()
            for form_id in FORMS
            for root in self._roots(form_id)
        ]
        return {one["instanceId"].removeprefix("uuid:") for some in listed for one in some}

    def _roots(self, form_id: str) -> list[str]:
        rows = self.ask("GET", f"/v1/projects/{self.project}/forms/{form_id}/submissions").json()
        return [row["instanceId"].removeprefix("uuid:") for row in rows]

    def _stands(self, root: str) -> Stands:
        xml = self.ask("GET", f"{self._at(root)}.xml").content
        listed = self.ask("GET", f"{self._at(root)}/attachments").json()
        there = [one["name"] for one in listed if one["exists"]]
        return stands(xml, {name: self._file("GET", root, name).content for name in there})

    def _file(self, method: str, root: str, name: str, **how: Any) -> requests.Response:
        return self.ask(method, f"{self._at(root)}/attachments/{quote(name, safe='')}", **how)

    def _at(self, root: str) -> str:
        form_id = self.filled[root].form_id
        return f"/v1/projects/{self.project}/forms/{form_id}/submissions/uuid:{root}"


class LiveKobo(LiveWorld):
    """Projects of its own in an account that has none of our forms; `told` is its API token."""

    name, kind = "kobo live", "kobo"
    can = frozenset({DELETE, REMOVE, REVIEW, REVIVE, EDIT_THERE, REFUSE_CONFLICTS})

    def begin(self) -> None:
        self.session.headers["Authorization"] = f"Token {self.told[0]}"
        self.posted: dict[str, tuple[bytes, dict[str, bytes]]] = {}
        self._listed: dict[str, Stands] | None = None  # as of the last thing that anybody did
        self._contents: dict[str, bytes] = {}  # XML by instance id, files by the uid of their attachment

    def publish(self) -> None:
        server = self.settings()[0]
        target = KoboTarget(self.home, server, open_api(server))
        target.put_forms([built(form_id, self.title) for form_id in FORMS])

    def xform(self, form_id: str) -> bytes:
        """As it is published there."""
        return built(form_id, self.title).xform.encode()

    def on_tablet(self, xml: bytes) -> bytes:
        """KoboToolbox has no entities."""
        root = etree.fromstring(xml)
        for entity in [*root.iter("{*}entity")]:
            entity.getparent().remove(entity)
        return etree.tostring(root)

    def end(self) -> None:
        for uid in self.uids().values():
            self.ask("DELETE", f"/api/v2/assets/{uid}/", params={"format": "json"})

    def uids(self) -> dict[str, str]:
        with reading(self.home.engine) as session:
            query = select(ServerForm.form_id, ServerForm.remote_id)
            return dict(session.execute(query).all())

    def settings(self) -> tuple[Server, ...]:
        return (Server(key=KEY, kind="kobo", url=self.url, secret_file=self._secret),)

    def make_source(self) -> Source:
        return kobo.make(self.home, self.settings()[0])

    def post(self, filled: Filled, xml: bytes, files: Mapping[str, bytes]) -> None:
        uid = self.uids()[filled.form_id]
        asset = self.ask("GET", f"/api/v2/assets/{uid}/", params={"format": "json"}).json()
        ours = instances.as_kobo(
            xml,
            uid=uid,
            version=self._label(uid),
            formhub=asset["deployment__uuid"],
            version_uid=asset["deployed_version_id"],
        )
        if not filled.versions:
            self.posted[parse_instance(xml).instance_id] = (ours, dict(files))
        self._hand_in(ours, files)

    def late_photo(self, root: str, name: str, content: bytes) -> None:
        row = self._row(root)
        self._hand_in(self._xml(root, row), {name: content})

    def remove_photo(self, root: str, name: str) -> None:
        (uid,) = (one["uid"] for one in live(self._row(root)) if one["media_file_basename"] == name)
        self.ask("DELETE", f"/api/v2/assets/{self._project(root)}/attachments/{uid}/")

    def delete(self, root: str) -> None:
        self.ask("DELETE", self._at(root, self._row(root)))

    def revive(self, root: str) -> None:
        self._hand_in(*self.posted[root])
        self.filled[root].versions = self.filled[root].versions[:1]

    def edit_there(self, root: str) -> None:
        said = {"submission_ids": [str(self._row(root)["_id"])], "data": {"applicant_name": "นางสมมติ แก้แล้ว"}}
        self.ask("PATCH", f"/api/v2/assets/{self._project(root)}/data/bulk/", json={"payload": said})
        self.filled[root].versions.append(self._row(root)["_uuid"])

    def review(self, root: str) -> None:
        said = {"validation_status.uid": "validation_status_on_hold"}
        self.ask("PATCH", f"{self._at(root, self._row(root))}validation_status/", json=said)

    def ask(self, method: str, path: str, **how: Any) -> requests.Response:
        if method != "GET":
            self._listed = None
        return super().ask(method, path, **how)

    def pull(self, **how: bool) -> PullReport:
        self._listed = None
        return super().pull(**how)

    def truth(self) -> dict[str, Stands]:
        if self._listed is None:
            self._listed = dict(self._list())
        return self._listed

    def _list(self) -> Iterator[tuple[str, Stands]]:
        for form_id, uid in self.uids().items():
            asked = {"format": "json", "limit": "1000"}
            for row in self.ask("GET", f"/api/v2/assets/{uid}/data/", params=asked).json()["results"]:
                root = row["meta/rootUuid"].removeprefix("uuid:")
                self.filled.setdefault(root, Filled(-1, form_id, [root]))
                files = {one["media_file_basename"]: self._bytes(root, row, one) for one in live(row)}
                yield root, stands(self._xml(root, row), files)

    def _bytes(self, root: str, row: Mapping[str, Any], one: Mapping[str, Any]) -> bytes:
        return self._content(one["uid"], f"{self._at(root, row)}attachments/{one['uid']}/", {})

    def _xml(self, root: str, row: Mapping[str, Any]) -> bytes:
        return self._content(row["_uuid"], self._at(root, row), {"format": "xml"})

    def _content(self, id_: str, path: str, asked: Mapping[str, str]) -> bytes:
        """What nobody can change under this id, asked for once."""
        if id_ not in self._contents:
            self._contents[id_] = self.ask("GET", path, params=asked).content
        return self._contents[id_]

    def _row(self, root: str) -> dict[str, Any]:
        asked = {"format": "json"}
        path = f"/api/v2/assets/{self._project(root)}/data/{root}/"
        found: dict[str, Any] = self.ask("GET", path, params=asked).json()
        return found

    def _at(self, root: str, row: Mapping[str, Any]) -> str:
        return f"/api/v2/assets/{self._project(root)}/data/{row['_id']}/"

    def _project(self, root: str) -> str:
        return self.uids()[self.filled[root].form_id]

    def _label(self, uid: str) -> str:
        """What the form calls its version: ours, and when the project's was made."""
        listed = etree.fromstring(self.ask("GET", "/formList", params={"formID": uid}).content)
        return next(listed.iter("{*}version")).text or ""

    def _hand_in(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        self._listed = None
        parts = [("xml_submission_file", ("submission.xml", xml, "text/xml"))]
        parts += [(name, (name, content, "image/jpeg")) for name, content in files.items()]
        for pause in (0.5, 1.0, 2.0, 4.0, 0.0):
            answer = self.session.post(f"{self.url}/submission", files=parts, timeout=TIMEOUT)
            if answer.status_code != BUSY:
                break
            time.sleep(pause)
        assert answer.status_code in (201, 202), answer.text


def live(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The attachments that are there."""
    return [one for one in row["_attachments"] if not one["is_deleted"]]


def built(form_id: str, title: str) -> BuiltForm:
    """A form of that id as any server takes it: some texts and three photos."""
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    survey.append(["type", "name", "label"])
    for kind, some in (("text", TEXTS), ("image", FIELDS)):
        for name in some:
            survey.append([kind, name, name])
    settings = book.create_sheet("settings")
    settings.append(["form_id", "form_title", "version"])
    settings.append([form_id, title, builders.VERSION])
    xlsx = io.BytesIO()
    book.save(xlsx)
    xform = convert(io.BytesIO(xlsx.getvalue()), file_type=".xlsx").xform
    return BuiltForm(form_id, builders.VERSION, title, xlsx.getvalue(), xform)


LIVE: dict[str, type[LiveWorld]] = {world.name: world for world in (LiveCentral, LiveKobo)}
_WORDS = {"central live": ("URL", "EMAIL", "PASSWORD"), "kobo live": ("URL", "TOKEN")}


def told(name: str) -> list[str]:
    """What lets us in to the server that the environment names; the test is skipped where it names none."""
    wanted = [f"MOCHOCHO_{name.split()[0].upper()}_{word}" for word in _WORDS[name]]
    if missing := [one for one in wanted if not os.environ.get(one)]:
        pytest.skip(f"{missing[0]} is not set: no real server to try")
    return [os.environ[one] for one in wanted]


def make_live(name: str, folder: Path) -> LiveWorld:
    """A world of the server that the environment names, as `told`."""
    return LIVE[name](folder, *told(name))
