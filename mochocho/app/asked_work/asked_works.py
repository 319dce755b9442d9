"""The kept rows of work that was asked for: who asked, how far it is, how it ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from mochocho.app.tables import AskedWorkRow
from mochocho.storage.db import insert_or_ignore, transaction
from mochocho.storage.home import Home

SILENT = timedelta(seconds=30)  # after which whoever does it is taken for dead; it reports every two


class Kind(StrEnum):
    """What is asked for."""

    PULL = "pull"  # everything that servers, phones and folders hold, then register and assess
    ABSENCE = "absence"  # the same of one server, whose vanished forms may go
    PACKET = "packet"  # assess, then the papers of the meeting
    REDACTED = "redacted"  # the same, as the committee's copy
    EVERYTHING = "everything"  # `mochocho run`: all stages, then the papers
    IMPORT = "import"  # record what a filled-in file says: `about` is an Offer
    PREVIEW = "preview"  # what a long file that was handed in would change: `about` is an Offer
    RELEASE = "release"  # the packet as it lies there, frozen; `content` says how
    ADDENDUM = "addendum"  # what changed since a release; `content` says of which
    ERASURE_LOOK = "erasure_look"  # what would go with a person: `about` is a file that says of whom
    ERASURE = "erasure"  # what was shown goes; `content` says what, and once it is done which erasure it was


class State(StrEnum):
    """How it stands."""

    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CUT_OFF = "cut_off"  # nobody does it any more: what it did stays, and it may be asked for again


ALIVE = (State.ASKED, State.RUNNING)
# these write the whole database in one transaction, beside which SQLite lets nobody report
LONG_SILENT = {kind.value: timedelta(minutes=20) for kind in (Kind.ERASURE_LOOK, Kind.ERASURE)}
_WAITING = AskedWorkRow.state == State.ASKED.value, AskedWorkRow.slot.is_not(None)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work. `about`: a source's key, '' = all; of an import what is taken in. `stage`, `done`,
    `total`: as last reported, '' = nothing yet. `said`: in Thai, how it ended. `content`: what exactly is
    asked for, '' = nothing more.
    """

    number: int
    kind: Kind
    about: str
    state: State
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    stage: str
    done: int
    total: int
    said: str
    content: str = ""

    @property
    def alive(self) -> bool:
        return self.state in ALIVE


@dataclass(frozen=True, slots=True)
class Offer:
    """What an import takes in, or a preview shows: the kind of the file, its name among the offered, and the
    number of the last decision when its changes were shown.
    """

    kind: str
    file: str
    shown: int

    @classmethod
    def of(cls, about: str) -> "Offer":
        """As `str` wrote it."""
        kind, file, shown = about.split(":")
        return cls(kind, file, int(shown))

    def __str__(self) -> str:
        return f"{self.kind}:{self.file}:{self.shown}"


def ask(
    home: Home, kind: Kind, by: str, at: datetime, about: str = "", content: str = ""
) -> tuple[int, bool]:
    """Have this done. Returns its number, and whether it is new: what is being done is not begun twice."""
    slot = f"{kind}:{about}"
    row = {
        "kind": kind.value,
        "about": about,
        "slot": slot,
        "state": State.ASKED.value,
        "asked_by": by,
        "asked_at": at,
        "seen_at": at,
        "stage": "",
        "done": 0,
        "total": 0,
        "said": "",
        "content": content,
    }
    with transaction(home.engine, counted=False) as session:
        _bury(session, at)
        new = insert_or_ignore(session, AskedWorkRow, [row])
        number = session.scalars(select(AskedWorkRow.id).where(AskedWorkRow.slot == slot)).one()
    return number, bool(new)


def begin(home: Home, number: int, at: datetime) -> bool:
    """Take it up; False where another has, or nobody waits for it any more."""
    waiting = (
        AskedWorkRow.id == number,
        AskedWorkRow.state == State.ASKED.value,
        AskedWorkRow.slot.is_not(None),
    )
    values = {"state": State.RUNNING.value, "seen_at": at}
    taken = update(AskedWorkRow).where(*waiting).values(**values).returning(AskedWorkRow.id)
    with transaction(home.engine, counted=False) as session:
        return session.scalars(taken).one_or_none() is not None


def waiting(home: Home, at: datetime) -> list[int]:
    """The numbers of what nobody has taken up, which are noted as waiting still."""
    still = update(AskedWorkRow).where(*_WAITING).values(seen_at=at).returning(AskedWorkRow.id)
    with transaction(home.engine, counted=False) as session:
        return sorted(session.scalars(still))


def report(home: Home, number: int, at: datetime, stage: str, done: int, total: int) -> None:
    """Note that somebody is at it, and how far it is."""
    values = {"state": State.RUNNING.value, "seen_at": at, "stage": stage, "done": done, "total": total}
    with transaction(home.engine, counted=False) as session:
        alive = AskedWorkRow.id == number, AskedWorkRow.slot.is_not(None)
        session.execute(update(AskedWorkRow).where(*alive).values(**values))


def came_to(home: Home, number: int, at: datetime, content: str) -> None:
    """Keep what it made in place of what was asked for."""
    values = {"content": content, "seen_at": at}
    with transaction(home.engine, counted=False) as session:
        session.execute(update(AskedWorkRow).where(AskedWorkRow.id == number).values(**values))


def end(home: Home, number: int, at: datetime, state: State, said: str) -> None:
    """Note how it ended."""
    values = {"state": state.value, "seen_at": at, "ended_at": at, "slot": None, "said": said}
    with transaction(home.engine, counted=False) as session:
        session.execute(update(AskedWorkRow).where(AskedWorkRow.id == number).values(**values))


def numbered(session: Session, number: int, at: datetime | None = None) -> Work | None:
    """The piece of work with this number, as it stands at a moment; None = as it was left."""
    row = session.get(AskedWorkRow, number)
    return _work(row, at or row.seen_at) if row else None


def latest(session: Session, at: datetime, most: int) -> list[Work]:
    """The newest, newest first; what nobody does any more is cut off."""
    query = select(AskedWorkRow).order_by(AskedWorkRow.id.desc()).limit(most)
    return [_work(row, at) for row in session.scalars(query)]


def of_kinds(session: Session, at: datetime, kinds: Collection[Kind], most: int) -> list[Work]:
    """The newest of these kinds, newest first."""
    query = select(AskedWorkRow).where(AskedWorkRow.kind.in_([kind.value for kind in kinds]))
    return [_work(row, at) for row in session.scalars(query.order_by(AskedWorkRow.id.desc()).limit(most))]


def previews(session: Session, at: datetime, kinds: Collection[str], most: int) -> list[Work]:
    """The newest previews of files of these kinds, newest first."""
    of_kind = or_(*(AskedWorkRow.about.startswith(f"{kind}:", autoescape=True) for kind in kinds))
    query = select(AskedWorkRow).where(AskedWorkRow.kind == Kind.PREVIEW.value, of_kind)
    return [_work(row, at) for row in session.scalars(query.order_by(AskedWorkRow.id.desc()).limit(most))]


def _bury(session: Session, at: datetime) -> None:
    """Let what nobody does any more be asked for again."""
    cut = {"state": State.CUT_OFF.value, "slot": None, "ended_at": AskedWorkRow.seen_at}
    others = AskedWorkRow.kind.not_in(LONG_SILENT)
    silent = [(others, SILENT), *((AskedWorkRow.kind == kind, much) for kind, much in LONG_SILENT.items())]
    for which, much in silent:
        dead = AskedWorkRow.slot.is_not(None), which, AskedWorkRow.seen_at < at - much
        session.execute(update(AskedWorkRow).where(*dead).values(**cut))


def _work(row: AskedWorkRow, at: datetime) -> Work:
    state = State(row.state)
    if state in ALIVE and row.seen_at < at - LONG_SILENT.get(row.kind, SILENT):
        state = State.CUT_OFF
    return Work(
        number=row.id,
        kind=Kind(row.kind),
        about=row.about,
        state=state,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        stage=row.stage,
        done=row.done,
        total=row.total,
        said=row.said,
        content=row.content,
    )
