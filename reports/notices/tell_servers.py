"""The stage that tells servers about their submissions (a review of each application) and gives them lists.

What was told is stored with a digest of its inputs, and is due when they change. The server is told first and
our note written after, so something may be told twice; a target therefore looks for the comment's mark first.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from mochocho.settings.config import Server
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal, Transient
from mochocho.words.model import Unmade
from mochocho.words.progress import ProgressCall
from processing.chunks import batched
from processing.findings.saying import WORDS_DIGEST
from processing.register.form_packs import Packs
from processing.tables import ApplicantRow, AssessmentRow
from reports.lists import publish_lists
from reports.lists.list_rows import NOTICES_VERSION, Row
from reports.notices.review import Notice, notice
from reports.tables import NoticeRow
from sync import targets
from sync.mirror.versions import LIVE
from sync.publish.protocol import Target
from sync.tables import Seen, ServerList

CHUNK = 50  # submissions in one worker's task
FAILURES = 3  # in a row; then a server is left alone until the next run

REVIEW, LIST = "review", "list"


@dataclass(frozen=True, slots=True)
class _Untold:
    """One application on a server that has not been told its present state.

    `made_from`: digest of that state's inputs; `told`: the digest of what was last told, '' = nothing yet.
    """

    server: str
    root: str  # form id/root id of the server
    key: str
    made_from: str
    told: str


def due(home: Home) -> list[str]:
    """What servers have not been told yet: `SERVER|list|NAME`, `SERVER|review|FORM/ROOT`. Makes no requests.

    A list that a server accepts only at intervals is not due before the next one.
    """
    servers = _servers(home)
    if not servers:
        return []
    lists_due = [_item(key, LIST, name) for key, name in _lists_due(home, servers)]
    with reading(home.engine) as session:
        untold_reviews = _untold(session, servers)
    return [*lists_due, *(_item(s.server, REVIEW, s.root) for s in untold_reviews)]


def do(home: Home, ids: Sequence[str], progress: ProgressCall | None = None) -> Mapping[str, Exception]:
    """Tell servers these things, as they are now. Returns the errors of those that failed.

    Items that are no longer due are skipped. A server that is away does not delay the others.
    """
    servers = _servers(home)
    wanted = defaultdict[str, list[str]](list)
    for item in ids:
        wanted[item.partition("|")[0]].append(item)
    failed: dict[str, Exception] = {}
    done = 0
    for key, own in wanted.items():
        if key in servers:  # otherwise it is no longer in the settings
            failed |= _tell(home, servers[key], own)
        done += len(own)
        if progress:
            progress("notices", done, len(ids))
    return failed


def _servers(home: Home) -> dict[str, Server]:
    return {one.source_key: one for one in home.settings.servers} if home.settings.cycle_open else {}


def _item(server: str, kind: str, what: str) -> str:
    return f"{server}|{kind}|{what}"


def _tell(home: Home, server: Server, items: Sequence[str]) -> Mapping[str, Exception]:
    try:
        target = targets.server_target(home, server)
    except MochochoError as error:  # e.g. the secret is missing
        return dict.fromkeys(items, error)
    attempts = _Attempts()
    names = {what for item in items for _, kind, what in [item.split("|", 2)] if kind == LIST}
    roots = [what for item in items for _, kind, what in [item.split("|", 2)] if kind == REVIEW]
    _tell_lists(home, target, names, attempts)
    _tell_reviews(home, target, server, roots, attempts)
    return attempts.failed


class _Attempts:
    """Calls of one server, one after the other: a failure stops the others only after several in a row."""

    def __init__(self) -> None:
        self.failed: dict[str, Exception] = {}
        self._in_a_row: list[MochochoError] = []

    def one(self, item: str, call: Callable[[], None]) -> None:
        """Make the call; an error it raises is the error of `item`."""
        if len(self._in_a_row) >= FAILURES:
            last = self._in_a_row[-1]
            self.failed[item] = Transient(
                f"ยังไม่ได้ลอง เพราะรายการก่อนหน้าไม่สำเร็จ: {last.th}",
                f"not tried, as those before it failed: {last.en}",
            )
            return
        try:
            call()
        except MochochoError as error:
            self.failed[item] = error
            self._in_a_row.append(error)
        else:
            self._in_a_row.clear()


# --- reviews


def _untold(
    session: Session, servers: Mapping[str, Server], roots: Collection[str] | None = None
) -> list[_Untold]:
    """The assessed applications that these servers hold and have not been told of, all or of these roots."""
    query = _unheard(servers).where(Seen.source.in_(servers), Seen.state == LIVE)
    if roots is not None:
        query = query.where(Seen.root_id.in_(roots))
    found = [_Untold(*row) for row in session.execute(query)]
    return sorted(found, key=lambda untold: (untold.server, untold.root))


def _unheard(servers: Mapping[str, Server]) -> Select[*tuple[str, ...]]:
    told = (NoticeRow.server == Seen.source) & (NoticeRow.root_id == Seen.root_id)
    means = {key: f"{NOTICES_VERSION} {WORDS_DIGEST} {server.approved} " for key, server in servers.items()}
    by = case(means, value=Seen.source, else_="")
    made_from = by + ApplicantRow.instance_id + " " + AssessmentRow.digest
    return (
        select(
            Seen.source,
            Seen.root_id,
            ApplicantRow.key,
            made_from,
            func.coalesce(NoticeRow.digest, ""),
        )
        .join(ApplicantRow, ApplicantRow.root_id == Seen.submission_root)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .outerjoin(NoticeRow, told)
        .where(func.coalesce(NoticeRow.made_from, "") != made_from)
    )


def _tell_reviews(
    home: Home, target: Target, server: Server, roots: Sequence[str], attempts: _Attempts
) -> None:
    packs = Packs(home)
    for chunk in batched(roots, CHUNK):
        with reading(home.engine) as session:  # a new snapshot: of several changes the newest is told
            untold_reviews = _untold(session, {target.key: server}, chunk)
            keys = sorted({s.key for s in untold_reviews})
            known = {one.application.key: one for one in publish_lists.of_keys(packs, session, keys)}
        for untold in untold_reviews:
            item = _item(target.key, REVIEW, untold.root)
            one = known[untold.key]
            if one.unmade is Unmade.READING:
                attempts.failed[item] = _unreadable()
                continue
            attempts.one(item, partial(_review, home, target, untold, notice(one, server.approved)))


def _unreadable() -> Terminal:
    return Terminal(
        "อ่านผลตรวจของผู้สมัครที่เก็บไว้ไม่ได้ จึงยังไม่แจ้งอะไร ให้แจ้งผู้ดูแลระบบ",
        "what was assessed of this applicant cannot be read, so nothing is told; see the log",
    )


def _review(home: Home, target: Target, untold: _Untold, now: Notice | None) -> None:
    told = untold.told if now is None else now.digest
    if now is not None and told != untold.told:
        form_id, _, root = untold.root.partition("/")
        target.review(form_id, root, now.state, now.comment)
    _note(home, target.key, untold.root, told, untold.made_from)


# --- lists


def _lists_due(home: Home, servers: Mapping[str, Server]) -> Iterator[tuple[str, str]]:
    now = publish_lists.made_from_now(home)
    query = select(NoticeRow.server, NoticeRow.root_id, NoticeRow.made_from)
    with reading(home.engine) as session:
        rows = session.execute(query.where(NoticeRow.root_id.in_(map(_list_id, now)))).all()
    told = {(row.server, row.root_id): row.made_from for row in rows}
    for key, server in servers.items():
        changed = [
            name
            for name, source in now.items()
            if told.get((key, _list_id(name)), publish_lists.NOTHING) != source
        ]
        yield from ((key, name) for name in changed if _is_ready(home, server, name))


def _is_ready(home: Home, server: Server, name: str) -> bool:
    try:
        return targets.server_target(home, server).lists_ready(name)
    except MochochoError:
        return True  # putting it reports what is wrong


def _tell_lists(home: Home, target: Target, names: Collection[str], attempts: _Attempts) -> None:
    now = publish_lists.made_from_now(home)  # first: what changes while this reads is due again
    rows_of = publish_lists.reader(home, names)
    for name, made_from in now.items():
        if name in names:
            call = partial(_put_list, home, target, name, rows_of, made_from)
            attempts.one(_item(target.key, LIST, name), call)


def _put_list(
    home: Home, target: Target, name: str, rows_of: Callable[[str], list[Row]], made_from: str
) -> None:
    rows = rows_of(name)
    target.put_list(name, rows)
    _note(home, target.key, _list_id(name), _digest(rows), made_from)


def _list_id(name: str) -> str:
    return f"{LIST}/{name}"


# --- our notes


def _note(home: Home, server: str, root: str, digest: str, made_from: str) -> None:
    row = NoticeRow(
        server=server, root_id=root, digest=digest, made_from=made_from, sent_at=datetime.now(UTC)
    )
    with transaction(home.engine, counted=False) as session:  # notes make nothing due
        session.merge(row)


def _digest(said: object) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def submissions_told(session: Session) -> int:
    """The number of submissions about which servers were told something."""
    query = select(func.count()).select_from(NoticeRow)
    reviews = query.where(NoticeRow.digest != "", NoticeRow.root_id.not_like(f"{LIST}/%"))
    return session.scalar(reviews) or 0


def overruled(session: Session) -> int:
    """How often others had written a column on a server that only we write, and it was corrected."""
    return session.scalar(select(func.sum(ServerList.overruled))) or 0
