"""Answers that a form does not offer, in versions that came before anybody looked for them.

They are looked for when the version is read next (`processing.register`), for that takes the store, which no
migration sees. Where the form itself does not stand here any more it cannot be known, and `status` says so.
"""

from collections.abc import Iterable
from dataclasses import astuple, replace
from functools import cached_property

from sqlalchemy import update
from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.model import NotOffered
from sync.mirror.queries import Mirrored
from sync.tables import SubmissionVersion
from sync.xform.choices import not_offered
from sync.xform.parse import parse_instance
from sync.xform.published_forms import PublishedForms


class LateChoices:
    """Looks in what nobody has looked in, with the forms of this home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    @cached_property
    def _forms(self) -> PublishedForms:
        return PublishedForms(self._home)

    def waits(self, mirrored: Mirrored) -> bool:
        """Whether nobody has looked in it yet, and somebody can."""
        return not mirrored.choices_read and self.known(mirrored.form_id, mirrored.form_version)

    def known(self, form_id: str, version: str) -> bool:
        """Whether what this form offers can be known."""
        return self._forms.stands(form_id, version)

    def looked(self, mirrored: Mirrored) -> Mirrored:
        """With what its form does not offer. Raises OSError for what the store cannot give now."""
        found = self._found(mirrored, self._home.store.read(mirrored.xml_sha256))
        return replace(mirrored, not_offered=found, choices_read=True)

    def _found(self, mirrored: Mirrored, xml: bytes) -> tuple[NotOffered, ...]:
        try:
            root = parse_instance(xml).root
        except BadInput:  # told by whoever reads it
            return ()
        return not_offered(root, self._forms.choices(mirrored.form_id, mirrored.form_version))


def keep(session: Session, looked: Iterable[Mirrored]) -> None:
    """Write down what was found in these."""
    for one in looked:
        version = update(SubmissionVersion).where(SubmissionVersion.instance_id == one.instance_id)
        session.execute(version.values(not_offered=[astuple(answer) for answer in one.not_offered]))
