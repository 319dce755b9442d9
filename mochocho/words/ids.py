"""Ids computed from words: the same words always give the same id.

They are UUIDs of version 4, the only version that ODK Central takes for an entity. Until the end of 2026 they
were of version 5 with the same remaining bits, so each form can be computed from the other.
"""

import hashlib
from uuid import UUID


def uuid_of(said: str) -> str:
    """The id of these words: a UUID made of their sha256."""
    return str(UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=4))


def renewed(id_: str) -> str:
    """Today's id for a former one: phones still send the version-5 ids they hold."""
    return _with_version(id_, old=5, new=4)


def former(id_: str) -> str:
    """The version-5 id that this one used to be."""
    return _with_version(id_, old=4, new=5)


def _with_version(id_: str, *, old: int, new: int) -> str:
    """Anything that is not a UUID of version `old` is returned unchanged."""
    try:
        uuid = UUID(id_)
    except ValueError:
        return id_
    return str(UUID(bytes=uuid.bytes, version=new)) if uuid.version == old else id_
