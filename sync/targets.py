"""Where forms and lists are published, and where the field is told what became of a submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from sqlalchemy import select

from mochocho import config
from mochocho.db import reading
from mochocho.home import Home
from mochocho.model import ReviewState as ReviewState  # here too: it is a word of the protocol
from mochocho.sentences import Sentence
from sync import publish
from sync.openrosa import officers, qr
from sync.openrosa.address import told_url
from sync.openrosa.officers import Officer
from sync.tables import PublishedForm, ServerOfficer
from xlsforms.built import BuiltForm, Profile

EMBEDDED = "embedded"

What = Literal["new", "same", "updated"]

__all__ = [
    "EMBEDDED",
    "EmbeddedTarget",
    "Published",
    "ReviewState",
    "Sharing",
    "Target",
    "server_target",
    "servers_of",
    "targets",
]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did with one form: it is new there, stood there already, or is a later version."""

    form_id: str
    version: str
    what: What


class Target(Protocol):
    """A place to publish to. Making one calls nobody; its methods raise Transient and Terminal as sources do.

    `profile`: in which dialect its forms are built.
    """

    key: str  # embedded, central:KEY, kobo:KEY
    profile: Profile

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """Offer these forms in place of the ones before; again changes nothing.

        Raises Terminal, before anything is changed there, when data would be lost.
        """
        ...

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        """Make the list `name` there be these rows, named by `name`. Returns how many rows were changed."""
        ...

    def lists_ready(self, name: str) -> bool:
        """Whether this list may be put now; one that was put too lately waits."""
        ...

    def remarks(self) -> list[Sentence]:
        """What a person should know of the place before something fails there, a sentence each; asks it."""
        ...

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:
        """Tell the field of one submission: state and one comment, whose end, `[…]`, marks it.

        `root`: as in a source's root ids, without the form id. False: all of it stood there already.
        """
        ...

    def add_officer(self, officer: Officer) -> str:
        """Give an officer a new access there. Returns the server address for the phone, with its secret."""
        ...

    def move_officer(self, officer: Officer) -> None:
        """Show an officer's phone the districts the officer has now; nothing without an access there."""
        ...

    def revoke_officer(self, officer_id: int) -> None:
        """End an officer's access there; twice is as good as once."""
        ...


@runtime_checkable
class Sharing(Target, Protocol):
    """A place where officers have accounts of their own, with which the forms are shared."""

    def share_with(self, officer: Officer, account: str | None) -> str:
        """As `add_officer`, and lets this account, or that of the settings, send every form there."""
        ...


class EmbeddedTarget:
    """This home's own endpoint: phones hear through its lists, which is why it has no reviews."""

    key = EMBEDDED
    profile: Profile = "odk"

    def __init__(self, home: Home) -> None:
        self._home = home

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """As the protocol says; the pack of the home is kept with each form."""
        told = []
        for form in forms:
            what = self._what(form)
            publish.put_form(self._home, form)
            told.append(Published(form.form_id, form.version, what))
        return told

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        """As the protocol says; what the list was computed from stays as it was noted."""
        return publish.put_list(self._home, name, rows, publish.made_from(self._home, name) or "")

    def lists_ready(self, name: str) -> bool:  # noqa: ARG002 - the protocol's
        """Always."""
        return True

    def remarks(self) -> list[Sentence]:
        """Nothing: what stands in the way here, other checks say."""
        return []

    def review(
        self,
        form_id: str,  # noqa: ARG002 - the protocol's
        root: str,  # noqa: ARG002
        state: ReviewState,  # noqa: ARG002
        comment: str,  # noqa: ARG002
    ) -> bool:
        """Nothing to tell: what an applicant's row says is what its officer sees."""
        return False

    def add_officer(self, officer: Officer) -> str:
        """A new token; the one before ends."""
        token = officers.renew(self._home, officer.id)
        return qr.token_url(told_url(self._home.settings.endpoint), token)

    def move_officer(self, officer: Officer) -> None:
        """Nothing to do: what a phone is sent follows from the register."""

    def revoke_officer(self, officer_id: int) -> None:
        """Ends the officer's token."""
        officers.revoke(self._home, officer_id)

    def _what(self, form: BuiltForm) -> What:
        current = select(PublishedForm.version).where(
            PublishedForm.form_id == form.form_id, PublishedForm.current
        )
        with reading(self._home.engine) as session:
            offered = session.scalar(current)
        if offered is None:
            return "new"
        return "same" if offered == form.version else "updated"


def servers_of(home: Home) -> dict[int, list[str]]:
    """Officer -> the keys of the servers to which that officer has an access."""
    query = select(ServerOfficer.officer_id, ServerOfficer.server).where(ServerOfficer.revoked_at.is_(None))
    found: dict[int, list[str]] = {}
    with reading(home.engine) as session:
        for officer_id, server in sorted({(row.officer_id, row.server) for row in session.execute(query)}):
            found.setdefault(officer_id, []).append(server)
    return found


def targets(home: Home) -> tuple[Target, ...]:
    """The embedded endpoint first, then every server of the settings, in their order. Calls nobody."""
    return (EmbeddedTarget(home), *(server_target(home, one) for one in home.settings.servers))


def server_target(home: Home, server: config.Server) -> Target:
    """One server of the settings as a target."""
    # Both need the words above, so they cannot be imported at the top.
    if server.kind == "central":
        from sync.central.target import make

        return make(home, server)
    from sync.kobo.target import make as make_kobo

    return make_kobo(home, server)
