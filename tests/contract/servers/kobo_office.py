"""A province's office on a KoboToolbox, model or real: its projects, its home, its phones."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from lxml import etree

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import RunReport, run_once
from mochocho.settings import config
from mochocho.storage.home import Home, open_home
from sync import officers, targets
from sync.kobo.target import KoboTarget
from tests.contract.servers.model_worlds import hurried
from tests.headless.answers import Answers
from tests.headless.collect import headless
from tests.integration.province_mirror import photo
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import ADMIN, TOKEN
from tests.models.serving import serve

TIMEOUT = 120.0  # seconds
KEY = "office"
OFFICER = "malee"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Account:
    """An account there: its name and its API token, with which its phone is let in too."""

    name: str
    token: str


class KoboPhone:
    """A phone with an account: it downloads what KoboToolbox offers, fills it with JavaRosa and sends it."""

    def __init__(self, url: str, account: Account, folder: Path) -> None:
        self.url, self.folder = url, folder
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"Authorization": f"Token {account.token}", "X-OpenRosa-Version": "1.0"})
        folder.mkdir()

    def offered(self) -> dict[str, str]:
        """Project -> the version that the phone shows."""
        return {_text(one, "formID"): _text(one, "version") for one in self._list("/formList")}

    def download(self) -> set[str]:
        """Every form with its files, as they are served; the names of the files."""
        names = set[str]()
        for one in self._list("/formList"):
            uid = _text(one, "formID")
            folder = self.folder / uid
            folder.mkdir(exist_ok=True)
            (folder / f"{uid}.xml").write_bytes(self._file(_text(one, "downloadUrl")))
            for file in self._list(_text(one, "manifestUrl")):
                (folder / _text(file, "filename")).write_bytes(self._file(_text(file, "downloadUrl")))
                names.add(_text(file, "filename"))
        return names

    def fill(self, uid: str, given: Answers) -> bytes:
        """A finalised form of this project."""
        filled = headless().fill(self.folder / uid / f"{uid}.xml", given.values, repeats=given.repeats)
        assert filled.xml is not None, filled.problems
        assert filled.unused == ()
        return filled.xml.encode()

    def send(self, xml: bytes) -> int:
        """With a photo of its own in each place. Returns the status."""
        leaves = [node.text or "" for node in etree.fromstring(xml).iter(etree.Element) if len(node) == 0]
        parts = [("xml_submission_file", ("submission.xml", xml, "text/xml"))]
        parts += [(name, (name, photo(), "image/jpeg")) for name in leaves if name.endswith((".jpg", ".png"))]
        return self._session.post(f"{self.url}/submission", files=parts, timeout=TIMEOUT).status_code

    def close(self) -> None:
        self._session.close()

    def _list(self, address: str) -> list[etree._Element]:
        return list(etree.fromstring(self._file(address)))

    def _file(self, address: str) -> bytes:
        answer = self._session.get(self.url + urlsplit(address).path, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.content


class Office:
    """An account that has none of our forms yet, a home whose one server it is, an officer's account."""

    def __init__(
        self, folder: Path, url: str, account: Account, officer: Account, model: KoboModel | None
    ) -> None:
        self.folder, self.url, self.officer_account, self._model = folder, url, officer, model
        self.real = model is None
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Token {account.token}"
        self.assessor = config.Assessor(name="นางกรองแก้ว ตัวอย่าง", committee="district")
        committees = config.Committees(assessors=(self.assessor,))
        self.home = self.at_home("home", account, committees=committees)

    def at_home(self, name: str, account: Account, **settings: Any) -> Home:
        """A home with the token of this account."""
        secret = self.folder / f"{name}.secret"
        secret.touch(mode=0o600)
        secret.write_text(account.token)
        server = config.Server(key=KEY, kind="kobo", url=self.url, secret_file=secret, lists_seconds=0)
        home = open_home(config.Settings(home=self.folder / name, servers=(server,), **settings))
        upgrade(home.engine)
        return home

    def target(self, home: Home | None = None) -> KoboTarget:
        at = home or self.home
        found = targets.server_target(at, at.settings.servers[0])
        assert isinstance(found, KoboTarget)
        return found

    def uids(self) -> dict[str, str]:
        """Form -> project."""
        return self.target()._projects.named()

    def ask(self, method: str, path: str, **how: Any) -> Any:
        """As the person whose projects these are."""
        how = {"params": {"format": "json"}, **how}
        answer = self.session.request(method, f"{self.url}/api/v2/{path}", timeout=TIMEOUT, **how)
        answer.raise_for_status()
        return answer.json() if "json" in answer.headers.get("Content-Type", "") else answer.content

    @contextmanager
    def officer(self, name: str, *districts: str) -> Iterator[tuple[officers.Officer, KoboPhone]]:
        """A new officer with the other account and its phone; the projects are shared with it meanwhile."""
        number, _ = officers.add(self.home, name, districts)
        officer = officers.active(self.home, number)
        self.target().share_with(officer, self.officer_account.name)
        phone = KoboPhone(self.url, self.officer_account, self.folder / f"phone-{number}")
        try:
            yield officer, phone
        finally:
            phone.close()
            self.target().revoke_officer(number)

    def later(self) -> None:
        """Some time after; a real one takes its own."""
        if self._model is not None:
            self._model.clock.moment += timedelta(minutes=1)

    def turn(self) -> RunReport:
        """Everything once; nothing may fail."""
        report = run_once(self.home)
        assert report.problems == (), report.problems
        return report

    def close(self) -> None:
        for uid in self.uids().values():
            self.session.delete(f"{self.url}/api/v2/assets/{uid}/", timeout=TIMEOUT)  # some are gone already
        self.session.close()
        self.home.engine.dispose()


@contextmanager
def office(kind: str, folder: Path) -> Iterator[Office]:
    """`model`, or `real`: the KoboToolbox that the environment names, and skipped where it names none."""
    with ExitStack() as stack:
        if kind == "model":
            stack.enter_context(hurried())
            stack.enter_context(pytest.MonkeyPatch.context()).setattr("sync.kobo.target.PAUSE", 0.0)
            model = KoboModel()
            officer = Account(OFFICER, model.add_user(OFFICER))
            served = stack.enter_context(serve(model))
            opened = Office(folder, served.url, Account(ADMIN, TOKEN), officer, model)
        else:
            words = ("URL", "TOKEN", "OFFICER", "OFFICER_TOKEN")
            told = [os.environ.get(f"MOCHOCHO_KOBO_{word}", "") for word in words]
            if not all(told):
                pytest.skip("MOCHOCHO_KOBO_URL, _TOKEN, _OFFICER, _OFFICER_TOKEN are not set: no real server")
            url, token, name, other = told
            opened = Office(folder, url.rstrip("/"), Account("", token), Account(name, other), None)
        stack.callback(opened.close)
        yield opened


def _text(node: etree._Element, name: str) -> str:
    return node.findtext(f"{{*}}{name}") or ""
