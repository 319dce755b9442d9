"""The states of servers' submissions for `mochocho status`: with number, age and what to do.

Makes no requests: all figures are from the last pull, in the database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.table import Table
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from mochocho.app.terminal.ages import age, seconds
from mochocho.app.terminal.language import told
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.sentences import Sentence, plain
from sync.mirror import validation_statuses as judged
from sync.mirror.deletions import DELETED, PURGED
from sync.mirror.versions import LIVE
from sync.pull import schedule
from sync.pull.pull_server import ENCRYPTED
from sync.tables import Attachment, Quarantined, Seen, Submission, SubmissionVersion, Sweep
from sync.xform.parse import INSTANCE_ENCRYPTED

Samples = list[tuple[dict[str, str], float]]

# State -> its name, and what to do. A submission may be in several.
STATES = {
    "live": (Sentence("อยู่บนเซิร์ฟเวอร์", "live"), plain("")),
    "edited": (
        Sentence("แก้ไขแล้ว", "edited"),
        Sentence("เก็บทุกรุ่น รุ่นล่าสุดบนเซิร์ฟเวอร์มีผล", "every version is kept; the server's newest counts"),
    ),
    "deleted": (
        Sentence("ถูกลบ", "deleted"),
        Sentence(
            "ไม่นับ แต่ยังเก็บไว้ที่นี่ ถ้าลบผิด ให้กู้คืนหรือส่งใหม่",
            "counts nowhere, and is kept here; if that was a mistake, restore or send it again",
        ),
    ),
    "restored": (
        Sentence("กู้คืนแล้ว", "restored"),
        Sentence("นับอีกครั้ง ตามที่เซิร์ฟเวอร์มีตอนนี้", "counts again, as the server has it now"),
    ),
    "purged": (
        Sentence("ถูกล้าง", "purged"),
        Sentence(
            "หายจากเซิร์ฟเวอร์ถาวร ไม่นับ แต่ยังเก็บไว้ที่นี่",
            "gone from the server for good; counts nowhere, and is kept here",
        ),
    ),
    "incomplete": (
        Sentence("ไฟล์ไม่ครบ", "incomplete"),
        Sentence(
            "มีไฟล์ที่ยังไม่ถึงเซิร์ฟเวอร์: ให้เจ้าหน้าที่เปิดแอปแล้วส่งที่ค้าง",
            "a file has not reached the server: the officer opens the app and sends what waits",
        ),
    ),
    "encrypted": (
        Sentence("เข้ารหัส", "encrypted"),
        Sentence(
            "อ่านที่นี่ไม่ได้: เผยแพร่แบบฟอร์มโดยไม่เข้ารหัส แล้วให้ส่งใหม่",
            "cannot be read here: publish the form without encryption and have it sent again",
        ),
    ),
    "conflicting": (
        Sentence("แก้ซ้อนกัน", "conflicting"),
        Sentence(
            "แก้สองชุดจากรุ่นเดียว: ดูว่าชุดใดถูก แล้วแก้ชุดนั้นบนเซิร์ฟเวอร์",
            "edited twice from one version: see which one holds and edit that one on the server",
        ),
    ),
}
# The validation statuses that a person can set on KoboToolbox.
JUDGED = {
    "approved": Sentence("อนุมัติ", "approved"),
    "not_approved": Sentence("ไม่อนุมัติ", "not approved"),
    "on_hold": Sentence("พักไว้", "on hold"),
}
HEADINGS = (Sentence("แบบ", "forms"), Sentence("เก่าสุด", "oldest"))


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many submissions are in a state; `since`: the oldest of them."""

    state: str
    count: int
    since: datetime | None
    advice: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A form that a server could not list while it listed others; its known state stays."""

    form: str
    message: str
    message_th: str
    since: datetime


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many submissions have a validation status that this account set on the server."""

    state: str
    by: str
    count: int


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """One server: its last pull, and the states of its submissions.

    `vanished`: how many would go, if a person says so.
    """

    key: str
    whole_at: datetime | None
    listed: int
    due: int
    vanished: int
    problem: str | None
    problem_th: str | None
    problem_since: datetime | None
    states: tuple[StateCount, ...]
    unlisted: tuple[Unlisted, ...] = ()
    judged: tuple[StatusCount, ...] = ()


def look(home: Home, session: Session) -> Iterator[ServerStatus]:
    """Every server in the settings, in their order."""
    for key in _keys(home):
        sweep = schedule.last(home, key)
        yield ServerStatus(
            key=key,
            whole_at=sweep.whole_at,
            listed=sweep.listed,
            due=sweep.due,
            vanished=sweep.vanished,
            problem=sweep.problem,
            problem_th=sweep.problem_th or sweep.problem,
            problem_since=sweep.problem_since,
            states=tuple(_states(session, key)),
            unlisted=tuple(_unlisted(sweep)),
            judged=tuple(
                StatusCount(one.state, one.by, count) for one, count in judged.counts(session, key).items()
            ),
        )


def vanished(home: Home) -> Iterator[Sentence]:
    """What a person must decide, server by server."""
    with reading(home.engine) as session:
        yield from (_vanished(one.key, one.vanished) for one in look(home, session) if one.vanished)


def table(server: ServerStatus, at: datetime) -> Table:
    """One server's states, for a person."""
    grid = Table(server.key, box=None, pad_edge=False)
    for heading in HEADINGS:
        grid.add_column(told(heading), justify="right")
    grid.add_column(told(Sentence("ต้องทำอะไร", "what to do")))
    for one in server.states:
        name, advice = STATES[one.state]
        grid.add_row(told(name), str(one.count), told(age(one.since, at)) if one.since else "", told(advice))
    return grid


def lines(server: ServerStatus, at: datetime) -> Iterator[Sentence]:
    """Sentences about its last pull."""
    key, listed = server.key, server.listed
    if server.whole_at:
        due, looked = server.due, age(server.whole_at, at)
        left = Sentence(f" ยังต้องดึงอีก {due}", f", {due} still to fetch") if due else plain("")
        yield Sentence(
            f"{key}: ดูครบเมื่อ {looked.th}ก่อน: {listed} แบบ{left.th}",
            f"{key}: looked at {looked.en} ago: {listed} forms{left.en}",
        )
    else:
        yield Sentence(
            f"{key}: ยังไม่เคยดูครบ ให้สั่ง `mochocho pull {key}`",
            f"{key}: not yet looked at whole; `mochocho pull {key}`",
        )
    if server.problem and server.problem_since:
        since, said = age(server.problem_since, at), Sentence(server.problem_th or "", server.problem)
        why = Sentence(*(one.removeprefix(f"{key}:").strip() for one in said))
        yield Sentence(f"{key}: ติดขัดมา {since.th}: {why.th}", f"{key}: since {since.en}: {why.en}")
    if server.judged:
        yield _judged(key, server.judged)
    if server.vanished:
        yield _vanished(key, server.vanished)


def metrics(servers: Sequence[ServerStatus], at: datetime) -> Iterator[tuple[str, str, Samples]]:
    """Name, meaning and samples, for Prometheus; metrics without samples are left out."""
    states = [({"server": s.key, "state": one.state}, one) for s in servers for one in s.states]
    every: dict[str, tuple[str, Samples]] = {
        "forms": ("Submissions, by how they stand.", [(labels, one.count) for labels, one in states]),
        "oldest_seconds": (
            "Age of the oldest submission that stands so.",
            [(labels, seconds(one.since, at)) for labels, one in states if one.since],
        ),
        "due": ("Submissions still to fetch.", [({"server": s.key}, s.due) for s in servers]),
        "vanished": (
            "Submissions that wait for a person to let them go.",
            [({"server": s.key}, s.vanished) for s in servers],
        ),
        "unlisted": (
            "Forms that could not be listed while the others were.",
            [({"server": s.key}, len(s.unlisted)) for s in servers],
        ),
        "problem_seconds": (
            "For how long a server could not be looked at.",
            [({"server": s.key}, seconds(s.problem_since, at)) for s in servers if s.problem_since],
        ),
        "looked_seconds": (
            "Seconds since everything was listed.",
            [({"server": s.key}, seconds(s.whole_at, at)) for s in servers if s.whole_at],
        ),
    }
    for name, (meaning, samples) in every.items():
        if samples:
            yield f"mochocho_server_{name}", meaning, samples


def _judged(key: str, by_people: Sequence[StatusCount]) -> Sentence:
    count = sum(one.count for one in by_people)
    each = [(JUDGED.get(one.state, plain(one.state)), one.by, one.count) for one in by_people]
    listed = Sentence(
        ", ".join(f"{word.th} {number} แบบ โดย {who}" for word, who, number in each),
        ", ".join(f"{word.en} {number} by {who}" for word, who, number in each),
    )
    return Sentence(
        f"{key}: คนตั้งสถานะไว้เองบนเซิร์ฟเวอร์ {count} แบบ ({listed.th}) โปรแกรมไม่เขียนทับ",
        f"{key}: people gave {count} forms a status on the server ({listed.en}); it is not written over",
    )


def _unlisted(sweep: Sweep) -> Iterator[Unlisted]:
    for one in sweep.unlisted:
        yield Unlisted(one["form"], one["en"], one["th"], datetime.fromisoformat(one["since"]))


def _keys(home: Home) -> list[str]:
    return [server.source_key for server in home.settings.servers] if home.settings.cycle_open else []


def _vanished(key: str, count: int) -> Sentence:
    return Sentence(
        f"{key}: หายไปพร้อมกัน {count} แบบ ยังไม่ตัดออกที่นี่ ถ้าหายจริง ให้สั่ง `mochocho pull --accept-absence {key}`",
        f"{key}: {count} forms are gone from it at once; nothing was let go. If that is right: "
        f"`mochocho pull --accept-absence {key}`",
    )


def _states(session: Session, key: str) -> Iterator[StateCount]:
    """The states that any submission is in; live is always included."""
    for state, query in _queries(key).items():
        count, since = session.execute(query).one()
        if count or state == LIVE:
            yield StateCount(state, count, since, STATES[state][1].en)


def _queries(key: str) -> dict[str, Select[int, datetime | None]]:
    theirs = select(func.count(), func.min(Seen.since)).select_from(Seen).where(Seen.source == key)
    live = Seen.state == LIVE
    unread = Seen.submission_root.is_(None) | (Seen.submission_root == "")
    kept = unread | exists().where(Submission.root_id == Seen.submission_root)  # what was erased is not
    came = (
        select(func.count(Seen.root_id.distinct()), func.min(SubmissionVersion.received_at))
        .select_from(Seen)
        .join(SubmissionVersion, SubmissionVersion.instance_id == Seen.current_id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(Seen.source == key, live)
    )
    held = (
        select(func.count(), func.min(Quarantined.received_at))
        .select_from(Quarantined)
        .where(Quarantined.source == key)
    )
    return {
        "live": theirs.where(live),
        "edited": came.where(SubmissionVersion.deprecated_id.is_not(None)),
        "deleted": theirs.where(Seen.state == DELETED, kept),
        "restored": theirs.where(live, Seen.restored),
        "purged": theirs.where(Seen.state == PURGED, kept),
        "incomplete": came.join(Attachment, Attachment.version_id == SubmissionVersion.id).where(
            Attachment.sha256.is_(None)
        ),
        "encrypted": held.where(Quarantined.code.in_((ENCRYPTED, INSTANCE_ENCRYPTED))),
        "conflicting": came.where(Submission.conflict),
    }
