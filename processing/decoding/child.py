"""The process that opens people's files: `python -m processing.decoding.child`.

It has limits, writes no file, and answers one request after the other until its input ends. What a job
needs is loaded when it is first asked for: a child that only draws photos loads neither numpy nor pikepdf.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from PIL import Image

from processing.decoding import drawn_pictures, jobs
from processing.decoding.file_kinds import HEAD, PICTURES, kind_of, pdf_start
from processing.decoding.problem import Problem

_OPEN_FILES = 64


def main() -> None:
    """Answer requests until the input ends."""
    # The parent decides when this ends: Ctrl-C and a service's SIGTERM reach the whole process group.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no library may write between the answers
    _limit_process()
    answers.write(jobs.READY)
    answers.flush()
    with suppress(BrokenPipeError):
        for line in sys.stdin.buffer:
            _limit_time()
            jobs.write_answer(answers, *_answered(line))


def _answered(line: bytes) -> tuple[bytes, bytes]:
    job, path, *arguments = json.loads(line)
    try:
        content, size = _read(Path(path))
    except OSError as error:
        return jobs.UNREADABLE, (error.strerror or type(error).__name__).encode()
    try:
        return jobs.DONE, _JOBS[job](content, size, *arguments)
    except MemoryError:
        return jobs.NO_MEMORY, b""
    except Exception as error:  # a fault of ours; only its kind is sent, for its text may quote the file
        return jobs.FAILED, type(error).__name__.encode()


def _read(path: Path) -> tuple[bytes, int]:
    """The largest allowed part of a file plus one byte, and the size of the whole file."""
    with path.open("rb") as file:
        return file.read(jobs.MAX_BYTES + 1), os.fstat(file.fileno()).st_size


def _measure(content: bytes, size: int, sha256: str) -> bytes:
    from processing.decoding import one_file

    return json.dumps(asdict(one_file.measure(sha256, content, size))).encode()


def _show(content: bytes, _size: int, longest: int, sheet: int = 0) -> bytes:
    """A JPEG, or the number of pages of a PDF as JSON. `sheet`: draw this page of a PDF, from 1."""
    picture = drawn_pictures.jpeg(content, longest)
    if picture is not None:
        return picture
    if kind_of(content[:HEAD]) != "pdf":
        return json.dumps({"pages": None}).encode()
    from processing.decoding import pdfs

    return _sheet(content, longest, sheet) or json.dumps({"pages": pdfs.pages(content)}).encode()


def _sheet(content: bytes, longest: int, sheet: int) -> bytes | None:
    """A page of a PDF as JPEG; None for what it does not have."""
    drawn = _drawn_sheet(content, longest, sheet)
    return drawn_pictures.encoded(drawn) if drawn else None


def _drawn_sheet(content: bytes, longest: int, sheet: int) -> Image.Image | None:
    """A page of a PDF that is complete and harmless."""
    from processing.decoding import pdf_pages, pdfs

    try:
        return pdf_pages.page(content, sheet, longest) if 0 < sheet <= pdfs.measure(content) else None
    except Problem:
        return None


def _cover(content: bytes, _size: int, longest: int, sheet: int = 0) -> bytes:
    """As `_show`, only what of an ID card may be seen; no page's number where the machine is not sure."""
    from processing.photographs.page import Page
    from processing.redaction.card_window import covered

    drawn = drawn_pictures.drawn(content, longest) or _drawn_sheet(content, longest, sheet)
    shown = covered(drawn, Page(drawn_pictures.reduced(drawn))) if drawn else None
    return drawn_pictures.encoded(shown) if shown else json.dumps({"pages": None}).encode()


def _unwritten(content: bytes, _size: int) -> bytes:
    """JSON: whether it is a picture on which surely no words are."""
    from processing.photographs.page import Page
    from processing.redaction.unwritten import is_unwritten

    kind = kind_of(content[:HEAD])
    if kind not in PICTURES:
        return json.dumps(False).encode()
    try:
        taken, reduced = drawn_pictures.measure(kind, content)
    except Problem:
        return json.dumps(False).encode()
    return json.dumps(is_unwritten(Page(reduced, taken))).encode()


def _bare(content: bytes, _size: int) -> bytes:
    """A PDF without what tells where and when it was made; b"" for any other file, or one too large."""
    from processing.decoding import bare_pdf, pdfs

    try:
        pdfs.measure(content)
        made = bare_pdf.bare(content[max(0, pdf_start(content)) :])
    except Problem:
        return b""
    return made if len(made) < jobs.MAX_ANSWER else b""


def _annex(content: bytes, size: int) -> bytes:
    """A line of JSON, then the PDF of the pages; nothing behind it where there is a problem."""
    from processing.decoding import annex_pages

    try:
        made, count = annex_pages.pages_only(content, size)
    except Problem as found:
        return json.dumps({"problem": found.code}).encode() + b"\n"
    return json.dumps({"pages": count}).encode() + b"\n" + made


_JOBS: dict[str, Callable[..., bytes]] = {
    jobs.MEASURE: _measure,
    jobs.SHOW: _show,
    jobs.COVER: _cover,
    jobs.UNWRITTEN: _unwritten,
    jobs.BARE: _bare,
    jobs.ANNEX: _annex,
}


# --- limits, where the system has them

try:
    import resource
except ImportError:  # Windows has none; there are still the wall time and the limits on pictures

    def _limit_process() -> None:
        pass

    def _limit_time() -> None:
        pass

else:

    def _limit_process() -> None:
        for what, most in (
            (resource.RLIMIT_AS, jobs.MEMORY),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),  # a core dump would hold people's photos
            (resource.RLIMIT_NOFILE, _OPEN_FILES),
        ):
            _, hard = resource.getrlimit(what)
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(ValueError, OSError):  # macOS has no limit of the address space
                resource.setrlimit(what, (limit, limit))

    def _limit_time() -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time()) + 1 + jobs.CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main()
