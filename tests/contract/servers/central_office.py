"""A province's office on an ODK Central, model or real: its project, its home, its phones."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from lxml import etree

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import RunReport, run_once
from mochocho.settings import config
from mochocho.storage.home import Home, open_home
from sync import officers, targets
from sync.central.target import CentralTarget
from tests.contract.openrosa_phone import NS, Phone
from tests.contract.servers.model_worlds import hurried
from tests.headless.answers import Answers
from tests.headless.collect import headless
from tests.integration.province_mirror import photo
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.serving import serve

TIMEOUT = 60.0  # seconds
KEY = "office"


class CollectPhone:
    """A phone of an app user: it downloads what Central offers, fills it with JavaRosa and sends it."""

    def __init__(self, base: str, folder: Path) -> None:
        self.base, self.folder = base, folder
        self._phone = Phone(base)
        folder.mkdir()

    def offered(self) -> dict[str, str]:
        """Form id -> version."""
        listed = self._list("formList")
        return {_text(one, "f:formID"): _text(one, "f:version") for one in listed.iterfind("f:xform", NS)}

    def download(self) -> set[str]:
        """Every form with its files, as they are served; the names of the files."""
        names = set[str]()
        for form_id in self.offered():
            (self.folder / f"{form_id}.xml").write_bytes(self._file(f"forms/{form_id}.xml"))
            manifest = self._list(f"forms/{form_id}/manifest")
            for one in manifest.iterfind("m:mediaFile", NS):
                name = _text(one, "m:filename")
                path = urlsplit(_text(one, "m:downloadUrl")).path.partition("/projects/")[2].partition("/")[2]
                (self.folder / name).write_bytes(self._file(path))
                names.add(name)
        return names

    def fill(self, form_id: str, given: Answers) -> bytes:
        """A finalised form."""
        form = self.folder / f"{form_id}.xml"
        filled = headless().fill(form, given.values, repeats=given.repeats)
        assert filled.xml is not None, filled.problems
        assert filled.unused == ()
        return filled.xml.encode()

    def send(self, xml: bytes) -> int:
        """With a photo of its own in each place. Returns the status."""
        root = etree.fromstring(xml)
        leaves = [node.text or "" for node in root.iter(etree.Element) if len(node) == 0]
        files = {name: photo() for name in leaves if name.endswith((".jpg", ".png"))}
        return self._phone.send(xml, files).status_code

    def _list(self, path: str) -> etree._Element:
        return etree.fromstring(self._file(path))

    def _file(self, path: str) -> bytes:
        answer = self._phone.get(path)
        answer.raise_for_status()
        return answer.content


class Office:
    """A project of its own on a Central, and a home whose one server it is."""

    def __init__(self, folder: Path, url: str, email: str, password: str, model: CentralModel | None) -> None:
        self.folder, self.url, self._model = folder, url, model
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Connection"] = "close"  # one left open may be closed there as we send on it
        self.mark = secrets.token_hex(4)
        self._login(email, password)
        made = self.ask("POST", "/v1/projects", json={"name": f"mochocho_test_{self.mark}"})
        self.project: int = made["id"]
        self.email, self.password = email, password
        # Its id is made of the name, and stands once in a whole Central, in all projects that ever were.
        self.assessor = config.Assessor(name=f"นางกรองแก้ว {self.mark}", committee="district")
        committees = config.Committees(assessors=(self.assessor,))
        self.home = self.at_home("home", email, password, committees=committees)

    def _login(self, email: str, password: str) -> None:
        token = self.ask("POST", "/v1/sessions", json={"email": email, "password": password})["token"]
        self.session.cookies.clear()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def at_home(self, name: str, email: str, password: str, **settings: Any) -> Home:
        """A home that logs in so."""
        secret = self.folder / f"{name}.secret"
        secret.touch(mode=0o600)
        secret.write_text(password)
        server = config.Server(
            key=KEY, kind="central", url=self.url, project=self.project, email=email, secret_file=secret
        )
        home = open_home(config.Settings(home=self.folder / name, servers=(server,), **settings))
        upgrade(home.engine)
        return home

    def target(self, home: Home | None = None) -> CentralTarget:
        at = home or self.home
        found = targets.server_target(at, at.settings.servers[0])
        assert isinstance(found, CentralTarget)
        return found

    def ask(self, method: str, path: str, **how: Any) -> Any:
        """As the person who made the project; below it unless the path begins with /v1."""
        where = path if path.startswith("/v1") else f"/v1/projects/{self.project}{path}"
        answer = self.session.request(method, f"{self.url}{where}", timeout=TIMEOUT, **how)
        answer.raise_for_status()
        return answer.json() if "json" in answer.headers["Content-Type"] else answer.content

    def officer(self, name: str, *districts: str) -> tuple[officers.Officer, CollectPhone]:
        """A new officer, and the phone that has read the code."""
        number, _ = officers.add(self.home, name, districts)
        officer = officers.active(self.home, number)
        return officer, CollectPhone(self.target().add_officer(officer), self.folder / f"phone-{number}")

    def viewer(self) -> tuple[str, str]:
        """E-mail and password of somebody who may read the project and no more."""
        email, password = f"viewer-{self.mark}@example.org", f"viewer of {self.mark}"
        user = self.ask("POST", "/v1/users", json={"email": email, "password": password})
        self._viewer: int = user["id"]
        self.ask("POST", f"/assignments/viewer/{user['id']}")
        return email, password

    def settle(self, name: str, count: int) -> None:
        """Wait until Central's worker has made so many entities of a list."""
        if self._model is not None:
            self._model.settle()
        until = time.monotonic() + TIMEOUT
        while len(self.ask("GET", f"/datasets/{name}/entities")) < count:
            assert time.monotonic() < until, f"{name}: no {count} entities after {TIMEOUT} s"
            time.sleep(0.5)

    def turn(self) -> RunReport:
        """Everything once; nothing may fail."""
        report = run_once(self.home)
        assert report.problems == (), report.problems
        return report

    def close(self) -> None:
        if hasattr(self, "_viewer"):
            self.ask("DELETE", f"/v1/users/{self._viewer}")
        self.ask("DELETE", f"/v1/projects/{self.project}")
        self.session.close()
        self.home.engine.dispose()


@contextmanager
def office(kind: str, folder: Path) -> Iterator[Office]:
    """`model`, or `real`: the Central that the environment names."""
    with ExitStack() as stack:
        if kind == "model":
            stack.enter_context(hurried())
            model = CentralModel(project=None)
            served = stack.enter_context(serve(model))
            opened = Office(folder, served.url, EMAIL, PASSWORD, model)
        else:
            told = [os.environ[f"MOCHOCHO_CENTRAL_{word}"] for word in ("URL", "EMAIL", "PASSWORD")]
            opened = Office(folder, told[0].rstrip("/"), told[1], told[2], None)
        stack.callback(opened.close)
        yield opened


def _text(node: etree._Element, path: str) -> str:
    return node.findtext(path, "", NS)
