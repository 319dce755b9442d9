"""What the child is asked for and how both sides say so; light, for whoever only asks how files are checked.

A request is a line of JSON. An answer is its length in four bytes, one byte that says which it is, and
content.
"""

import json
from typing import Any, BinaryIO

CHECK_VERSION = 11  # raise it when a check of this package changes its mind
COVER_VERSION = 1  # raise it when more or less of an ID card would be covered
UNWRITTEN_VERSION = 1  # raise it when another picture would be taken for one without words
SHOW_VERSION = 5  # raise it when the same file would be shown by other bytes

MAX_BYTES = 64 << 20  # of a file that is opened
MAX_ANSWER = 8 << 20  # a picture on a paper has some 100 kB
ANNEX_BYTES = 50_000_000  # of an office's own PDF that is bound into a packet
ANNEX_PAGES = 300
CPU_SECONDS = 20  # for one file: the largest that is allowed takes two
WALL_SECONDS = 120.0  # the same on a machine that is busy
MEMORY = 1 << 30  # bytes of address space; the largest picture takes 300 MB with the program itself

DEATHS = 3  # of the children that opened a file, before nobody opens it again

MEASURE, SHOW, COVER, UNWRITTEN, BARE = "measure", "show", "cover", "unwritten", "bare"
ANNEX = "annex"
DONE, UNREADABLE, NO_MEMORY, FAILED = b"=", b"?", b"#", b"!"
READY = b"."  # said once, when a child has begun

_LENGTH = 4


def request(job: str, path: str, *arguments: Any) -> bytes:
    """A line that asks for a job on the file at this path."""
    return json.dumps([job, path, *arguments]).encode() + b"\n"


def write_answer(to: BinaryIO, kind: bytes, content: bytes) -> None:
    """Answer the oldest request that has none."""
    to.write((1 + len(content)).to_bytes(_LENGTH) + kind + content)
    to.flush()


def read_answer(of: BinaryIO, most: int = MAX_ANSWER) -> tuple[bytes, bytes]:
    """(kind, content). Raises EOFError for what is no whole answer, or longer than `most`."""
    length = int.from_bytes(_exactly(of, _LENGTH))
    if not 0 < length <= most:
        raise EOFError
    answer = _exactly(of, length)
    return answer[:1], answer[1:]


def _exactly(of: BinaryIO, size: int) -> bytes:
    content = of.read(size)
    if len(content) < size:
        raise EOFError
    return content
