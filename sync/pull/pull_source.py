"""Pull: compares a source's index with what was seen of it, fetches differences, writes them into the mirror.

Network and files come first, the transaction after; no root is marked as seen before its rows are written, so
whatever is interrupted is simply due again. For a server, roots missing from the index matter as well:
`sync.pull.pull_server`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from mochocho.storage.db import alone, reading
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall
from sync.mirror.quarantine import hold
from sync.mirror.versions import WRITER_LOCK
from sync.mirror.writing.write_roots import Pulled, Writer
from sync.pull import pull_server, schedule
from sync.pull.prepare import Preparer, held_from
from sync.sources.protocol import Server, Source, Unusable
from sync.tables import Quarantined, Seen

INDEX_CHUNK = 500
BATCH = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PullReport:
    """What one pull did: roots in the index, how many differed,
    new instances, files arrived, items quarantined.

    For a server also: how many roots changed their state, and how many wait for a person to let them go.
    """

    source: str
    indexed: int
    due: int
    new: int
    files: int
    held: int
    moved: int = 0
    vanished: int = 0


def pull(
    home: Home,
    source: Source,
    progress: ProgressCall | None = None,
    *,
    revalidate: bool = False,
    quick: bool = False,
    accept_absence: bool = False,
) -> PullReport:
    """Bring the mirror up to date with one source; safe to run several times at once.

    A bad item is quarantined and the rest continues. Raises Transient when the source itself cannot be read
    or our own disk is full, Terminal when a person must act; what was not finished is due at the next pull.

    For a server: `revalidate` compares every file with the server's; `quick` only asks whether something
    changed, unless it is time to list everything; `accept_absence` lets vanished roots go, as many as were
    reported.
    """
    if isinstance(source, Server):
        return _pull_server(
            home, source, progress, revalidate=revalidate, quick=quick, accept_absence=accept_absence
        )
    held = _quarantine(home, source, source.unusable())
    indexed, due = _compare(home, source)
    pulled = do(home, source, due, progress)
    return PullReport(source.key, indexed, len(due), pulled.new, pulled.files, held + pulled.held)


def due(home: Home, source: Source) -> list[str]:
    """The roots of a source that differ from what was last seen. Raises Transient when it cannot be read."""
    return _compare(home, source)[1]


def count_due(home: Home, source: Source) -> int:
    """The number of due roots; for a server, that of its last pull, without a request."""
    return schedule.last(home, source.key).due if isinstance(source, Server) else len(due(home, source))


def do(home: Home, source: Source, ids: Sequence[str], progress: ProgressCall | None = None) -> Pulled:
    """Fetch these roots of a source; several may do so at once. Raises as `pull`."""
    if isinstance(source, Server):
        return pull_server.fetch(home, source, ids, progress)
    writer = Writer(home, source.key)
    preparer = Preparer(home.store, source, writer.reader)
    pulled, done = Pulled(), 0
    for batch in _chunks(ids, BATCH):
        pulled += writer.write([preparer.prepare(one) for one in source.fetch(batch)])
        done += len(batch)
        if progress is not None:
            progress("pull", done, len(ids))
    return pulled


def _pull_server(
    home: Home,
    server: Server,
    progress: ProgressCall | None,
    *,
    revalidate: bool,
    quick: bool,
    accept_absence: bool,
) -> PullReport:
    try:
        if quick and not pull_server.moved(home, server):
            return PullReport(server.key, 0, 0, 0, 0, 0)
        # A hint is for quick pulls: a complete one asks for it only where none is known yet.
        with_hint = quick or schedule.last(home, server.key).hint is None
        look = pull_server.list_all(home, server, with_hint=with_hint)
        held = _quarantine(home, server, look.unusable)
        found = pull_server.pull(
            home, server, look, progress, revalidate=revalidate, accept_absence=accept_absence
        )
    except Exception as error:
        schedule.failed(home, server.key, error)
        raise
    pulled = found.pulled
    return PullReport(
        source=server.key,
        indexed=len(look.entries),
        due=found.due,
        new=pulled.new,
        files=pulled.files,
        held=held + pulled.held,
        moved=found.moved,
        vanished=found.vanished,
    )


def _quarantine(home: Home, source: Source, unusable: Iterable[Unusable]) -> int:
    """Quarantine what the source says is not a submission. Returns how many are new or have a new reason."""
    count = 0
    for items in _chunks(unusable, INDEX_CHUNK):
        query = select(Quarantined.key, Quarantined.code).where(
            Quarantined.source == source.key, Quarantined.key.in_([item.key for item in items])
        )
        with reading(home.engine) as session:
            known = dict(session.execute(query).all())
        fresh = [held_from(home.store, item) for item in items if known.get(item.key) != item.code]
        if fresh:
            with alone(home.engine, WRITER_LOCK) as session:
                for item in fresh:
                    hold(session, source.key, item)
        count += len(fresh)
    return count


def _compare(home: Home, source: Source) -> tuple[int, list[str]]:
    """The number of roots in the index, and those that differ from what was last seen."""
    writer = Writer(home, source.key)
    indexed, due = 0, []
    for entries in _chunks(source.index(), INDEX_CHUNK):
        query = select(Seen.root_id, Seen.fingerprint).where(
            Seen.source == source.key,
            Seen.root_id.in_([entry.root_id for entry in entries]),
            Seen.submission_root.is_not(None),  # not noted by an older version
        )
        with reading(home.engine) as session:
            seen = dict(session.execute(query).all())
        indexed += len(entries)
        due += [
            entry.root_id
            for entry in entries
            if not entry.trash and not writer.is_known(entry.fingerprint, seen.get(entry.root_id))
        ]
    return indexed, due


def _chunks(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
