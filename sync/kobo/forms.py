"""Publishing forms as KoboToolbox projects: one each; refusals come before any change."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from sync.kobo.api import Api, Json
from sync.kobo.media import hashes_of, offered, refuse_archived, replace_files, standing, wait_until_offered
from sync.kobo.projects import Projects, settings_of
from sync.publish.protocol import Published, What
from sync.publish.published import accept_form
from sync.tables import ServerForm
from xlsforms import names
from xlsforms.built import BuiltForm
from xlsforms.list_columns import COLUMNS

LOOKS = 60  # checks of an import or a deployment, with a pause between two


@dataclass(frozen=True, slots=True)
class _Plan:
    """A form, and the present project that is to hold it; None: there is none yet."""

    form: BuiltForm
    sha256: str
    project: Json | None


class ProjectForms:
    """The forms of one server."""

    def __init__(self, key: str, home: Home, api: Api, projects: Projects, pause: Callable[[], None]) -> None:
        self.key = key
        self._home = home
        self._api = api
        self._projects = projects
        self._pause = pause

    def put(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """Publish these; a later version replaces the content of the same project.

        KoboToolbox keeps every submission and answer when a form changes. Refused, because data would be lost
        to us, are a project that holds another form or is archived, and one version with two contents.
        """
        plans = [self._plan(form) for form in forms]
        return [self._carry_out(plan) for plan in plans]

    def _plan(self, form: BuiltForm) -> _Plan:
        """What to do with one form; changes nothing. Raises Terminal where it must not be published."""
        sha256 = hashlib.sha256(form.xform.encode()).hexdigest()
        with reading(self._home.engine) as session:
            row = session.get(ServerForm, (self.key, form.form_id, form.version))
        if row is not None and row.sha256 != sha256:
            raise Terminal(
                f"{self.key}: แบบฟอร์ม {form.form_id} รุ่น {form.version} เผยแพร่ไปแล้วด้วยเนื้อหาอื่น "
                "ให้สร้างแบบเป็นรุ่นใหม่",
                f"{self.key}: form {form.form_id} version {form.version} was published with another content; "
                "build it with a new version",
            )
        uid = self._projects.named().get(form.form_id)
        uid = uid or self._projects.unfinished(form.form_id, form.version)
        if uid is None:
            self._refuse_strange(form.form_id)
            return _Plan(form, sha256, None)
        project = self._api.project(uid)
        refuse_archived(project, self.key)
        is_form = settings_of(project).get("id_string")
        if is_form != form.form_id:
            raise Terminal(
                f"{self.key}: โครงการ {uid} เป็นแบบฟอร์ม {is_form or '–'} ไม่ใช่ {form.form_id} จึงไม่เปลี่ยนสิ่งใด "
                "ให้แก้ `forms` ในการตั้งค่า",
                f"{self.key}: the project {uid} is the form {is_form or '–'}, not {form.form_id}; "
                "nothing is replaced; correct `forms` in the settings",
            )
        return _Plan(form, sha256, project)

    def _refuse_strange(self, form_id: str) -> None:
        uid = self._projects.deployed(form_id)
        if uid is not None:
            raise Terminal(
                f"{self.key}: โครงการ {uid} เป็นแบบฟอร์มนี้อยู่แล้วแต่ไม่ได้เผยแพร่จากที่นี่ ถ้าจะใช้ต่อให้เขียน "
                f'forms = {{ {form_id} = "{uid}" }} ในการตั้งค่า มิฉะนั้นให้เก็บโครงการนั้นเข้าคลัง (Archive)',
                f"{self.key}: the project {uid} is this form already and was not published from here; write "
                f'forms = {{ {form_id} = "{uid}" }} into the settings to go on with it, or archive it',
            )

    def _carry_out(self, plan: _Plan) -> Published:
        form, before = plan.form, plan.project
        accept_form(self._home, form)  # first, so that what is filled in with it can be read when it comes
        project = before
        if project is None or _version(project) != form.version:
            project = self._send(form, None if project is None else str(project["uid"]))
        uid = str(project["uid"])
        marks, moved = _put_media(self._api, form, project)
        deployed = project.get("deployed_version_id") == project["version_id"]
        if moved or not deployed or not offered(self._api, uid, marks):
            self._api.deploy(uid, str(project["version_id"]), again=bool(project.get("has_deployment")))
            self._wait_deployed(uid, str(project["version_id"]))
            wait_until_offered(self._api, uid, marks, self._pause)
        with transaction(self._home.engine) as session:
            known = session.get(ServerForm, (self.key, form.form_id, form.version))
            session.merge(
                ServerForm(
                    server=self.key,
                    form_id=form.form_id,
                    version=form.version,
                    remote_id=uid,
                    sha256=plan.sha256,
                    published_at=datetime.now(UTC),
                )
            )
        nothing = known is not None and project is before and deployed and not moved
        return Published(form.form_id, form.version, _what(before, nothing=nothing))

    def _send(self, form: BuiltForm, uid: str | None) -> Json:
        """Send the form and return the project that holds it."""
        task = self._api.send_form(form.form_id, form.xlsx, uid)
        for _ in range(LOOKS):
            said = self._api.sent_form(task)
            if said.get("status") in ("complete", "error"):
                break
            self._pause()
        else:
            raise Transient(
                f"{self.key}: เซิร์ฟเวอร์ยังอ่านแบบฟอร์ม {form.form_id} ไม่เสร็จ ให้เผยแพร่อีกครั้ง",
                f"{self.key}: the server is still reading the form {form.form_id}; publish again",
            )
        messages = said.get("messages") or {}
        if said["status"] == "error":
            why = str(messages.get("error") or messages)[:300]
            raise Terminal(
                f"{self.key}: เซิร์ฟเวอร์ไม่รับแบบฟอร์ม {form.form_id}: {why}",
                f"{self.key}: the server refuses the form {form.form_id}: {why}",
            )
        made = [*messages.get("created", ()), *messages.get("updated", ())]
        project = self._api.project(
            uid or next((str(m["uid"]) for m in made if m.get("kind") == "asset"), "")
        )
        if _version(project) != form.version:
            raise Transient(
                f"{self.key}: แบบฟอร์ม {form.form_id} ยังไม่ขึ้นที่นั่น ให้เผยแพร่อีกครั้ง",
                f"{self.key}: the form {form.form_id} is not there yet; publish again",
            )
        return project

    def _wait_deployed(self, uid: str, version: str) -> None:
        for _ in range(LOOKS):
            project = self._api.project(uid)
            if project.get("deployment__active") and project.get("deployed_version_id") == version:
                return
            self._pause()
        raise Transient(
            f"{self.key}: โครงการ {uid} ยังเผยแพร่ (Deploy) ไม่เสร็จ ให้เผยแพร่อีกครั้ง",
            f"{self.key}: the project {uid} is not deployed yet; publish again",
        )


def _version(project: Json) -> object:
    """Our version, from the settings of the form."""
    return settings_of(project).get("version")


def _put_media(api: Api, form: BuiltForm, project: Json) -> tuple[dict[str, str], bool]:
    """Name -> hash of the files that the form reads, and whether one was added.

    A filled list there is not replaced by the form's empty one.
    """
    uid = str(project["uid"])
    there = standing(api, uid)
    filled = {f"{name}.csv" for name in COLUMNS.keys() - {names.VILLAGES}} & there.keys() & form.media.keys()
    wanted = {name: content for name, content in form.media.items() if name not in filled}
    moved = replace_files(api, uid, there, wanted)
    return {**hashes_of(wanted), **{name: there[name][1] for name in filled}}, moved


def _what(before: Json | None, *, nothing: bool) -> What:
    if nothing:
        return "same"
    return "updated" if before is not None and before.get("has_deployment") else "new"
