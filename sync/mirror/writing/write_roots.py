"""Writes fetched roots in one short transaction: instances, quarantined items, and that they were seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from mochocho.storage.db import alone
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from sync.mirror.prepared import Prepared, Ready
from sync.mirror.quarantine import Held, hold, release
from sync.mirror.read_again import held_mark
from sync.mirror.versions import WRITER_LOCK, Touched, update_submission
from sync.mirror.writing import bulk_edits, bulk_insert, erased_ids
from sync.mirror.writing.bulk_edits import Edit
from sync.mirror.writing.bulk_insert import NewRoot
from sync.mirror.writing.one_by_one import Written, write_instance
from sync.tables import Seen, Submission, SubmissionVersion
from sync.xform.published_forms import PublishedForms
from sync.xform.reader import Reader


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was written: new instances, files arrived, items quarantined, roots no longer due."""

    new: int = 0
    files: int = 0
    held: int = 0
    done: int = 0

    def __add__(self, other: "Pulled") -> "Pulled":
        return Pulled(
            self.new + other.new, self.files + other.files, self.held + other.held, self.done + other.done
        )


class Writer:
    """Writes what one source gave.

    `keeps_standing`: the source is a server, which decides its roots' state.
    """

    def __init__(self, home: Home, source: str, *, keeps_standing: bool = False) -> None:
        forms = PublishedForms(home)
        self.reader = Reader(home.store, forms)
        self._home = home
        self._source = source
        self._keeps_standing = keeps_standing
        self._forms_digest = forms.digest

    def write(self, fetched: Sequence[Ready]) -> Pulled:
        """Write these roots, all or none."""
        pulled = Pulled()
        with alone(self._home.engine, WRITER_LOCK) as session:
            dropped = erased_ids.without_erased(session, self._home.store, fetched)
            plain = bulk_insert.find(session, self._source, fetched)
            if plain:
                pulled += self._write_new_roots(session, plain)
            done = {one.ready.root_id for one in plain}
            others = [one for one in fetched if one.root_id not in done]
            edits = bulk_edits.find(session, self._source, others) if self._keeps_standing else []
            if edits:
                pulled += self._write_edits(session, edits)
            done = {one.ready.root_id for one in edits}
            for ready in [one for one in others if one.root_id not in done]:
                changed = self._write(session, ready)
                pulled += Pulled(
                    new=sum(one.new for one in changed),
                    files=sum(one.files for one in changed),
                    held=len(ready.held),
                    done=int(ready.read_whole),
                )
            dropped = erased_ids.unnamed(session, dropped)
        for sha256 in dropped:
            self._home.store.path(sha256).unlink(missing_ok=True)
        return pulled

    def is_known(self, fingerprint: str, seen: str | None) -> bool:
        """Whether a root was seen with this fingerprint and read with today's forms."""
        return seen is not None and seen in (fingerprint, self._held_mark(fingerprint))

    def _held_mark(self, fingerprint: str) -> str:
        return held_mark(fingerprint, self._forms_digest)

    def _write(self, session: Session, ready: Ready) -> list[Written]:
        """Write one root's instances and quarantined items; an instance refused now is quarantined too."""
        changed: list[Written] = []
        touched: dict[int, Touched] = {}
        for key, item in ready.items:
            try:
                with session.begin_nested():
                    changed.append(write_instance(session, self.reader, item))
            except BadInput as error:
                ready.held.append(_refused(key, item, error))
            else:
                _collect(session, touched, changed[-1].touched)
        release(session, self._source, ready.held_as() - {held.key for held in ready.held})
        for held in ready.held:
            hold(session, self._source, held)
        self._mark_seen(session, ready)
        for one in touched.values():
            update_submission(session, self.reader, one)
        return changed

    def _write_new_roots(self, session: Session, plain: Sequence[NewRoot]) -> Pulled:
        bulk_insert.write(session, plain)
        now = datetime.now(UTC) if self._keeps_standing else None
        rows = [
            {
                "source": self._source,
                "root_id": one.ready.root_id,
                "fingerprint": one.ready.fingerprint,
                "submission_root": one.root_id,
                "current_id": one.ready.current_id,
                "since": now,
            }
            for one in plain
        ]
        session.execute(insert(Seen), rows)
        files = sum(len(one.item.files) for one in plain)
        return Pulled(new=len(plain), files=files, done=len(plain))

    def _write_edits(self, session: Session, edits: Sequence[Edit]) -> Pulled:
        bulk_edits.write(session, edits)
        rows = [
            {
                "source": self._source,
                "root_id": one.ready.root_id,
                "fingerprint": one.ready.fingerprint,
                "current_id": one.ready.current_id,
            }
            for one in edits
        ]
        session.execute(update(Seen), rows)
        files = sum(len(one.item.files) for one in edits)
        return Pulled(new=len(edits), files=files, done=len(edits))

    def _mark_seen(self, session: Session, ready: Ready) -> None:
        if not ready.read_whole and not self._keeps_standing:
            return  # due again at the next pull
        row = session.get(Seen, (self._source, ready.root_id))
        if row is None:
            row = Seen(source=self._source, root_id=ready.root_id, submission_root="")
            row.since = datetime.now(UTC) if self._keeps_standing else None
            session.add(row)
        row.fingerprint = self._held_mark(ready.fingerprint) if ready.held else ready.fingerprint
        if not ready.read_whole:
            row.fingerprint = ""
        row.submission_root = _submission_root(session, ready) or row.submission_root or ""
        row.current_id = ready.current_id
        session.flush()


def _collect(session: Session, touched: dict[int, Touched], now: Touched) -> None:
    """Note a submission to bring up to date, with those that have just become part of it."""
    for id_, before in list(touched.items()):
        if id_ == now.submission_id or session.get(Submission, id_) is None:
            now = before | now
            del touched[id_]
    touched[now.submission_id] = now


def _submission_root(session: Session, ready: Ready) -> str | None:
    """The root of the submission that the current instance (or else any of these) belongs to."""
    ids = [item.instance_id for _, item in ready.items]
    if ready.current_id in ids:
        ids = [ready.current_id]
    query = select(Submission.root_id).join(
        SubmissionVersion, SubmissionVersion.submission_id == Submission.id
    )
    return session.scalar(
        query.where(SubmissionVersion.instance_id.in_(ids)).order_by(Submission.id).limit(1)
    )


def _refused(key: str, item: Prepared, error: BadInput) -> Held:
    return Held(key, error.code, error.message_th, item.xml_sha256, item.officer_id, item.received_at)
