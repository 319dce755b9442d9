"""Central's REST interface for one project: paths, the session, and its errors as ours."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from json import loads
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote

from pydantic import SecretStr

from mochocho.settings.config import Server
from mochocho.words.errors import Terminal, Transient
from mochocho.words.sentences import Sentence
from sync.web.again import Again
from sync.web.client import Client, Refused, Reply
from sync.web.secrets import secret_of

NOT_FOUND = "404.1"
TAKEN = "409.3"  # a name or id that is in use, possibly in the trash
IN_TRASH = "409.19"  # the id of an entity that is in a trash
VERSION_EXISTS = "409.6"
STALE_ENTITY = "409.15"
EXTENDED = {"X-Extended-Metadata": "true"}

T = TypeVar("T")

_NOBODY = "401.2"
_FORBIDDEN = "403.1"
_SESSIONS = "/v1/sessions"


def of(*names: str | int) -> str:
    """A path below the project, each name escaped: `of("forms", id)` -> `/forms/<id>`."""
    return "".join(f"/{quote(str(name), safe=':')}" for name in names)


class CentralSession:
    """Logs in with e-mail and password, and again when the token of 24 hours has ended."""

    def __init__(self, key: str, email: str, password: SecretStr) -> None:
        self._key = key
        self._email = email
        self._password = password
        self._token: SecretStr | None = None

    def headers(self, client: Client) -> Mapping[str, str]:
        """The session's bearer token. Raises Terminal when logging in fails, or this is not a Central."""
        if self._token is None:
            self._token = self._logged_in(client)
        return {"Authorization": f"Bearer {self._token.get_secret_value()}"}

    def refused(self, client: Client) -> bool:
        """Log in again: a token may have expired, or been ended."""
        self._token = self._logged_in(client)
        return True

    def _logged_in(self, client: Client) -> SecretStr:
        said = {"email": self._email, "password": self._password.get_secret_value()}
        try:
            answer = client.json("POST", _SESSIONS, body=said, again=True)
        except Refused as error:
            if error.code == _NOBODY:
                sentence = Sentence(
                    f"{self._key}: Central ไม่รู้จักอีเมลและรหัสผ่านนี้ ให้แก้ `email` หรือรหัสลับ",
                    f"{self._key}: Central does not know this e-mail and password; mend `email` or "
                    "the secret",
                )
            elif not error.code:
                sentence = no_central(self._key)
            else:
                sentence = Sentence(
                    f"{self._key}: Central ไม่ให้ใครเข้าใช้: {error.detail or error.code}",
                    f"{self._key}: Central lets nobody in: {error.detail or error.code}",
                )
            raise Terminal(*sentence) from None  # the request held the password
        token = answer.get("token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not token:
            raise Terminal(*no_central(self._key))
        return SecretStr(token)


def no_central(key: str) -> Sentence:
    """The sentence for a server that runs other software."""
    return Sentence(
        f"{key}: ที่อยู่ในการตั้งค่าไม่ใช่ ODK Central ให้ตรวจ `url`",
        f"{key}: the address in the settings is not that of an ODK Central; check `url`",
    )


class Central:
    """The calls of one project. Paths are relative to the project, as `of` makes them.

    Raises Refused with Central's code; Terminal when the project is gone, is not ours, or the server is no
    Central; Transient when it is away.
    """

    def __init__(self, server: Server) -> None:
        """Makes no request. Raises Terminal when the settings are incomplete."""
        if server.project is None or not server.email:
            raise Terminal(
                f"servers: {server.key}: Central ต้องมี `project` (เลขโครงการ) และ `email`",
                f"servers: {server.key}: a Central needs `project` (its number) and `email`",
            )
        session = CentralSession(server.source_key, server.email, secret_of(server))
        self.key = server.source_key
        self.project_number = server.project
        self.client = Client(_base(server.url), session, threads=server.connections)

    def url(self, path: str) -> str:
        """The path below the host."""
        return f"/v1/projects/{self.project_number}{path}"

    def json(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool | None = None,
        load: Callable[[bytes], Any] = loads,
    ) -> Any:
        """The JSON that Central answers, read by `load`."""
        try:
            return self.client.json(
                method,
                self.url(path),
                params=params,
                body=body,
                data=data,
                headers=headers,
                again=again,
                load=load,
            )
        except Refused as error:
            raise self._ours(error, method, path) from None

    def request(self, method: str, path: str, *, ok: Iterable[int] = (200,)) -> Reply:
        """An answer that is not JSON."""
        try:
            return self.client.request(method, self.url(path), ok=ok)
        except Refused as error:
            raise self._ours(error, method, path) from None

    def stream(self, path: str) -> BinaryIO:
        """A file, checked while it is read."""
        try:
            return self.client.stream(self.url(path))
        except Refused as error:
            raise self._ours(error, "GET", path) from None

    def found(self, path: str, *, method: str = "GET", params: Mapping[str, str] | None = None) -> Any | None:
        """As `json`, for calls that may be repeated; None where the project exists but this is not in it."""
        answer = self._maybe(method, path, params)
        if answer is None:
            self.project()
        return answer

    def rows(self, path: str, params: Mapping[str, str]) -> list[dict[str, Any]] | None:
        """All rows of an OData feed in one answer; None where there is no such feed, or no such project.

        In one answer, because pages are reliable only with a count: rows come and go between them, and after
        a purged row a page ends early. Raises Transient where the answer is incomplete.
        """
        return self.made(path, params, self.reading(path, lambda rows: rows))

    def made(self, path: str, params: Mapping[str, str], again: Again[T]) -> T | None:
        """As `rows`: what `again`, from `reading`, makes of them."""
        made: T | None = self._maybe("GET", path, params, again.load)
        return made

    def reading(self, path: str, make: Callable[[list[dict[str, Any]]], T]) -> Again[T]:
        """Reads the answers of the feed at `path`; `make` raises as `Again` says."""
        return Again(lambda answer: make(self._whole(path, answer)))

    def _whole(self, path: str, answer: Any) -> list[dict[str, Any]]:
        value = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise Terminal(*no_central(self.key))
        if "@odata.nextLink" in answer:
            raise Transient(
                f"{self.key}: Central ให้รายการของ {path} มาไม่ครบ",
                f"{self.key}: Central listed only a part of {path}",
            )
        return value

    def project(self) -> dict[str, Any]:
        """Central's description of the project, with our account's `verbs` there.

        Raises Terminal when it is gone or not ours.
        """
        try:
            answer = self.client.json("GET", self.url(""), headers=EXTENDED)
        except Refused as error:
            if error.code == NOT_FOUND:
                raise Terminal(
                    f"{self.key}: Central นี้ไม่มีโครงการ {self.project_number} (แล้ว) ให้ตรวจ `project` ในการตั้งค่า "
                    "หรือกู้คืนโครงการที่นั่น",
                    f"{self.key}: there is no project {self.project_number} on this Central (any more); "
                    "check `project` in the settings, or restore it there",
                ) from None
            raise self._ours(error, "GET", "") from None
        if not isinstance(answer, dict):
            raise Terminal(*no_central(self.key))
        return answer

    def end_session(self, token: str) -> None:
        """End a session; repeating it does no harm."""
        with suppress(Refused):
            self.client.request("DELETE", f"{_SESSIONS}{of(token)}", again=True)

    def _maybe(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        load: Callable[[bytes], Any] = loads,
    ) -> Any | None:
        try:
            return self.json(method, path, params=params, again=True, load=load)
        except Refused as error:
            if error.code != NOT_FOUND:
                raise
            return None

    def _ours(self, error: Refused, method: str, path: str) -> Terminal:
        """Refusals that a person can act on, as Terminal; every other one unchanged."""
        if not error.code and error.detail and error.status in (401, 403, 404, 405):
            return Terminal(*no_central(self.key))
        if error.code == _FORBIDDEN:
            doing = _doing(method, path)
            return Terminal(
                f"{self.key}: บัญชีนี้{doing.th}ในโครงการ {self.project_number} ไม่ได้ "
                "ให้ตั้งบัญชีเป็น Project Manager ที่นั่น",
                f"{self.key}: this account may not {doing.en} in project {self.project_number}; "
                "make it a Project Manager there",
            )
        if error.code == _NOBODY:
            return Terminal(
                f"{self.key}: Central ให้ออกจากระบบแล้ว และไม่ให้เข้าอีก",
                f"{self.key}: Central has ended this session and lets us in no more",
            )
        return error


def _doing(method: str, path: str) -> Sentence:
    """What was asked, in words: `change forms`."""
    area = path.strip("/").partition("/")[0].removesuffix(".svc")
    if method == "GET":
        return Sentence(f"อ่าน {area} ", f"read {area}") if area else Sentence("อ่านสิ่งใด", "read anything")
    return Sentence(f"แก้ไข {area} ", f"change {area}") if area else Sentence("แก้ไขสิ่งใด", "change anything")


def _base(url: str) -> str:
    return url.rstrip("/").removesuffix("/v1")
