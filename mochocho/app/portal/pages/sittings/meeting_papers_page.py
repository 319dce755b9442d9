"""เอกสารของการประชุม: minutes, letters, forms as Word files, a district's also as PDF; logged first."""

import hashlib
import io
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, needs, now
from mochocho.app.portal.pages.sittings.offered_papers import Offered, offered
from mochocho.app.portal.pages.sittings.seen_meeting import known
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.settings.config import Papers
from mochocho.storage.file_names import safe
from mochocho.words.days import THAILAND
from mochocho.words.errors import MochochoError
from processing.assessment import assess
from processing.meetings.meeting import Meeting
from processing.meetings.named_meeting import shown
from processing.scope import Permission
from reports.formats import zip_archive
from reports.formats.medium import Entry
from reports.single import editable_files
from reports.view.blocks import Paper

blueprint = Blueprint("meeting_papers", __name__, url_prefix="/sittings")
_NOT_READ = "ผู้สมัคร {} รายเปลี่ยนไปหลังการตรวจ เอกสารจะยังไม่มีมติครบ ให้กดทำชุดเอกสาร ซึ่งตรวจให้ด้วย แล้วกลับมาหน้านี้"


@blueprint.get("/papers/<path:key>")
@needs(Permission.MEETINGS)
def index(key: str) -> Response:
    """What there is of this meeting."""
    return _page(known(key))


@blueprint.get("/paper/<paper>/<path:key>")
@needs(Permission.MEETINGS)
def download(paper: str, key: str) -> Response:
    """The pages of a paper of a district's meeting that was held."""
    meeting = known(key)
    made = _offered(meeting, paper)
    if made.pdf is None:
        abort(404)
    return _given(made.pdf(current_home(), meeting, _today()), "application/pdf", made, meeting, ".pdf")


@blueprint.get("/word/<paper>/<path:key>")
@needs(Permission.MEETINGS)
def word(paper: str, key: str) -> Response:
    """The paper as a Word file in the office's own look; of several a ZIP with one of each."""
    meeting = known(key)
    made, home = _offered(meeting, paper), current_home()
    if made.assessed and (due := len(assess.due(home))):
        return _page(meeting, _NOT_READ.format(due), 409)
    try:
        papers = made.papers(home, meeting, _today())
        if not papers:
            return _page(meeting, f"{made.title}: การประชุมนี้ไม่มีผู้ที่ต้องแจ้งด้วยหนังสือนี้", 404)
        content = _in_word(home.settings.papers, papers)
    except MochochoError as error:
        return _page(meeting, error.th, 422)
    kind, suffix = (
        (editable_files.MIMETYPE, editable_files.SUFFIX) if len(papers) == 1 else ("application/zip", ".zip")
    )
    return _given(content, kind, made, meeting, suffix)


def _in_word(settings: Papers, papers: Sequence[Paper]) -> bytes:
    """The one file, or all in one archive. Raises Terminal for an office's template."""
    with tempfile.TemporaryDirectory() as folder:
        files = [one.path for one in editable_files.write(settings, papers, Path(folder, "word"))]
        if len(files) == 1:
            return files[0].read_bytes()
        together = Path(folder, "word.zip")
        zip_archive.write(together, [Entry((file.name,), file) for file in files])
        return together.read_bytes()


def _given(content: bytes, kind: str, made: Offered, meeting: Meeting, suffix: str) -> Response:
    name = f"{made.title} {_whose(meeting)}"
    access_log.note("export", hashlib.sha256(content).hexdigest(), name)
    return send_file(io.BytesIO(content), kind, True, f"{safe(name)}{suffix}")


def _page(meeting: Meeting, wrong: str = "", status: int = 200) -> Response:
    return render(
        "sittings/papers.html",
        status,
        meeting=meeting,
        whose=_whose(meeting),
        offered=offered(current_home(), meeting),
        wrong=wrong,
    )


def _offered(meeting: Meeting, paper: str) -> Offered:
    return offered(current_home(), meeting).get(paper) or abort(404)


def _whose(meeting: Meeting) -> str:
    """`อำเภอเวียงชัย ครั้งที่ 1/2568`, the province's `ครั้งที่ 1/2568`."""
    district, _, number = shown(current_home(), meeting).rpartition(":")
    return f"อำเภอ{district} ครั้งที่ {number}" if district else f"ครั้งที่ {number}"


def _today() -> date:
    return now().astimezone(THAILAND).date()


PAGE = Page(blueprint)
