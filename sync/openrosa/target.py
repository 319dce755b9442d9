"""The embedded endpoint as a target: phones may fetch what is put here."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ReviewState
from mochocho.words.sentences import Sentence
from sync import officers
from sync.officers import Officer
from sync.openrosa import qr
from sync.openrosa.address import told_url
from sync.publish import published
from sync.publish.protocol import Published, Remark, What
from sync.tables import PublishedForm
from xlsforms.built import BuiltForm, Profile

EMBEDDED = "embedded"


class EmbeddedTarget:
    """This home's own endpoint. It has no reviews: phones are informed through its lists."""

    key = EMBEDDED
    profile: Profile = "odk"
    of_lists: Sentence | None = None  # phones that match this endpoint fetch them

    def __init__(self, home: Home) -> None:
        self._home = home

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """As in the protocol; the home's pack is stored with each form."""
        told = []
        for form in forms:
            what = self._what(form)
            published.put_form(self._home, form)
            told.append(Published(form.form_id, form.version, what))
        return told

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        """As in the protocol; the note of what the list was computed from stays."""
        return published.put_list(self._home, name, rows, published.made_from(self._home, name) or "")

    def lists_ready(self, name: str) -> bool:  # noqa: ARG002 - the protocol's
        """Always."""
        return True

    def remarks(self) -> list[Remark]:
        """Empty: problems here are reported by other checks."""
        return []

    def used(self) -> Sentence | None:
        """None: the doctor checks the disk."""
        return None

    def review(
        self,
        form_id: str,  # noqa: ARG002 - the protocol's
        root: str,  # noqa: ARG002
        state: ReviewState,  # noqa: ARG002
        comment: str,  # noqa: ARG002
    ) -> bool:
        """Does nothing: an officer sees the applicant's row in the lists."""
        return False

    def add_officer(self, officer: Officer) -> str:
        """A new token; the former one ends."""
        token = officers.renew(self._home, officer.id)
        return qr.token_url(told_url(self._home.settings.endpoint), token)

    def move_officer(self, officer: Officer) -> None:
        """Does nothing: what a phone is sent follows from the register."""

    def revoke_officer(self, officer_id: int) -> None:
        """End the officer's token."""
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
