"""Ids that are computed: the same words give the same id, wherever they are said."""

import hashlib
from uuid import UUID


def uuid_of(said: str) -> str:
    """A UUID, as an entity's id must be, out of the sha256 of what it stands for."""
    return str(UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=5))
