"""Which sheet was laid out of which inputs: dossiers of unchanged applicants are not laid out again."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from mochocho.storage.files import Store
from mochocho.words.model import Case
from reports.typesetting.cache import Cache
from reports.typesetting.parts import Part
from reports.typesetting.presses.print_jobs import sheets_of
from reports.typesetting.typesetter import Sheet, Typesetter, canonical


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet that lies typeset in the cache. `needs`: as `Sheet.needs`."""

    key: str
    needs: tuple[str, ...]


class KeptLayouts:
    """The layouts of one packet. `common`: what every sheet is made of besides its cases, as text."""

    def __init__(self, typesetter: Typesetter, common: Iterable[str]) -> None:
        self._cache: Cache = typesetter.kept
        self._store = Store(typesetter.store)
        self._common = "\n".join(common)
        self._cases: dict[str, str] = {}

    def case(self, case: Case) -> None:
        """Note what an applicant's sheet will be made of."""
        self._cases[case.application.key] = hashlib.sha256(repr(case).encode()).hexdigest()

    def name(self, part: Part) -> str:
        """The key of its layout in the cache; "" for a part of which it is not known what it is made of."""
        if not part.units:
            return ""
        made_of = [part.paper, part.title, repr(part.units), *(self._cases[key] for key in part.keys)]
        return f"layout {hashlib.sha256(canonical([self._common, made_of])).hexdigest()}"

    def find(self, name: str) -> Laid | None:
        """The sheet that was laid out of the same, if it is typeset and all it shows is still there."""
        content = self._cache.get(name) if name else None
        if content is None:
            return None
        key, needs, pictures = json.loads(content)
        if not all(map(self._store.has, pictures)) or not sheets_of(self._cache, key, 1):
            return None
        return Laid(key, tuple(needs))

    def keep(self, name: str, sheet: Sheet) -> None:
        """Remember the sheet of this layout; not one whose pictures may still arrive."""
        if name and not sheet.absent:
            shows = sorted({picture.sha256 for picture in sheet.pictures})
            self._cache.put(name, canonical([sheet.key, sheet.needs, shows]))
