"""Pull: compare a source's index with what was seen of it, fetch what differs, write it into the mirror.

The network and the files come first, the transaction after; nothing of a root is marked as seen before its
rows are written, so whatever is interrupted is simply due again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.db import alone, reading
from mochocho.errors import BadInput
from mochocho.home import Home
from sync.absorb import Absorbed, Prepared, absorb
from sync.forms import PublishedForms
from sync.held import Held, hold, release
from sync.prepare import Ready, held_from, prepare
from sync.reader import Reader
from sync.sources.protocol import Entry, Source
from sync.tables import Quarantined, Seen

INDEX_CHUNK = 500
BATCH = 20

_WRITER_LOCK = 0x70756C6C  # any number that nothing else in the database uses

Progress = Callable[[str, int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PullReport:
    """What one pull did: roots in the index, how many differed, new instances, files arrived, items held."""

    source: str
    indexed: int
    due: int
    new: int
    files: int
    held: int


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was fetched: new instances, files arrived, items held."""

    new: int
    files: int
    held: int


def pull(home: Home, source: Source, progress: Progress | None = None) -> PullReport:
    """Bring the mirror up to date with one source; safe to run several times at once.

    One bad item is quarantined and the rest goes on. Raises Transient when the source itself cannot be read
    or our own disk is full; what was not finished is due at the next pull.
    """
    held = sweep(home, source)
    indexed, due = _compare(home, source, PublishedForms(home).digest)
    pulled = do(home, source, due, progress)
    return PullReport(source.key, indexed, len(due), pulled.new, pulled.files, held + pulled.held)


def due(home: Home, source: Source) -> list[str]:
    """The roots of a source that are not as they were last seen. Raises Transient when it cannot be read."""
    return _compare(home, source, PublishedForms(home).digest)[1]


def do(home: Home, source: Source, ids: Sequence[str], progress: Progress | None = None) -> Pulled:
    """Fetch these roots of a source; several may do so at once. Raises as `pull`."""
    forms = PublishedForms(home)
    reader = Reader(home.store, forms)
    done = new = files = held = 0
    for batch in _chunks(ids, BATCH):
        fetched = [prepare(home.store, source, reader, one) for one in source.fetch(batch)]
        # Merging chains touches several rows that must agree: one pull at a time.
        with alone(home.engine, _WRITER_LOCK) as session:
            for ready in fetched:
                changed = _write(session, source.key, reader, ready)
                _mark_seen(session, source.key, ready, forms.digest)
                new += sum(one.new for one in changed)
                files += sum(one.files for one in changed)
                held += len(ready.held)
        done += len(batch)
        if progress is not None:
            progress("pull", done, len(ids))
    return Pulled(new, files, held)


def _compare(home: Home, source: Source, forms_digest: str) -> tuple[int, list[str]]:
    """How many roots the index has, and which of them are not as they were last seen."""
    indexed, due = 0, []
    for entries in _chunks(source.index(), INDEX_CHUNK):
        query = select(Seen.root_id, Seen.fingerprint).where(
            Seen.source == source.key, Seen.root_id.in_([entry.root_id for entry in entries])
        )
        with reading(home.engine) as session:
            seen = dict(session.execute(query).all())
        indexed += len(entries)
        due += [entry.root_id for entry in entries if not _is_known(entry, seen, forms_digest)]
    return indexed, due


def _is_known(entry: Entry, seen: dict[str, str], forms_digest: str) -> bool:
    return seen.get(entry.root_id) in (entry.fingerprint, _held_mark(entry.fingerprint, forms_digest))


def _held_mark(fingerprint: str, forms_digest: str) -> str:
    """Seen, but held: due again when it changes, and when a form is published that may make it readable."""
    return f"{fingerprint}?{forms_digest}"


def sweep(home: Home, source: Source) -> int:
    """Quarantine what the source says is no submission. Returns how many are new or have a new reason."""
    count = 0
    for items in _chunks(source.unusable(), INDEX_CHUNK):
        query = select(Quarantined.key, Quarantined.code).where(
            Quarantined.source == source.key, Quarantined.key.in_([item.key for item in items])
        )
        with reading(home.engine) as session:
            known = dict(session.execute(query).all())
        fresh = [held_from(home.store, item) for item in items if known.get(item.key) != item.code]
        if fresh:
            with alone(home.engine, _WRITER_LOCK) as session:
                for item in fresh:
                    hold(session, source.key, item)
        count += len(fresh)
    return count


def _write(session: Session, source: str, reader: Reader, ready: Ready) -> list[Absorbed]:
    """Write one root's instances and what is held of it; an instance that is refused now is held too."""
    changed = []
    for key, item in ready.items:
        try:
            with session.begin_nested():
                changed.append(absorb(session, reader, item))
        except BadInput as error:
            ready.held.append(_refused(key, item, error))
    release(session, source, _usable_keys(ready))
    for held in ready.held:
        hold(session, source, held)
    return changed


def _usable_keys(ready: Ready) -> set[str]:
    """Under which this root, or a file of it, may stand in quarantine from an earlier pull."""
    keys = {ready.root_id}
    for key, item in ready.items:
        keys |= {key, *(f"{ready.root_id}/{file.name}" for file in item.files)}
    return keys - {held.key for held in ready.held}


def _refused(key: str, item: Prepared, error: BadInput) -> Held:
    return Held(key, error.code, error.message_th, item.xml_sha256, item.officer_id, item.received_at)


def _mark_seen(session: Session, source: str, ready: Ready, forms_digest: str) -> None:
    if not ready.read_whole:
        return  # due again at the next pull
    mark = _held_mark(ready.fingerprint, forms_digest) if ready.held else ready.fingerprint
    session.merge(Seen(source=source, root_id=ready.root_id, fingerprint=mark))


def _chunks(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
