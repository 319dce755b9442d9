"""Whom an erasure that a page asks for is about: in a file of the cache, never in the row of the work.

Whoever takes it up takes the file away first, so that an erasure does not find what it was asked with; and
each erasure empties the cache.
"""

import json
import secrets
from dataclasses import dataclass

from mochocho.app.access_chain import Who, erasure_noted
from mochocho.app.asked_work import offered_files
from mochocho.app.erasing.ledger_of_erasures import Receipt
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.erasing.whose.mentions import Mention
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from processing import codec
from processing.decisions.chain import canonical
from processing.persons.sought_person import Sought


@dataclass(frozen=True, slots=True)
class AskedErasure:
    """Who is to be erased, why, and who asks for it from which page. `only`: the parts (`Mention.id`) in
    which a name is theirs, None = nobody chose.
    """

    person: Sought
    reason: str
    by: Who
    only: tuple[str, ...] | None = None

    @property
    def asked(self) -> Asked:
        """As an erasure takes it."""
        return Asked(self.by.name, self.reason, erasure_noted(self.by))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would go, as it is shown before somebody confirms; or the parts from which somebody chooses."""

    asked: AskedErasure
    receipt: Receipt | None
    parts: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """By whom: what was shown by the work `look`; `shown`: its digest (`receipt_told.digest_of`)."""

    look: int
    shown: str
    by: Who

    @property
    def written(self) -> str:
        """As it is kept with the work."""
        return canonical(codec.dump(self))

    @classmethod
    def read(cls, content: str) -> "Confirmed":
        """What was kept as `written`."""
        return codec.load(cls, json.loads(content))


def hand_over(home: Home, asked: AskedErasure) -> str:
    """Keep it until the work begins; the name of the file, which says nothing."""
    name = f"{secrets.token_hex(32)}.json"
    write_file(offered_files.tidied(home) / name, _spelt(asked))
    return name


def taken_over(home: Home, name: str) -> AskedErasure:
    """What was kept, which goes. Raises Terminal where it is gone."""
    path = offered_files.path_of(home, name)
    asked = codec.load(AskedErasure, json.loads(path.read_bytes()))
    path.unlink()
    return asked


def show(home: Home, number: int, foreseen: Foreseen) -> None:
    """Keep what the work of this number found, for its page."""
    offered_files.keep_preview(home, number, _spelt(foreseen))


def shown(home: Home, number: int) -> Foreseen | None:
    """What it found; None where it is gone."""
    kept = offered_files.preview_of(home, number)
    return codec.load(Foreseen, json.loads(kept)) if kept else None


def hide(home: Home, number: int) -> None:
    """Take away what it found: it names the person."""
    offered_files.drop_preview(home, number)


def _spelt(value: AskedErasure | Foreseen) -> bytes:
    return canonical(codec.dump(value)).encode()
