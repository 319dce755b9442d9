"""Ids of forms and applicants whose data was erased: what comes with one again is dropped, files and all.

They are kept as salted hashes. An id is random, so that nobody finds it by trying; a name or a national ID
would be found.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore
from mochocho.storage.files import Store
from sync.mirror.prepared import Prepared, Ready
from sync.tables import Attachment, ErasedRow, FormerFile, PublishedForm, Quarantined, SubmissionVersion

_ABOUT = re.compile(rb"<applicant_key>\s*([^<\s]+)\s*</applicant_key>")
_AT_ONCE = 500
_NAMED_BY = (
    SubmissionVersion.xml_sha256,
    Attachment.sha256,
    FormerFile.sha256,
    Quarantined.sha256,
    PublishedForm.xform_sha256,
    PublishedForm.pack_sha256,
)


@dataclass(frozen=True)
class ErasedIds:
    """Salted hashes of ids, as (salt, digest)."""

    pairs: frozenset[tuple[str, str]]

    @cached_property
    def salts(self) -> frozenset[str]:
        return frozenset(salt for salt, _ in self.pairs)

    def holds(self, id_: str) -> bool:
        return any((salt, hashed(salt, id_)) in self.pairs for salt in self.salts)


def hashed(salt: str, id_: str) -> str:
    """As it is kept."""
    return hashlib.sha256(f"{salt}:{id_}".encode()).hexdigest()


def kept(session: Session) -> ErasedIds:
    """Every id that this home knows to be erased."""
    rows = session.execute(select(ErasedRow.salt, ErasedRow.digest))
    return ErasedIds(frozenset((salt, digest) for salt, digest in rows))


def remember(session: Session, ids: Iterable[str]) -> None:
    """Keep these ids, all of a home with one salt."""
    salt = session.scalar(select(ErasedRow.salt).limit(1)) or secrets.token_hex(16)
    add(session, [(salt, hashed(salt, id_)) for id_ in sorted(set(ids))])


def add(session: Session, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep pairs of (salt, digest) that another home noted."""
    insert_or_ignore(session, ErasedRow, [{"salt": salt, "digest": digest} for salt, digest in pairs])


def without_erased(session: Session, store: Store, fetched: Sequence[Ready]) -> set[str]:
    """Take what was erased out of these roots. Returns the sha256 of the files that came with it."""
    erased = kept(session)
    files = set[str]()
    for ready in fetched if erased.pairs else ():
        dropped = [item for _, item in ready.items if _is_erased(item, store, erased)]
        if not dropped:
            continue
        files |= {item.xml_sha256 for item in dropped}
        files |= {file.sha256 for item in dropped for file in item.files}
        ready.items = [(key, item) for key, item in ready.items if item not in dropped]
        if not ready.items:  # nothing of the root is waited for
            files |= {held.sha256 for held in ready.held if held.sha256}
            ready.held, ready.read_whole = [], True
    return files


def unnamed(session: Session, files: Collection[str]) -> set[str]:
    """Those of these files (sha256) that no row names."""
    left, wanted = set(files), sorted(files)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for column in _NAMED_BY:
            left -= {str(one) for one in session.scalars(select(column).where(column.in_(some)))}
    return left


def _is_erased(item: Prepared, store: Store, erased: ErasedIds) -> bool:
    ids = {*item.ids, *(entity.id for entity in item.entities)}
    about = _ABOUT.search(store.read(item.xml_sha256))
    if about:
        ids.add(about[1].decode("utf-8", "replace"))
    return any(map(erased.holds, ids))
