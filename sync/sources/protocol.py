"""What a source offers. Pull is written against this alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a source's light index. The fingerprint moves whenever anything about the root does.

    `root_id` names the root within its source; the ids that count stand in the instances themselves.
    """

    root_id: str
    fingerprint: str


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
    """

    xml: bytes = field(repr=False)  # holds what identifies people
    attachments: tuple[AttachmentRef, ...]
    officer_id: int | None = None
    received_at: datetime | None = None
    sent: bool = True


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

    `unusable`: what belongs to this root and could not be read.
    """

    root_id: str
    fingerprint: str
    versions: tuple[FetchedVersion, ...]
    unusable: tuple[Unusable, ...] = ()


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
