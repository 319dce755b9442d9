"""Pull from a server: lists everything, fetches differences, removes roots that are no longer listed.

A pull that is not complete changes nothing except its problem's sentence.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from mochocho.storage.db import alone, reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from mochocho.words.progress import ProgressCall
from mochocho.words.sentences import Sentence
from sync.mirror import deletions, read_again, validation_statuses
from sync.mirror.deletions import RootState, StateChanges
from sync.mirror.prepared import Ready
from sync.mirror.quarantine import release
from sync.mirror.versions import LIVE, WRITER_LOCK
from sync.mirror.writing.write_roots import Pulled, Writer
from sync.pull import fetching, schedule
from sync.pull.journal import Journal
from sync.pull.prepare import Preparer
from sync.pull.revalidate import held_roots, in_share
from sync.sources.protocol import Entry, Server, Unusable
from sync.tables import Quarantined, Sweep
from sync.xform.published_forms import PublishedForms

ENCRYPTED = "submission.encrypted"
TOGETHER = 8  # roots in one transaction, at least: a commit costs as much as writing a few


@dataclass(frozen=True, slots=True)
class Look:
    """One complete list of a server. `hint`: the server's hint just before, if asked.

    `unlisted`: the forms that could not be listed, and what to do; their known roots stay. `known`:
    fingerprint and state of each known root, read while the server listed.
    """

    hint: str | None
    entries: Mapping[str, Entry]
    unusable: Sequence[Unusable]
    unlisted: Mapping[str, Sentence]
    known: Mapping[str, tuple[str, RootState]]

    def lists_form_of(self, root_id: str) -> bool:
        """Whether this list can tell anything about this root."""
        return root_id.partition("/")[0] not in self.unlisted


@dataclass(frozen=True, slots=True)
class Found:
    """The result of comparing a list: roots that differ, that changed their state, that wait for a person."""

    due: int
    moved: int
    vanished: int
    pulled: Pulled


def list_all(home: Home, server: Server, *, with_hint: bool = True) -> Look:
    """Raises Transient when the server cannot list everything, Terminal when a person must act."""
    # first: what changes while everything is listed changes the hint once more
    hint = server.hint() if with_hint else None
    listed = server.index()  # sends the request; known roots are read while the server answers
    known = {root_id: (mark, stood) for root_id, mark, stood in deletions.known_states(home, server.key)}
    entries = {entry.root_id: entry for entry in listed}
    return Look(hint, entries, list(server.unusable()), server.unlisted(), known)


def moved(home: Home, server: Server) -> bool:
    """Whether everything must be listed.

    It is time to, the last pull was not complete, the hint has changed, or something in quarantine may be
    readable now.
    """
    now, last = datetime.now(UTC), schedule.last(home, server.key)
    if last.problem is not None or schedule.whole_is_due(home, server.key, now):
        return True
    if read_again.is_due(home, server.key, PublishedForms(home).digest):
        return True
    hint = server.hint()
    if hint is not None and hint != last.hint:
        return True
    with schedule.kept(home, server.key) as row:
        row.polled_at = now
    return False


def pull(
    home: Home,
    server: Server,
    look: Look,
    progress: ProgressCall | None,
    *,
    revalidate: bool = False,
    accept_absence: bool = False,
) -> Found:
    """Bring the mirror up to date with the list. Raises as `sync.pull.pull_source.pull`."""
    key, now = server.key, datetime.now(UTC)
    writer = Writer(home, key, keeps_standing=True)
    due, judgement = _compared(home, server, writer, look, accept_absence)
    deletions.apply(home, writer.reader, key, judgement.changes)
    _release_readable(home, key, look)
    share = revalidate or schedule.share_is_due(home, key, now.date())
    replaced = _replaced(home, server, look, due, now.date(), everything=revalidate) if share else []
    journal = Journal(home, key)
    journal.distrust(look.entries.keys() if revalidate else replaced)
    due += replaced
    if len(due) > fetching.LARGEST:  # fewer are here before anybody looks
        with schedule.kept(home, key) as row:
            _note(row, look, judgement, now, len(due))
    pulled = _fetch(home, server, writer, journal, due, progress)
    validation_statuses.note(home, key, look.entries, look.lists_form_of)
    with schedule.kept(home, key) as row:
        _note(row, look, judgement, now, len(due) - pulled.done)
        row.whole_at = now
        # An old hint differs from the server's next one, which costs at most one more complete pull.
        row.hint = look.hint or row.hint
        row.problem = row.problem_th = row.problem_since = None
        row.unlisted = _unlisted(row, look, now)
        row.revalidated_at = now if share else row.revalidated_at
        row.files_at = now if revalidate else row.files_at
    return Found(len(due), len(judgement.changes), judgement.vanished, pulled)


def _note(row: Sweep, look: Look, judgement: StateChanges, now: datetime, due: int) -> None:
    row.polled_at, row.listed, row.due, row.vanished = now, len(look.entries), due, judgement.vanished


def _unlisted(before: Sweep, look: Look, now: datetime) -> list[dict[str, str]]:
    since = {one["form"]: one["since"] for one in before.unlisted}
    return [
        {"form": form_id, "th": said.th, "en": said.en, "since": since.get(form_id, now.isoformat())}
        for form_id, said in sorted(look.unlisted.items())
    ]


def fetch(home: Home, server: Server, ids: Sequence[str], progress: ProgressCall | None) -> Pulled:
    """Fetch these roots. Raises as `sync.pull.pull_source.do`."""
    writer = Writer(home, server.key, keeps_standing=True)
    return _fetch(home, server, writer, Journal(home, server.key), ids, progress)


def _fetch(
    home: Home,
    server: Server,
    writer: Writer,
    journal: Journal,
    ids: Sequence[str],
    progress: ProgressCall | None,
) -> Pulled:
    """Whatever can be fetched is written, whatever else fails; then the gravest error is raised."""
    pulled, done, errors = Pulled(), 0, list[Exception]()
    waiting: list[Ready] = []
    for some in fetching.fetch(Preparer(home.store, server, writer.reader, journal), server, ids):
        waiting += some.ready
        done += some.roots
        if waiting and (len(waiting) >= TOGETHER or done == len(ids)):
            pulled += writer.write(waiting)
            waiting = []
        errors += some.errors
        if progress is not None:
            progress("pull", done, len(ids))
    if errors:
        with schedule.kept(home, server.key) as row:
            row.due = len(ids) - pulled.done
        raise min(errors, key=_gravity)
    journal.end()
    return pulled


def _gravity(error: Exception) -> int:
    """Errors for a person come before passing ones."""
    return 0 if isinstance(error, Terminal) else 2 if isinstance(error, Transient) else 1


def _compared(
    home: Home, server: Server, writer: Writer, look: Look, accept_absence: bool
) -> tuple[list[str], StateChanges]:
    """The roots to fetch, and the new states of known roots."""
    known = {root_id: one for root_id, one in look.known.items() if look.lists_form_of(root_id)}
    there = {**{item.key: Entry(item.key, "") for item in look.unusable}, **look.entries}
    judgement = deletions.state_changes(
        {root_id: stood for root_id, (_, stood) in known.items()},
        there,
        has_trash=server.has_trash,
        accepted=schedule.last(home, server.key).vanished if accept_absence else 0,
    )

    def as_seen(entry: Entry) -> bool:
        fingerprint, stood = known.get(entry.root_id, (None, RootState()))
        return stood.state == LIVE and writer.is_known(entry.fingerprint, fingerprint)

    due = [root_id for root_id, one in look.entries.items() if not one.trash and not as_seen(one)]
    return due, judgement


def _replaced(
    home: Home, server: Server, look: Look, due: Collection[str], day: date, *, everything: bool
) -> list[str]:
    """Roots, not due otherwise, whose files differ from ours."""
    settings, others = schedule.settings_of(home, server.key), set(due)
    days = settings.revalidate_days if settings else 1

    def wanted(root_id: str) -> bool:
        entry = look.entries.get(root_id)
        if entry is None or entry.trash or root_id in others:
            return False
        return everything or in_share(root_id, day, days)

    return list(fetching.stale(server, held_roots(home, server.key, wanted)))


def _release_readable(home: Home, source: str, look: Look) -> None:
    """Release what was encrypted and no longer is, or is gone."""
    query = select(Quarantined.key).where(Quarantined.source == source, Quarantined.code == ENCRYPTED)
    with reading(home.engine) as session:
        held = {key for key in session.scalars(query) if look.lists_form_of(key)}
    readable = held - {item.key for item in look.unusable}
    if readable:
        with alone(home.engine, WRITER_LOCK) as session:
            release(session, source, readable)
