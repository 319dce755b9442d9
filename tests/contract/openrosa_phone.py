"""A province, its forms and a phone, for the tests of the endpoint: what Collect sends, over real sockets."""

import hashlib
import socket
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import requests
from lxml import etree

from mochocho.settings.config import Endpoint, Settings
from mochocho.storage.db import Base, transaction
from mochocho.storage.home import Home, open_home
from sync import officers
from sync.openrosa.server import Server
from sync.tables import Entity, PublishedForm
from xlsforms.names import APPLICANTS

FORM, VERSION = "visit", "2"
NS = {"f": "http://openrosa.org/xforms/xformsList", "m": "http://openrosa.org/xforms/xformsManifest"}
_HEADERS = {"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/v2026.3.3"}


def make_home(folder: Path, **endpoint: Any) -> Home:
    """A home in Chiang Rai with empty tables; keyword arguments are the endpoint's settings."""
    home = open_home(Settings(home=folder, endpoint=Endpoint(**endpoint)))
    Base.metadata.create_all(home.engine)
    return home


def xform(form_id: str = FORM, version: str = VERSION, *, reads_list: bool = False) -> bytes:
    """A small form: a name, two photos and, when it reads the list, a picked applicant."""
    listed = '<instance id="applicants" src="jr://file-csv/applicants.csv"/>' if reads_list else ""
    return f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>เยี่ยม</h:title><model>
    <instance><data id="{form_id}" version="{version}"><name/><photo/><photo2/>
      <orx:meta><orx:instanceID/></orx:meta></data></instance>{listed}
    <bind nodeset="/data/name" type="string"/>
    <bind nodeset="/data/photo" type="binary"/><bind nodeset="/data/photo2" type="binary"/>
  </model></h:head><h:body/></h:html>""".encode()


def publish(
    home: Home, form_id: str = FORM, version: str = VERSION, *, current: bool = True, reads_list: bool = False
) -> bytes:
    """Publish `xform` as the publishing stage does. Returns its bytes."""
    content = xform(form_id, version, reads_list=reads_list)
    with transaction(home.engine) as session:
        session.add(
            PublishedForm(
                form_id=form_id,
                version=version,
                title="แบบเยี่ยม <ก>",
                xform_sha256=home.store.put(content),
                current=current,
                published_at=datetime(2025, 5, 1, tzinfo=UTC),
            )
        )
    return content


def add_applicant(home: Home, district: str, label: str, entity_id: str = "", **properties: str) -> str:
    """Put an applicant into the entity list. Returns its id."""
    entity_id = entity_id or str(uuid.uuid4())
    with transaction(home.engine) as session:
        session.add(
            Entity(
                list_name=APPLICANTS,
                uuid=entity_id,
                root_id=entity_id,
                label=label,
                properties={"applicant_type": "leader", "applicant_name": label, "district": district}
                | properties,
            )
        )
    return entity_id


def instance(
    instance_id: str = "",
    *,
    form_id: str = FORM,
    version: str = VERSION,
    name: str = "สมหญิง",
    photo: str = "",
    photo2: str = "",
) -> bytes:
    """A filled form as Collect writes one."""
    root = etree.Element("data", id=form_id, version=version)
    for tag, text in (("name", name), ("photo", photo), ("photo2", photo2)):
        etree.SubElement(root, tag).text = text
    meta = etree.SubElement(root, "{http://openrosa.org/xforms}meta")
    id_ = etree.SubElement(meta, "{http://openrosa.org/xforms}instanceID")
    id_.text = instance_id or f"uuid:{uuid.uuid4()}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def part(name: str, content: bytes, filename: str | None = None, kind: str = "image/jpeg") -> bytes:
    """One part of a post, without its boundary; no `filename` makes it a plain field."""
    file = "" if filename is None else f'; filename="{filename}"'
    head = f'Content-Disposition: form-data; name="{name}"{file}\r\nContent-Type: {kind}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def xml_part(xml: bytes) -> bytes:
    return part("xml_submission_file", xml, "instance.xml", "text/xml")


def multipart(parts: Iterable[bytes]) -> tuple[bytes, str]:
    """(body, content type) with a boundary of its own, as every retry has."""
    boundary = uuid.uuid4().hex
    body = b"".join(f"--{boundary}\r\n".encode() + one for one in parts) + f"--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


@dataclass(frozen=True)
class Phone:
    """ODK Collect's side of the wire."""

    base: str  # what the settings QR says

    def get(self, path: str, **query: str) -> requests.Response:
        url = path if path.startswith("http") else f"{self.base}/{path}"
        with requests.Session() as session:
            return session.get(
                url, params={"deviceID": "collect:test", **query}, headers=_HEADERS, timeout=30
            )

    def head(self, path: str) -> requests.Response:
        with requests.Session() as session:
            return session.head(f"{self.base}/{path}", headers=_HEADERS, timeout=30)

    def post(self, *parts: bytes) -> requests.Response:
        return self.post_body(*multipart(parts))

    def post_body(self, body: Any, content_type: str, **headers: str) -> requests.Response:
        sent = _HEADERS | {"Content-Type": content_type} | headers
        with requests.Session() as session:
            return session.post(f"{self.base}/submission", data=body, headers=sent, timeout=60)

    def send(
        self, xml: bytes, files: Mapping[str, bytes] | None = None, *, incomplete: bool = False
    ) -> requests.Response:
        last = [part("*isIncomplete*", b"yes")] if incomplete else []
        return self.post(xml_part(xml), *(part(n, c, n) for n, c in (files or {}).items()), *last)


@contextmanager
def serving(home: Home) -> Iterator[Server]:
    """The endpoint of `home` on a free port of this machine; its connections are closed with it."""
    server = Server(home, "127.0.0.1", 0)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        home.engine.dispose()


class Listening(Protocol):
    """Whatever has an address."""

    @property
    def url(self) -> str: ...


def new_phone(home: Home, server: Listening, *districts: str) -> Phone:
    """The phone of a new officer."""
    return Phone(f"{server.url}/key/{officers.add(home, 'นางสาวเอ สมมติ', districts or ['5701'])[1]}")


def message(response: requests.Response) -> str:
    """The sentence Collect would show."""
    root = etree.fromstring(response.content)
    assert root.tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    return root.findtext("{*}message") or ""


def is_thai(text: str) -> bool:
    return any("ก" <= c <= "๛" for c in text)


def raw_request(url: str, request: bytes) -> bytes:
    """Bytes on a socket, and everything that comes back until the server closes."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
