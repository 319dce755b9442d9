"""What a district's committee sends after its meeting: minutes and summary, logged before they go."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, send_file

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, needs, now
from mochocho.app.portal.pages.sittings.seen_meeting import known
from mochocho.app.portal.portal_page import Page
from mochocho.storage.home import Home
from mochocho.words.days import THAILAND
from processing.meetings.meeting import Level, Meeting
from processing.meetings.named_meeting import shown
from processing.scope import Permission
from reports.districts.results_paper import results_pdf
from reports.formats.file_names import safe
from reports.packet.after_meeting import district_minutes_pdf
from reports.view.after.minutes import TITLE as MINUTES
from reports.view.districts.results_summary import TITLE as RESULTS

blueprint = Blueprint("district_papers", __name__, url_prefix="/sittings/paper")


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper by its title, and how it is made of a meeting on a day."""

    title: str
    pdf: Callable[[Home, Meeting, date], bytes]


PAPERS: Mapping[str, _Made] = {
    "minutes": _Made(MINUTES, lambda home, meeting, _: district_minutes_pdf(home, meeting)),
    "results": _Made(RESULTS, lambda home, meeting, day: results_pdf(home, meeting.district, day)),
}


@blueprint.get("/<paper>/<path:key>")
@needs(Permission.MEETINGS)
def download(paper: str, key: str) -> Response:
    """The paper of a district's meeting that was held."""
    made, meeting = PAPERS.get(paper), known(key)
    if made is None or meeting.level is not Level.DISTRICT or meeting.held is None:
        abort(404)
    home = current_home()
    content = made.pdf(home, meeting, now().astimezone(THAILAND).date())
    name = f"{made.title} อำเภอ{shown(home, meeting).replace(':', ' ครั้งที่ ')}"
    access_log.note("export", hashlib.sha256(content).hexdigest(), name)
    return send_file(io.BytesIO(content), "application/pdf", True, f"{safe(name)}.pdf")


PAGE = Page(blueprint)
