"""KoboToolbox as a place to publish to.

It has no comments on submissions: what an officer is to do stands in `missing_th` of the applicants' list.
"""

import hashlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import select

from mochocho import config
from mochocho.db import reading, transaction
from mochocho.errors import Terminal, Transient
from mochocho.home import Home
from sync.kobo.api import Api, Json, open_api
from sync.kobo.media import (
    Rows,
    changed_rows,
    csv_of,
    hashes_of,
    offered,
    refuse_archived,
    replace_files,
    standing,
    wait_until_offered,
)
from sync.kobo.projects import Projects, settings_of
from sync.openrosa.officers import Officer
from sync.publish import accept_form
from sync.tables import PublishedForm, ServerForm, ServerList, ServerOfficer
from sync.targets import Published, ReviewState, What
from xlsforms import names
from xlsforms.built import BuiltForm, Profile
from xlsforms.lists import COLUMNS

STATUS = MappingProxyType(
    {
        ReviewState.APPROVED: "validation_status_approved",
        ReviewState.HAS_ISSUES: "validation_status_on_hold",
        ReviewState.REJECTED: "validation_status_not_approved",
    }
)
LOOKS = 60  # at an import or a deployment
PAUSE = 1.0  # seconds between two

_CHANGING = ""  # stands for the digest of a list while it is replaced
_LIST_FILE = re.compile(r'src="jr://file(?:-csv)?/([^"/]*)\.csv"')


def make(home: Home, server: config.Server) -> "KoboTarget":
    """The target of a server of the settings; calls nobody."""
    return KoboTarget(home, server, open_api(server))


@dataclass(frozen=True, slots=True)
class _Plan:
    """A form, and the project that is to hold it, as that stands; None: there is none yet."""

    form: BuiltForm
    sha256: str
    project: Json | None


class KoboTarget:
    """The projects of one account, one for each form."""

    profile: Profile = "kobo"

    def __init__(
        self, home: Home, server: config.Server, api: Api, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.key = server.source_key
        self._home = home
        self._server = server
        self._api = api
        self._projects = Projects(home, server, api)
        self._sleep = sleep

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """As the protocol says; a later version replaces the content of the same project.

        KoboToolbox keeps every submission and answer when a form changes. Data would be lost to us when the
        project is another form's or archived, or when one version would mean two contents: those are refused.
        """
        plans = [self._plan(form) for form in forms]
        return [self._carry_out(plan) for plan in plans]

    def put_list(self, name: str, rows: Rows) -> int:
        """As the protocol says; `put_lists` deploys once for several."""
        return self.put_lists({name: rows})[name]

    def put_lists(self, lists: Mapping[str, Rows]) -> dict[str, int]:
        """Replace these lists beside every form that reads them, each form deployed once for all of them.

        Returns how many rows of each were changed. Nothing is asked where nothing differs from the last time.
        Raises Transient when phones do not get them in time: the next call goes on from there.
        """
        users = self._users()
        files = {name: csv_of(name, rows) for name, rows in lists.items()}
        marks = {name: _mark(content, users, name) for name, content in files.items()}
        due = [name for name, mark in marks.items() if self._noted(name) != mark]
        counts = dict.fromkeys(lists, 0)
        self._note(dict.fromkeys((n for n in due if self._noted(n) is not None), _CHANGING))
        wanted_by = {uid: {f"{n}.csv": files[n] for n in due if n in used} for uid, used in users.items()}
        projects = {uid: self._listed_project(uid) for uid, wanted in wanted_by.items() if wanted}
        for uid, project in projects.items():
            for name, count in self._put_files(uid, project, wanted_by[uid]).items():
                counts[name] = max(counts[name], count)
        for uid in projects:  # the server works on all of them meanwhile
            wait_until_offered(self._api, uid, hashes_of(wanted_by[uid]), self._pause)
        self._note({name: marks[name] for name in due})
        return counts

    def lists_ready(self, name: str) -> bool:
        """Phones download a list anew after each replacement, so `lists_seconds` lie between two."""
        with reading(self._home.engine) as session:
            row = session.get(ServerList, (self.key, name))
        if row is None or row.sha256 == _CHANGING:
            return True
        since = datetime.now(UTC) - row.put_at
        return not timedelta(0) <= since < timedelta(seconds=self._server.lists_seconds)

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:  # noqa: ARG002
        """Sets the validation status where it differs.

        `comment` is not sent, for KoboToolbox has no place for it: officers read what is wanted in
        `missing_th` of the applicants' list.
        """
        uid = self._projects.named().get(form_id) or self._projects.deployed(form_id)
        if uid is None:
            raise Terminal(f"{self.key}: no project is the form {form_id}; publish the forms there")
        if self._api.status(uid, root) == STATUS[state]:
            return False
        self._api.set_status(uid, root, STATUS[state])
        return True

    def add_officer(self, officer: Officer) -> str:
        """Notes the account that the settings name for this officer. Returns the server's address, which has
        no secret: the officer logs in with the account's own password.

        Raises Terminal where the settings name none: accounts cannot be made from here.
        """
        account = self._server.accounts.get(str(officer.id))
        if account is None:
            raise Terminal(
                f"{self.key}: KoboToolbox lets nobody make accounts from outside; make one account, or one "
                "collector token, for this officer there, share the projects with it (add submissions), and "
                f'write it into the settings of this server: accounts = {{ "{officer.id}" = "name" }}'
            )
        if [*self._server.accounts.values()].count(account) > 1:
            raise Terminal(f"{self.key}: the account {account!r} is several officers'; each needs one alone")
        with transaction(self._home.engine) as session:
            session.merge(
                ServerOfficer(server=self.key, officer_id=officer.id, remote_id=account, revoked_at=None)
            )
        return self._server.url.rstrip("/")

    def move_officer(self, officer: Officer) -> None:
        """Nothing to do: the lists are whole there, and each form cuts them to a district."""

    def revoke_officer(self, officer_id: int) -> None:
        """Notes the end of an officer's access, once.

        Raises Terminal then, because only a person can end it there.
        """
        ours = (ServerOfficer.server == self.key) & (ServerOfficer.officer_id == officer_id)
        active = ServerOfficer.revoked_at.is_(None)
        with transaction(self._home.engine) as session:
            live = session.scalars(select(ServerOfficer).where(ours, active)).all()
            for row in live:
                row.revoked_at = datetime.now(UTC)
            account = ", ".join(row.remote_id for row in live)
        if not account:
            return
        raise Terminal(
            f"{self.key}: the account {account!r} is noted as revoked; take it out of the sharing of the "
            "projects on the server, which is not possible from outside"
        )

    # Forms.

    def _plan(self, form: BuiltForm) -> _Plan:
        """What is to be done with one form; changes nothing. Raises Terminal where it must not be done."""
        sha256 = hashlib.sha256(form.xform.encode()).hexdigest()
        with reading(self._home.engine) as session:
            row = session.get(ServerForm, (self.key, form.form_id, form.version))
        if row is not None and row.sha256 != sha256:
            raise Terminal(
                f"{self.key}: form {form.form_id} version {form.version} was published with another content; "
                "build it with a new version"
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
                f"{self.key}: the project {uid} is the form {is_form or 'unknown'}, not {form.form_id}; "
                "nothing is replaced; correct `forms` in the settings"
            )
        return _Plan(form, sha256, project)

    def _refuse_strange(self, form_id: str) -> None:
        uid = self._projects.deployed(form_id)
        if uid is not None:
            raise Terminal(
                f"{self.key}: the project {uid} is this form already and was not published from here; write "
                f'forms = {{ {form_id} = "{uid}" }} into the settings to go on with it, or archive it'
            )

    def _carry_out(self, plan: _Plan) -> Published:
        form, before = plan.form, plan.project
        accept_form(self._home, form)  # first: what is filled in it must be readable when it comes
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
        """Hand in the form and return the project that holds it."""
        task = self._api.send_form(form.form_id, form.xlsx, uid)
        for _ in range(LOOKS):
            said = self._api.sent_form(task)
            if said.get("status") in ("complete", "error"):
                break
            self._pause()
        else:
            raise Transient(f"{self.key}: the server is still reading the form {form.form_id}; publish again")
        messages = said.get("messages") or {}
        if said["status"] == "error":
            why = str(messages.get("error") or messages)[:300]
            raise Terminal(f"{self.key}: the server refuses the form {form.form_id}: {why}")
        made = [*messages.get("created", ()), *messages.get("updated", ())]
        project = self._api.project(
            uid or next((str(m["uid"]) for m in made if m.get("kind") == "asset"), "")
        )
        if _version(project) != form.version:
            raise Transient(f"{self.key}: the form {form.form_id} is not there yet; publish again")
        return project

    def _wait_deployed(self, uid: str, version: str) -> None:
        for _ in range(LOOKS):
            project = self._api.project(uid)
            if project.get("deployment__active") and project.get("deployed_version_id") == version:
                return
            self._pause()
        raise Transient(f"{self.key}: the project {uid} is not deployed yet; publish again")

    # Lists.

    def _users(self) -> dict[str, frozenset[str]]:
        """Project -> the lists that the form published there reads."""
        users = {}
        for form_id, (uid, version) in self._projects.published().items():
            with reading(self._home.engine) as session:
                row = session.get(PublishedForm, (form_id, version))
            xform = self._home.store.read(row.xform_sha256).decode() if row else ""
            users[uid] = frozenset(_LIST_FILE.findall(xform))
        return users

    def _listed_project(self, uid: str) -> Json:
        """A project whose lists may be replaced. Raises Terminal where deploying would do more."""
        project = self._api.project(uid)
        refuse_archived(project, self.key)
        if project.get("version_id") != project.get("deployed_version_id"):
            raise Terminal(
                f"{self.key}: the form of the project {uid} was changed and not deployed, so no list is put "
                "there; `mochocho forms publish` sets it right"
            )
        return project

    def _put_files(self, uid: str, project: Json, wanted: Mapping[str, bytes]) -> dict[str, int]:
        """Replace what differs and deploy; list -> how many rows were changed."""
        there = standing(self._api, uid)
        counts = {}
        for file, content in wanted.items():
            before = self._api.file(uid, there[file][0]) if file in there else None
            counts[file.removesuffix(".csv")] = changed_rows(before, content)
        if replace_files(self._api, uid, there, wanted) or not offered(self._api, uid, hashes_of(wanted)):
            self._api.deploy(uid, str(project["version_id"]), again=True)
        return counts

    def _noted(self, name: str) -> str | None:
        with reading(self._home.engine) as session:
            row = session.get(ServerList, (self.key, name))
            return row.sha256 if row else None

    def _note(self, marks: Mapping[str, str]) -> None:
        with transaction(self._home.engine) as session:
            for name, mark in marks.items():
                row = session.get(ServerList, (self.key, name))
                if row is None:
                    row = ServerList(server=self.key, name=name, overruled=0)
                    session.add(row)
                row.sha256 = mark
                row.put_at = datetime.now(UTC)

    def _pause(self) -> None:
        self._sleep(PAUSE)


def _version(project: Json) -> object:
    """Ours, which stands in the settings of the form."""
    return settings_of(project).get("version")


def _put_media(api: Api, form: BuiltForm, project: Json) -> tuple[dict[str, str], bool]:
    """Name -> hash of the files that the form reads, and whether one was put there.

    A list that is filled there is not emptied by the form's empty one.
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


def _mark(content: bytes, users: Mapping[str, frozenset[str]], name: str) -> str:
    """Names the rows and where they belong: a form published since has none of them yet."""
    digest = hashlib.sha256(content)
    for uid in sorted(uid for uid, used in users.items() if name in used):
        digest.update(f"\n{uid}".encode())
    return digest.hexdigest()
