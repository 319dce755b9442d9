"""The pack of each form version: a submission is read and scored by the pack its form was built from.

A version published elsewhere, or before packs were stored, follows the cycle's pack.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.standards.load import from_canonical
from mochocho.standards.schema import Pack
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.tables import PublishedForm


class Packs:
    """The packs of the form versions published when this was made; each is read when first asked for."""

    def __init__(self, home: Home, session: Session | None = None) -> None:
        self._home = home
        self._packs: dict[str, Pack] = {}
        if session is not None:
            self._sha256 = _published(session)
            return
        with reading(home.engine) as own:
            self._sha256 = _published(own)

    def of(self, form_id: str, version: str) -> Pack:
        """The pack of this version. Raises OSError while the store cannot give it."""
        sha256 = self._sha256.get((form_id, version))
        if sha256 is None:
            return self._home.pack
        if sha256 not in self._packs:
            self._packs[sha256] = from_canonical(self._home.store.read(sha256))
        return self._packs[sha256]

    def digests(self) -> str:
        """The digests of all of them, as one text: equal only where every version has the same pack."""
        return repr((self._home.pack_digest, sorted(self._sha256.items())))

    def digest(self, form_id: str, version: str) -> str:
        """The digest of this version's pack, without reading the pack."""
        return self._sha256.get((form_id, version)) or self._home.pack_digest


def _published(session: Session) -> dict[tuple[str, str], str]:
    query = select(PublishedForm.form_id, PublishedForm.version, PublishedForm.pack_sha256)
    rows = session.execute(query.where(PublishedForm.pack_sha256.is_not(None)))
    return {(form_id, version): sha256 for form_id, version, sha256 in rows if sha256}
