"""What the mirror already holds of a server's roots, so that a source need not fetch it again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.mirror.versions import LIVE
from sync.tables import Attachment, Quarantined, Seen, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Known:
    """One root as it was last written. `xml`: instance id -> its sha256 in the store.

    `receipts`: instance id -> who sent it and when, of those that this server gave. `files`: name -> (sha256,
    size) of the files that this server gave; those of its current version where several versions have a file
    of the same name.
    """

    fingerprint: str
    current_id: str
    xml: Mapping[str, str] = field(default_factory=dict)
    receipts: Mapping[str, tuple[int | None, datetime | None]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def read(self, home: Home, instance_id: str) -> bytes | None:
        """The XML of this instance; None where the store does not hold it completely."""
        digest = self.xml.get(instance_id)
        try:
            content = None if digest is None else home.store.read(digest)
        except OSError:
            return None
        return content if content is not None and sha256(content).hexdigest() == digest else None

    def holds(self, home: Home, instance_id: str, officer_id: int | None, received_at: datetime) -> bool:
        """Whether writing this version, which is not the current one, would change nothing."""
        told = self.receipts.get(instance_id) == (officer_id, received_at)
        return told and self.read(home, instance_id) is not None


def known(home: Home, source: str, root_ids: Sequence[str]) -> dict[str, Known]:
    """Those of these roots that were written as this server gave them; root ids are form id and root.

    Roots with anything in quarantine are left out: they are read anew.
    """
    with reading(home.engine) as session:
        seen = _seen(session, source, root_ids)
        if not seen:
            return {}
        return _known(session, source, {one.root_id: one for one in seen})


def _seen(session: Session, source: str, root_ids: Sequence[str]) -> list[Seen]:
    rows = session.scalars(
        select(Seen).where(
            Seen.source == source,
            Seen.root_id.in_(root_ids),
            Seen.state == LIVE,
            Seen.submission_root.is_not(None),
            Seen.current_id.is_not(None),
        )
    ).all()
    if not rows:
        return []
    # All of them: they are few, and one condition per root takes longer to build than this query takes.
    query = select(Quarantined.key).where(Quarantined.source == source)
    held = {key.partition("#")[0] for key in session.scalars(query)}
    return [row for row in rows if row.root_id not in held]


def _known(session: Session, source: str, seen: Mapping[str, Seen]) -> dict[str, Known]:
    roots = {root_id.partition("/")[2]: root_id for root_id in seen}
    query = select(
        SubmissionVersion.id,
        SubmissionVersion.server_root,
        SubmissionVersion.instance_id,
        SubmissionVersion.xml_sha256,
        SubmissionVersion.source,
        SubmissionVersion.officer_id,
        SubmissionVersion.received_at,
    ).where(SubmissionVersion.server_root.in_(roots))
    xml, versions = defaultdict[str, dict[str, str]](dict), dict[int, tuple[str, bool]]()
    receipts = defaultdict[str, dict[str, tuple[int | None, datetime | None]]](dict)
    for id_, server_root, instance_id, digest, given_by, officer_id, received_at in session.execute(query):
        root_id = roots[str(server_root)]
        xml[root_id][instance_id] = digest
        versions[id_] = root_id, instance_id == seen[root_id].current_id
        if given_by == source:
            receipts[root_id][instance_id] = officer_id, received_at
    files = defaultdict[str, dict[str, tuple[str, int]]](dict)
    given = select(Attachment.version_id, Attachment.name, Attachment.sha256, Attachment.size).where(
        Attachment.version_id.in_(versions), Attachment.server == source, Attachment.sha256.is_not(None)
    )
    rows = sorted(session.execute(given), key=lambda row: (versions[row.version_id][1], row.version_id))
    for version_id, name, sha256_, size in rows:
        files[versions[version_id][0]][name] = (str(sha256_), size or 0)
    return {
        root_id: Known(one.fingerprint, str(one.current_id), xml[root_id], receipts[root_id], files[root_id])
        for root_id, one in seen.items()
        if one.current_id in xml[root_id]
    }
