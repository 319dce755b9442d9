"""An officer's phone: downloads forms and lists, then sends filled-in forms as ODK Collect does."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import requests
from lxml import etree

from mochocho.app.demo.engine import Form
from mochocho.app.demo.instances import Filled, Picture
from mochocho.words.errors import Terminal

_LIST = "{http://openrosa.org/xforms/xformsList}"
_MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
_HEADERS = {
    "User-Agent": "org.odk.collect.android/v2026.3.3 (mochocho demo)",
    "X-OpenRosa-Version": "1.0",
}
_TIMEOUT = 60
_LOOKS = 5  # at a manifest whose lists change in the meantime
_DEFAULT_LIMIT = 10_000_000  # bytes in one post, where the server names no limit

Part = tuple[str, tuple[str | None, bytes, str] | tuple[None, str]]


@dataclass(frozen=True, slots=True)
class _Download:
    """One entry of a form list or a manifest."""

    name: str
    url: str = field(repr=False)  # holds the officer's token
    md5: str
    manifest: str = field(default="", repr=False)


class _Another(Terminal):
    """The downloaded file is not the one announced."""


class Phone:
    """One officer's phone. `url` holds the officer's token and is never shown."""

    def __init__(self, url: str, device: str) -> None:
        self._url = url.rstrip("/")
        self._device = device
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy must not be used between a phone and this same machine
        self._session.headers.update(_HEADERS)
        self._forms: dict[str, Form] = {}

    def __repr__(self) -> str:
        return f"Phone(device={self._device!r})"

    def __enter__(self) -> "Phone":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def refresh(self) -> None:
        """Download every form and list again. Raises Terminal when a file is not the one announced."""
        for entry in _entries(self._get(f"{self._url}/formList"), f"{_LIST}xform", "formID"):
            xform = self._checked(entry)
            lists = self._lists(entry.manifest) if entry.manifest else {}
            self._forms[entry.name] = Form(xform, lists)

    def fill(self, form_id: str, filled: Filled) -> bytes:
        """The instance that the downloaded form makes of the answers."""
        return self._forms[form_id].fill(filled.answers, filled.stamp)

    def send(self, xml: bytes, files: Mapping[str, Picture], posts: int = 1) -> None:
        """Send one instance in at least `posts` posts.

        Raises Terminal unless each was accepted (201 or 202).
        """
        limit = self._limit()
        for group, last in _groups(files, posts, limit - len(xml)):
            parts: list[Part] = [("xml_submission_file", ("submission.xml", xml, "text/xml"))]
            parts += [(name, (name, content, _type(name))) for name, content in group]
            if not last:
                parts.append(("*isIncomplete*", (None, "yes")))
            answer = self._session.post(
                f"{self._url}/submission", files=parts, params={"deviceID": self._device}, timeout=_TIMEOUT
            )
            if answer.status_code not in (201, 202):
                said = _message(answer)
                raise Terminal(
                    f"เครื่องรับตอบ {answer.status_code} เมื่อส่งแบบ: {said}",
                    f"the endpoint answered {answer.status_code} to a post: {said}",
                )

    def _limit(self) -> int:
        answer = self._session.head(
            f"{self._url}/submission", params={"deviceID": self._device}, timeout=_TIMEOUT
        )
        if answer.status_code != 204:
            raise Terminal(
                f"เครื่องรับตอบ {answer.status_code} แต่โทรศัพท์ต้องได้ 204",
                f"the endpoint answered {answer.status_code} where a phone needs 204",
            )
        return int(answer.headers.get("X-OpenRosa-Accept-Content-Length", _DEFAULT_LIMIT))

    def _lists(self, manifest_url: str) -> dict[str, Sequence[Mapping[str, str]]]:
        """The lists of a manifest; one that changes between manifest and download is asked for again."""
        for _ in range(_LOOKS - 1):
            with suppress(_Another):
                return self._listed(manifest_url)
        return self._listed(manifest_url)

    def _listed(self, manifest_url: str) -> dict[str, Sequence[Mapping[str, str]]]:
        lists: dict[str, Sequence[Mapping[str, str]]] = {}
        for entry in _entries(self._get(manifest_url), f"{_MANIFEST}mediaFile", "filename"):
            content = self._checked(entry)
            if entry.name.endswith(".csv"):
                rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
                lists[entry.name.removesuffix(".csv")] = list(rows)
        return lists

    def _checked(self, entry: _Download) -> bytes:
        content = self._get(entry.url)
        if entry.md5 != f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}":
            raise _Another(
                f"{entry.name}: ไฟล์ที่ดาวน์โหลดไม่ตรงกับที่ประกาศไว้",
                f"{entry.name}: what was downloaded is not what was announced",
            )
        return content

    def _get(self, url: str) -> bytes:
        answer = self._session.get(url, params={"deviceID": self._device}, timeout=_TIMEOUT)
        if answer.status_code != 200:
            raise Terminal(
                f"เครื่องรับตอบ {answer.status_code} เมื่อดาวน์โหลด",
                f"the endpoint answered {answer.status_code} to a download",
            )
        return answer.content


def _entries(xml: bytes, tag: str, name: str) -> list[_Download]:
    found = []
    for entry in etree.fromstring(xml).iter(tag):
        text = {etree.QName(child).localname: child.text or "" for child in entry}
        found.append(_Download(text[name], text["downloadUrl"], text["hash"], text.get("manifestUrl", "")))
    return found


def _groups(
    files: Mapping[str, Picture], posts: int, room: int
) -> list[tuple[list[tuple[str, bytes]], bool]]:
    """The files of each post, and whether it is the last: at most `room` bytes, at least `posts` posts."""
    most = max(1, -(-len(files) // posts))
    groups: list[list[tuple[str, bytes]]] = [[]]
    held = 0
    for name, draw in files.items():
        content = draw()
        if groups[-1] and (len(groups[-1]) == most or held + len(content) > room):
            groups.append([])
            held = 0
        groups[-1].append((name, content))
        held += len(content)
    return [(group, group is groups[-1]) for group in groups]


def _type(name: str) -> str:
    return "image/png" if name.endswith(".png") else "image/jpeg"


def _message(answer: requests.Response) -> str:
    try:
        return etree.fromstring(answer.content).findtext("{*}message") or ""
    except etree.XMLSyntaxError:
        return ""
