"""Ids that are computed: the same words give the same id, wherever they are said.

They have the shape of version 4, the only one that ODK Central takes for an entity. Until the end of 2026
they had that of version 5; the bits beside the version are the same, so either names the other.
"""

import hashlib
from uuid import UUID


def uuid_of(said: str) -> str:
    """The id of what these words say, out of their sha256."""
    return str(UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=4))


def renewed(id_: str) -> str:
    """The id that what had this one has now: phones send those of version 5 that they still hold."""
    return _with_version(id_, old=5, new=4)


def former(id_: str) -> str:
    """The id of version 5 that this one had."""
    return _with_version(id_, old=4, new=5)


def _with_version(id_: str, *, old: int, new: int) -> str:
    """What is no such id stays as it is."""
    try:
        uuid = UUID(id_)
    except ValueError:
        return id_
    return str(UUID(bytes=uuid.bytes, version=new)) if uuid.version == old else id_
