"""The least that a client must do for the same bytes: one list, then threads that download.

It checks, resumes and remembers nothing; what a mirror costs is shown as a ratio to it. Like any client it
begins with an address and a secret: it logs in, and each sweep asks which projects there are.
"""

import json
import re
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import requests

from tests.models.central.app import EMAIL, PASSWORD
from tests.models.kobo.operations import TOKEN
from xlsforms import names

THREADS = 8
LIGHT = ("_id", "_uuid", "meta/rootUuid", "_attachments", "_submission_time", "__version__")
AT_ONCE = 100  # instances in one answer of KoboToolbox

_PHOTO = re.compile(r">([^<>]+\.jpg)<")
_ID = re.compile(r"(<(?:\w+:)?instanceID[^>]*>)(uuid:[^<]+)(</(?:\w+:)?instanceID>)")


class Bare(Protocol):
    """A client of one server that does only what is necessary."""

    def sweep(self) -> list[str]:
        """The server's names of every submission of the forms that a mirror asks for."""
        ...

    def download(self, ids: Sequence[str], folder: Path) -> None:
        """Save the XML and photos of these submissions as files."""
        ...

    def edit(self, ids: Iterable[str]) -> None:
        """Edit each of these submissions, as an office would."""
        ...


class BareCentral:
    """ODK Central through its REST interface."""

    def __init__(self, url: str) -> None:
        self._forms = f"{url}/v1/projects/1/forms"
        self._form = f"{self._forms}/{names.APPLICATION}"
        said = {"email": EMAIL, "password": PASSWORD}
        answer = requests.post(f"{url}/v1/sessions", json=said, timeout=60)
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        self._local = threading.local()

    def sweep(self) -> list[str]:
        with ThreadPoolExecutor(THREADS) as pool:
            return [id_ for ids in pool.map(self._listed, names.FORMS) for id_ in ids]

    def _listed(self, form_id: str) -> list[str]:
        everything = "__system/deletedAt eq null or __system/deletedAt ne null"
        params = {"$select": "__id,__system", "$filter": everything}
        url = f"{self._forms}/{form_id}.svc/Submissions"
        rows = self._session().get(url, params=params, timeout=60).json()["value"]
        return [row["__id"] for row in rows]

    def download(self, ids: Sequence[str], folder: Path) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda one: self._one(one, folder), ids))

    def edit(self, ids: Iterable[str]) -> None:
        for one in ids:
            xml = self._session().get(f"{self._form}/submissions/{one}.xml", timeout=60).text
            edited = _ID.sub(_successor, xml)
            answer = self._session().put(
                f"{self._form}/submissions/{one}",
                data=edited.encode(),
                headers={"Content-Type": "application/xml"},
                timeout=60,
            )
            answer.raise_for_status()

    def _one(self, id_: str, folder: Path) -> None:
        here = f"{self._form}/submissions/{id_}"
        xml = self._session().get(f"{here}.xml", timeout=60).text
        (folder / f"{id_.removeprefix('uuid:')}.xml").write_text(xml, "utf-8")
        for name in _PHOTO.findall(xml):
            (folder / name).write_bytes(self._session().get(f"{here}/attachments/{name}", timeout=60).content)

    def _session(self) -> requests.Session:
        return _own(self._local, self._headers)


class BareKobo:
    """KoboToolbox through version 2 of its API."""

    def __init__(self, url: str) -> None:
        self._api = f"{url}/api/v2/assets"
        self._submission = f"{url}/submission"
        self._headers = {"Authorization": f"Token {TOKEN}"}
        self._local = threading.local()
        self._uids = self._projects()
        self._of: dict[str, tuple[str, int, list[tuple[str, str]]]] = {}  # project, row, files: name, uid

    def sweep(self) -> list[str]:
        with ThreadPoolExecutor(THREADS) as pool:
            asked = pool.submit(self._projects)  # a project may have been added or removed
            swept = [root for roots in pool.map(self._listed, self._uids) for root in roots]
            assert asked.result() == self._uids
            return swept

    def download(self, ids: Sequence[str], folder: Path) -> None:
        of = [self._of[one] for one in ids]
        with ThreadPoolExecutor(THREADS) as pool:
            for uid in self._uids:
                rows = [row for project, row, _ in of if project == uid]
                pages = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
                list(pool.map(lambda page, uid=uid: self._instances(uid, page, folder), pages))
            list(pool.map(lambda one: self._photos(*one, folder), of))

    def edit(self, ids: Iterable[str]) -> None:
        for one in ids:
            uid, row, _ = self._of[one]
            xml = self._session().get(f"{self._api}/{uid}/data/{row}.xml", timeout=60).text
            sent = {"xml_submission_file": ("edit.xml", _ID.sub(_successor, xml).encode(), "text/xml")}
            self._session().post(self._submission, files=sent, timeout=60).raise_for_status()

    def _projects(self) -> list[str]:
        found = self._session().get(f"{self._api}/?format=json&limit=100", timeout=60).json()["results"]
        return [one["uid"] for one in found]

    def _listed(self, uid: str) -> list[str]:
        found, last = [], 0
        while True:
            asked = {
                "query": json.dumps({"_id": {"$gt": last}}),
                "sort": '{"_id":1}',
                "fields": json.dumps(LIGHT),
                "limit": "1000",
                "format": "json",
            }
            page = self._session().get(f"{self._api}/{uid}/data/", params=asked, timeout=60).json()
            for row in page["results"]:
                last = row["_id"]
                files = [(one["media_file_basename"], one["uid"]) for one in row["_attachments"]]
                self._of[row["meta/rootUuid"]] = (uid, last, files)
                found.append(row["meta/rootUuid"])
            if len(page["results"]) >= page["count"]:
                return found

    def _instances(self, uid: str, rows: list[int], folder: Path) -> None:
        query = json.dumps({"_id": {"$in": rows}})
        asked = {"query": query, "limit": str(AT_ONCE), "format": "xml"}
        xml = self._session().get(f"{self._api}/{uid}/data/", params=asked, timeout=60).content
        (folder / f"{uid}-{rows[0]}.xml").write_bytes(xml)

    def _photos(self, uid: str, row: int, files: list[tuple[str, str]], folder: Path) -> None:
        for name, attachment in files:
            url = f"{self._api}/{uid}/data/{row}/attachments/{attachment}/"
            (folder / name).write_bytes(self._session().get(url, timeout=60).content)

    def _session(self) -> requests.Session:
        return _own(self._local, self._headers)


def _own(local: threading.local, headers: dict[str, str]) -> requests.Session:
    """One session per thread."""
    if not hasattr(local, "session"):
        local.session = requests.Session()
        local.session.headers.update(headers)
    return local.session


def _successor(found: re.Match[str]) -> str:
    before, id_, after = found.groups()
    deprecated = before.replace("instanceID", "deprecatedID"), after.replace("instanceID", "deprecatedID")
    return f"{before}uuid:{uuid.uuid4()}{after}{deprecated[0]}{id_}{deprecated[1]}"


BARE: dict[str, Callable[[str], Bare]] = {"central": BareCentral, "kobo": BareKobo}
