"""What a row of the access log holds and hashes to: for whoever appends one, and whoever covers one."""

from dataclasses import dataclass
from datetime import datetime

from mochocho.app.tables import AccessRow
from processing.decisions.chain import hash_of, moment_of


@dataclass(frozen=True, slots=True)
class Access:
    """One row: who was given what of what, or changed it. `about`: a key, a file's sha256, an account's
    login, a setting; `reason`: why it was shown, or what was changed.
    """

    number: int
    at: datetime
    account_id: int | None
    name: str
    what: str
    about: str
    reason: str
    page: str


def columns(entry: Access) -> dict[str, object]:
    """As they are stored."""
    return {name: getattr(entry, name) for name in entry.__slots__}


def entry_of(row: AccessRow) -> Access:
    return Access(*(getattr(row, name) for name in Access.__slots__))


def digest(entry: Access, previous: str) -> str:
    """`previous`: the hash of the row before."""
    return hash_of([*{**columns(entry), "at": moment_of(entry.at)}.values(), previous])


def digest_of(row: AccessRow) -> str:
    """What its columns hash to."""
    return digest(entry_of(row), row.previous)
