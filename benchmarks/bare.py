"""The least that a client must do for the same bytes: one sweep, then a loop of threads that downloads.

It checks nothing, resumes nothing and remembers nothing: what a mirror costs is told beside it.
"""

import re
import threading
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import requests

from tests.models.central.app import EMAIL, PASSWORD
from xlsforms.names import APPLICATION

THREADS = 8
_PHOTO = re.compile(r">([^<>]+\.jpg)<")
_ID = re.compile(r"(<(?:\w+:)?instanceID[^>]*>)(uuid:[^<]+)(</(?:\w+:)?instanceID>)")


class Bare(Protocol):
    """A client of one server that does no more than it must."""

    def sweep(self) -> list[str]:
        """What the server calls every submission."""
        ...

    def download(self, ids: Iterable[str], folder: Path) -> None:
        """The XML and photos of these submissions, as files."""
        ...

    def edit(self, ids: Iterable[str]) -> None:
        """Edit each as an office would."""
        ...


class BareCentral:
    """ODK Central by its REST."""

    def __init__(self, url: str) -> None:
        self._form = f"{url}/v1/projects/1/forms/{APPLICATION}"
        said = {"email": EMAIL, "password": PASSWORD}
        answer = requests.post(f"{url}/v1/sessions", json=said, timeout=60)
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        self._local = threading.local()

    def sweep(self) -> list[str]:
        everything = "__system/deletedAt eq null or __system/deletedAt ne null"
        params = {"$select": "__id,__system", "$filter": everything}
        rows = self._session().get(f"{self._form}.svc/Submissions", params=params, timeout=60).json()["value"]
        return [row["__id"] for row in rows]

    def download(self, ids: Iterable[str], folder: Path) -> None:
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


def _own(local: threading.local, headers: dict[str, str]) -> requests.Session:
    """A session of this thread."""
    if not hasattr(local, "session"):
        local.session = requests.Session()
        local.session.headers.update(headers)
    return local.session


def _successor(found: re.Match[str]) -> str:
    before, id_, after = found.groups()
    deprecated = before.replace("instanceID", "deprecatedID"), after.replace("instanceID", "deprecatedID")
    return f"{before}uuid:{uuid.uuid4()}{after}{deprecated[0]}{id_}{deprecated[1]}"


BARE: dict[str, Callable[[str], Bare]] = {"central": BareCentral}
