"""KoboToolbox as a target.

It has no comments on submissions: what an officer must do is in `missing_th` of the applicants' list.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

from sqlalchemy import ColumnElement, select, update

from mochocho.settings import config
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.model import ReviewState
from mochocho.words.sentences import Sentence
from sync.kobo import usage
from sync.kobo.api import Api, open_api
from sync.kobo.forms import ProjectForms
from sync.kobo.lists import ProjectLists
from sync.kobo.media import Rows
from sync.kobo.projects import GONE, Projects
from sync.kobo.sharing import missing, share, unshare
from sync.officers import Officer
from sync.publish.protocol import Published, Remark
from sync.publish.published import rows_of
from sync.tables import ServerOfficer
from xlsforms.built import BuiltForm, Profile

STATUS = MappingProxyType(
    {
        ReviewState.APPROVED: "approved",
        ReviewState.HAS_ISSUES: "on_hold",
        ReviewState.REJECTED: "not_approved",
        ReviewState.RECEIVED: "",
    }
)
LISTS_RENEW_FORMS = Sentence(
    "เมื่อรายชื่อเปลี่ยน KoboToolbox แจกแบบฟอร์มที่ใช้รายชื่อนั้นเป็นรุ่นใหม่; โทรศัพท์ที่ตั้งค่าด้วยคิวอาร์โค้ดรับเองเมื่อมีเน็ต "
    "เครื่องอื่นให้เจ้าหน้าที่แตะ Download form ใน ODK Collect ก่อนลงพื้นที่; ที่กรอกในรุ่นเดิมยังส่งได้",
    "when a list changes, KoboToolbox offers the forms that read it as a new version; a phone that was set "
    "up by QR code fetches it when it is online, on others the officer taps Download form in ODK Collect "
    "before going out; what was filled in the version before can still be sent",
)
PAUSE = 1.0  # between two checks of what the server works on


def make(home: Home, server: config.Server) -> "KoboTarget":
    """The target of a server in the settings; makes no requests."""
    return KoboTarget(home, server, open_api(server))


class KoboTarget:
    """The projects of one account, one for each form."""

    profile: Profile = "kobo"
    of_lists: Sentence | None = LISTS_RENEW_FORMS

    def __init__(
        self, home: Home, server: config.Server, api: Api, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.key = server.source_key
        self._home = home
        self._server = server
        self._api = api
        self._projects = Projects(home, server, api)
        pause = partial(sleep, PAUSE)
        self._forms = ProjectForms(self.key, home, api, self._projects, pause)
        self._lists = ProjectLists(self.key, home, api, self._projects, pause)

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """As in the protocol; a later version replaces the content of the same project."""
        return self._forms.put(forms)

    def put_list(self, name: str, rows: Rows) -> int:
        """As in the protocol; `put_lists` deploys once for several lists."""
        return self.put_lists({name: rows})[name]

    def put_lists(self, lists: Mapping[str, Rows]) -> dict[str, int]:
        """Replace these lists beside every form that reads them;
        returns how many rows of each were changed.
        """
        return self._lists.put(lists)

    def lists_ready(self, name: str) -> bool:
        """Whether `lists_seconds` have passed: phones download a whole list after each replacement."""
        return self._lists.rested(name, self._server.lists_seconds)

    def remarks(self) -> list[Remark]:
        """Projects that are gone, archived or not deployed;
        officers' accounts without access; a plan nearly used up.
        """
        named = self._projects.named()
        states = {form_id: self._projects.state(uid) for form_id, uid in named.items()}
        told = [
            Remark(_about(named[form_id], form_id, state.found), state.advice)
            for form_id, state in states.items()
            if state
        ]
        there = {form_id: uid for form_id, uid in named.items() if states[form_id] != GONE}
        used = self._api.usage()
        return [*told, *self._unshared(there), *(usage.remarks(used) if used else ())]

    def used(self) -> Sentence | None:
        """As in the protocol; for the token's account."""
        found = self._api.usage()
        return usage.told(found) if found else None

    def _unshared(self, projects: Mapping[str, str]) -> Iterator[Remark]:
        query = select(ServerOfficer.remote_id, ServerOfficer.officer_id).where(self._live())
        with reading(self._home.engine) as session:
            accounts = dict(session.execute(query).all())
        if not accounts:
            return
        for officer, lacking in sorted(missing(self._api, projects, accounts).items()):
            forms = ", ".join(lacking)
            share = f"mochocho officers renew {officer} --server {self._server.key} --share"
            yield Remark(
                Sentence(
                    f"บัญชีของเจ้าหน้าที่เลขที่ {officer} ส่ง {forms} ไม่ได้",
                    f"the account of officer {officer} cannot send {forms}",
                ),
                Sentence(f"ให้สั่ง `{share}` เพื่อแบ่งปัน", f"`{share}` shares it"),
            )

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:  # noqa: ARG002
        """Set the validation status where it differs and no person has set one.

        `comment` is not sent, since KoboToolbox has no place for it: officers read what to do in `missing_th`
        of the applicants' list.
        """
        uid = self._projects.named().get(form_id) or self._projects.deployed(form_id)
        if uid is None:
            raise Terminal(
                f"{self.key}: ไม่มีโครงการใดเป็นแบบฟอร์ม {form_id} ให้เผยแพร่แบบฟอร์มที่นั่น",
                f"{self.key}: no project is the form {form_id}; publish the forms there",
            )
        kept = (STATUS[ReviewState.APPROVED],) if state is ReviewState.RECEIVED else ()
        stands = self._api.status(uid, root)
        if stands is not None and stands.by != self._api.account():
            return False  # a person set it; `status` shows it
        if (stands.state if stands else "") in (STATUS[state], *kept):
            return False
        self._api.set_status(uid, root, STATUS[state])
        return True

    def erase(self, form_id: str, root: str) -> None:
        """As in the protocol."""
        uid = self._projects.named().get(form_id) or self._projects.deployed(form_id)
        if uid is not None:
            self._api.delete(uid, root)

    def erase_row(self, name: str, row: str) -> None:  # noqa: ARG002 - the list goes whole
        """As in the protocol: the list is put again, as it is published here."""
        with reading(self._home.engine) as session:
            rows = [one.fields for one in rows_of(session, name)]
        self.put_list(name, rows)

    def add_officer(self, officer: Officer) -> str:
        """Note the account that the settings name for this officer.

        Returns the server's address, which holds no secret: officers log in with their account's own
        password. Raises Terminal where the settings name none: we cannot create accounts.
        """
        return self._add(officer, self._account(officer, None))

    def share_with(self, officer: Officer, account: str | None) -> str:
        """As `add_officer`, for this account or the one in the settings,
        and lets it send every form published there.
        """
        name = self._account(officer, account)
        share(self._api, self.key, self._projects.named(), name)
        return self._add(officer, name)

    def _account(self, officer: Officer, account: str | None) -> str:
        said = self._server.accounts.get(str(officer.id))
        if account is not None and said is not None and account != said:
            raise Terminal(
                f"{self.key}: การตั้งค่าให้เจ้าหน้าที่เลขที่ {officer.id} ใช้บัญชี {said!r} ให้แก้ที่การตั้งค่าหรือที่คำสั่งให้ตรงกัน",
                f"{self.key}: the settings give officer {officer.id} the account {said!r}; correct one",
            )
        account = account or said or self._noted(officer)
        if account is None:
            raise Terminal(
                f"{self.key}: สร้างบัญชีบน KoboToolbox จากที่นี่ไม่ได้ ให้สร้างบัญชีของเจ้าหน้าที่คนนี้ที่นั่น แล้วบอกชื่อด้วย "
                "--account ชื่อ; --share ให้บัญชีนั้นส่งแบบฟอร์มได้",
                f"{self.key}: KoboToolbox lets nobody make accounts from outside; make one account for this "
                "officer there and name it with --account NAME; --share lets it send our forms",
            )
        noted = select(ServerOfficer.officer_id).where(self._live(), ServerOfficer.remote_id == account)
        with reading(self._home.engine) as session:
            others = {*session.scalars(noted)} - {officer.id}
        if others or [*self._server.accounts.values()].count(account) > 1:
            raise Terminal(
                f"{self.key}: บัญชี {account!r} เป็นของเจ้าหน้าที่หลายคน แต่ละคนต้องมีบัญชีของตนเอง",
                f"{self.key}: the account {account!r} is several officers'; each needs one alone",
            )
        return account

    def _noted(self, officer: Officer) -> str | None:
        query = select(ServerOfficer.remote_id).where(self._live(), ServerOfficer.officer_id == officer.id)
        with reading(self._home.engine) as session:
            return session.scalar(query)

    def _add(self, officer: Officer, account: str) -> str:
        with transaction(self._home.engine) as session:
            session.merge(
                ServerOfficer(server=self.key, officer_id=officer.id, remote_id=account, revoked_at=None)
            )
        return self._server.url.rstrip("/")

    def move_officer(self, officer: Officer) -> None:
        """Does nothing: lists there are complete, and each form restricts them to a district."""

    def revoke_officer(self, officer_id: int) -> None:
        """Remove the officer's account's permissions in our projects, and note that the access ended.

        The account itself stays its owner's. Raises as the API does; what was not removed can be tried again.
        """
        ours = self._live() & (ServerOfficer.officer_id == officer_id)
        with reading(self._home.engine) as session:
            accounts = session.scalars(select(ServerOfficer.remote_id).where(ours)).all()
        for account in accounts:
            unshare(self._api, self._projects.named(), account)
        with transaction(self._home.engine, counted=False) as session:  # also of a cycle that is closed
            ended = update(ServerOfficer).where(ours).values(revoked_at=datetime.now(UTC))
            session.execute(ended)

    def _live(self) -> ColumnElement[bool]:
        return (ServerOfficer.server == self.key) & ServerOfficer.revoked_at.is_(None)


def _about(uid: str, form_id: str, said: Sentence) -> Sentence:
    return Sentence(f"โครงการ {uid} ({form_id}) {said.th}", f"the project {uid} ({form_id}) {said.en}")
