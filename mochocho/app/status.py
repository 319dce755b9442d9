"""How the work stands: what each stage has done and still has to do, and what waits for a person."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.app.console import out, say
from mochocho.app.redact import redact
from mochocho.db import reading
from mochocho.errors import MochochoError
from mochocho.home import Home
from mochocho.model import Assessment
from processing import assess, codec, register
from processing.tables import ApplicantRow, AssessmentRow, DecisionRow, SheetRow, UnreadRow
from reports.tables import PacketRow
from sync import mirror, pull
from sync.openrosa import officers
from sync.sources.registry import sources
from sync.tables import Quarantined, Submission, SubmissionVersion
from xlsforms import names

HELD = "officer.other_district"
FAILED = "assess.failed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things alike that wait for a person: how many, why, and since when the oldest does."""

    code: str
    message_th: str
    count: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class StageStatus:
    """One stage: how many it has done, how many are due, and what it could not use."""

    name: str
    done: int
    due: int
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An applicant whose form came from an officer of another district; it waits for a person."""

    key: str
    name: str
    message_th: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything `mochocho status` shows."""

    stages: tuple[StageStatus, ...]
    held: tuple[Held, ...]
    conflicts: tuple[str, ...]  # root ids of forms that were edited twice from one version; both are kept
    missing_attachments: int
    officers_active: int
    officers_revoked: int
    decisions: int
    packet_meeting: str | None  # of the packet made last
    packet_made_at: datetime | None


def look(home: Home) -> Status:
    """The state of one home, now."""
    everyone = officers.listing(home)
    with reading(home.engine) as session:
        mirrored = [m for form in (names.APPLICATION, names.ONSITE) for m in mirror.current(session, form)]
        now = _assessments(session)
        packet = session.scalars(select(PacketRow).order_by(PacketRow.made_at.desc()).limit(1)).first()
        return Status(
            stages=(_pulled(home, session), _registered(home, session), _assessed(home, now)),
            held=tuple(_held(now)),
            conflicts=tuple(m.root_id for m in mirrored if m.conflict),
            missing_attachments=sum(sha256 is None for m in mirrored for sha256 in m.files.values()),
            officers_active=sum(o.revoked_at is None for o in everyone),
            officers_revoked=sum(o.revoked_at is not None for o in everyone),
            decisions=_count(session, DecisionRow.id),
            packet_meeting=packet.meeting_no if packet else None,
            packet_made_at=packet.made_at if packet else None,
        )


def _count(session: Session, what: Any) -> int:
    return session.scalar(select(func.count(what))) or 0


def _pulled(home: Home, session: Session) -> StageStatus:
    due, waiting = 0, list(_quarantined(session))
    for source in sources(home):
        try:
            due += len(pull.due(home, source))
        except MochochoError as error:
            waiting.append(Waiting("source.unreadable", f"{source.key}: {error}", 1))
    return StageStatus("pull", _count(session, Submission.id), due, tuple(waiting))


def _quarantined(session: Session) -> Iterator[Waiting]:
    query = select(Quarantined.code, Quarantined.message_th, Quarantined.received_at)
    return _alike(session.execute(query.order_by(Quarantined.code, Quarantined.message_th)))


def _registered(home: Home, session: Session) -> StageStatus:
    query = (
        select(UnreadRow.code, UnreadRow.message_th, SubmissionVersion.received_at)
        .outerjoin(SubmissionVersion, UnreadRow.instance_id == SubmissionVersion.instance_id)
        .order_by(UnreadRow.code, UnreadRow.message_th)
    )
    done = _count(session, ApplicantRow.key) + _count(session, SheetRow.root_id)
    return StageStatus("register", done, len(register.due(home)), tuple(_alike(session.execute(query))))


def _assessed(home: Home, now: Sequence[tuple[str, Assessment]]) -> StageStatus:
    failed = [(f.code, f.message_th, None) for _, a in now for f in a.findings if f.code == FAILED]
    return StageStatus("assess", len(now) - len(failed), len(assess.due(home)), tuple(_alike(failed)))


def _assessments(session: Session) -> list[tuple[str, Assessment]]:
    """(name, assessment) of every applicant that has one, by name."""
    query = (
        select(ApplicantRow.name, AssessmentRow.result)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .order_by(ApplicantRow.name, ApplicantRow.key)
    )
    return [(name, codec.load(Assessment, result)) for name, result in session.execute(query)]


def _held(now: Sequence[tuple[str, Assessment]]) -> Iterator[Held]:
    for name, assessment in now:
        for finding in assessment.findings:
            if finding.code == HELD:
                yield Held(assessment.key, name, finding.message_th)


def _alike(rows: Iterable[tuple[str, str, datetime | None]]) -> Iterator[Waiting]:
    """One line for all that wait for the same reason, in the order in which reasons come."""
    groups: dict[tuple[str, str], list[datetime | None]] = {}
    for code, message, since in rows:
        groups.setdefault((code, message), []).append(since)
    for (code, message), times in groups.items():
        yield Waiting(code, message, len(times), min((t for t in times if t is not None), default=None))


def to_json(now: Status) -> str:
    """For programs: the fields of `Status`, times in ISO 8601."""
    return json.dumps(_covered(asdict(now)), ensure_ascii=False, indent=2, default=datetime.isoformat)


def _covered(value: Any) -> Any:
    """The same with every text redacted: names are as officers typed them."""
    match value:
        case str():
            return redact(value)
        case dict():
            return {name: _covered(held) for name, held in value.items()}
        case list() | tuple():
            return [_covered(held) for held in value]
    return value


def table(now: Status, at: datetime) -> None:
    """Print it for a person; `at` is the time that ages are counted to."""
    grid = Table("stage", box=None, pad_edge=False)
    for heading in ("done", "due", "waiting for a person"):
        grid.add_column(heading, justify="right")
    for stage in now.stages:
        waiting = sum(w.count for w in stage.waiting)
        grid.add_row(stage.name, str(stage.done), str(stage.due), str(waiting))
    out.print(grid)
    for line in _lines(now, at):
        say(redact(line))


def _lines(now: Status, at: datetime) -> Iterator[str]:
    yield f"decisions: {now.decisions}"
    yield f"officers: {now.officers_active} active, {now.officers_revoked} revoked"
    if now.packet_made_at:
        yield f"last packet: meeting {now.packet_meeting}, made {_age(now.packet_made_at, at)} ago"
    if now.missing_attachments:
        yield f"files that have not arrived: {now.missing_attachments}"
    for stage in now.stages:
        for w in stage.waiting:
            age = f", oldest {_age(w.since, at)}" if w.since else ""
            yield f"{stage.name}: {w.count} × {w.code}{age}: {w.message_th}"
    for held in now.held:
        yield f"held: {held.name} ({held.key}): {held.message_th}"
    for root_id in now.conflicts:
        yield f"conflict: {root_id} was edited twice from one version; both are kept"


def _age(since: datetime, at: datetime) -> str:
    seconds = max(0, int((at - since).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
