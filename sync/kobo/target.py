"""KoboToolbox as a place to publish to.

It has no comments on submissions: what an officer is to do stands in `missing_th` of the applicants' list.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

from sqlalchemy import select

from mochocho import config
from mochocho.db import transaction
from mochocho.errors import Terminal
from mochocho.home import Home
from sync.kobo.api import Api, open_api
from sync.kobo.forms import ProjectForms
from sync.kobo.lists import ProjectLists
from sync.kobo.media import Rows
from sync.kobo.projects import Projects
from sync.openrosa.officers import Officer
from sync.tables import ServerOfficer
from sync.targets import Published, ReviewState
from xlsforms.built import BuiltForm, Profile

STATUS = MappingProxyType(
    {
        ReviewState.APPROVED: "validation_status_approved",
        ReviewState.HAS_ISSUES: "validation_status_on_hold",
        ReviewState.REJECTED: "validation_status_not_approved",
        ReviewState.RECEIVED: "",
    }
)
PAUSE = 1.0  # seconds between two looks at what the server works on


def make(home: Home, server: config.Server) -> "KoboTarget":
    """The target of a server of the settings; calls nobody."""
    return KoboTarget(home, server, open_api(server))


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
        pause = partial(sleep, PAUSE)
        self._forms = ProjectForms(self.key, home, api, self._projects, pause)
        self._lists = ProjectLists(self.key, home, api, self._projects, pause)

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """As the protocol says; a later version replaces the content of the same project."""
        return self._forms.put(forms)

    def put_list(self, name: str, rows: Rows) -> int:
        """As the protocol says; `put_lists` deploys once for several."""
        return self.put_lists({name: rows})[name]

    def put_lists(self, lists: Mapping[str, Rows]) -> dict[str, int]:
        """Replace these lists beside every form that reads them; how many rows of each were changed."""
        return self._lists.put(lists)

    def lists_ready(self, name: str) -> bool:
        """Phones download a list anew after each replacement, so `lists_seconds` lie between two."""
        return self._lists.rested(name, self._server.lists_seconds)

    def remarks(self) -> list[str]:
        """Nothing yet."""
        return []

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:  # noqa: ARG002
        """Sets the validation status where it differs.

        `comment` is not sent, for KoboToolbox has no place for it: officers read what is wanted in
        `missing_th` of the applicants' list.
        """
        uid = self._projects.named().get(form_id) or self._projects.deployed(form_id)
        if uid is None:
            raise Terminal(f"{self.key}: no project is the form {form_id}; publish the forms there")
        kept = (STATUS[ReviewState.APPROVED],) if state is ReviewState.RECEIVED else ()
        if self._api.status(uid, root) in (STATUS[state], *kept):
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
