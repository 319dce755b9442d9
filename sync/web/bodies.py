"""The body of an answer: unpacked, limited in size, and checked to be complete."""

import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import requests
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 16
GZIP = 31  # zlib's number for gzip's header and trailer

_MD5 = re.compile(r'"([0-9a-f]{32})"')  # a strong ETag; a weak one, W/"…", says nothing about the bytes


class NotAsSent(OSError):  # noqa: N818 - an OSError as every file raises that cannot be read
    """The bytes are not those that the server holds. str() is the English of `said`."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return self.said.en


class TooLarge(NotAsSent):
    """More bytes than the reader accepts; another try would bring as many."""


class Body(io.RawIOBase):
    """The bytes of an answer. Reading raises OSError once they turn out not to be what the server holds.

    A missing rest or another MD5 shows only at the end, so read to the end before using anything.
    """

    def __init__(self, response: requests.Response, limit: int, md5: str | None = None) -> None:
        self._response = response
        self._limit = limit
        self._md5 = md5
        self._digest = hashlib.md5(usedforsecurity=False)
        self._size = 0
        self._left = memoryview(b"")
        self._fault: NotAsSent | None = None
        length = response.headers.get("Content-Length", "")
        if length.isdigit():
            self._refuse_more_than_limit(int(length))
        self._pieces = _pieces(response.raw, response.headers.get("Content-Encoding", "").strip().lower())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        if not self._left:
            self._left = memoryview(self._next())
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def readall(self) -> bytes:
        pieces = [bytes(self._left)]
        self._left = memoryview(b"")
        while piece := self._next():
            pieces.append(piece)
        return b"".join(pieces)

    def close(self) -> None:
        self._response.close()
        super().close()

    def _next(self) -> bytes:
        piece = b"" if self._fault else self._read()
        if self._fault:
            self._response.close()  # the rest of this answer may still come over the connection
            raise self._fault
        return piece

    def _read(self) -> bytes:
        try:
            piece = next(self._pieces, b"")
        except (HTTPError, OSError, zlib.error, EOFError, ValueError) as error:
            kind = type(error).__name__
            self._fault = NotAsSent(
                Sentence(
                    f"คำตอบขาดหรือเสียหายระหว่างทาง ({kind})",
                    f"the answer was cut or damaged on its way ({kind})",
                )
            )
            return b""
        self._size += len(piece)
        self._digest.update(piece)
        self._refuse_more_than_limit(self._size)
        if not piece and self._md5 not in (None, self._digest.hexdigest()):
            self._fault = NotAsSent(
                Sentence("ไฟล์ไม่ตรงกับค่า MD5 ของเซิร์ฟเวอร์", "the bytes are not those of the server's MD5")
            )
        return piece

    def _refuse_more_than_limit(self, size: int) -> None:
        if size > self._limit:
            most = self._limit >> 20
            self._fault = TooLarge(Sentence(f"คำตอบใหญ่เกิน {most} MB", f"the answer is larger than {most} MB"))


def md5_of(etag: str) -> str | None:
    """The MD5 in a strong ETag, or None."""
    found = _MD5.fullmatch(etag.strip())
    return found[1] if found else None


def _pieces(raw: BaseHTTPResponse, encoding: str) -> Iterator[bytes]:
    plain = iter(lambda: raw.read(CHUNK, decode_content=False), b"")
    if encoding in ("gzip", "x-gzip"):
        yield from _unpacked(plain)
    elif encoding in ("", "identity"):
        yield from plain
    else:
        raise ValueError("an encoding that was not asked for")


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Raises EOFError where the packed bytes end too early; zlib alone would not notice."""
    decoder = None
    for packed in pieces:
        decoder = decoder or zlib.decompressobj(GZIP)
        piece = decoder.decompress(packed, CHUNK)
        while piece:
            yield piece
            piece = decoder.decompress(decoder.unconsumed_tail, CHUNK)
    if decoder is not None and not decoder.eof:
        raise EOFError
