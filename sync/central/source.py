"""ODK Central as a source: one sweep per form with the trash in it, then each root version by version."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, BinaryIO

from lxml import etree
from sqlalchemy import select

from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, Transient
from mochocho.words.sentences import Sentence
from sync.central.api import EXTENDED, NOT_FOUND, Central, of
from sync.central.feed import Row, bare, everything, of_roots, reader
from sync.central.forms import in_trash, trashed
from sync.central.submission_files import Files
from sync.mirror import senders
from sync.mirror.already_here import Known, known
from sync.sources.protocol import (
    AttachmentRef,
    Entry,
    FetchedSubmission,
    FetchedVersion,
    HeldRoot,
    Unusable,
)
from sync.tables import Seen
from sync.web.client import Refused
from sync.xform.safe_xml import read_xml
from xlsforms import names

_ENCRYPTED_TH = "ฟอร์มนี้เข้ารหัสไว้ใน ODK Central ระบบอ่านไม่ได้ ให้ปิดการเข้ารหัสของโครงการแล้วส่งใหม่"


@dataclass(frozen=True, slots=True)
class _Given:
    """A version as Central gives it; its files are asked for, and whoever iterates waits for the answers.

    `instance_id`: with `uuid:`, empty where the XML names none.
    """

    instance_id: str
    xml: bytes
    files: Iterable[AttachmentRef]


class CentralSource:
    """One project of one Central, through the forms of this cycle.

    Nothing here depends on the server's clock: it is told as it is, and compared with itself alone.
    """

    batch = 20  # roots asked for side by side
    has_trash = True

    def __init__(self, home: Home, server: config.Server, central: Central) -> None:
        self.key = server.source_key
        self.threads = server.connections
        self._home = home
        self._server = server
        self._central = central
        self._files = Files(central, home.store)
        self._lists = {form_id: reader(central, form_id) for form_id in names.FORMS}
        # Kept: starting threads costs more than that they wait. Those of `_beside` wait for no other.
        self._asking = ThreadPoolExecutor(2 * self.threads, thread_name_prefix="ask")
        self._beside = ThreadPoolExecutor(self.threads, thread_name_prefix="beside")
        self._rows: dict[str, Row] = {}  # of the last index, each used once, so that fetching need not ask
        self._encrypted: Sequence[Row] = ()
        self._lost: Mapping[str, Sentence] = {}

    def index(self) -> Iterator[Entry]:
        """Every root, those in the trash too; a form that was never there is empty.

        Where one that held some is gone, its submissions are not before somebody says so: `unlisted` tells.
        """
        asked = [
            self._beside.submit(everything, self._central, form_id, again)
            for form_id, again in self._lists.items()
        ]
        # a form may be missing, the project may not
        return self._listed(asked, self._beside.submit(self._central.project))

    def _listed(
        self, asked: Sequence[Future[list[Row] | None]], there: Future[dict[str, Any]]
    ) -> Iterator[Entry]:
        # Also where one fails: what nobody waits for would go on asking, minutes long.
        wait(asked)
        wait([there])
        forms = [one.result() for one in asked]
        there.result()
        gone = [form_id for form_id, rows in zip(names.FORMS, forms, strict=True) if rows is None]
        self._lost = {form_id: self._loss(form_id) for form_id in gone if self._held(form_id)}
        swept = [row for rows in forms for row in rows or ()]
        self._encrypted = [row for row in swept if row.status and not row.trash]
        readable = [row for row in swept if not row.status]
        self._rows = {row.root_id: row for row in readable if not row.trash}
        for row in readable:
            yield Entry(row.root_id, row.fingerprint, row.trash)

    def unusable(self) -> Iterator[Unusable]:
        """What the last index could not use: submissions that are encrypted."""
        officers = senders.officers(self._home, self._server) if self._encrypted else {}
        for row in self._encrypted:
            yield Unusable(
                row.root_id,
                "submission.encrypted",
                _ENCRYPTED_TH,
                officer_id=officers.get(row.submitter),
                received_at=_time(row.submitted),
            )

    def unlisted(self) -> Mapping[str, Sentence]:
        """Forms that are not in the project any more."""
        return self._lost

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        """These roots, version by version. The row is read before the rest: what comes later is due again."""
        officers = senders.officers(self._home, self._server)
        held = known(self._home, self.key, root_ids)
        asked = [
            self._asking.submit(self._fetched, row, officers, held.get(row.root_id))
            for row in self._rows_of(root_ids)
            if not row.trash and not row.status
        ]
        failed: Exception | None = None
        try:
            for one in as_completed(asked):
                try:
                    yield one.result()
                except Exception as error:  # what can be had of the others is
                    if not isinstance(error, Refused) or error.code != NOT_FOUND:
                        failed = failed or error  # else deleted this moment: the next index says so
        finally:
            _end(asked)
        if failed is not None:
            raise failed

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        """A file of the current version. Raises FileNotFoundError when the server has it no more."""
        try:
            return self._files.stream(attachment)
        except Refused as error:
            if error.code != NOT_FOUND:
                raise
        raise FileNotFoundError(attachment.name)

    def hint(self) -> str | None:
        """How many submissions each form has, when the newest came, and how many were edited: one request.

        The feed's own ETag is taken of its whole result, and would cost a sweep.
        """
        forms = self._central.json("GET", of("forms"), headers=EXTENDED)
        said = [
            (form["xmlFormId"], form.get("submissions"), form.get("lastSubmission"), form.get("reviewStates"))
            for form in forms
            if form.get("xmlFormId") in names.FORMS
        ]
        return hashlib.sha256(repr(sorted(said, key=str)).encode()).hexdigest()

    def stale(self, held: Sequence[HeldRoot]) -> Iterator[str]:
        """Roots of which a file's MD5 there is not that of the bytes that we hold."""
        return (root.root_id for root in held if self._files.differ(root))

    def _held(self, form_id: str) -> bool:
        theirs = Seen.root_id.startswith(f"{form_id}/", autoescape=True)
        query = select(Seen.root_id).where(Seen.source == self.key, theirs, Seen.state == "live").limit(1)
        with reading(self._home.engine) as session:
            return session.scalar(query) is not None

    def _loss(self, form_id: str) -> Sentence:
        if trashed(self._central, form_id):
            return in_trash(self._central, form_id).line(self.key)
        return Sentence(
            f"{self.key}: แบบฟอร์ม {form_id} ไม่อยู่ในโครงการแล้ว และไม่อยู่ในถังขยะ ทั้งที่เคยมีข้อมูลส่งเข้ามา "
            "ให้เผยแพร่ใหม่ แล้วยืนยันด้วย --accept-absence ว่าข้อมูลเดิมหายไปได้",
            f"{self.key}: the form {form_id} is not in the project any more, nor in its trash, and its "
            "submissions were here; publish it again, and say with --accept-absence that they may go",
        )

    def _rows_of(self, root_ids: Sequence[str]) -> Iterator[Row]:
        """The rows of these roots: of the last index of this process, or asked for."""
        missing = []
        for root_id in root_ids:
            row = self._rows.pop(root_id, None)
            if row is None:
                missing.append(root_id)
            else:
                yield row
        for form_id, group in groupby(sorted(missing), lambda root_id: root_id.partition("/")[0]):
            yield from of_roots(self._central, form_id, [root_id.partition("/")[2] for root_id in group])

    def _fetched(self, row: Row, officers: Mapping[str, int], held: Known | None) -> FetchedSubmission:
        if row.edits:
            return self._edited(row, officers, held)
        xml = held.read(self._home, row.root) if held else None
        if xml is None:
            xml = self._central.request("GET", f"{row.path}.xml").content
        root = _read(xml)
        if bare(_instance_id(root).strip()) not in ("", row.root):  # edited since it was listed
            return self._edited(row, officers, held)
        files = self._files.of_version(row, row.remote_id, root, held, self._beside)
        version = FetchedVersion(xml, tuple(files), officers.get(row.submitter), _time(row.submitted))
        return _submission(row, [version], row.root)

    def _edited(self, row: Row, officers: Mapping[str, int], held: Known | None) -> FetchedSubmission:
        """Every version by its own id, so that an edit at this moment mixes nothing.

        What is current now is asked for first: it tells its id and its files, which are then asked for beside
        the list of versions.
        """
        has_moved = held is None or held.fingerprint != row.fingerprint
        now = self._current(row, held) if has_moved else None
        versions: list[dict[str, Any]] = self._central.json("GET", f"{row.path}{of('versions')}")
        current = [bare(version["instanceId"]) for version in versions if version["current"]]
        if len(current) != 1:
            raise Transient(
                f"{self.key}: Central ไม่บอกรุ่นปัจจุบันของ {row.root_id}",
                f"{self.key}: Central names no current version of {row.root_id}",
            )
        fetched = []
        for version in reversed(versions):  # oldest first
            instance_id = version["instanceId"]
            receipt = officers.get(str(version["submitterId"])), _time(version["createdAt"])
            if held and not version["current"] and held.holds(self._home, bare(instance_id), *receipt):
                continue
            given = now if now is not None and now.instance_id == instance_id else None
            if given is None:
                given = self._version(row, instance_id, held, is_current=version["current"])
            files = tuple(given.files) if version["current"] else ()
            fetched.append(FetchedVersion(given.xml, files, *receipt))
        return _submission(row, fetched, current[0], former=len(versions) - len(fetched))

    def _current(self, row: Row, held: Known | None) -> _Given:
        """What is current now: nearly always the version that the list then says is."""
        xml = self._central.request("GET", f"{row.path}.xml").content
        root = _read(xml)
        instance_id = _instance_id(root)
        files = self._files.of_version(row, instance_id, root, held, self._beside) if instance_id else ()
        return _Given(instance_id, xml, files)

    def _version(self, row: Row, instance_id: str, held: Known | None, *, is_current: bool) -> _Given:
        xml = held.read(self._home, bare(instance_id)) if held else None
        if xml is None:
            xml = self._central.request("GET", f"{row.path}{of('versions', instance_id)}.xml").content
        if not is_current:
            return _Given(instance_id, xml, ())
        files = self._files.of_version(row, instance_id, _read(xml), held, self._beside)
        return _Given(instance_id, xml, files)


def make(home: Home, server: config.Server) -> CentralSource:
    """The source of a server of the settings; calls nobody. Raises Terminal when they lack something."""
    return CentralSource(home, server, Central(server))


def _end(asked: Sequence[Future[Any]]) -> None:
    """Ask for nothing more; also where whoever iterates stops, no request goes on by itself."""
    for one in asked:
        one.cancel()
    wait(asked)


def _submission(
    row: Row, versions: Sequence[FetchedVersion], current: str, *, former: int = 0
) -> FetchedSubmission:
    return FetchedSubmission(
        root_id=row.root_id,
        fingerprint=row.fingerprint,
        versions=tuple(versions),
        former=former,
        server_root=row.root,
        current_id=current,
    )


def _read(xml: bytes) -> etree._Element | None:
    try:
        return read_xml(xml)
    except BadInput:
        return None  # whoever reads it next says what is wrong


def _instance_id(root: etree._Element | None) -> str:
    """As it is written; empty where there is none."""
    if root is None:
        return ""
    found = (node.text or "" for node in root.iter("{*}instanceID"))
    return next(found, "")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
