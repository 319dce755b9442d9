"""The models of servers, made from recordings, served over HTTP on this machine."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest.mock import patch

from mochocho.settings.config import Server
from sync.central import source as central
from sync.kobo import source as kobo
from sync.sources.protocol import Source
from sync.web.client import Client, Patience
from sync.xform.parse import parse_instance
from tests.contract.servers.world import (
    DELETE,
    EDIT_THERE,
    FORMS,
    HIDE,
    OTHER_FORMS,
    PURGE,
    REFUSE_CONFLICTS,
    REMOVE,
    REPLACE,
    RESTORE,
    REVIEW,
    REVIVE,
    Filled,
    Stands,
    World,
    photo_names,
    sha256,
    stands,
    xform,
)
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.kobo import routes_records
from tests.models.kobo.app import KoboModel
from tests.models.serving import Served, call, serve
from xlsforms import names

KEY = "one"
PAGE = 4  # rows: a KoboToolbox of one's own may cap pages at any number


class ModelWorld(World):
    """A model behind HTTP. `meanwhile`: what is to happen just before the nth request from now."""

    kind: str
    threads = 3

    def __init__(self, folder: Path) -> None:
        self._running = ExitStack()
        self._running.enter_context(hurried())
        self.waiting: dict[int, Callable[[], object]] = {}
        self.requests = 0
        self.watch: Callable[[str, str], object] | None = None  # told of each request: method, target
        self.answered: dict[str, str] = {}  # request -> sha256 of what was last answered to it
        self.model = self.make_model()
        self.served: Served = self._running.enter_context(serve(self._answer))
        self._secret = folder / "secret"
        self.set_secret(self.secret())
        self.posted: dict[str, tuple[bytes, dict[str, bytes]]] = {}  # root -> its first version, as sent
        super().__init__(folder)

    def make_model(self) -> Any:
        raise NotImplementedError

    def secret(self) -> str:
        raise NotImplementedError

    def settings(self) -> tuple[Server, ...]:
        return (
            Server(
                key=KEY,
                kind=self.kind,  # type: ignore[arg-type]  # one of the two
                url=self.served.url,
                project=1,
                email=EMAIL,
                secret_file=self._secret,
                threads=self.threads,
                revalidate_days=365,
            ),
        )

    def set_secret(self, secret: str) -> None:
        self._secret.write_text(secret)
        self._secret.chmod(0o600)

    def meanwhile(self, requests: int, then: Callable[[], object]) -> None:
        self.waiting = {self.requests + requests: then}

    def close(self) -> None:
        super().close()
        self._running.close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.requests += 1
        method, target = environ["REQUEST_METHOD"], environ["REQUEST_URI"]
        if self.watch is not None:
            self.watch(method, target)
        if (then := self.waiting.pop(self.requests, None)) is not None:
            then()
        status, headers, content = call(self.model, environ)
        if status == 200:
            self.answered[f"{method} {target}"] = sha256(content)
        start(f"{status} {HTTPStatus(status).phrase}", headers)
        return [content]

    # The operations that both models have under the same name.

    def delete(self, root: str) -> None:
        self.model.delete(root)

    def late_photo(self, root: str, name: str, content: bytes) -> None:
        self.model.late_photo(root, name, content)

    def hide(self, root: str) -> None:
        self.model.hide(root)

    def show(self, root: str) -> None:
        self.model.show(root)

    def review(self, root: str) -> None:
        self.model.review(root, "approved")


class CentralWorld(ModelWorld):
    """ODK Central."""

    name, kind, has_trash = "central", "central", True
    can = frozenset(
        {OTHER_FORMS, DELETE, RESTORE, PURGE, REPLACE, REMOVE, REVIEW, HIDE, REVIVE, REFUSE_CONFLICTS}
    )
    model: CentralModel

    def make_model(self) -> CentralModel:
        model = CentralModel()
        for form_id in FORMS:
            model.publish(xform(form_id))
        self.officer = model.app_user("officer")
        return model

    def secret(self) -> str:
        return PASSWORD

    def make_source(self) -> Source:
        return central.make(self.home, self.settings()[0])

    def post(self, filled: Filled, xml: bytes, files: Mapping[str, bytes]) -> None:
        self.model.submit(xml, files, by=self.officer)
        if not filled.versions:
            self.posted[parse_instance(xml).instance_id] = (xml, dict(files))

    def newer_form(self, form_id: str, version: str) -> None:
        self.model.publish(xform(form_id, version))

    def post_encrypted(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        self.model.submit(xml, files, by=self.officer)

    def restore(self, root: str) -> None:
        self.model.restore(root)

    def purge(self, root: str) -> None:
        self.model.purge(root)

    def replace_photo(self, root: str, name: str, content: bytes) -> None:
        self.model.replace_photo(root, name, content)

    def remove_photo(self, root: str, name: str) -> None:
        self.model.remove_photo(root, name)

    def revive(self, root: str) -> None:
        self.model.submit(*self.posted[root], by=self.officer)
        revived(self.filled[root], self.posted[root][0])

    def truth(self) -> dict[str, Stands]:
        return {
            bare(one.root): stands(one.versions[-1], one.files)
            for form_id in FORMS
            for one in self.model.held(form_id).values()
            if not one.deleted
        }

    def versions(self) -> set[str]:
        return {
            parse_instance(xml).instance_id
            for form_id in FORMS
            for one in self.model.held(form_id).values()
            for xml in one.versions
            if not one.deleted
        }


class KoboWorld(ModelWorld):
    """KoboToolbox: no trash, the current version alone, and small pages."""

    name, kind = "kobo", "kobo"
    can = frozenset({OTHER_FORMS, DELETE, REMOVE, REVIEW, HIDE, REVIVE, EDIT_THERE, REFUSE_CONFLICTS})
    model: KoboModel

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._running.enter_context(patch.object(routes_records, "MOST_ROWS", PAGE))

    def make_model(self) -> KoboModel:
        model = KoboModel()
        self.uids = {form_id: model.add_form(xform(form_id)) for form_id in FORMS}
        return model

    def secret(self) -> str:
        return self.model.token

    def make_source(self) -> Source:
        return kobo.make(self.home, self.settings()[0])

    def post(self, filled: Filled, xml: bytes, files: Mapping[str, bytes]) -> None:
        if filled.versions:
            record = self.model.record(filled.root)
            files = {name: content for name, content in files.items() if record.live(name) is None}
        root = self.model.submit_ours(xml, files)
        if not filled.versions:
            self.posted[root] = (xml, dict(files))

    def newer_form(self, form_id: str, version: str) -> None:
        self.model.add_version(self.uids[form_id], xform(form_id, version))

    def post_encrypted(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        """Its form is named as the server names it."""
        uid = self.uids[names.APPLICATION]
        self.model.submit(xml.replace(names.APPLICATION.encode(), uid.encode()), files)

    def edit_there(self, root: str) -> None:
        made = self.model.edit_by_api(root, {"applicant_name": f"นางสมมติ {self._count()}"})
        self.filled[root].versions.append(made)

    def remove_photo(self, root: str, name: str) -> None:
        self.model.delete_attachment(root, name)

    def revive(self, root: str) -> None:
        self.model.resend(root)
        revived(self.filled[root], self.posted[root][0])

    def truth(self) -> dict[str, Stands]:
        return {
            root: stands(one.xml, one.files)
            for uid in self.uids.values()
            for root, one in self.model.held(uid).items()
        }


def revived(filled: Filled, xml: bytes) -> None:
    """From here on its phone edits the first version again."""
    filled.versions = filled.versions[:1]
    filled.file_names = tuple(photo_names(xml))


def bare(instance_id: str) -> str:
    return instance_id.removeprefix("uuid:")


@contextmanager
def hurried() -> Iterator[None]:
    """Clients try again at once, and a server is never left alone because it failed."""
    ticks = iter(range(0, 1 << 40, 1000))
    patience = Patience(sleep=lambda _seconds: None, clock=lambda: float(next(ticks)))
    with patch.dict(Client.__init__.__kwdefaults__, {"patience": patience}):
        yield
