"""The state of the work: what each stage has done and still has to do, and what waits for a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import Session

from mochocho.app import pulses
from mochocho.app.pipeline import ledger, skip_cache
from mochocho.app.status import resolutions_due, server_states
from mochocho.app.status.server_states import ServerStatus
from mochocho.app.tables import WorkRow
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.days import THAILAND
from mochocho.words.errors import MochochoError
from mochocho.words.model import Assessment, Outcome, Unmade
from mochocho.words.sentences import Sentence, about, plain
from processing.assessment import assess
from processing.assessment.cases import Casebook
from processing.decisions.against_evidence import confirmed, speaks_against
from processing.documents import measure
from processing.documents.desk import on_desk
from processing.findings.of_documents import FILE_PROBLEMS
from processing.findings.of_resolutions import AGAINST, RESOLVED
from processing.findings.quoting import listed, quoted
from processing.findings.saying import said
from processing.register import register_forms
from processing.register.kinds import KINDS
from processing.tables import ApplicantRow, AssessmentRow, DecisionRow, UnreadRow
from reports.lists import publish_lists
from reports.notices import tell_servers
from reports.packet import lay_out, make_packet, needed_sheets, typeset
from reports.tables import PacketRow
from reports.view.printed_words import UNMADE
from sync import officers
from sync.mirror import queries
from sync.mirror.late_choices import LateChoices
from sync.pull import pull_source
from sync.pull.registry import sources
from sync.tables import PublishedList, Quarantined, Submission, SubmissionVersion

HELD = "officer.other_district"
FAILED = "assess.failed"
_UNMADE = {
    Unmade.READING: Sentence(
        UNMADE[Unmade.READING], "there is no dossier, for the stored assessment cannot be read"
    ),
    Unmade.PRINTING: Sentence(UNMADE[Unmade.PRINTING], "there is no dossier, for laying it out failed"),
}
UNCONFIRMED = "resolution.against_evidence"
UNKNOWN_FIELD = "form.unknown_field"
NOT_OFFERED = "form.choice_not_offered"
CHOICES_UNKNOWN = "form.choices_unknown"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Similar things that wait for a person: how many, why, and since when the oldest waits.

    `message`: in English, but where the reason was stored or found in Thai alone.
    """

    code: str
    message_th: str
    message: str
    count: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Items of a stage that failed in the same way: since when, and when one is next tried again.

    `again` is None where all of them wait for a person, who corrects what the message says and runs `mochocho
    replay`.
    """

    code: str
    message: str
    message_th: str
    items: tuple[str, ...]
    since: datetime
    again: datetime | None


@dataclass(frozen=True, slots=True)
class StageStatus:
    """One stage: how many items are done, how many are due, and which it could not use.

    `queued`: sent and not begun, `running`: begun by a worker, `failed`: as above; none of these is counted
    in `due`. `oldest`: since when the first of all these has been on its way.
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
class FromOtherDistrict:
    """An applicant whose form came from an officer of another district; it waits for a person."""

    key: str
    name: str
    message_th: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything `mochocho status` shows."""

    stages: tuple[StageStatus, ...]
    held: tuple[FromOtherDistrict, ...]
    conflicts: tuple[str, ...]  # root ids of forms that were edited twice from one version; both are kept
    missing_attachments: int
    officers_active: int
    officers_revoked: int
    decisions: int
    packet_meeting: str | None  # of the latest packet
    packet_made_at: datetime | None
    backed_up_at: datetime | None = None  # when the last backup was begun; None if there is none
    looked_at: datetime | None = None  # when the workers' conveyor last looked for work; None without workers
    servers: tuple[ServerStatus, ...] = ()
    against_evidence: int = 0  # applicants that a committee passed although the evidence is against it
    documents_to_judge: int = 0  # documents that a person is asked to look at
    conditional: int = 0  # applicants that a committee passed on a condition
    deferred: int = 0  # applicants that a committee will look at again
    come_back: tuple[Waiting, ...] = ()  # resolutions whose condition or deferral is due
    overruled: int = 0  # how often others had changed, on a server, what only we write


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
            StageStatus("lists", _count(session, PublishedList.name), len(publish_lists.due(home))),
            StageStatus("notices", tell_servers.submissions_told(session), len(tell_servers.due(home))),
        )
        work = list(ledger.everything(session))
        return Status(
            stages=tuple(_with_work(stage, work) for stage in (*found, *_printed(home, session))),
            held=tuple(_held(remarked)),
            conflicts=tuple(queries.conflicts(session, register_forms.FORMS)),
            missing_attachments=queries.missing_files(session, register_forms.FORMS),
            officers_active=sum(o.revoked_at is None for o in everyone),
            officers_revoked=sum(o.revoked_at is not None for o in everyone),
            decisions=_count(session, DecisionRow.number),
            against_evidence=sum(any(map(speaks_against, a.findings)) for _, a in remarked),
            documents_to_judge=on_desk.count_waiting(session),
            conditional=sum(_resolved(a) is Outcome.CONDITIONAL for _, a in remarked),
            deferred=sum(_resolved(a) is Outcome.DEFERRED for _, a in remarked),
            come_back=tuple(
                Waiting(code, *said, count)
                for code, said, count in resolutions_due.due(
                    home, session, remarked, datetime.now(THAILAND).date()
                )
            ),
            packet_meeting=last.meeting_no if last else None,
            packet_made_at=last.made_at if last else None,
            backed_up_at=pulses.last(session, pulses.BACKUP),
            looked_at=pulses.last(session, pulses.CONVEYOR),
            servers=tuple(server_states.look(home, session)),
            overruled=tell_servers.overruled(session),
        )


def _with_work(stage: StageStatus, work: Sequence[WorkRow]) -> StageStatus:
    """`stage` with what the ledger says about its items."""
    rows = [row for row in work if row.stage == stage.name]
    failed = defaultdict[tuple[str, str, str], list[WorkRow]](list)
    for row in rows:
        if row.state == ledger.FAILED:
            failed[row.code, row.message, row.message_th or row.message].append(row)
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


def _alike_failed(code: str, message: str, message_th: str, rows: Sequence[WorkRow]) -> Failed:
    again = min((at for row in rows if (at := ledger.again_at(row)) is not None), default=None)
    return Failed(
        code, message, message_th, tuple(row.item for row in rows), min(row.since for row in rows), again
    )


def _printed(home: Home, session: Session) -> Iterator[StageStatus]:
    """The stages of the papers. Settings that no packet can be made with are reported, not raised."""
    made = {
        "layout": int(needed_sheets.planned(home) is not None),
        "typeset": needed_sheets.typeset(home),
        "packet": _count(session, PacketRow.manifest_sha256),
    }
    for name, due in (("layout", lay_out.due), ("typeset", typeset.due), ("packet", make_packet.due)):
        waiting = tuple(_unmade(home)) if name == make_packet.STAGE else ()
        try:
            yield StageStatus(name, made[name], len(due(home)), waiting)
        except MochochoError as error:
            yield StageStatus(name, made[name], 0, (Waiting("papers.settings", *error.said, 1),))


def _unmade(home: Home) -> Iterator[Waiting]:
    """Applicants without papers; those that could not be assessed are in the ledger."""
    laid_out = needed_sheets.planned(home)
    for why, key, name in laid_out.unmade if laid_out else ():
        if why != Unmade.ASSESSING:
            yield Waiting(why, *about(f"{name} ({key})", _UNMADE[Unmade(why)]), 1)


def _count(session: Session, what: Any) -> int:
    return session.scalar(select(func.count(what))) or 0


def _pulled(home: Home, session: Session) -> StageStatus:
    of_answers = (*_unknown_fields(session), *_not_offered(session), *_choices_unknown(home, session))
    due, waiting = 0, [*_quarantined(session), *of_answers]
    for source in sources(home):
        try:
            due += pull_source.count_due(home, source)
        except MochochoError as error:
            waiting.append(Waiting("source.unreadable", *about(source.key, error.said), 1))
    there = session.scalar(select(func.count()).select_from(Submission).where(~Submission.gone)) or 0
    return StageStatus("pull", there, due, tuple(waiting))


def _unknown_fields(session: Session) -> Iterator[Waiting]:
    for one in queries.unknown_fields(session):
        said = Sentence(
            f"ช่อง {one.field} ของแบบฟอร์ม {one.form_id} รุ่น {one.form_version} มีคำตอบ แต่แบบฟอร์มรุ่นนี้ไม่มีช่องนี้ "
            "คำตอบเก็บไว้ครบ แต่ไม่ถูกนับ",
            f"the field {one.field} of form {one.form_id}, version {one.form_version}, has answers, and that "
            "version has no such field; they are kept and not counted",
        )
        yield Waiting(UNKNOWN_FIELD, *said, one.count, one.since)


def _not_offered(session: Session) -> Iterator[Waiting]:
    for one in queries.not_offered(session):
        answers = tuple(map(quoted, one.answers))
        told = Sentence(listed(answers), ", ".join(answers))
        said = Sentence(
            f"แบบฟอร์ม {one.form_id} รุ่น {one.form_version} ข้อ {quoted(one.question)} มีคำตอบ "
            f"{told.th} ซึ่งไม่ใช่ตัวเลือกของแบบฟอร์มรุ่นนี้ คำตอบเก็บไว้ครบ แต่อาจไม่ถูกนับ",
            f"form {one.form_id}, version {one.form_version}, does not offer what {quoted(one.question)} was "
            f"answered with: {told.en}; the answers are kept and may not be counted",
        )
        yield Waiting(NOT_OFFERED, *said, one.count, one.since)


def _choices_unknown(home: Home, session: Session) -> Iterator[Waiting]:
    late = LateChoices(home)
    for form_id, version, count, since in queries.choices_unread(session):
        if not late.known(form_id, version):
            said = Sentence(
                f"ที่เก็บไม่มีแบบฟอร์ม {form_id} รุ่น {version} แล้ว จึงไม่ทราบว่าคำตอบของแบบรุ่นนี้เป็นตัวเลือกที่แบบฟอร์มมีหรือไม่ "
                "คำตอบเก็บไว้ครบ และนับตามที่อ่านได้",
                f"the store lacks form {form_id}, version {version}, so nobody knows whether it offers what "
                "was answered; the answers are kept and counted as they can be read",
            )
            yield Waiting(CHOICES_UNKNOWN, *said, count, since)


def _quarantined(session: Session) -> Iterator[Waiting]:
    query = select(Quarantined.code, Quarantined.message_th, Quarantined.received_at)
    return _alike(session.execute(query.order_by(Quarantined.code, Quarantined.message_th)))


def _registered(home: Home, session: Session) -> StageStatus:
    about = sum(_count(session, kind.table.root_id) for kind in KINDS.values())
    return StageStatus(
        "register",
        _count(session, ApplicantRow.key) + about,
        len(skip_cache.due(home, "register", register_forms.due)),
        tuple(_unread(session)),
    )


def held_forms(session: Session) -> tuple[Waiting, ...]:
    """The forms that are kept and cannot be used, one line for all with the same reason."""
    return (*_quarantined(session), *_unread(session))


def _unread(session: Session) -> Iterator[Waiting]:
    query = (
        select(UnreadRow.code, UnreadRow.message_th, SubmissionVersion.received_at)
        .outerjoin(SubmissionVersion, UnreadRow.instance_id == SubmissionVersion.instance_id)
        .where(UnreadRow.state_digest != "")  # what is tried again is in the ledger
        .order_by(UnreadRow.code, UnreadRow.message_th)
    )
    return _alike(session.execute(query))


def _assessed(home: Home, session: Session, remarked: Sequence[tuple[str, Assessment]]) -> StageStatus:
    """The assess stage; applicants that could not be assessed are in the ledger."""
    failed = sum(f.code == FAILED for _, a in remarked for f in a.findings)
    done = _count(session, ApplicantRow.assessment_id) - failed
    waiting = (*_unconfirmed(remarked), *_set_aside(session))
    return StageStatus("assess", done, len(skip_cache.due(home, "assess", assess.due)), waiting)


def _unconfirmed(remarked: Sequence[tuple[str, Assessment]]) -> Iterator[Waiting]:
    """Those passed against the evidence of whom the committee has not said why, the first as an example."""
    found = [
        (name, first)
        for name, assessment in remarked
        if (first := next((f for f in assessment.findings if speaks_against(f) and not confirmed(f)), None))
    ]
    if found:
        name, first = found[0]
        told = Sentence(
            f"ผ่านทั้งที่ขัดกับหลักฐานและยังไม่มีเหตุผลยืนยัน เช่น {name}: {said(first)}",
            f"passed against the evidence without a reason, such as {name}: {said(first)}",
        )
        yield Waiting(UNCONFIRMED, *told, len(found))


def _set_aside(session: Session) -> Iterator[Waiting]:
    aside = measure.set_aside(session)
    if aside.count:
        problem = FILE_PROBLEMS[measure.SET_ASIDE]
        told = Sentence(problem.th, f"a file {problem.said.en}")
        yield Waiting(f"document.{measure.SET_ASIDE}", *told, aside.count, aside.since)


def _remarked(session: Session) -> Iterator[tuple[str, Assessment]]:
    """(name, assessment) of the applicants with something to report, by name."""
    result = cast(AssessmentRow.result, Text)
    told = (HELD, FAILED, AGAINST, RESOLVED)
    query = (
        select(ApplicantRow.key)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(or_(*(result.contains(f'"{code}', autoescape=True) for code in told)))
        .order_by(ApplicantRow.name, ApplicantRow.key)
    )
    for case in Casebook(session).of(session.scalars(query).all()):
        yield case.application.name, case.assessment


def _resolved(assessment: Assessment) -> Outcome | None:
    """What the last committee that looked at an applicant resolved."""
    return assessment.resolutions[-1].outcome if assessment.resolutions else None


def _held(now: Sequence[tuple[str, Assessment]]) -> Iterator[FromOtherDistrict]:
    for name, assessment in now:
        for finding in assessment.findings:
            if finding.code == HELD:
                yield FromOtherDistrict(assessment.key, name, said(finding))


def _alike(rows: Iterable[tuple[str, str, datetime | None]]) -> Iterator[Waiting]:
    """One line for all that wait for the same reason, in the order in which reasons come."""
    groups: dict[tuple[str, str], list[datetime | None]] = {}
    for code, message, since in rows:
        groups.setdefault((code, message), []).append(since)
    for (code, message), times in groups.items():
        oldest = min((t for t in times if t is not None), default=None)
        yield Waiting(code, *plain(message), len(times), oldest)
