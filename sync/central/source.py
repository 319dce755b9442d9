"""ODK Central as a source: one sweep per form with the trash in it, then each root version by version."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, BinaryIO

from lxml import etree
from sqlalchemy import select

from mochocho import config
from mochocho.db import reading
from mochocho.errors import BadInput, Terminal, Transient
from mochocho.home import Home
from sync.central.api import NOT_FOUND, Central, of
from sync.known import Known, known
from sync.safexml import read_xml
from sync.sources.protocol import (
    AttachmentRef,
    Entry,
    FetchedSubmission,
    FetchedVersion,
    HeldRoot,
    Unusable,
)
from sync.tables import Officer, Seen, ServerOfficer
from sync.web.bodies import md5_of
from sync.web.client import Refused, Reply
from xlsforms import names

AT_ONCE = 50  # ids in one $filter: 250 are refused, and proxies hold 8 kB of a request

_EVERYTHING = "__system/deletedAt eq null or __system/deletedAt ne null"  # trash only where it is named
_LIGHT = "__id,__system"
_STORAGE = 307  # the file is in object storage, which says no MD5
_NOT_THERE = 404
_CHUNK = 1 << 20

_ENCRYPTED_TH = "ฟอร์มนี้เข้ารหัสไว้ใน ODK Central ระบบอ่านไม่ได้ ให้ปิดการเข้ารหัสของโครงการแล้วส่งใหม่"


@dataclass(frozen=True, slots=True)
class _Row:
    """What the index says of one root. `remote_id`: with `uuid:`, as Central calls it."""

    form_id: str
    remote_id: str
    submitted: str
    submitter: str  # Central's id
    edits: int
    present: int
    expected: int
    version: str
    status: str
    trash: bool

    @property
    def root(self) -> str:
        return _bare(self.remote_id)

    @property
    def root_id(self) -> str:
        return f"{self.form_id}/{self.root}"

    @property
    def fingerprint(self) -> str:
        """Moves with edits and files. Not with updatedAt and reviewState: our own reviews move those."""
        files = f"{self.present}/{self.expected}"
        return "|".join((self.submitted, str(self.edits), files, self.version, self.status))

    @property
    def path(self) -> str:
        return of("forms", self.form_id, "submissions", self.remote_id)


class CentralSource:
    """One project of one Central, through the forms of this cycle.

    Nothing here depends on the server's clock: it is told as it is, and compared with itself alone.
    """

    has_trash = True

    def __init__(self, home: Home, server: config.Server, central: Central) -> None:
        self.key = server.source_key
        self.threads = server.threads
        self._home = home
        self._accounts = server.accounts
        self._central = central
        self._rows: dict[str, _Row] = {}  # of the last index, each used once, so that fetching need not ask
        self._encrypted: Sequence[_Row] = ()

    def index(self) -> Iterator[Entry]:
        """Every root, those in the trash too; a form that was never there is empty.

        Raises Terminal where one that held some is gone: its submissions are not, before somebody says so.
        """
        with ThreadPoolExecutor(self.threads) as pool:
            there = pool.submit(self._central.project)  # a form may be missing, the project may not
            forms = list(pool.map(self._sweep, names.FORMS))
            there.result()
        for form_id, rows in zip(names.FORMS, forms, strict=True):
            if rows is None:
                self._refuse_loss(form_id)
        swept = [row for rows in forms for row in rows or ()]
        self._encrypted = [row for row in swept if row.status and not row.trash]
        readable = [row for row in swept if not row.status]
        self._rows = {row.root_id: row for row in readable if not row.trash}
        for row in readable:
            yield Entry(row.root_id, row.fingerprint, row.trash)

    def unusable(self) -> Iterator[Unusable]:
        """What the last index could not use: submissions that are encrypted."""
        officers = self._officers() if self._encrypted else {}
        for row in self._encrypted:
            yield Unusable(
                row.root_id,
                "submission.encrypted",
                _ENCRYPTED_TH,
                officer_id=officers.get(row.submitter),
                received_at=_time(row.submitted),
            )

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        """These roots, version by version. The row is read before the rest: what comes later is due again."""
        officers = self._officers()
        held = known(self._home, self.key, root_ids)
        for row in self._rows_of(root_ids):
            if row.trash or row.status:
                continue
            try:
                yield self._fetched(row, officers, held.get(row.root_id))
            except Refused as error:
                if error.code != NOT_FOUND:
                    raise  # deleted this moment: the next index says so

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        """A file of the current version. Raises FileNotFoundError when the server has it no more."""
        try:
            return self._central.stream(_escaped(attachment))
        except Refused as error:
            if error.code != NOT_FOUND:
                raise
        raise FileNotFoundError(attachment.name)

    def hint(self) -> str | None:
        """How many submissions each form has, when the newest came, and how many were edited: one request.

        The feed's own ETag is taken of its whole result, and would cost a sweep.
        """
        forms = self._central.json("GET", of("forms"), headers={"X-Extended-Metadata": "true"})
        said = [
            (form["xmlFormId"], form.get("submissions"), form.get("lastSubmission"), form.get("reviewStates"))
            for form in forms
            if form.get("xmlFormId") in names.FORMS
        ]
        return hashlib.sha256(repr(sorted(said, key=str)).encode()).hexdigest()

    def stale(self, held: Sequence[HeldRoot]) -> Iterator[str]:
        """Roots of which a file's MD5 there is not that of the bytes that we hold."""
        for root in held:
            form_id, _, uuid = root.root_id.partition("/")
            remote = of("forms", form_id, "submissions", f"uuid:{uuid}", "attachments")
            if any(self._differs(f"{remote}{of(name)}", *file) for name, file in root.files.items()):
                yield root.root_id

    def _sweep(self, form_id: str) -> list[_Row] | None:
        return self._listed(form_id, _EVERYTHING)

    def _listed(self, form_id: str, filter_: str) -> list[_Row] | None:
        """None where there is no such form."""
        params = {"$select": _LIGHT, "$filter": filter_}
        rows = self._central.rows(f"{of('forms', form_id)}.svc/Submissions", params)
        if rows is None:
            return None
        try:
            return [_row(form_id, row) for row in rows]
        except (KeyError, TypeError, ValueError) as error:
            raise Transient(f"{self.key}: Central's list of {form_id} lacks {error}") from error

    def _refuse_loss(self, form_id: str) -> None:
        theirs = Seen.root_id.startswith(f"{form_id}/", autoescape=True)
        query = select(Seen.root_id).where(Seen.source == self.key, theirs, Seen.state == "live").limit(1)
        with reading(self._home.engine) as session:
            if session.scalar(query) is None:
                return
        raise Terminal(
            f"{self.key}: the form {form_id} is not in the project any more, and its submissions were here; "
            "restore it there, or publish it again under this name"
        )

    def _rows_of(self, root_ids: Sequence[str]) -> Iterator[_Row]:
        """The rows of these roots: of the last index of this process, or asked for."""
        missing = []
        for root_id in root_ids:
            row = self._rows.pop(root_id, None)
            if row is None:
                missing.append(root_id)
            else:
                yield row
        for form_id, group in groupby(sorted(missing), lambda root_id: root_id.partition("/")[0]):
            yield from self._asked(form_id, [root_id.partition("/")[2] for root_id in group])

    def _asked(self, form_id: str, roots: Sequence[str]) -> Iterator[_Row]:
        for start in range(0, len(roots), AT_ONCE):
            quoted = [root.replace("'", "''") for root in roots[start : start + AT_ONCE]]
            either = " or ".join(f"__id eq 'uuid:{root}' or __id eq '{root}'" for root in quoted)
            yield from self._listed(form_id, either) or ()

    def _fetched(self, row: _Row, officers: Mapping[str, int], held: Known | None) -> FetchedSubmission:
        if row.edits:
            return self._edited(row, officers, held)
        xml = held.read(self._home, row.root) if held else None
        if xml is None:
            xml = self._central.request("GET", f"{row.path}.xml").content
        root = _read(xml)
        if root is not None and _instance_id(root) not in ("", row.root):  # edited since it was listed
            return self._edited(row, officers, held)
        files = self._files(row, row.remote_id, root, held)
        version = FetchedVersion(xml, files, officers.get(row.submitter), _time(row.submitted))
        return _submission(row, [version], row.root)

    def _edited(self, row: _Row, officers: Mapping[str, int], held: Known | None) -> FetchedSubmission:
        """Every version by its own id, so that an edit at this moment mixes nothing."""
        versions: list[dict[str, Any]] = self._central.json("GET", f"{row.path}{of('versions')}")
        current = [_bare(version["instanceId"]) for version in versions if version["current"]]
        if len(current) != 1:
            raise Transient(f"{self.key}: Central names no current version of {row.root_id}")
        fetched = []
        for version in reversed(versions):  # oldest first
            instance_id = version["instanceId"]
            xml = held.read(self._home, _bare(instance_id)) if held else None
            if xml is None:
                path = f"{row.path}{of('versions', instance_id)}.xml"
                xml = self._central.request("GET", path).content
            fetched.append(
                FetchedVersion(
                    xml,
                    self._files(row, instance_id, _read(xml), held) if version["current"] else (),
                    officers.get(str(version["submitterId"])),
                    _time(version["createdAt"]),
                )
            )
        return _submission(row, fetched, current[0])

    def _files(
        self, row: _Row, instance_id: str, root: etree._Element | None, held: Known | None
    ) -> tuple[AttachmentRef, ...]:
        """Where all have come their names stand in the XML, as do many that are no files: those are passed
        over by whoever knows the form. Else Central says which have.
        """
        if not row.expected:
            return ()
        path = f"{row.path}{of('versions', instance_id, 'attachments')}"
        if row.present == row.expected:
            named = set() if root is None else _leaves(root)
        else:
            listed = self._central.json("GET", path)
            named = {file["name"] for file in listed if file["exists"]}
        refs = (AttachmentRef(name, f"{path}/{name}") for name in sorted(named))
        return tuple(self._compared(ref, held.files.get(ref.name) if held else None) for ref in refs)

    def _compared(self, ref: AttachmentRef, held: tuple[str, int] | None) -> AttachmentRef:
        """A file that the root had under this name already is not fetched while its MD5 is still ours."""
        if held is None:
            return ref
        head = self._central.request("HEAD", _escaped(ref), ok=(200, _STORAGE, _NOT_THERE))
        same = head.status == 200 and self._is(head, *held)
        return replace(ref, sha256=held[0], size=held[1]) if same else ref

    def _is(self, head: Reply, sha256: str, size: int) -> bool:
        """Whether these are the bytes that we hold."""
        length = head.headers.get("Content-Length", "")
        if length.isdigit() and int(length) != size:
            return False
        try:
            with self._home.store.open(sha256) as stream:
                ours = _digest(stream, hashlib.md5(usedforsecurity=False))
        except FileNotFoundError:
            return False
        return md5_of(head.headers.get("ETag", "")) == ours

    def _differs(self, path: str, sha256: str, size: int) -> bool:
        try:
            head = self._central.request("HEAD", path, ok=(200, _STORAGE, _NOT_THERE))
            if head.status == _STORAGE:
                with self._central.stream(path) as stream:
                    return _digest(stream, hashlib.sha256()) != sha256
        except OSError as error:
            raise Transient(f"{self.key}: a file could not be compared: {error}") from error
        return head.status == _NOT_THERE or not self._is(head, sha256, size)

    def _officers(self) -> dict[str, int]:
        """Central's id of who submitted -> our officer."""
        query = select(ServerOfficer.remote_id, ServerOfficer.officer_id)
        with reading(self._home.engine) as session:
            ours = set(session.scalars(select(Officer.id)))
            added = session.execute(query.where(ServerOfficer.server == self.key)).all()
        named = {account: int(officer) for officer, account in self._accounts.items() if officer.isdigit()}
        return {remote: officer for remote, officer in named.items() if officer in ours} | dict(added)


def make(home: Home, server: config.Server) -> CentralSource:
    """The source of a server of the settings; calls nobody. Raises Terminal when they lack something."""
    return CentralSource(home, server, Central(server))


def _row(form_id: str, row: Mapping[str, Any]) -> _Row:
    system = row["__system"]
    return _Row(
        form_id=form_id,
        remote_id=row["__id"],
        submitted=system["submissionDate"],
        submitter=str(system["submitterId"]),
        edits=int(system["edits"]),
        present=int(system["attachmentsPresent"]),
        expected=int(system["attachmentsExpected"]),
        version=str(system["formVersion"]),
        status=system["status"] or "",
        trash=system["deletedAt"] is not None,
    )


def _submission(row: _Row, versions: Sequence[FetchedVersion], current: str) -> FetchedSubmission:
    return FetchedSubmission(
        root_id=row.root_id,
        fingerprint=row.fingerprint,
        versions=tuple(versions),
        server_root=row.root,
        current_id=current,
    )


def _escaped(attachment: AttachmentRef) -> str:
    """The path of a file, of which the locator has the name as it is."""
    return f"{attachment.locator.removesuffix('/' + attachment.name)}{of(attachment.name)}"


def _read(xml: bytes) -> etree._Element | None:
    try:
        return read_xml(xml)
    except BadInput:
        return None  # whoever reads it next says what is wrong


def _instance_id(root: etree._Element) -> str:
    found = (node.text or "" for node in root.iter("{*}instanceID"))
    return _bare(next(found, "").strip())


def _leaves(root: etree._Element) -> set[str]:
    return {text for node in root.iter() if not len(node) and (text := (node.text or "").strip())}


def _digest(stream: BinaryIO, digest: Any) -> str:
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return str(digest.hexdigest())


def _bare(instance_id: str) -> str:
    return instance_id.removeprefix("uuid:")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
