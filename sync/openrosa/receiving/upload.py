"""Reads one multipart post as a stream, part by part, into a parcel; a part's name is data, never a path."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from sync.openrosa.messages import problem
from sync.xform.safe_xml import MAX_BYTES

XML_PART = "xml_submission_file"
INCOMPLETE_PART = "*isIncomplete*"

_CHUNK = 64 * 1024
_MOST_HEADER = 512 * 1024  # what the decoder may hold at once: a chunk and the head of a part
_MOST_HEADS = 256 * 1024  # of all parts: reading a head takes far longer than reading as much of a photo
_MOST_FIELD = 64 * 1024  # Collect's only field says "yes"
_MOST_OTHER_PARTS = 10  # besides files: Collect sends the XML and one field
_MOST_PADDING = 64  # bytes between a delimiter and the end of its line; clients send "--" at most


Add = Callable[[BinaryIO], tuple[str, int]]  # a stream -> its sha256 and size in bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was added. `names`: its possible names, the file name first."""

    names: tuple[str, ...]
    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """The content of one post. `incomplete`: more posts of this instance follow.

    `content`: the XML, truncated if it is longer than any that is read.
    """

    xml: Part
    content: bytes = field(repr=False)  # a filled-in form: no error and no log line may show it
    files: tuple[Part, ...]
    incomplete: bool


@dataclass(slots=True)
class _Gathered:
    xml: Part | None = None
    content: bytes = field(default=b"", repr=False)
    files: list[Part] = field(default_factory=list)
    incomplete: bool = False


def receive(body: BinaryIO, content_type: str, add: Add, most_files: int) -> Upload:
    """Read a whole post, passing each part to `add`; `most_files` limits the parts.

    Raises BadInput post.malformed, post.no_xml, post.two_xml, post.field_too_large, post.too_many_parts; and
    whatever `add` raises.
    """
    mimetype, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if mimetype.lower() != "multipart/form-data" or not boundary.isascii() or not boundary:
        raise problem("post.no_xml")
    gathered = _Gathered()
    try:
        _read(_events(body, boundary.encode("ascii")), gathered, add, most_files + _MOST_OTHER_PARTS)
    except (ValueError, RequestEntityTooLarge) as error:  # all that the decoder raises
        raise problem("post.malformed") from error
    if gathered.xml is None:
        raise problem("post.no_xml")
    return Upload(gathered.xml, gathered.content, tuple(gathered.files), gathered.incomplete)


def _events(body: BinaryIO, boundary: bytes) -> Iterator[Event]:
    decoder = MultipartDecoder(boundary, max_form_memory_size=_MOST_HEADER)
    pieces = _pieces(body, b"--" + boundary)
    event: Event = NeedData()
    while not isinstance(event, Epilogue):
        if isinstance(event, NeedData):
            decoder.receive_data(next(pieces, None))
        event = decoder.next_event()
        yield event


def _pieces(body: BinaryIO, delimiter: bytes) -> Iterator[bytes]:
    """The body in chunks, none of which ends between a delimiter and the end of its line.

    Werkzeug 3.1.9 would count a part of the line break before such a delimiter as the last byte of the file
    (pallets/werkzeug#3285).
    """
    seen = b""
    while piece := body.read(_CHUNK):
        while (
            len(piece) < _MOST_HEADER
            and _ends_in_delimiter_line(seen + piece, delimiter)
            and (more := body.read(_CHUNK))
        ):
            piece += more
        seen = (seen + piece)[-len(delimiter) :]
        yield piece


def _ends_in_delimiter_line(content: bytes, delimiter: bytes) -> bool:
    line_end = content[-len(delimiter) - _MOST_PADDING :]
    _, found, rest = line_end.rpartition(delimiter)
    return bool(found) and b"\n" not in rest


def _read(events: Iterator[Event], gathered: _Gathered, add: Add, most_parts: int) -> None:
    count = heads = 0
    for event in events:
        if not isinstance(event, Field | File):
            continue
        count += 1
        if count > most_parts:
            raise problem("post.too_many_parts")
        heads += sum(len(name) + len(value) for name, value in event.headers)
        if heads > _MOST_HEADS:
            raise problem("post.malformed")
        if isinstance(event, Field) and event.name != XML_PART:
            _take_field(event, _text(events), gathered)
            continue
        part = _PartStream(events, MAX_BYTES + 1 if event.name == XML_PART else 0)
        _take_file(event, add(part), gathered)
        gathered.content = part.head or gathered.content


def _take_field(event: Field, value: bytes, gathered: _Gathered) -> None:
    if event.name == INCOMPLETE_PART:
        gathered.incomplete = value == b"yes"


def _take_file(event: Field | File, stored: tuple[str, int], gathered: _Gathered) -> None:
    sha256, size = stored
    given = (event.filename if isinstance(event, File) else "", event.name or "")
    part = Part(tuple(name for name in given if name), sha256, size)
    if event.name != XML_PART:
        gathered.files.append(part)
    elif gathered.xml is not None and gathered.xml.sha256 != sha256:
        raise problem("post.two_xml")
    else:
        gathered.xml = part


def _text(events: Iterator[Event]) -> bytes:
    value = b""
    for chunk in _chunks(events):
        value += chunk
        if len(value) > _MOST_FIELD:
            raise problem("post.field_too_large")
    return value


def _chunks(events: Iterator[Event]) -> Iterator[bytes]:
    for event in events:
        if isinstance(event, Data):
            yield event.data
            if not event.more_data:
                return


class _PartStream(io.BufferedReader):
    """One part as a file; its first `most` bytes are kept as they pass."""

    def __init__(self, events: Iterator[Event], most: int) -> None:
        super().__init__(_PartBytes(_chunks(events)), _CHUNK)
        self._most = most
        self.head = b""

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        if len(self.head) < self._most:
            self.head += content[: self._most - len(self.head)]
        return content


class _PartBytes(io.RawIOBase):
    """The bytes of one part as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
