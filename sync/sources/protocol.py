"""The protocol of a source; pulling uses nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol, runtime_checkable

from mochocho.words.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """A validation status that a person set on a server: the server's word for it, and who set it."""

    state: str
    by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a source's light index. The fingerprint changes whenever anything about the root does.

    `root_id` names the root within its source; ids of submissions come from the instances themselves.
    `trash`: the server lists it as deleted. `judged` changes no fingerprint: it is passed on without fetching
    anything.
    """

    root_id: str
    fingerprint: str
    trash: bool = False
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A file that a source holds. `locator` has a meaning only for that source.

    `sha256` and `size` are given where the home's store already holds the file, which is then not copied.
    """

    name: str
    locator: str
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class FetchedVersion:
    """One instance as a source holds it; `attachments` are those that have arrived there.

    `sent` is False where the source cannot tell an unfinished draft from a finished form. `form`: our (form
    id, version) where the server writes other ones into its instances.
    """

    xml: bytes = field(repr=False)  # holds personal data
    attachments: tuple[AttachmentRef, ...]
    officer_id: int | None = None
    received_at: datetime | None = None
    sent: bool = True
    form: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something in a source that cannot be used and goes to quarantine. `key` names it in that source.

    Its bytes, if they are to be kept: `content`, or `sha256` where the home's store already holds them.
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
    """Every version a source holds of one root; `fingerprint`: of what was fetched.

    `unusable`: parts of this root that could not be read. `former`: how many versions are left out, as the
    mirror holds them as they are there. A server also says which instance is the
    `server_root` and which the `current_id`, both without `uuid:`; the attachments of the current one are all
    that the server has.
    """

    root_id: str
    fingerprint: str
    versions: tuple[FetchedVersion, ...]
    unusable: tuple[Unusable, ...] = ()
    server_root: str | None = None
    current_id: str | None = None
    former: int = 0


class Source(Protocol):
    """A server, a spool or a folder that holds submissions."""

    key: str

    def index(self) -> Iterator[Entry]:
        """Everything it holds, without content; raises if the list would be incomplete."""
        ...

    def unusable(self) -> Iterator[Unusable]:
        """What it holds that is not a submission."""
        ...

    def fetch(self, root_ids: Sequence[str]) -> Iterator[FetchedSubmission]:
        """Those of these roots that still exist; an unreadable one does not stop the others."""
        ...

    def open(self, attachment: AttachmentRef) -> BinaryIO:
        """Open a file. Raises OSError, here or while reading, when its bytes cannot be had."""
        ...


@dataclass(frozen=True, slots=True)
class HeldRoot:
    """What our mirror holds of a server's root: the current version's files, name -> (sha256, size)."""

    root_id: str
    current_id: str
    files: Mapping[str, tuple[str, int]]


@runtime_checkable
class Server(Source, Protocol):
    """A source that decides the state of its roots: what its index lacks is gone, what it holds is current.

    Every method raises Transient while the server is away or its answer incomplete, and Terminal with what to
    do when a person must act: a revoked token, a deleted project, another software at that address. `fetch`,
    `open` and `stale` are called from several threads at once; `unusable` and `unlisted` are called after
    `index` and tell what that index could not use: such roots are there and not gone. Root ids begin with the
    form's id and a slash.
    """

    threads: int  # how many requests may run at once; further threads that call it wait
    batch: int  # how many roots one request brings; 1 where each root needs requests of its own
    has_trash: bool  # whether deleted roots can still be listed; if not, only their absence shows it

    def unlisted(self) -> Mapping[str, Sentence]:
        """Form id -> what a person must do, for the forms that the last index could not list."""
        ...

    def hint(self) -> str | None:
        """A cheap answer that certainly means a change when it differs; it may also stay the same.

        None: no hint.
        """
        ...

    def stale(self, held: Sequence[HeldRoot]) -> Iterator[str]:
        """Those of these roots whose files are no longer the ones we hold, whatever the index says."""
        ...
