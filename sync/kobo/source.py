"""KoboToolbox as a source: what its projects hold, mirrored.

It has no trash and no date of modification: a light sweep shows edits by `_uuid`, late photos by
`_attachments`, and deletions by absence. `_id` names a row and never a root: what was deleted and is sent
again comes back under another.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

from mochocho.settings import config
from mochocho.storage.files import CHUNK
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from sync.kobo.api import Api, attachment_path, open_api
from sync.kobo.form_versions import AssetVersions
from sync.kobo.projects import Projects
from sync.kobo.records import LIGHT, Identity, Record, identity, named, record, split
from sync.kobo.sweep import Pages, Swept, sweep
from sync.mirror import senders
from sync.mirror.already_here import Known, known
from sync.sources.protocol import (
    AttachmentRef,
    Entry,
    FetchedSubmission,
    FetchedVersion,
    HeldRoot,
    Judged,
    Unusable,
)
from sync.web.client import Refused

AT_ONCE = 100  # rows asked for by `_id`: the address stays below 8 kB, more than which proxies refuse

_INSTANCES = 2  # <root><results><…>: how deep the instances stand in a list
_NO_ROOT = "แถวนี้ใน KoboToolbox ไม่มีรหัสประจำชุด (UUID) ระบบระบุไม่ได้ว่าเป็นแบบฟอร์มชุดใด ให้กรอกและส่งใหม่"
_OTHER = "XML ที่ KoboToolbox ให้มาไม่ใช่ของชุดเดียวกับแถวในตาราง ให้เปิดแก้ไขแบบฟอร์มชุดนี้แล้วบันทึกใหม่"


@dataclass(frozen=True, slots=True)
class _Begun:
    """A project that is being swept, and beside it the look whether the account may view all of it."""

    swept: Future[Swept]
    seeing_all: Future[None]


def make(home: Home, server: config.Server) -> "KoboSource":
    """The source of a server of the settings; calls nobody."""
    return KoboSource(home, server, open_api(server))


class KoboSource:
    """The projects of one account that are forms of ours. A root id is form id and `meta/rootUuid`."""

    batch = 25  # instances in one answer, which the server puts together one after the other
    has_trash = False

    def __init__(self, home: Home, server: config.Server, api: Api) -> None:
        self.key = server.source_key
        self.threads = server.connections
        self._home = home
        self._server = server
        self._api = api
        self._projects = Projects(home, server, api)
        self._versions = AssetVersions(self.key, home, api)
        self._uids: dict[str, str] = {}  # form id -> project, as last found
        self._rows: dict[str, dict[str, int]] = {}  # form id -> root -> row, as last swept
        self._pages: dict[str, Pages] = {}  # project -> what was read of it last
        self._swept_now: dict[str, dict[str, Record]] = {}  # each used once, so that fetching need not ask
        self._nameless: list[Unusable] = []
        self._lost: dict[str, Sentence] = {}

    def index(self) -> Iterator[Entry]:
        """Every row of every project. Raises Terminal where none can be read; one is told by `unlisted`."""
        self._nameless = []
        self._versions = AssetVersions(self.key, self._home, self._api)
        for form_id, swept in self._swept().items():
            self._rows[form_id] = {root: one.id for root, one in swept.roots.items()}
            self._swept_now[form_id] = swept.roots
            self._nameless += [_nameless(form_id, row) for row in swept.nameless]
            for root, one in swept.roots.items():
                yield Entry(f"{form_id}/{root}", one.fingerprint, judged=self._by_person(one.judged))

    def _by_person(self, judged: Judged | None) -> Judged | None:
        return None if judged is None or judged.by == self._api.account() else judged

    def _swept(self) -> dict[str, Swept]:
        """Form id -> all of its project. What was found last is swept while it is asked what there is now."""
        with ThreadPoolExecutor(self.threads) as pool:
            asked = pool.submit(self._projects.all)
            begun = {uid: self._begin(pool, uid) for uid in self._uids.values()}
            found = asked.result()
            self._uids, self._lost = found.uids, found.lost
            begun |= {uid: self._begin(pool, uid) for uid in self._uids.values() if uid not in begun}
            return self._without_lost({form_id: begun[uid] for form_id, uid in self._uids.items()})

    def _begin(self, pool: Executor, uid: str) -> "_Begun":
        swept = pool.submit(sweep, self._api, uid, self._pages.get(uid))
        return _Begun(swept, pool.submit(self._projects.need_all, uid))

    def _without_lost(self, begun: Mapping[str, "_Begun"]) -> dict[str, Swept]:
        """Those that could be swept. Where none could, it is the account or the server, not a project."""
        swept: dict[str, Swept] = {}
        first: Terminal | None = None
        for form_id, one in begun.items():
            try:
                one.seeing_all.result()
                swept[form_id] = one.swept.result()
                self._pages[self._uids[form_id]] = swept[form_id].pages
            except Terminal as error:
                first = first or error
                is_gone = isinstance(error, Refused) and error.status == 404
                said = self._projects.gone(form_id, self._uids[form_id]) if is_gone else error.said
                self._lost[form_id] = said
        if self._lost and not swept:
            raise first or Terminal(*next(iter(self._lost.values())))
        return swept

    def unusable(self) -> Iterator[Unusable]:
        """Rows of which nothing tells the root."""
        return iter(self._nameless)

    def unlisted(self) -> Mapping[str, Sentence]:
        """Projects that are gone, or that the account may not read whole."""
        return self._lost

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        """As the protocol says. A root that moves while it is read is passed over: it is due again."""
        officers = senders.officers(self._home, self._server)
        held = known(self._home, self.key, root_ids)
        for form_id, uid, roots in self._by_project(root_ids):
            records = self._swept_before(form_id, roots)
            instances = self._instances(uid, records.values())
            still = {root: one for root, one in records.items() if one.uuid in instances}
            records = self._records(form_id, uid, [root for root in roots if root not in still])
            instances |= self._instances(uid, records.values())
            records |= still
            for root in roots:
                if root not in records:
                    continue
                fetched = self._fetched(form_id, uid, records[root], instances, officers)
                if fetched is not None:
                    yield _without_held(fetched, records[root], held.get(fetched.root_id))

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        """The original, from the configured address: `download_url` may name another host."""
        try:
            return self._api.attachment(attachment.locator)
        except Refused as error:
            if error.status == 404:
                raise OSError(str(error)) from error
            raise

    def hint(self) -> str | None:
        """How many submissions each project has, and the newest; edits and late photos do not show."""
        self._uids = self._uids or self._projects.all().uids
        with ThreadPoolExecutor(self.threads) as pool:
            told = list(pool.map(self._newest, *zip(*self._uids.items(), strict=True)) if self._uids else ())
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def _newest(self, form_id: str, uid: str) -> str:
        try:
            newest = self._api.rows(uid, {}, ("_id", "_uuid"), limit=1, newest=True)
        except Terminal:  # the whole look says why
            return f"{form_id} -"
        return f"{form_id} {newest.count} {[(row.get('_id'), row.get('_uuid')) for row in newest.rows]}"

    def stale(self, held: Sequence[HeldRoot]) -> Iterator[str]:
        """Those of which a file is gone or another.

        KoboToolbox refuses other bytes under a name that it has (409, in edits too), so a file can only be
        replaced by one with another uid, which the fingerprint shows. What is left is a file that was cut on
        its way from a server that does not say how long it is; asking for the length is enough where it
        does, and only where it does not are the bytes read again.
        """
        of = {one.root_id: one for one in held}
        for form_id, uid, roots in self._by_project([*of]):
            for root, found in self._records(form_id, uid, roots).items():
                one = of[f"{form_id}/{root}"]
                if found.uuid != one.current_id or self._differ(uid, found, one):
                    yield one.root_id

    def _by_project(self, root_ids: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
        """(form id, project, roots), at most so many roots as fit into one request."""
        if not self._uids:
            self._uids = self._projects.all().uids
        roots: dict[str, list[str]] = {}
        for root_id in root_ids:
            form_id, _, root = root_id.partition("/")
            roots.setdefault(form_id, []).append(root)
        for form_id, some in roots.items():
            for start in range(0, len(some) if form_id in self._uids else 0, AT_ONCE):
                yield form_id, self._uids[form_id], some[start : start + AT_ONCE]

    def _swept_before(self, form_id: str, roots: Sequence[str]) -> dict[str, Record]:
        """What was listed last, once. An edit since then shows in the instance; else it is due again."""
        swept = self._swept_now.get(form_id, {})
        found = {root: swept.pop(root, None) for root in roots}
        return {root: one for root, one in found.items() if one is not None}

    def _records(self, form_id: str, uid: str, roots: Sequence[str]) -> dict[str, Record]:
        """The rows of these roots as they are now."""
        rows = self._rows.get(form_id, {})
        ids = [rows[root] for root in roots if root in rows]
        found: dict[str, Record] = {}
        if ids:
            page = self._api.rows(uid, {"_id": {"$in": ids}}, LIGHT, limit=len(ids))
            for one in filter(None, map(record, page.rows)):
                found[one.root] = one
        for root in roots:
            # Swept by another process, or deleted and sent again since: the root finds it, the row does not.
            if root not in found and (row := self._api.row(uid, root, LIGHT)) is not None:
                alone = record(row)
                if alone is not None and alone.root == root:
                    found[root] = alone
        return {root: found[root] for root in roots if root in found}

    def _instances(self, uid: str, records: Iterable[Record]) -> dict[str, tuple[bytes, Identity]]:
        """Instance id -> its XML. What is no whole XML together is read one by one later."""
        ids = [one.id for one in records]
        try:
            pieces = split(self._api.instances(uid, ids), _INSTANCES) if ids else []
        except ValueError:
            return {}
        found = {}
        for xml in pieces:
            said = identity(xml)
            if said is not None:
                found[said.instance_id] = (xml, said)
        return found

    def _fetched(
        self,
        form_id: str,
        uid: str,
        one: Record,
        instances: Mapping[str, tuple[bytes, Identity]],
        officers: Mapping[str, int],
    ) -> FetchedSubmission | None:
        root_id = f"{form_id}/{one.root}"
        xml, said = instances.get(one.uuid) or self._alone(uid, one)
        if xml is None:
            return None
        officer = officers.get(one.submitted_by or "")
        if said is not None and said.instance_id != one.uuid:
            again = self._api.row(uid, one.root, LIGHT)
            now = record(again) if again else None
            if now is None or now.uuid != one.uuid:
                return None  # edited or deleted between row and XML
            odd = Unusable(root_id, "instance.other", _OTHER, xml, officer, one.submitted_at)
            return FetchedSubmission(root_id, one.fingerprint, (), (odd,), one.root, one.uuid)
        files = named(one.files, said.answers if said else ())
        version = FetchedVersion(
            xml,
            tuple(AttachmentRef(n, attachment_path(uid, one.id, file.uid)) for n, file in files.items()),
            officer_id=officer,
            received_at=one.submitted_at,
            form=self._versions.form_of(form_id, uid, one.version, said.version) if said else None,
        )
        return FetchedSubmission(root_id, one.fingerprint, (version,), (), one.root, one.uuid)

    def _alone(self, uid: str, one: Record) -> tuple[bytes | None, Identity | None]:
        """The XML of one row; (None, None) when it is gone. What cannot be read the reader refuses."""
        document = self._api.instance(uid, one.id)
        if document is None:
            return None, None
        with suppress(ValueError):
            document = split(document, 0)[0]  # the very bytes that the list gives, without the declaration
        return document, identity(document)

    def _differ(self, uid: str, found: Record, held: HeldRoot) -> bool:
        live = named(found.files, held.files)
        return any(
            name not in live or self._differs(attachment_path(uid, found.id, live[name].uid), sha256, size)
            for name, (sha256, size) in held.files.items()
        )

    def _differs(self, path: str, sha256: str, size: int) -> bool:
        length = self._api.file_size(path)
        if length is not None:
            return length != size
        digest = hashlib.sha256()
        with self._api.attachment(path) as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest() != sha256


def _without_held(fetched: FetchedSubmission, now: Record, held: Known | None) -> FetchedSubmission:
    """Its files are not fetched again that are proved to be the very attachments which it had before.

    KoboToolbox tells no MD5. But what stood there when the root was last written is in its fingerprint: if
    that was the one of this row with the instance of then and without the files that are new to us, all
    others are the same attachments by their uids, and nobody can put other bytes into one. A root that is
    fetched though it has not moved is one of which the files are doubted.
    """
    if held is None or held.fingerprint == fetched.fingerprint:
        return fetched
    if now.fingerprint_of(held.current_id, held.files) != held.fingerprint:
        return fetched
    versions = (
        replace(version, attachments=tuple(_held_ref(ref, held) for ref in version.attachments))
        for version in fetched.versions
    )
    return replace(fetched, versions=tuple(versions))


def _held_ref(ref: AttachmentRef, held: Known) -> AttachmentRef:
    if ref.name not in held.files:
        return ref
    sha256, size = held.files[ref.name]
    return replace(ref, sha256=sha256, size=size)


def _nameless(form_id: str, row: int) -> Unusable:
    return Unusable(f"{form_id}/_id/{row}", "instance.no_id", _NO_ROOT)
