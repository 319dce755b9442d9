"""What phones ask about published forms, cached by the digest of an XForm, whose content never changes."""

from dataclasses import dataclass
from functools import lru_cache

from mochocho.storage.files import Store
from sync.openrosa.answer_xml import md5
from sync.openrosa.officer_lists import used_by

KEPT = 64  # forms; a province publishes six, and a few versions of each


@dataclass(frozen=True, slots=True)
class Offered:
    """`md5`: as in form lists. `lists`: the lists that the form reads, in a fixed order."""

    md5: str
    lists: tuple[str, ...]


class OfferedForms:
    """Caches forms so that a phone's form list reads no XForm from the store twice."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.of = lru_cache(maxsize=KEPT)(self._read)

    def _read(self, sha256: str) -> Offered:
        xform = self._store.read(sha256)
        return Offered(md5(xform), used_by(xform))
