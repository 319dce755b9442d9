"""The doctor's checks of ODK Central and KoboToolbox:
whether they answer, let us in, and are the right ones.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from pydantic import SecretStr

from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.looking import looked
from mochocho.app.migrations import migrate
from mochocho.app.reachability import on_a_local_network
from mochocho.settings.config import Server, Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import MochochoError, Transient
from mochocho.words.sentences import Sentence
from sync.pull.registry import servers
from sync.targets import server_target

_LATER = Sentence("ข้อมูลบนเซิร์ฟเวอร์จะดึงเมื่อติดต่อได้อีก", "what it holds is fetched when it is back")
_MEND = Sentence("แก้เซิร์ฟเวอร์นี้ใน [[servers]]", "mend this server in [[servers]]")


def examine(settings: Settings) -> Iterator[Check]:
    """One check per server; none without servers."""
    if not settings.servers:
        return
    twice = [key for key, times in Counter(server.key for server in settings.servers).items() if times > 1]
    if twice:
        keys = ", ".join(twice)
        yield Check(
            "servers",
            "fail",
            Sentence(f"ใช้ key ซ้ำ: {keys}", f"key used twice: {keys}"),
            Sentence("ตั้ง key ของแต่ละเซิร์ฟเวอร์ไม่ให้ซ้ำกัน", "give every server a key of its own"),
        )
        return
    if not settings.cycle_open:
        yield Check(
            "servers",
            "warn",
            Sentence("ปิดรอบแล้ว จึงไม่ตรวจเซิร์ฟเวอร์ใด", "the cycle is closed: no server is looked at"),
            Sentence("ดู `cycle_open`", "see `cycle_open`"),
        )
        return
    yield from _asked(settings)


def _asked(settings: Settings) -> Iterator[Check]:
    with _ready(settings) as home:
        for server, source in zip(settings.servers, servers(home), strict=True):
            try:
                source.hint()
                target = server_target(home, server)
                remarks, used = target.remarks(), target.used()
            except Transient as error:
                yield Check(source.key, "warn", error.said, _LATER)
            except MochochoError as error:
                yield Check(source.key, "fail", error.said, _MEND)
            else:
                yield _address(source.key, server)
                if used:
                    yield Check(source.key, "ok", used)
                yield from (Check(source.key, "warn", one.found, one.advice) for one in remarks)


@contextmanager
def _ready(settings: Settings) -> Iterator[Home]:
    """The home; if it is not ready, a temporary empty one, since nothing may be changed."""
    with TemporaryDirectory(prefix="mochocho-doctor-") as folder:
        if not _at_newest(settings.url):
            settings = settings.model_copy(
                update={
                    "home": Path(folder),
                    "database_url": SecretStr(""),
                    "database_password": SecretStr(""),
                }
            )
        home = open_home(settings)
        try:
            migrate.upgrade(home.engine)
            yield home
        finally:
            home.engine.dispose()


def _at_newest(url: str) -> bool:
    return looked(url, lambda session: migrate.current(session.connection())) == migrate.newest()


def _address(key: str, server: Server) -> Check:
    url, parts = server.url, urlsplit(server.url)
    if parts.scheme == "http" and not on_a_local_network(parts.hostname or ""):
        return Check(
            key,
            "warn",
            Sentence(f"{url} ให้เข้าใช้ได้ แต่ไม่เข้ารหัส", f"{url} lets us in, unencrypted"),
            Sentence("ใช้ https เพราะส่งรหัสผ่านไปด้วย", "use https: the password is sent"),
        )
    return Check(key, "ok", Sentence(f"{url} ให้เข้าใช้ได้", f"{url} lets us in"))
