"""KoboToolbox's REST interface: its paths, what its answers must look like, its refusals in our words."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar, cast
from urllib.parse import urlsplit

from lxml import etree
from pydantic import SecretStr

from mochocho.settings import config
from mochocho.words.errors import BadInput, Terminal, Transient
from mochocho.words.sentences import Sentence, plain
from sync.kobo.records import STATUS, judged
from sync.kobo.usage import Usage
from sync.kobo.usage import read as read_usage
from sync.sources.protocol import Judged
from sync.web.again import Again
from sync.web.client import Client, Refused
from sync.web.secrets import secret_of
from sync.xform.binds import at
from sync.xform.safe_xml import read_xml

PAGE = 1000  # more is silently cut to this
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Json = dict[str, Any]
T = TypeVar("T")
_JSON = {"format": "json"}

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,100}")
_FORMS_LIST_BYTES = 8 << 20
_SHARE = Sentence(
    "ให้เจ้าของแบ่งปันโครงการให้บัญชีนี้ โดยให้สิทธิ์ดูและแก้แบบฟอร์ม ดูข้อมูลที่ส่งเข้ามา และตั้งสถานะการตรวจ",
    "share the project with this account: view and edit the form, view and validate submissions",
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a query, and how many the whole query has."""

    count: int
    rows: Sequence[Json]


class Token:
    """The API token of an account; a token that is refused stays refused."""

    def __init__(self, secret: SecretStr) -> None:
        self._secret = secret

    def headers(self, client: Client) -> Mapping[str, str]:  # noqa: ARG002 - the protocol's
        return {"Authorization": f"Token {self._secret.get_secret_value()}"}

    def refused(self, client: Client) -> bool:  # noqa: ARG002 - the protocol's
        return False


class Api:
    """What we ask of one KoboToolbox. Raises Refused, Terminal, and Transient while it is away."""

    def __init__(self, client: Client, server: config.Server) -> None:
        self._client = client
        self._name = server.source_key
        self._url = server.url.rstrip("/")
        self._account: str | None = None

    def account(self) -> str:
        """The account of our token; asked once."""
        if self._account is None:
            with self._told(th="อ่านว่า token นี้เป็นของใคร", en="read whose token this is"):
                answer = self._object(self._client.json("GET", "/me/", params=_JSON))
            if not isinstance(answer.get("username"), str):
                raise self._other_software()
            self._account = str(answer["username"])
        return self._account

    def usage(self) -> Usage | None:
        """How much of its plan our account has used; None where the server does not tell."""
        with self._told(th="ดูพื้นที่ที่บัญชีใช้", en="see how much the account uses"):
            path = "/api/v2/service_usage/"
            answer = self._client.json("GET", path, params=_JSON, ok=(200, 403, 404))
        return read_usage(answer) if isinstance(answer, dict) else None

    # Projects.

    def surveys(self) -> list[Json]:
        """Every project that the account sees, without its content."""
        with self._told(th="ดูรายการโครงการ", en="list the projects"):
            return self._listed("/api/v2/assets/", {"q": "asset_type:survey"})

    def project(self, uid: str) -> Json:
        """One project with its content, files and versions."""
        with self._told(th=f"อ่านโครงการ {uid} ", en=f"read the project {uid}"):
            answer = self._object(self._client.json("GET", _asset(uid), params={"format": "json"}))
        if answer.get("uid") != uid:
            raise self._other_software()
        return answer

    def versions(self, uid: str) -> list[Json]:
        """Every version of a project's form, without its content."""
        with self._told(th=f"ดูรุ่นของโครงการ {uid} ", en=f"list the versions of the project {uid}"):
            return self._listed(f"{_asset(uid)}versions/", {})

    def version(self, uid: str, version: str) -> Json | None:
        """One version of a project's form, with its content; None where the project has none of this uid."""
        if _ID.fullmatch(version) is None:  # a phone may write anything there
            return None
        with self._told(th=f"อ่านรุ่นหนึ่งของโครงการ {uid} ", en=f"read a version of the project {uid}"):
            path = f"{_asset(uid)}versions/{_safe(version)}/"
            answer = self._client.json("GET", path, params={"format": "json"}, ok=(200, 404))
        # A refusal may be a page of HTML.
        return answer if isinstance(answer, dict) and answer.get("uid") == version else None

    def send_form(self, name: str, xlsx: bytes, uid: str | None) -> str:
        """Hand in an XLSForm, as a new project or as the content of one. Returns the task's uid."""
        said = {"name": name, "library": "false"}
        if uid is not None:
            said["destination"] = f"{self._url}{_asset(uid)}"
        with self._told(th="ส่งแบบฟอร์มขึ้นไป", en="hand in a form"):
            answer = self._client.json(
                "POST",
                "/api/v2/imports/",
                params={"format": "json"},
                data=said,
                files={"file": (f"{name}.xlsx", xlsx, XLSX)},
                ok=(200, 201),
            )
        return str(self._object(answer).get("uid"))

    def sent_form(self, task: str) -> Json:
        """How far a form that was handed in has come: its `status`, and `messages` when it is done."""
        with self._told(th="ดูผลของแบบฟอร์มที่ส่งขึ้นไป", en="see what became of a form"):
            return self._object(
                self._client.json("GET", f"/api/v2/imports/{_safe(task)}/", params={"format": "json"})
            )

    def deploy(self, uid: str, version: str, *, again: bool) -> None:
        """Give phones what the project holds now: its `version`, its files. `again`: not the first time."""
        body: Json = {"active": True, "version_id": version} if again else {"active": True}
        with self._told(th=f"เผยแพร่โครงการ {uid} ", en=f"deploy the project {uid}"):
            self._client.json(
                "PATCH" if again else "POST",
                f"{_asset(uid)}deployment/",
                params={"format": "json"},
                body=body,
                ok=(200, 201),
                again=again,
            )

    # Files that go with a form.

    def files(self, uid: str) -> list[Json]:
        """Those that stand there; a project's own list still has the deleted ones for some minutes."""
        with self._told(th="ดูรายการไฟล์ประกอบแบบฟอร์ม", en="list the files beside the form"):
            return self._listed(f"{_asset(uid)}files/", {"file_type": "form_media"})

    def add_file(self, uid: str, name: str, content: bytes) -> None:
        """Raises Refused 400 when one of this name stands there."""
        said = {
            "description": "default",
            "file_type": "form_media",
            "metadata": json.dumps({"filename": name}),
        }
        with self._told(th=f"วาง {name} เป็นไฟล์ประกอบแบบฟอร์ม", en=f"put {name} beside the form"):
            self._client.json(
                "POST",
                f"{_asset(uid)}files/",
                params={"format": "json"},
                data=said,
                files={"content": (name, content, "text/csv")},
                ok=(200, 201),
            )

    def drop_file(self, uid: str, file: str) -> None:
        """One that is gone already is as good."""
        with self._told(th="เปลี่ยนไฟล์ประกอบแบบฟอร์ม", en="replace a file beside the form"):
            self._client.request("DELETE", f"{_asset(uid)}files/{_safe(file)}/", ok=(204, 404), again=True)

    def file(self, uid: str, file: str) -> bytes:
        """The content of a file that goes with a form."""
        with self._told(th="อ่านไฟล์ประกอบแบบฟอร์ม", en="read a file beside the form"):
            return self._client.request("GET", f"{_asset(uid)}files/{_safe(file)}/content/").content

    def manifest(self, uid: str) -> dict[str, str] | None:
        """The files that phones are offered now: name -> hash. None: the account is not offered this form."""
        root = self._openrosa("/formList", {"formID": uid})
        for form in at(root, ("xform",)):
            if _text(form, "formID") == uid:
                # The address it names may be that of another host: only its path counts.
                path = urlsplit(_text(form, "manifestUrl")).path.removeprefix(urlsplit(self._url).path)
                files = self._openrosa(path, {}) if path else ()
                return {_text(one, "filename"): _text(one, "hash") for one in files}
        return None

    # Who may what.

    def permissions(self, uid: str) -> list[Json]:
        """Every permission on a project that this account may see, all at once."""
        with self._told(th=f"ดูว่าโครงการ {uid} แบ่งปันให้ใคร", en=f"see with whom the project {uid} is shared"):
            answer = self._client.json("GET", f"{_asset(uid)}permission-assignments/", params=_JSON)
        if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
            raise self._other_software()
        return answer

    def permit(self, uid: str, account: str, permission: str) -> None:
        """Give an account a permission on a project; again changes nothing.

        Raises Refused 400 where there is no such account.
        """
        body = {
            "user": f"{self._url}/api/v2/users/{_safe(account)}/",
            "permission": f"{self._url}/api/v2/permissions/{_safe(permission)}/",
        }
        with self._told(
            th=f"แบ่งปันโครงการ {uid} ให้บัญชี {account} ", en=f"share the project {uid} with {account}"
        ):
            path = f"{_asset(uid)}permission-assignments/"
            self._client.json("POST", path, params=_JSON, body=body, ok=(200, 201), again=True)

    def forbid(self, uid: str, assignment: str) -> None:
        """Take a permission back, with all that need it; one that is gone already is as good."""
        with self._told(th=f"เอาสิทธิ์ในโครงการ {uid} คืน", en=f"take back a permission on the project {uid}"):
            path = f"{_asset(uid)}permission-assignments/{_safe(assignment)}/"
            self._client.request("DELETE", path, params=_JSON, ok=(204, 404), again=True)

    # Submissions.

    def rows(
        self, uid: str, query: Json, fields: Sequence[str], *, limit: int = PAGE, newest: bool = False
    ) -> Page:
        """At most `limit` rows in the order of `_id`; also fewer than that, so count what came."""
        again = self.reader(lambda page: page)
        return self.read(uid, query, fields, again, limit=limit, newest=newest)

    def reader(self, make: Callable[[Page], T]) -> Again[T]:
        """Reads the pages that answer one question; `make` raises as `Again` says."""
        return Again(lambda answer: make(self._page(answer)))

    def read(
        self,
        uid: str,
        query: Json,
        fields: Sequence[str],
        again: Again[T],
        *,
        limit: int = PAGE,
        newest: bool = False,
    ) -> T:
        """As `rows`: what `again`, which `reader` gave, makes of them."""
        asked = {
            "query": _compact(query),
            "sort": _compact({"_id": -1 if newest else 1}),
            "fields": _compact(list(fields)),
            "limit": str(limit),
            "format": "json",
        }
        with self._told(th=f"อ่านแบบที่ส่งเข้าโครงการ {uid} ", en=f"read the submissions of the project {uid}"):
            made = self._client.json("GET", f"{_asset(uid)}data/", params=asked, load=again.load)
        if made is None:  # no body
            raise self._other_software()
        return cast("T", made)

    def row(self, uid: str, root: str, fields: Sequence[str]) -> Json | None:
        """The row of one root; None when there is none."""
        asked = {"fields": _compact(list(fields)), "format": "json"}
        try:
            with self._told(th=f"อ่านแบบที่ส่งเข้าโครงการ {uid} ", en=f"read a submission of the project {uid}"):
                return self._object(
                    self._client.json("GET", f"{_asset(uid)}data/{_safe(root)}/", params=asked)
                )
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def instances(self, uid: str, ids: Sequence[int]) -> bytes:
        """The XML of these rows in one document."""
        # With format=xml, `sort` and `fields` are refused.
        asked = {"query": _compact({"_id": {"$in": list(ids)}}), "limit": str(len(ids)), "format": "xml"}
        with self._told(th=f"อ่านแบบที่ส่งเข้าโครงการ {uid} ", en=f"read the submissions of the project {uid}"):
            return self._client.request("GET", f"{_asset(uid)}data/", params=asked).content

    def instance(self, uid: str, id_: int) -> bytes | None:
        """The XML of one row; None when there is none."""
        with self._told(th=f"อ่านแบบที่ส่งเข้าโครงการ {uid} ", en=f"read a submission of the project {uid}"):
            reply = self._client.request(
                "GET", f"{_asset(uid)}data/{id_}/", params={"format": "xml"}, ok=(200, 404)
            )
        return reply.content if reply.status == 200 else None

    def file_size(self, path: str) -> int | None:
        """The length of an attachment by its headers; None where they do not say."""
        with self._told(th="ดูไฟล์แนบ", en="look at an attachment"):
            reply = self._client.request("HEAD", path)
        length = reply.headers.get("Content-Length", "")
        return int(length) if length.isascii() and length.isdigit() else None

    def attachment(self, path: str) -> BinaryIO:
        """An attachment as it was sent."""
        with self._told(th="อ่านไฟล์แนบ", en="read an attachment"):
            return self._client.stream(path)

    def status(self, uid: str, root: str) -> Judged | None:
        """The validation status of one root, and who set it."""
        with self._told(th="อ่านสถานะการตรวจ (validation status) ", en="read a validation status"):
            path = f"{_asset(uid)}data/{_safe(root)}/validation_status/"
            answer = self._object(self._client.json("GET", path, params={"format": "json"}))
        return judged(answer)

    def set_status(self, uid: str, root: str, status: str) -> None:
        """Replaces the validation status of one root by this word; '' takes it away."""
        with self._told(th="ตั้งสถานะการตรวจ (validation status) ", en="set a validation status"):
            path = f"{_asset(uid)}data/{_safe(root)}/validation_status/"
            if status:
                self._client.json(
                    "PATCH", path, body={"validation_status.uid": f"{STATUS}{status}"}, again=True
                )
            else:
                self._client.request("DELETE", path, ok=(200, 204), again=True)

    def delete(self, uid: str, root: str) -> None:
        """Deletes one root with all that came with it; one that is gone stays so."""
        with self._told(th="ลบข้อมูลที่ส่งมา ", en="delete a submission"):
            path = f"{_asset(uid)}data/"
            found = self._client.json("GET", f"{path}{_safe(root)}/", params=_JSON, ok=(200, 404))
            number = self._object(found).get("_id")  # by which alone a deletion names a record
            if number is not None:
                self._client.request("DELETE", f"{path}{number}/", ok=(204, 404), again=True)

    # What an answer must be, and what a refusal means.

    def _openrosa(self, path: str, asked: Mapping[str, str]) -> etree._Element:
        with self._told(th="อ่านรายการแบบฟอร์ม", en="read the list of forms"):
            content = self._client.request("GET", path, params=asked).content
        try:
            return read_xml(content, max_bytes=_FORMS_LIST_BYTES)
        except BadInput as error:
            raise Transient(
                f"{self._name}: รายการแบบฟอร์มที่โทรศัพท์จะได้รับไม่ใช่ XML",
                f"{self._name}: the list of forms that phones get is no XML",
            ) from error

    def _listed(self, path: str, asked: Mapping[str, str]) -> list[Json]:
        """All pages of a list, each item once by its uid."""
        found: dict[str, Json] = {}
        while True:
            page = {**asked, "limit": "100", "start": str(len(found)), "format": "json"}
            answer = self._object(self._client.json("GET", path, params=page))
            new = {str(row.get("uid")): row for row in self._rows(answer) if str(row.get("uid")) not in found}
            found |= new
            if not new or len(found) >= self._count(answer):
                return [*found.values()]

    def _page(self, answer: Any) -> Page:
        said = self._object(answer)
        return Page(self._count(said), self._rows(said))

    def _object(self, answer: Any) -> Json:
        if not isinstance(answer, dict):
            raise self._other_software()
        return answer

    def _rows(self, answer: Json) -> list[Json]:
        rows = answer.get("results")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._other_software()
        return rows

    def _count(self, answer: Json) -> int:
        count = answer.get("count")
        if not isinstance(count, int):
            raise self._other_software()
        return count

    def _other_software(self) -> Terminal:
        return Terminal(
            f"{self._name}: ที่ {self._url} ไม่ใช่ KoboToolbox ให้ตั้ง `url` เป็นที่อยู่ที่ใช้จัดการโครงการ "
            "(kf. หรือ eu. ไม่ใช่ kc.)",
            f"{self._name}: what answers at {self._url} is no KoboToolbox; set `url` to the address at which "
            "its projects are managed (kf. or eu., not kc.)",
        )

    @contextmanager
    def _told(self, *, th: str, en: str) -> Iterator[None]:
        try:
            yield
        except Refused as error:
            refused = error
        else:
            return
        means = self._meaning(refused, Sentence(th, en))
        sentence = Sentence(f"{self._name}: {means.th}", f"{self._name}: {means.en}")
        raise Refused(sentence, refused.status, refused.code, refused.detail, refused.details)

    def _meaning(self, refused: Refused, what: Sentence) -> Sentence:
        if refused.status == 401:
            return Sentence(
                "เซิร์ฟเวอร์ไม่รับ API token นี้ ให้คัดลอกใหม่จากหน้า Security ของบัญชี",
                "the API token is not accepted; copy it again from the account's security page",
            )
        if refused.status == 403:
            return Sentence(
                f"บัญชีของ token นี้ไม่มีสิทธิ์{what.th}; {_SHARE.th}",
                f"the account of this token may not {what.en}; {_SHARE.en}",
            )
        said = refused.detail or f"HTTP {refused.status}"
        why = self._not_found() if refused.status == 404 else plain(said)
        return Sentence(f"{what.th}ไม่ได้: {why.th}", f"cannot {what.en}: {why.en}")

    def _not_found(self) -> Sentence:
        """KoboToolbox says 404 for what is deleted, for what is another's, and to whom it does not know."""
        try:
            me = self._client.json("GET", "/me/", params={"format": "json"}, ok=(200, 401, 403, 404))
        except (Terminal, Transient):
            me = None
        if not isinstance(me, dict) or not {"username", "detail", "message"} & me.keys():
            return Sentence(
                f"ไม่มี KoboToolbox ตอบที่ {self._url} ให้ตรวจ `url` ในการตั้งค่า",
                f"no KoboToolbox answers at {self._url}; check `url` in the settings",
            )
        if "username" not in me:
            return Sentence(
                f"เซิร์ฟเวอร์ไม่รู้จักบัญชีของโปรแกรม พร็อกซีหน้า {self._url} อาจตัด token ทิ้ง ให้ถามผู้ดูแลเซิร์ฟเวอร์",
                f"the server does not know us; a proxy before {self._url} may drop the token",
            )
        return Sentence(
            f"ไม่มีอยู่ที่นั่น หรือบัญชี {me['username']} ไม่มีสิทธิ์เห็น ให้ตรวจว่าถูกลบหรือโอนให้ผู้อื่นหรือไม่ ถ้าไม่ใช่ {_SHARE.th}",
            f"it is not there, or not for the account {me['username']}; was it deleted or given away? "
            f"Else {_SHARE.en}",
        )


def open_api(server: config.Server) -> Api:
    """The interface of a server of the settings; calls nobody. Raises Terminal where there is no token."""
    return Api(Client(server.url, Token(secret_of(server)), threads=server.connections), server)


def attachment_path(uid: str, row: int, attachment: str) -> str:
    """Where an attachment is, in its original size."""
    return f"{_asset(uid)}data/{row}/attachments/{_safe(attachment)}/"


def _asset(uid: str) -> str:
    return f"/api/v2/assets/{_safe(uid)}/"


def _safe(id_: str) -> str:
    """An id as a part of a path. Raises Terminal for what is none: it came from settings or from a server."""
    if _ID.fullmatch(id_) is None or set(id_) <= {"."}:
        raise Terminal(
            f"{id_[:100]!r} ไม่ใช่รหัสของ KoboToolbox ให้ตรวจชื่อโครงการหรือบัญชีที่ระบุไว้",
            f"{id_[:100]!r} is no id of KoboToolbox; check the project or account that was named",
        )
    return id_


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _text(node: etree._Element, name: str) -> str:
    return "".join(child.text or "" for child in at(node, (name,))).strip()
