"""One file that came with an applicant, logged before it is given. A browser never shows its own bytes."""

from flask import Blueprint, Response, abort

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import Evidence, current_home, needs
from mochocho.app.portal.portal_page import Page
from processing.decoding.keeper import Died, TooCostly, decoders
from processing.scope import Permission

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")
LONGEST = 1600  # pixels: handwriting is read, and a picture has some 300 kB
JPEG_MAGIC = b"\xff\xd8"


@blueprint.get("/<evidence:sha256>")
@needs(Permission.APPLICANTS)
def picture(sha256: Evidence) -> Response:
    """A JPEG made anew from a picture; any other file to be saved."""
    store = current_home().store
    if not store.has(sha256):
        abort(404)
    drawn = _drawn(sha256)
    if drawn is not None:
        access_log.note("page_image", sha256)
        return Response(drawn, mimetype="image/jpeg")
    access_log.note("file", sha256)
    response = Response(store.read(sha256), mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename={sha256[:12]}"
    return response


def _drawn(sha256: str) -> bytes | None:
    """None for what is no picture, or cannot be drawn."""
    try:
        shown = decoders().show(current_home().store.path(sha256), LONGEST)
    except (Died, TooCostly):
        return None
    return shown if shown.startswith(JPEG_MAGIC) else None


PAGE = Page(blueprint)
