"""Database and broker addresses as people paste them, normalised for the programs that read them. Pure."""

import re
from urllib.parse import quote, unquote

from mochocho.words.errors import Unsuitable
from mochocho.words.sentences import Sentence

POSTGRESQL = "postgresql+psycopg"
_DATABASES = {
    "postgres",
    "postgresql",
    "psql",
    "postgresql+psycopg2",
    "postgresql+psycopg",
    "postgres+psycopg",
}
_BROKERS = {"redis", "rediss"}  # rediss: over TLS
# A password may hold anything, even an @: it ends before the first @ that is followed by a host's address.
_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+]{0,30})://"
    r"(?:(?P<user>[^:/]*?)(?::(?P<password>.*?))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*)(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/(?P<path>[^?#@/]*))?(?P<query>\?[A-Za-z0-9_.]+=[^&\s]*(?:&[A-Za-z0-9_.]+=[^&\s]*)*)?",
    re.DOTALL,
)
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")  # a percent sign that does not begin an escape
_DATABASE_LIKE = Sentence(
    "ให้เขียนแบบ postgresql+psycopg://ผู้ใช้:รหัสผ่าน@เครื่อง:5432/ชื่อฐานข้อมูล",
    "write it like postgresql+psycopg://user:password@host:5432/database",
)
_BROKER_LIKE = Sentence(
    "ให้เขียนแบบ redis://:รหัสผ่าน@เครื่อง:6379/0 (rediss:// เมื่อเข้ารหัส)",
    "write it like redis://:password@host:6379/0 (rediss:// where it is encrypted)",
)


def database(url: str, password: str = "") -> str:
    """The SQLAlchemy URL; `password` where the URL has none. Raises Unsuitable."""
    url = _bare(url)
    if not url or url.startswith("sqlite"):
        return url
    return _spelled(_parts(url, _DATABASES, _DATABASE_LIKE), POSTGRESQL, password)


def broker(url: str, password: str = "") -> str:
    """The URL of Redis as kombu reads it. Raises Unsuitable.

    Over TLS the certificate is verified unless the URL says otherwise; kombu's default is not to.
    """
    url = _bare(url)
    if not url:
        return url
    parts = _parts(url, _BROKERS, _BROKER_LIKE)
    if not parts["host"]:
        raise Unsuitable(f"ไม่มีชื่อเครื่อง {_BROKER_LIKE.th}", f"there is no host; {_BROKER_LIKE.en}")
    scheme, query = parts["scheme"].lower(), parts["query"] or ""
    if scheme == "rediss" and "ssl_cert_reqs=" not in query:
        parts["query"] = f"{query}{'&' if query else '?'}ssl_cert_reqs=required"
    return _spelled(parts, scheme, password)


def _bare(url: str) -> str:
    """The address without quotation marks and other text pasted with it."""
    return url.strip().strip("\"'").strip()


def _parts(url: str, schemes: set[str], like: Sentence) -> dict[str, str]:
    found = _URL.fullmatch(url)
    if found is None:
        raise Unsuitable(f"อ่านที่อยู่ไม่ได้ {like.th}", f"this is no address; {like.en}")
    if found["scheme"].lower() not in schemes:
        raise Unsuitable(
            f"ไม่รู้จัก “{found['scheme']}://” {like.th}", f"“{found['scheme']}://” is not known; {like.en}"
        )
    if int(found["port"] or 1) not in range(1, 65_536):
        raise Unsuitable(f"เลขพอร์ตต้องอยู่ระหว่าง 1 ถึง 65535 {like.th}", f"a port is from 1 to 65535; {like.en}")
    return found.groupdict()


def _spelled(parts: dict[str, str], scheme: str, password: str) -> str:
    """The normalised URL. `password` is taken literally; one inside the URL may have escapes (%40)."""
    user = quote(_uncoded(parts["user"] or ""), safe="")
    secret = quote(_uncoded(parts["password"]) if parts["password"] else password, safe="")
    who = f"{user}{':' if secret else ''}{secret}@" if user or secret else ""
    port = f":{parts['port']}" if parts["port"] else ""
    path = "" if parts["path"] is None else f"/{parts['path']}"
    return f"{scheme}://{who}{parts['host']}{port}{path}{parts['query'] or ''}"


def _uncoded(text: str) -> str:
    return unquote(_PERCENT.sub("%25", text))
