"""Updates the register from the mirror:
reads the submissions that changed as applicants and forms about them.

Two submissions may claim one applicant key: the one with the smallest root id gets it, in whatever order they
came; the others are recorded as unread, with the key they claim, until a person withdraws one. Where a newer
version of a registered form cannot be read, the former version stays, and the reason is recorded beside it.

Several processes may work on different roots, or the same, at once: they read forms in parallel, but only one
at a time writes rows. A write that is overtaken by a change leaves the root due.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from mochocho.standards.schema import Pack
from mochocho.storage.db import alone, reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, Transient, reason
from mochocho.words.progress import ProgressCall
from processing.chunks import batched
from processing.register import matching
from processing.register.form_packs import Packs
from processing.register.kinds import KINDS
from processing.register.read import READ_VERSION
from processing.register.read.application import read_application
from processing.register.register_rows import (
    DUPLICATE,
    DUPLICATE_TH,
    Change,
    ReadAbout,
    ReadApplication,
    Unread,
    write,
)
from processing.tables import AboutApplicant, ApplicantRow, UnreadRow
from sync.mirror import late_choices, queries
from sync.mirror.late_choices import LateChoices
from sync.mirror.queries import Mirrored
from sync.tables import Submission
from sync.xform.parse import Instance, parse_instance
from xlsforms import names

__all__ = ["DUPLICATE", "RegisterReport", "do", "due", "run"]

FORMS = (names.APPLICATION, *KINDS)
CHUNK = 100  # submissions between two transactions

_WRITER_LOCK = 0x72656769  # an arbitrary number used for nothing else in the database

log = logging.getLogger(__name__)
_TABLES: tuple[type[ApplicantRow | AboutApplicant | UnreadRow], ...] = (
    ApplicantRow,
    *(kind.table for kind in KINDS.values()),
    UnreadRow,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What one run read and removed. `about`: forms about applicants, of every kind.

    `failed`: why some of the unread stay due, by root id.
    """

    applicants: int = 0
    about: int = 0
    unread: int = 0
    gone: int = 0
    failed: Mapping[str, Exception] = field(default_factory=dict)

    def __add__(self, other: "RegisterReport") -> "RegisterReport":
        return RegisterReport(
            self.applicants + other.applicants,
            self.about + other.about,
            self.unread + other.unread,
            self.gone + other.gone,
            {**self.failed, **other.failed},
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """The mirror's content of some roots, as read; none of it is written yet.

    `looked`: those in which answers that are not offered were looked for only now.
    """

    ids: frozenset[str]
    mirrored: Mapping[str, Mirrored]
    applications: Sequence[ReadApplication]
    about: Sequence[ReadAbout]
    unread: Sequence[Unread]
    looked: Sequence[Mirrored]


@dataclass(frozen=True, slots=True)
class _Claims:
    """The other roots that claim the keys of some roots.

    `held`, `waiting`: root id -> key, registered or recorded as a duplicate. `former`: the keys that the
    roots themselves had.
    """

    held: Mapping[str, str]
    waiting: Mapping[str, str]
    former: Mapping[str, str]


def due(home: Home) -> list[str]:
    """Root ids of the submissions that must be read or removed."""
    found: set[str] = set()
    late = LateChoices(home)
    with reading(home.engine) as session:
        packs = Packs(home, session)
        for page in chain.from_iterable(queries.pages(session, form_id) for form_id in FORMS):
            done = _done(session, [m.root_id for m in page])
            now = _as_read(packs, matching.latest_matches(session, [m.root_id for m in page]), page)
            found.update(m.root_id for m in now if done.get(m.root_id) != m.state_digest or late.waits(m))
        for table in _TABLES:
            found.update(session.scalars(_without_submission(table)))
    return sorted(found)


def run(home: Home) -> RegisterReport:
    """Update the register from the mirror."""
    return do(home, due(home))


def do(home: Home, ids: Collection[str], progress: ProgressCall | None = None) -> RegisterReport:
    """Read these roots again, or remove those that are gone from the mirror;
    several processes may do so at once.

    A submission that cannot be read is recorded and skipped; one that the store cannot give now stays due.
    """
    report, done, waiting = RegisterReport(), 0, set(ids)
    while waiting:
        woken: set[str] = set()
        for chunk in batched(waiting, CHUNK):
            change = _bring_up(home, chunk)
            report += _report(change)
            woken |= change.woken
            done += len(chunk)
            if progress:
                progress("register", min(done, len(ids)), len(ids))
        waiting = woken
    return report


def _report(change: Change) -> RegisterReport:
    return RegisterReport(
        applicants=len(change.applications),
        about=len(change.about),
        unread=len(change.unread),
        gone=len(change.gone),
        failed={unread.mirrored.root_id: unread.again for unread in change.unread if unread.again},
    )


def _bring_up(home: Home, ids: Sequence[str]) -> Change:
    read = _read_all(home, ids)
    with alone(home.engine, _WRITER_LOCK) as session:
        change = _resolve_claims(read, _claims(session, read))
        write(session, change)
        late_choices.keep(session, read.looked)
    return change


def _done(session: Session, roots: Sequence[str]) -> dict[str, str]:
    """The state with which these roots were last read, with or without success."""
    done: dict[str, str] = {}
    for table in _TABLES:
        query = select(table.root_id, table.state_digest).where(table.root_id.in_(roots))
        done.update(session.execute(query).all())
    return done


def _without_submission(table: type[ApplicantRow | AboutApplicant | UnreadRow]) -> Select[str]:
    mirrored = exists().where(
        Submission.root_id == table.root_id,
        Submission.form_id.in_(FORMS),
        Submission.current_id.is_not(None),
        ~Submission.gone,
    )
    return select(table.root_id).where(~mirrored)


def _read_all(home: Home, ids: Sequence[str]) -> _Read:
    with reading(home.engine) as session:
        packs, matched = Packs(home, session), matching.latest_matches(session, ids)
        found = {
            form_id: _as_read(packs, matched, queries.current(session, form_id, ids)) for form_id in FORMS
        }
    looked = dict(_looked(LateChoices(home), chain.from_iterable(found.values())))
    found = {form_id: [looked.get(m.root_id, m) for m in own] for form_id, own in found.items()}
    by = _Reading(home, packs, matched)
    applications, unread = by.read(found[names.APPLICATION], read_application)
    about: list[ReadAbout] = []
    for form_id, kind in KINDS.items():
        read, not_read = by.read(found[form_id], kind.read)
        about += [(kind, mirrored, value) for mirrored, value in read]
        unread += not_read
    mirrored = {m.root_id: m for own in found.values() for m in own}
    return _Read(frozenset(ids), mirrored, applications, about, unread, [*looked.values()])


def _looked(late: LateChoices, mirrored: Iterable[Mirrored]) -> Iterator[tuple[str, Mirrored]]:
    for m in mirrored:
        if late.waits(m):
            with suppress(OSError):  # told when it is read, and tried again
                yield m.root_id, late.looked(m)


def _as_read(packs: Packs, matched: Mapping[str, str], mirrored: Iterable[Mirrored]) -> list[Mirrored]:
    """These submissions with a state digest of everything they are read from: also form pack and decision."""
    return [
        replace(m, state_digest=_state(packs.digest(m.form_id, m.form_version), matched.get(m.root_id), m))
        for m in mirrored
    ]


def _state(pack_digest: str, matched: str | None, mirrored: Mirrored) -> str:
    state = json.dumps([READ_VERSION, pack_digest, matched, mirrored.state_digest])
    return hashlib.sha256(state.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Reading:
    """How forms are read now: each with its version's pack, about the applicant that was chosen."""

    home: Home
    packs: Packs
    matched: Mapping[str, str]

    def read(
        self, mirrored: Iterable[Mirrored], reader: Callable[[Instance, Mirrored, Pack], T]
    ) -> tuple[list[tuple[Mirrored, T]], list[Unread]]:
        read: list[tuple[Mirrored, T]] = []
        unread: list[Unread] = []
        for m in mirrored:
            try:
                read.append((m, self._one(m, reader)))
            except BadInput as error:
                unread.append(Unread(m, error.code, error.message_th))
            except OSError as error:
                message = "อ่านแบบฟอร์มนี้จากคลังไฟล์ไม่ได้ ให้ผู้ดูแลระบบตรวจคลังไฟล์ ระบบจะลองใหม่เอง"
                why = reason(error)
                again = Transient(
                    f"อ่านแบบ {m.root_id} จากที่เก็บไฟล์ไม่ได้ ({why.th})",
                    f"the store cannot give the form {m.root_id} ({why.en})",
                )
                unread.append(Unread(m, "store.missing", message, again=again))
        return read, unread

    def _one(self, m: Mirrored, reader: Callable[[Instance, Mirrored, Pack], T]) -> T:
        instance = parse_instance(self.home.store.read(m.xml_sha256))
        if m.form_id != names.APPLICATION:
            matching.choose(instance, self.matched.get(m.root_id, ""))
        return reader(instance, m, self.packs.of(m.form_id, m.form_version))


def _claims(session: Session, read: _Read) -> _Claims:
    query = select(ApplicantRow.root_id, ApplicantRow.key)
    former = dict(session.execute(query.where(ApplicantRow.root_id.in_(read.ids))).all())
    waited = select(UnreadRow.claimed_key).where(
        UnreadRow.root_id.in_(read.ids), UnreadRow.claimed_key.is_not(None)
    )
    keys = {application.key for _, (application, _) in read.applications}
    keys |= {*former.values(), *(key for key in session.scalars(waited) if key)}
    held = dict(session.execute(query.where(ApplicantRow.key.in_(keys))).all())
    duplicates = select(UnreadRow.root_id, UnreadRow.claimed_key).where(UnreadRow.claimed_key.in_(keys))
    waiting = {root: key for root, key in session.execute(duplicates) if key}
    return _Claims(
        held={root: key for root, key in held.items() if root not in read.ids},
        waiting={root: key for root, key in waiting.items() if root not in read.ids},
        former=former,
    )


def _resolve_claims(read: _Read, claims: _Claims) -> Change:
    """Decide who gets each key of all who claim it: the smallest root id."""
    kept = {root: key for root, key in claims.former.items() if root in read.mirrored}
    own = kept | {m.root_id: application.key for m, (application, _) in read.applications}
    holders: dict[str, str] = {}
    for root, key in (*own.items(), *claims.held.items(), *claims.waiting.items()):
        holders[key] = min(root, holders.get(key, root))
    # A form that a person has taken away from an applicant must not stay with that applicant.
    taken_back = {u.mirrored.root_id for u in read.unread if u.code == matching.UNMATCHED}
    losers = [root for root, key in own.items() if holders[key] != root]
    return Change(
        applications=[r for r in read.applications if holders[r[1][0].key] == r[0].root_id],
        about=read.about,
        unread=[
            *read.unread,
            *(Unread(read.mirrored[root], DUPLICATE, DUPLICATE_TH, own[root]) for root in sorted(losers)),
        ],
        gone=(read.ids - read.mirrored.keys()) | set(losers) | taken_back,
        displaced=frozenset(root for root, key in claims.held.items() if holders[key] != root),
        woken=frozenset(root for root, key in claims.waiting.items() if holders[key] == root),
    )
