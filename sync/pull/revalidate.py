"""Comparing files with a server's: a photo replaced under its name changes no fingerprint.

Every root has its day in every `revalidate_days`, determined by its id only; before a packet everything is
compared.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE
from sync.sources.protocol import HeldRoot
from sync.tables import Attachment, Seen, SubmissionVersion

AT_ONCE = 40  # roots in one request


def in_share(root_id: str, day: date, days: int) -> bool:
    """Whether this root is compared on this day."""
    number = int.from_bytes(hashlib.sha256(root_id.encode()).digest()[:8], "big")
    return number % days == day.toordinal() % days


def held_roots(home: Home, source: str, wanted: Callable[[str], bool]) -> Iterator[list[HeldRoot]]:
    """What the mirror holds of the wanted roots of a server,
    as the server gave it; a few at a time, by root id.
    """
    last = ""
    while page := _page(home, source, last):
        last = page[-1].root_id
        if some := [root for root in page if root.files and wanted(root.root_id)]:
            yield some


def _page(home: Home, source: str, last: str) -> list[HeldRoot]:
    heads = (
        select(Seen.root_id, Seen.current_id, SubmissionVersion.id)
        .join(SubmissionVersion, SubmissionVersion.instance_id == Seen.current_id)
        .where(Seen.source == source, Seen.state == LIVE, Seen.root_id > last)
        .order_by(Seen.root_id)
        .limit(AT_ONCE)
    )
    files = defaultdict[int, dict[str, tuple[str, int]]](dict)
    with reading(home.engine) as session:
        found = session.execute(heads).all()
        query = select(Attachment.version_id, Attachment.name, Attachment.sha256, Attachment.size).where(
            Attachment.version_id.in_([id_ for _, _, id_ in found]), Attachment.server == source
        )
        for version_id, name, sha256, size in session.execute(query):
            if sha256 is not None:
                files[version_id][name] = (sha256, size or 0)
    return [HeldRoot(root_id, current_id or "", files.get(id_, {})) for root_id, current_id, id_ in found]
