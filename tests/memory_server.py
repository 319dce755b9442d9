"""A server in memory that keeps `sync.sources.protocol.Server`'s promises, and everything people do there."""

import hashlib
import io
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from mochocho.settings.config import Server
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from mochocho.words.sentences import Sentence
from sync.mirror.already_here import Known, known
from sync.sources.protocol import AttachmentRef, Entry, FetchedSubmission, FetchedVersion, HeldRoot, Unusable
from sync.xform.parse import parse_instance
from tests.builders import NOON


@dataclass
class Root:
    """One submission there: its versions as (instance id, XML), and the current one's files."""

    versions: list[tuple[str, bytes]]
    files: dict[str, bytes] = field(default_factory=dict)
    trash: bool = False
    hidden: bool = False
    moves: int = 0

    @property
    def current_id(self) -> str:
        return self.versions[-1][0]


@dataclass
class MemoryServer:
    """`has_trash`: as ODK Central; else as KoboToolbox, which gives the current version alone.

    `asks`: the home in whose mirror it looks for former versions that it need not give.

    `before` is called with the name of what is about to be done and what with; it may raise. `calls` and
    `downloads` remember what was asked. A file replaced under its name moves no fingerprint.
    """

    key: str = "central:one"
    threads: int = 4
    has_trash: bool = True
    batch: int = 1
    form: tuple[str, str] | None = None
    roots: dict[str, Root] = field(default_factory=dict)
    refused: list[Unusable] = field(default_factory=list)
    lost: dict[str, Sentence] = field(default_factory=dict)
    before: Callable[[str, object], None] = lambda _what, _with: None
    calls: list[str] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)
    fetched: list[list[str]] = field(default_factory=list)
    changes: int = 0
    tells_hint: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)
    asks: Home | None = None

    # --- what people do

    def submit(self, xml: bytes, files: Mapping[str, bytes] | None = None) -> str:
        """A new submission, or a version of one that stands here. Returns its root id."""
        instance = parse_instance(xml)
        root_id = self._root_of(instance.deprecated_id) or f"{instance.form_id}/{instance.instance_id}"
        root = self.roots.setdefault(root_id, Root([]))
        root.versions.append((instance.instance_id, xml))
        root.trash = False
        root.files = {**root.files, **(files or {})}
        return self._moved(root_id)

    def put_file(self, root_id: str, name: str, content: bytes) -> None:
        """A late photo, which moves the fingerprint, or another one under the same name, which does not."""
        root = self.roots[root_id]
        if name not in root.files:
            self._moved(root_id)
        root.files[name] = content

    def drop_file(self, root_id: str, name: str) -> None:
        del self.roots[root_id].files[name]
        self._moved(root_id)

    def delete(self, root_id: str) -> None:
        if self.has_trash:
            self.roots[root_id].trash = True
            self.changes += 1
        else:
            self.purge(root_id)

    def restore(self, root_id: str) -> None:
        self.roots[root_id].trash = False
        self.changes += 1

    def purge(self, root_id: str) -> None:
        del self.roots[root_id]
        self.changes += 1

    def review(self, root_id: str) -> None:
        """Moves the hint and nothing that is listed."""
        assert root_id in self.roots
        self.changes += 1

    def _moved(self, root_id: str) -> str:
        self.roots[root_id].moves += 1
        self.changes += 1
        return root_id

    def _root_of(self, instance_id: str | None) -> str | None:
        return next(
            (id_ for id_, root in self.roots.items() if instance_id in {v[0] for v in root.versions}), None
        )

    # --- what is asked of a source

    def index(self) -> Iterator[Entry]:
        self._asked("index", None)
        for root_id, root in list(self.roots.items()):
            self._asked("entry", root_id)
            if not root.hidden and root_id.partition("/")[0] not in self.lost:
                yield Entry(root_id, self._fingerprint(root), trash=root.trash)

    def unusable(self) -> Iterator[Unusable]:
        self._asked("unusable", None)
        return iter(self.refused)

    def unlisted(self) -> Mapping[str, Sentence]:
        self._asked("unlisted", None)
        return dict(self.lost)

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        with self.lock:
            self.fetched.append(list(root_ids))
        for root_id in root_ids:
            self._asked("fetch", root_id)
            root = self.roots.get(root_id)
            if root is not None and not root.trash:
                yield self._submission(
                    root_id, root, known(self.asks, self.key, [root_id]) if self.asks else {}
                )

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        self._asked("open", attachment.locator)
        root_id, _, name = attachment.locator.rpartition("|")
        content = self.roots[root_id].files.get(name) if root_id in self.roots else None
        if content is None:
            raise FileNotFoundError(attachment.name)
        with self.lock:
            self.downloads.append(attachment.locator)
        return io.BytesIO(content)

    def hint(self) -> str | None:
        self._asked("hint", None)
        return str(self.changes) if self.tells_hint else None

    def stale(self, held: Sequence[HeldRoot]) -> Iterator[str]:
        for one in held:
            self._asked("stale", one.root_id)
            theirs = self.roots[one.root_id].files
            ours = {name: sha256 for name, (sha256, _) in one.files.items()}
            if ours != {name: hashlib.sha256(content).hexdigest() for name, content in theirs.items()}:
                yield one.root_id

    def _submission(self, root_id: str, root: Root, held: Mapping[str, Known]) -> FetchedSubmission:
        refs = tuple(AttachmentRef(name, f"{root_id}|{name}") for name in root.files)
        older = () if not self.has_trash else root.versions[:-1]
        given = [
            FetchedVersion(xml, (), received_at=NOON, form=self.form)
            for instance_id, xml in older
            if not (self.asks and root_id in held and held[root_id].holds(self.asks, instance_id, None, NOON))
        ]
        current = FetchedVersion(root.versions[-1][1], refs, received_at=NOON, form=self.form)
        return FetchedSubmission(
            root_id,
            self._fingerprint(root),
            (*given, current),
            former=len(older) - len(given),
            server_root=root_id.rpartition("/")[2],
            current_id=root.current_id,
        )

    def _fingerprint(self, root: Root) -> str:
        return f"{len(root.versions)}-{root.moves}"

    def _asked(self, what: str, about: object) -> None:
        with self.lock:
            self.calls.append(what)
        self.before(what, about)


MADE: dict[str, MemoryServer] = {}  # by the key of its settings


def make(_home: Home, server: Server) -> MemoryServer:
    """As the modules of real servers have it, for the registry of sources."""
    return MADE[server.key]


def away(what: str) -> Callable[[str, object], None]:
    """For `before`: the server is away whenever this is asked."""

    def before(asked: str, _with: object) -> None:
        if asked == what:
            raise Transient("เซิร์ฟเวอร์ไม่อยู่", "the server is away")

    return before
