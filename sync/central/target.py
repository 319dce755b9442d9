"""ODK Central as a target: forms, app users, and reviews."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import select, update

from mochocho.settings import config
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from mochocho.words.model import ReviewState
from mochocho.words.sentences import Sentence
from sync.central import access, obstacles
from sync.central.api import NOT_FOUND, Central, of
from sync.central.forms import LISTS, Forms
from sync.central.lists import Lists
from sync.officers import Officer
from sync.publish.protocol import Published, Remark
from sync.publish.published import accept_form
from sync.tables import ServerForm, ServerOfficer
from sync.web.client import Refused
from xlsforms.built import BuiltForm, Profile

APP_USER = "app-user"  # the role of phones
LONGEST_NAME = 64  # characters in an app user's name

_MARK = re.compile(r"\[[^\[\]]+\]\s*\Z")


class CentralTarget:
    """One project of one Central.

    The XForm that we built is uploaded, not the workbook: so every server has the very same form, whatever
    pyxform it has. `mochocho forms build` writes the workbook for people.
    """

    profile: Profile = "odk"
    of_lists: Sentence | None = None  # entities

    def __init__(self, home: Home, server: config.Server) -> None:
        self.key = server.source_key
        self._home = home
        self._server = server

    @cached_property
    def _central(self) -> Central:
        return Central(self._server)

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """As in the protocol. Raises Terminal for an encrypted project, which we could not read."""
        if self._central.project().get("keyId") is not None:
            raise Terminal(
                f"{self.key}: โครงการนี้เข้ารหัสสิ่งที่โทรศัพท์ส่ง จะไม่มีใครอ่านได้ที่นี่ ให้ใช้โครงการที่ไม่เข้ารหัส",
                f"{self.key}: this project encrypts what phones send, and nobody could read it here; "
                "use a project without encryption",
            )
        published = Forms(self._central)
        planned = [(form, published.what(form)) for form in forms]  # all checks before the first change
        lists = Lists(self._home, self.key, self._central)
        for name in LISTS:
            lists.make(name)
        access.apply(self._central)
        for form, what in planned:
            # first, so that what is filled in with it can be read when it comes
            accept_form(self._home, form)
            if what != "same":
                published.publish(form, new=what == "new")
            self._record(form)
        self._let_in([form.form_id for form in forms])
        return [Published(form.form_id, form.version, what) for form, what in planned]

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        """As in the protocol. Villages are published with the forms only."""
        if name not in LISTS:
            return 0
        return Lists(self._home, self.key, self._central).put(name, rows)

    def lists_ready(self, name: str) -> bool:  # noqa: ARG002 - the protocol's
        """True: entities change one by one."""
        return True

    def remarks(self) -> list[Remark]:
        """As in the protocol: our account's permissions, an archived project, closed forms."""
        return obstacles.remarks(self._central, self._published_ids())

    def used(self) -> Sentence | None:
        """None: Central tells its size to site administrators only."""
        return None

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:
        """As in the protocol; the comment first, so that nobody sees a state without its reason."""
        path = of("forms", form_id, "submissions", f"uuid:{root}")
        submission = self._central.found(path)
        if submission is None:
            raise Transient(
                f"{self.key}: {form_id}/{root} ถูกลบที่นั่นแล้ว การดูครบครั้งถัดไปจะบอก",
                f"{self.key}: {form_id}/{root} was deleted there; the next sweep will say so",
            )
        mark = _mark(comment)
        comments = self._central.json("GET", f"{path}{of('comments')}")
        # Newest first. Only our latest comment counts: one that was withdrawn and holds again is posted
        # again.
        ours = (_mark(one.get("body") or "") for one in comments)
        said = next((m for m in ours if m.startswith(mark.partition(" ")[0])), None) == mark
        if not said:
            self._central.json("POST", f"{path}{of('comments')}", body={"body": comment})
        stands = _stands(submission.get("reviewState"), state)
        if not stands:
            wanted = None if state is ReviewState.RECEIVED else state.value
            self._central.json("PATCH", path, body={"reviewState": wanted}, again=True)
        return not (said and stands)

    def erase(self, form_id: str, root: str) -> None:
        """As in the protocol; Central keeps it in its trash for 30 days."""
        self._central.found(of("forms", form_id, "submissions", f"uuid:{root}"), method="DELETE")

    def erase_row(self, name: str, row: str) -> None:
        """As in the protocol; Central keeps it in its trash for 30 days."""
        self._central.found(of("datasets", name, "entities", row), method="DELETE")

    def add_officer(self, officer: Officer) -> str:
        """As in the protocol: an app user, who may fill in our forms and sees the officer's districts.

        The former app user ends; what it sent stays the officer's.
        """
        number = f" ({officer.id})"
        shown = officer.name[: LONGEST_NAME - len(number)] + number
        made = self._central.json("POST", of("app-users"), body={"displayName": shown})
        self.revoke_officer(officer.id)
        row = ServerOfficer(server=self.key, officer_id=officer.id, remote_id=str(made["id"]))
        with transaction(self._home.engine) as session:
            session.merge(row)
        self.move_officer(officer)
        self._let_in(self._published_ids())
        base = self._server.url.rstrip("/").removesuffix("/v1")
        return f"{base}/v1/key/{made['token']}/projects/{self._server.project}"

    def move_officer(self, officer: Officer) -> None:
        """As in the protocol;
        on a Central before 2026.2 only the forms' own choice filters restrict lists.
        """
        if users := self._app_users(officer.id):
            access.narrow(self._central, users, officer.districts)

    def revoke_officer(self, officer_id: int) -> None:
        """As in the protocol: the app user's session ends; its name stays on what it sent."""
        live = self._app_users(officer_id)
        if not live:
            return
        tokens = {str(user["id"]): user["token"] for user in self._central.json("GET", of("app-users"))}
        for remote_id in live:
            if token := tokens.get(remote_id):
                self._central.end_session(token)
        self._ended(live)

    def _ended(self, users: Sequence[str]) -> None:
        ours = ServerOfficer.server == self.key
        ended = update(ServerOfficer).where(ours, ServerOfficer.remote_id.in_(users))
        with transaction(self._home.engine, counted=False) as session:  # also of a cycle that is closed
            session.execute(ended.values(revoked_at=datetime.now(UTC)))

    def _record(self, form: BuiltForm) -> None:
        content = hashlib.sha256(form.xform.encode())
        for name, file in sorted(form.media.items()):
            content.update(name.encode() + hashlib.sha256(file).digest())
        key = (self.key, form.form_id, form.version)
        with transaction(self._home.engine) as session:
            if session.get(ServerForm, key) is None:
                session.add(
                    ServerForm(
                        server=self.key,
                        form_id=form.form_id,
                        version=form.version,
                        remote_id=form.form_id,
                        sha256=content.hexdigest(),
                        published_at=datetime.now(UTC),
                    )
                )

    def _published_ids(self) -> list[str]:
        query = select(ServerForm.form_id).where(ServerForm.server == self.key).distinct()
        with reading(self._home.engine) as session:
            return sorted(session.scalars(query))

    def _app_users(self, officer_id: int | None = None) -> list[str]:
        """Central's ids of the active app users, of everyone or of one officer."""
        query = select(ServerOfficer.remote_id).where(
            ServerOfficer.server == self.key, ServerOfficer.revoked_at.is_(None)
        )
        if officer_id is not None:
            query = query.where(ServerOfficer.officer_id == officer_id)
        with reading(self._home.engine) as session:
            return sorted(session.scalars(query))

    def _let_in(self, form_ids: Sequence[str]) -> None:
        """Let every app user of ours fill in these forms."""
        users = self._app_users()
        for form_id in form_ids if users else ():
            assigned = self._central.found(of("forms", form_id, "assignments"))
            if assigned is None:
                continue  # in the trash or gone, which does not affect the others: `remarks` reports it
            known = {str(one["actorId"]) for one in assigned}
            for user in users:
                if user not in known:
                    self._let_one_in(form_id, user)

    def _let_one_in(self, form_id: str, user: str) -> None:
        try:
            self._central.json("POST", of("forms", form_id, "assignments", APP_USER, user), again=True)
        except Refused as error:
            if error.code != NOT_FOUND:
                raise
            self._ended([user])  # it was deleted there; the others are not affected


def make(home: Home, server: config.Server) -> CentralTarget:
    """The target of a server in the settings; makes no requests."""
    return CentralTarget(home, server)


def _stands(there: str | None, state: ReviewState) -> bool:
    """Whether this state is there already; RECEIVED does not replace an approval."""
    return there in ((None, "approved") if state is ReviewState.RECEIVED else (state.value,))


def _mark(comment: str) -> str:
    """The mark at the end of our comments, which identifies the content; the whole comment if it has none."""
    found = _MARK.search(comment)
    return (found.group() if found else comment).rstrip()
