"""Attaches the scan of a signed paper to a meeting: the file as it is, into the store."""

from dataclasses import replace
from pathlib import Path

from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, cannot_open
from mochocho.words.model import Measurement
from mochocho.words.sentences import Sentence
from processing.decoding.jobs import MAX_BYTES
from processing.decoding.keeper import TooCostly, decoders
from processing.findings.of_documents import FILE_PROBLEMS
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Meeting, ScanKind, Signed, SignedPaper

_KINDS = {"pdf": ScanKind.PDF, "jpeg": ScanKind.JPEG, "png": ScanKind.PNG}
_ASKED = Sentence(
    "ให้สแกนเป็น PDF หรือถ่ายเป็นภาพ JPEG แล้วแนบอีกครั้ง", "scan it as a PDF or take a JPEG of it, and attach that"
)
_OTHER_KIND = Sentence("ไม่ใช่ PDF หรือภาพ", "is no PDF and no picture")


def attach(home: Home, meeting: Meeting, paper: Signed, path: Path, by: str) -> SignedPaper:
    """Keep this scan as the meeting's signed `paper`, in place of an earlier one, which earlier versions of
    the meeting still name. The file is opened in the child alone, and kept as it is: its bytes are evidence.

    Raises BadInput, signed.* or WrongMeeting, with what to do in Thai, Transient where no child can be had;
    nothing is kept then.
    """
    _readable(path)
    with path.open("rb") as content:
        sha256, _ = home.store.put_stream(content)
    measured = _measured(home.store.path(sha256), sha256)
    signed = SignedPaper(paper, sha256, _KINDS[measured.kind], measured.pages or 1)
    order = list(Signed)
    others = [one for one in meeting.signed if one.paper is not paper]
    every = sorted((*others, signed), key=lambda one: order.index(one.paper))
    changed = replace(meeting, signed=tuple(every))
    meeting_files.keep(home, changed, by)
    return signed


def _readable(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise cannot_open("signed.unreadable", error) from error
    if size > MAX_BYTES:
        raise BadInput(
            "signed.too_large",
            f"ไฟล์ใหญ่เกิน {MAX_BYTES >> 20} MB ให้สแกนด้วยความละเอียดต่ำลง เช่น 200 dpi",
            f"the file is larger than {MAX_BYTES >> 20} MB; scan it with a lower resolution, such as 200 dpi",
        )


def _measured(path: Path, sha256: str) -> Measurement:
    (found,) = decoders().measure([(path, sha256)])
    if isinstance(found, Measurement) and not found.problem and found.kind in _KINDS:
        return found
    if isinstance(found, Measurement):
        problem = FILE_PROBLEMS.get(found.problem)
        why = problem.said if problem else _OTHER_KIND
        raise BadInput("signed.unusable", f"ไฟล์นี้{why.th} {_ASKED.th}", f"the file {why.en}; {_ASKED.en}")
    if isinstance(found, TooCostly):
        raise BadInput(
            "signed.unusable",
            f"ไฟล์นี้ซับซ้อนเกินกว่าจะเปิด {_ASKED.th}",
            f"the file is too complex to be opened; {_ASKED.en}",
        )
    raise found
