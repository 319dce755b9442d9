"""The sources of a home: the endpoint's spool, every folder in its settings, then every server."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import BinaryIO

from mochocho.settings import config
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from mochocho.words.sentences import Sentence
from sync.openrosa.source import SpoolSource
from sync.sources.folder import FolderSource
from sync.sources.protocol import AttachmentRef, Entry, FetchedSubmission, HeldRoot, Server, Source, Unusable

Make = Callable[[Home, config.Server], Server]

# kind -> the module with `make(home, server) -> Server`, imported when a home has such a server
_KINDS = {"central": "sync.central.source", "kobo": "sync.kobo.source"}

_kept: tuple[Home, tuple[Server, ...]] | None = None


def sources(home: Home) -> tuple[Source, ...]:
    """The sources in the order of pulling, without any request. No servers once the cycle is closed."""
    folders = (FolderSource(f"folder:{folder.key}", folder.path) for folder in home.settings.folders)
    return (SpoolSource(home), *folders, *servers(home))


def servers(home: Home) -> tuple[Server, ...]:
    """The servers only. They are kept while this process works on one home, so that sessions are reused."""
    global _kept
    if not home.settings.cycle_open:
        return ()
    if _kept is None or _kept[0] is not home:
        _kept = (home, tuple(_server(home, server) for server in home.settings.servers))
    return _kept[1]


def forget() -> None:
    """Make every server anew when it is next used: its secret may have been corrected."""
    global _kept
    _kept = None


def _server(home: Home, server: config.Server) -> Server:
    make: Make = import_module(_KINDS[server.kind]).make
    try:
        return make(home, server)
    except MochochoError as error:  # e.g. a missing secret; reported when this server is pulled
        return _Unready(server, error)


class _Unready:
    """A server that cannot be asked at all; every call raises the reason."""

    has_trash = False
    batch = 1

    def __init__(self, server: config.Server, reason: MochochoError) -> None:
        self.key = server.source_key
        self.threads = server.connections
        self._reason = reason

    def index(self) -> Iterator[Entry]:
        raise self._reason

    def unusable(self) -> Iterator[Unusable]:
        raise self._reason

    def unlisted(self) -> Mapping[str, Sentence]:
        raise self._reason

    def fetch(self, _root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        raise self._reason

    def open(self, _attachment: AttachmentRef) -> BinaryIO:
        raise self._reason

    def hint(self) -> str | None:
        raise self._reason

    def stale(self, _held: Sequence[HeldRoot]) -> Iterator[str]:
        raise self._reason
