"""What a source offers. Pull is written against this alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol, runtime_checkable

from mochocho.words.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person, not us, says of a root on its server: the server's own word, and who."""

    state: str
    by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a source's light index. The fingerprint moves whenever anything about the root does.

    `root_id` names the root within its source; the ids that count stand in the instances themselves. `trash`:
    the server lists it as deleted. `judged` moves no fingerprint: it is told, and nothing is fetched for it.
    """

    root_id: str
    fingerprint: str
    trash: bool = False
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A file a source holds. `locator` means something to that source only.

    `sha256` and `size` are given where the home's own store holds the file already; it is not copied again.
    """

    name: str
    locator: str
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class FetchedVersion:
    """One instance as a source holds it; attachments are those that have arrived there.

    `sent` is False where the source cannot tell an unfinished draft from what its owner meant to send.
    `form`: (form id, version) as we call them, where the server writes others into its instances.
    """

    xml: bytes = field(repr=False)  # holds what identifies people
    attachments: tuple[AttachmentRef, ...]
    officer_id: int | None = None
    received_at: datetime | None = None
    sent: bool = True
    form: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something the source holds that cannot be used; goes to quarantine. `key` names it in that source.

    Its bytes, if they are to be kept: `content`, or `sha256` where the home's store holds them already.
    """

    key: str
    code: str
    message_th: str
    content: bytes | None = field(default=None, repr=False)
    officer_id: int | None = None
    received_at: datetime | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class FetchedSubmission:
    """Every version a source holds of one root; `fingerprint` is that of what was fetched.

    `unusable`: what belongs to this root and could not be read. A server also says which instance is the
    `server_root` and which the `current_id`, both without `uuid:`; of the current one the attachments are all
    that the server has.
    """

    root_id: str
    fingerprint: str
    versions: tuple[FetchedVersion, ...]
    unusable: tuple[Unusable, ...] = ()
    server_root: str | None = None
    current_id: str | None = None


class Source(Protocol):
    """A server, a spool or a folder that holds submissions."""

    key: str

    def index(self) -> Iterator[Entry]:
        """Everything it holds, light; raises rather than truncates."""
        ...

    def unusable(self) -> Iterator[Unusable]:
        """What it holds that is no submission."""
        ...

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        """Those of these roots that are still there; what cannot be read of one never stops the others."""
        ...

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        """Raises OSError, here or while it is read, when the file cannot be had."""
        ...


@dataclass(frozen=True, slots=True)
class HeldRoot:
    """What our mirror holds of a root of a server: the current version's files, name -> (sha256, size)."""

    root_id: str
    current_id: str
    files: Mapping[str, tuple[str, int]]


@runtime_checkable
class Server(Source, Protocol):
    """A source whose word on its roots holds: what its index lacks is gone there, what it holds is current.

    Every method raises Transient while the server is away or its answer is not whole, and Terminal with what
    to do when a person must act: a revoked token, a deleted project, another software at that address.
    `fetch`, `open` and `stale` are called from several threads at once; `unusable` and `unlisted` come after
    `index` and tell what that index could not use. A root of which they say so is there, and not gone. Root
    ids begin with the form's id and a slash.
    """

    threads: int  # how many requests may be under way; it may be called by more threads, which then wait
    batch: int  # how many roots one request brings; 1 where each takes requests of its own
    has_trash: bool  # whether what is deleted there can still be listed; where not, absence alone tells

    def unlisted(self) -> Mapping[str, Sentence]:
        """Form id -> what a person must do, of the forms that the last index could not list."""
        ...

    def hint(self) -> str | None:
        """Cheap: moves when something certainly changed, and may stay when something did. None: no hint."""
        ...

    def stale(self, held: Sequence[HeldRoot]) -> Iterator[str]:
        """Those of these roots whose files are no longer the ones we hold, whatever the index says."""
        ...
