"""Which KoboToolbox project, by its uid, holds which of our forms."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import select

from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from sync.kobo.api import Api, Json
from sync.publish.protocol import Remark
from sync.tables import Seen, ServerForm
from sync.web.client import Refused
from xlsforms import names

# Each says what a project's state is; the sentence begins with the project's name.
GONE = Remark(
    Sentence("ไม่มีแล้ว หรือไม่ได้แบ่งปันให้บัญชีนี้แล้ว", "is not there, or not shared with us any more"),
    Sentence(
        "ให้ผู้ดูแลเซิร์ฟเวอร์กู้คืน หรือนำแบบฟอร์มขึ้นเป็นโครงการใหม่เอง แล้วระบุโครงการนั้นใน `forms` ของการตั้งค่า",
        "have whoever runs the server restore it, or upload the form as a new project by hand and name "
        "that in `forms` of the settings",
    ),
)
ARCHIVED = Remark(
    Sentence("ถูกเก็บเข้าคลัง โทรศัพท์จึงส่งไม่ได้", "is archived, so phones can send nothing"),
    Sentence("ให้ยกเลิกการเก็บเข้าคลัง (Unarchive) ที่นั่น", "unarchive it there"),
)
NOT_DEPLOYED = Remark(
    Sentence("ถูกแก้ที่นั่นและยังไม่ได้ Deploy", "was changed there and not deployed"),
    Sentence("ให้สั่ง `mochocho forms publish` เพื่อแก้กลับ", "`mochocho forms publish` sets it right"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Form id -> project, for the existing forms; and what to do about those that existed once."""

    uids: dict[str, str]
    lost: dict[str, Sentence]


class Projects:
    """Finds projects: named in the settings, published by us, or found by the id of their form."""

    def __init__(self, home: Home, server: config.Server, api: Api) -> None:
        if unknown := sorted(server.forms.keys() - set(names.FORMS)):
            raise Terminal(
                f"{server.key}: forms: {unknown[0]!r} ไม่ใช่แบบฟอร์มของโปรแกรมนี้ ซึ่งมี {', '.join(names.FORMS)}",
                f"{server.key}: forms: {unknown[0]!r} is none of our forms: {', '.join(names.FORMS)}",
            )
        self._home = home
        self._server = server
        self._key = server.source_key
        self._api = api
        self._settings: dict[tuple[str, str], Json] = {}  # of each version of a project, read once
        self._seeing_all: set[str] = set()  # projects whose every submission the account may view

    def named(self) -> dict[str, str]:
        """Form id -> uid, of projects named in the settings or published by us."""
        query = select(ServerForm.form_id, ServerForm.remote_id).where(ServerForm.server == self._key)
        with reading(self._home.engine) as session:
            known = dict(session.execute(query.order_by(ServerForm.published_at)).all())
        return {**known, **self._server.forms}

    def state(self, uid: str) -> Remark | None:
        """What is wrong with a project; None for one that works."""
        try:
            project = self._api.project(uid)
        except Refused as error:
            if error.status != 404:
                raise
            return GONE
        if project.get("has_deployment") and not project.get("deployment__active"):
            return ARCHIVED
        return None if project.get("version_id") == project.get("deployed_version_id") else NOT_DEPLOYED

    def published(self) -> dict[str, tuple[str, str]]:
        """Form id -> (uid, the version we last published)."""
        query = select(ServerForm.form_id, ServerForm.version).where(ServerForm.server == self._key)
        with reading(self._home.engine) as session:
            versions = dict(session.execute(query.order_by(ServerForm.published_at)).all())
        uids = self.named()
        return {form_id: (uids[form_id], version) for form_id, version in versions.items()}

    def all(self) -> Found:
        """Every form that exists there or existed once."""
        found, lost = self.named(), dict[str, Sentence]()
        unknown = [form_id for form_id in names.FORMS if form_id not in found]
        listed = self._api.surveys() if unknown else []
        for form_id in unknown:
            try:
                uid = self._deployed(form_id, listed)
            except Terminal as error:  # several projects hold the form
                lost[form_id] = error.said
                continue
            if uid is not None:
                found[form_id] = uid
            elif self._held(form_id):
                lost[form_id] = self._nowhere(form_id)
        return Found({form_id: found[form_id] for form_id in names.FORMS if form_id in found}, lost)

    def need_all(self, uid: str) -> None:
        """Raises Terminal for an account that sees only some submissions: the others would seem deleted."""
        if uid not in self._seeing_all:
            self._project(uid)
            if uid not in self._seeing_all:
                raise Terminal(
                    f"{self._key}: บัญชีของ token ดูข้อมูลที่ส่งเข้าโครงการ {uid} ได้ไม่ครบทุกแบบ "
                    "ให้แบ่งปันด้วยสิทธิ์ `View submissions` ไม่ใช่เฉพาะของบางคน",
                    f"{self._key}: the token's account may not view every submission of the project {uid}; "
                    "share it with `View submissions`, not only those of some people",
                )

    def gone(self, form_id: str, uid: str) -> Sentence:
        """What to do about a project that was known and is not found any more."""
        return Sentence(
            f"{self._key}: โครงการ {uid} ของแบบฟอร์ม {form_id} ถูกลบจาก KoboToolbox หรือไม่ได้แชร์ให้บัญชีนี้แล้ว "
            "ข้อมูลที่รับไว้ยังอยู่และยังนับ ให้แชร์อีกครั้ง หรือให้ผู้ดูแลเซิร์ฟเวอร์กู้คืน ถ้ากู้ไม่ได้ "
            "ให้สร้างโครงการใหม่จากแบบฟอร์มนั้นด้วยมือ แล้วใส่ไว้ใน `forms` ของการตั้งค่า",
            f"{self._key}: the project {uid} of the form {form_id} was deleted from KoboToolbox, or is not "
            "shared with this account any more; what came from it is kept and counts. Share it again, or "
            "have whoever runs the server restore it; failing that, upload the form as a new project by "
            "hand and name that in `forms` of the settings",
        )

    def _nowhere(self, form_id: str) -> Sentence:
        return Sentence(
            f"{self._key}: ไม่มีโครงการใดเป็นแบบฟอร์ม {form_id} แล้ว ทั้งที่เคยมีข้อมูลส่งเข้ามา "
            "ข้อมูลที่รับไว้ยังอยู่และยังนับ ให้ใส่โครงการไว้ใน `forms` ของการตั้งค่า หรือแชร์ให้บัญชีของ token อีกครั้ง",
            f"{self._key}: no project is the form {form_id} any more, and its submissions were here; what "
            "came is kept and counts. Name the project in `forms` of the settings, or share it again with "
            "the token's account",
        )

    def deployed(self, form_id: str) -> str | None:
        """The deployed project that holds this form. Raises Terminal where there are several."""
        return self._deployed(form_id, self._api.surveys())

    def unfinished(self, form_id: str, version: str) -> str | None:
        """The project with exactly this version, deployed or not, as an interrupted publication leaves it."""
        ours = self._of(form_id, self._api.surveys())
        return self._only(
            form_id, [one for one in ours if self._settings[_version(one)].get("version") == version]
        )

    def _deployed(self, form_id: str, listed: Sequence[Json]) -> str | None:
        return self._only(
            form_id, self._of(form_id, [one for one in listed if one.get("deployment__active")])
        )

    def _only(self, form_id: str, found: list[Json]) -> str | None:
        if len(found) > 1:
            uids = ", ".join(sorted(str(one["uid"]) for one in found))
            raise Terminal(
                f"{self._key}: มีหลายโครงการเป็นแบบฟอร์ม {form_id}: {uids} "
                "ให้ระบุโครงการเดียวใน `forms` ของการตั้งค่า หรือเก็บโครงการอื่นเข้าคลัง (Archive)",
                f"{self._key}: several projects are the form {form_id}: {uids}; name one in `forms` of the "
                "settings, or archive the others",
            )
        return str(found[0]["uid"]) if found else None

    def _of(self, form_id: str, listed: Sequence[Json]) -> list[Json]:
        unread = [one for one in listed if _version(one) not in self._settings]
        # the list of projects does not include the settings
        with ThreadPoolExecutor(self._server.connections) as pool:
            said = dict(zip(map(_version, unread), pool.map(self._read, unread), strict=True))
        self._settings |= said
        return [one for one in listed if self._settings[_version(one)].get("id_string") == form_id]

    def _read(self, listed: Json) -> Json:
        return settings_of(self._project(str(listed.get("uid"))))

    def _project(self, uid: str) -> Json:
        project = self._api.project(uid)
        if "view_submissions" in {one.get("codename") for one in project.get("effective_permissions") or ()}:
            self._seeing_all.add(uid)
        return project

    def _held(self, form_id: str) -> bool:
        query = select(Seen.root_id).where(
            Seen.source == self._key, Seen.root_id.startswith(f"{form_id}/", autoescape=True)
        )
        with reading(self._home.engine) as session:
            return session.scalar(query.where(Seen.state == "live").limit(1)) is not None


def _version(listed: Json) -> tuple[str, str]:
    return str(listed.get("uid")), str(listed.get("version_id"))


def settings_of(project: Json) -> Json:
    """The settings sheet of a project's form; projects made in the browser have none."""
    content = project.get("content")
    settings = content.get("settings") if isinstance(content, dict) else None
    return settings if isinstance(settings, dict) else {}
