"""How the work stands: what each stage has done and still has to do, and what waits for a person."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from rich.table import Table
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from mochocho.app import ledger, quiet, standings
from mochocho.app.ages import age, seconds
from mochocho.app.console import out, say
from mochocho.app.redact import redact
from mochocho.app.standings import ServerStatus
from mochocho.app.tables import WorkRow
from mochocho.db import reading
from mochocho.errors import MochochoError
from mochocho.home import Home
from mochocho.model import Assessment
from processing import assess, codec, register
from processing.kinds import KINDS
from processing.tables import ApplicantRow, AssessmentRow, DecisionRow, UnreadRow
from reports import layout, lists, packet, plan, telling, typeset
from reports.tables import PacketRow
from sync import mirror, pull
from sync.openrosa import officers
from sync.sources.registry import sources
from sync.tables import PublishedList, Quarantined, Submission, SubmissionVersion

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
class Failed:
    """Items of a stage that failed alike: since when the first one, when one is tried again.

    `again` is None where all of them wait for a person, who mends what the message says and calls
    `mochocho replay`.
    """

    code: str
    message: str
    items: tuple[str, ...]
    since: datetime
    again: datetime | None


@dataclass(frozen=True, slots=True)
class StageStatus:
    """One stage: how many it has done, how many are due, and what it could not use.

    `queued`: handed out and not begun, `running`: begun by a worker, `failed`: as above; neither is in `due`.
    `oldest`: since when the first of all these has been on its way.
    """

    name: str
    done: int
    due: int
    waiting: tuple[Waiting, ...] = ()
    queued: int = 0
    running: int = 0
    failed: tuple[Failed, ...] = ()
    oldest: datetime | None = None


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
    looked_at: datetime | None = None  # when the conveyor of the workers last looked; None without workers
    servers: tuple[ServerStatus, ...] = ()
    overruled: int = 0  # how often another had written, on a server, what only we write


def look(home: Home) -> Status:
    """The state of one home, now."""
    everyone = officers.listing(home)
    with reading(home.engine) as session:
        last = session.scalars(select(PacketRow).order_by(PacketRow.made_at.desc()).limit(1)).first()
        remarked = list(_remarked(session))
        found = (
            _pulled(home, session),
            _registered(home, session),
            _assessed(home, session, remarked),
            StageStatus("lists", _count(session, PublishedList.name), len(lists.due(home))),
            StageStatus("notices", telling.told(session), len(telling.due(home))),
        )
        work = list(ledger.everything(session))
        return Status(
            stages=tuple(_with_work(stage, work) for stage in (*found, *_printed(home, session))),
            held=tuple(_held(remarked)),
            conflicts=tuple(mirror.conflicts(session, register.FORMS)),
            missing_attachments=mirror.missing_files(session, register.FORMS),
            officers_active=sum(o.revoked_at is None for o in everyone),
            officers_revoked=sum(o.revoked_at is not None for o in everyone),
            decisions=_count(session, DecisionRow.id),
            packet_meeting=last.meeting_no if last else None,
            packet_made_at=last.made_at if last else None,
            looked_at=ledger.last_beat(session),
            servers=tuple(standings.look(home, session)),
            overruled=telling.overruled(session),
        )


def _with_work(stage: StageStatus, work: Sequence[WorkRow]) -> StageStatus:
    """`stage` with what the ledger says of its items."""
    rows = [row for row in work if row.stage == stage.name]
    failed = defaultdict[tuple[str, str], list[WorkRow]](list)
    for row in rows:
        if row.state == ledger.FAILED:
            failed[row.code, row.message].append(row)
    return replace(
        stage,
        due=max(0, stage.due - len(rows))
        if stage.name != "pull"
        else stage.due,  # it counts forms, not sources
        queued=sum(row.state == ledger.QUEUED for row in rows),
        running=sum(row.state == ledger.RUNNING for row in rows),
        failed=tuple(_alike_failed(*reason, alike) for reason, alike in failed.items()),
        oldest=min((row.since for row in rows), default=None),
    )


def _alike_failed(code: str, message: str, rows: Sequence[WorkRow]) -> Failed:
    again = min((row.until for row in rows if row.until is not None), default=None)
    return Failed(code, message, tuple(row.item for row in rows), min(row.since for row in rows), again)


def _printed(home: Home, session: Session) -> Iterator[StageStatus]:
    """The stages of the papers. Settings that no packet can be made with are told, not raised."""
    made = {
        "layout": int(plan.planned(home) is not None),
        "typeset": plan.typeset(home),
        "packet": _count(session, PacketRow.manifest_sha256),
    }
    for name, due in (("layout", layout.due), ("typeset", typeset.due), ("packet", packet.due)):
        try:
            yield StageStatus(name, made[name], len(due(home)))
        except MochochoError as error:
            yield StageStatus(name, made[name], 0, (Waiting("papers.settings", str(error), 1),))


def _count(session: Session, what: Any) -> int:
    return session.scalar(select(func.count(what))) or 0


def _pulled(home: Home, session: Session) -> StageStatus:
    due, waiting = 0, list(_quarantined(session))
    for source in sources(home):
        try:
            due += pull.count_due(home, source)
        except MochochoError as error:
            waiting.append(Waiting("source.unreadable", f"{source.key}: {error}", 1))
    there = session.scalar(select(func.count()).select_from(Submission).where(~Submission.gone)) or 0
    return StageStatus("pull", there, due, tuple(waiting))


def _quarantined(session: Session) -> Iterator[Waiting]:
    query = select(Quarantined.code, Quarantined.message_th, Quarantined.received_at)
    return _alike(session.execute(query.order_by(Quarantined.code, Quarantined.message_th)))


def _registered(home: Home, session: Session) -> StageStatus:
    query = (
        select(UnreadRow.code, UnreadRow.message_th, SubmissionVersion.received_at)
        .outerjoin(SubmissionVersion, UnreadRow.instance_id == SubmissionVersion.instance_id)
        .where(UnreadRow.state_digest != "")  # what is tried again is told by the ledger
        .order_by(UnreadRow.code, UnreadRow.message_th)
    )
    about = sum(_count(session, kind.table.root_id) for kind in KINDS.values())
    return StageStatus(
        "register",
        _count(session, ApplicantRow.key) + about,
        len(quiet.due(home, "register", register.due)),
        tuple(_alike(session.execute(query))),
    )


def _assessed(home: Home, session: Session, remarked: Sequence[tuple[str, Assessment]]) -> StageStatus:
    """Those that could not be assessed are told by the ledger."""
    failed = sum(f.code == FAILED for _, a in remarked for f in a.findings)
    done = _count(session, ApplicantRow.assessment_id) - failed
    return StageStatus("assess", done, len(quiet.due(home, "assess", assess.due)))


def _remarked(session: Session) -> Iterator[tuple[str, Assessment]]:
    """(name, assessment) of the applicants of whom something must be told here, by name."""
    result = cast(AssessmentRow.result, Text)
    query = (
        select(ApplicantRow.name, AssessmentRow.result)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(result.contains(f'"{HELD}"') | result.contains(f'"{FAILED}"'))
        .order_by(ApplicantRow.name, ApplicantRow.key)
    )
    for name, stored in session.execute(query):
        yield name, codec.load(Assessment, stored)


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
    for heading in ("done", "due", "queued", "running", "failed", "waiting for a person", "oldest"):
        grid.add_column(heading, justify="right")
    for stage in now.stages:
        failed, waiting = sum(len(f.items) for f in stage.failed), sum(w.count for w in stage.waiting)
        numbers = (stage.done, stage.due, stage.queued, stage.running, failed, waiting)
        grid.add_row(stage.name, *map(str, numbers), age(stage.oldest, at) if stage.oldest else "")
    out.print(grid)
    for server in now.servers:
        out.print(standings.table(server, at))
    for line in _lines(now, at):
        say(redact(line))


def _lines(now: Status, at: datetime) -> Iterator[str]:
    yield f"decisions: {now.decisions}"
    yield f"officers: {now.officers_active} active, {now.officers_revoked} revoked"
    if now.looked_at:
        yield f"the workers' conveyor looked {age(now.looked_at, at)} ago"
    if now.packet_made_at:
        yield f"last packet: meeting {now.packet_meeting}, made {age(now.packet_made_at, at)} ago"
    if now.missing_attachments:
        yield f"files that have not arrived: {now.missing_attachments}"
    yield from _server_lines(now, at)
    for stage in now.stages:
        for w in stage.waiting:
            oldest = f", oldest {age(w.since, at)}" if w.since else ""
            yield f"{stage.name}: {w.count} × {w.code}{oldest}: {w.message_th}"
        for failed in stage.failed:
            yield _failed_line(stage.name, failed, at)
    for held in now.held:
        yield f"held: {held.name} ({held.key}): {held.message_th}"
    for root_id in now.conflicts:
        yield f"conflict: {root_id} was edited twice from one version; both are kept"


def _server_lines(now: Status, at: datetime) -> Iterator[str]:
    for server in now.servers:
        yield from standings.lines(server, at)
    if now.overruled:
        yield f"written on a server by others and put right, as only mochocho writes it: {now.overruled}"


def _failed_line(stage: str, failed: Failed, at: datetime) -> str:
    what = f"{failed.items[0]}" if len(failed.items) == 1 else f"{len(failed.items)} items"
    again = f"again in {age(at, failed.again)}" if failed.again else f"`mochocho replay {stage}` when mended"
    return (
        f"{stage}: {what or 'the stage itself'} failed, {failed.code}, {age(failed.since, at)} ago: "
        f"{failed.message}; {again}"
    )


def to_prometheus(now: Status, at: datetime) -> str:
    """Numbers only, no names, in Prometheus' text format: for a textfile collector, or a scrape by script."""
    lines = []
    for name, meaning, samples in _metrics(now, at):
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
        lines += [f"{name}{_labels(labels)} {value:g}" for labels, value in samples]
    return "\n".join(lines)


Samples = list[tuple[dict[str, str], float]]


def _metrics(now: Status, at: datetime) -> Iterator[tuple[str, str, Samples]]:
    def by_stage(value: Callable[[StageStatus], float]) -> Samples:
        return [({"stage": stage.name}, value(stage)) for stage in now.stages]

    yield "mochocho_done", "Items a stage has done.", by_stage(lambda s: s.done)
    yield "mochocho_due", "Items a stage has still to do.", by_stage(lambda s: s.due)
    yield "mochocho_queued", "Items handed out and not begun.", by_stage(lambda s: s.queued)
    yield "mochocho_running", "Items a worker has begun.", by_stage(lambda s: s.running)
    failed: Samples = [
        ({"stage": stage.name, "code": f.code, "retried": str(f.again is not None).lower()}, len(f.items))
        for stage in now.stages
        for f in stage.failed
    ]
    yield (
        "mochocho_failed",
        "Items that failed, by reason, and whether they are tried again.",
        _summed(failed),
    )
    waiting: Samples = [
        ({"stage": stage.name, "code": w.code}, w.count) for stage in now.stages for w in stage.waiting
    ]
    yield "mochocho_waiting_for_a_person", "Items that could not be used, by reason.", _summed(waiting)
    ages = [({"stage": s.name}, seconds(s.oldest, at)) for s in now.stages if s.oldest]
    yield "mochocho_oldest_seconds", "Age of the first item that is on its way or failed.", ages
    yield "mochocho_conflicts", "Forms edited twice from one version.", [({}, len(now.conflicts))]
    yield "mochocho_held", "Applicants of another district's officer.", [({}, len(now.held))]
    yield "mochocho_missing_files", "Files that have not arrived.", [({}, now.missing_attachments)]
    looked: Samples = [({}, seconds(now.looked_at, at))] if now.looked_at else []
    yield "mochocho_looked_seconds", "Seconds since the workers' conveyor looked.", looked
    overruled: Samples = [({}, now.overruled)]
    yield "mochocho_overruled", "Columns of ours that others wrote on servers, put right.", overruled
    yield from standings.metrics(now.servers, at)


def _summed(samples: Samples) -> Samples:
    """One sample for equal labels: two messages may share a code."""
    sums: dict[tuple[tuple[str, str], ...], float] = {}
    for labels, value in samples:
        key = tuple(labels.items())
        sums[key] = sums.get(key, 0) + value
    return [(dict(key), value) for key, value in sums.items()]


def _labels(labels: Mapping[str, str]) -> str:
    text = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{text}}}" if text else ""


def _escaped(value: str) -> str:
    return redact(value).replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
