"""One file that came with an applicant, logged before it is given. A browser never shows its own bytes."""

from flask import Blueprint, Response, abort, request

from mochocho.app.cards import covered_page
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import Evidence, current_home, needs
from mochocho.app.portal.portal_page import Page
from mochocho.storage.db import reading
from mochocho.words.errors import Transient
from processing.decisions import recorded
from processing.decisions.effects.on_cards import CardPage
from processing.documents.virus_scan import held_back
from processing.scope import Permission
from reports.typesetting.document_picture import THUMBNAIL, document_picture
from reports.typesetting.shown_files import bare_pdf

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")
_STAYS = (
    "ไฟล์นี้วาดใหม่ไม่ได้ จึงลบพิกัดและข้อมูลของเครื่องที่ถ่ายออกไม่ได้ ไฟล์ยังเก็บอยู่ในระบบและไม่ส่งออก "
    "ให้ผู้ส่งส่งใหม่เป็นภาพ JPEG หรือ PDF"
)
_UNSURE = "เครื่องไม่แน่ใจว่าส่วนใดของภาพควรปกปิด"
_SEEN = "เจ้าหน้าที่ดูแล้วว่ามีข้อมูลของบุคคล"
_HIDDEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 380" width="600" height="380">'
    '<rect width="600" height="380" fill="#464e58"/><g fill="#fff" text-anchor="middle" font-size="24">'
    '<text x="300" y="175">ปกปิดทั้งหน้า</text>'
    '<text x="300" y="215">{}</text></g></svg>'
)


@blueprint.get("/<evidence:sha256>")
@needs(Permission.APPLICANTS)
def picture(sha256: Evidence) -> Response:
    """A JPEG made anew from a picture; a PDF to be saved, without what its device wrote; no other file.

    `?ahead`: a script fetches it before it is looked at, and says with `seen` when it is. `?covered`: only
    what of an ID card may be seen.
    """
    store = current_home().store
    if not store.has(sha256):
        abort(404)
    if "covered" in request.args:
        return _covered(sha256)
    drawn = document_picture(current_home(), sha256)
    if drawn is not None:
        access_log.note("page_ahead" if "ahead" in request.args else "page_image", sha256)
        return Response(drawn, mimetype="image/jpeg")
    if why := held_back(current_home(), sha256):
        if isinstance(why, Transient):
            raise why
        abort(404, why.th)
    content = bare_pdf(store.path(sha256))
    if not content:
        abort(404, _STAYS)
    access_log.note("file", sha256)
    response = Response(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename={sha256[:12]}"
    return response


@blueprint.post("/<evidence:sha256>/seen")
@needs(Permission.APPLICANTS)
def seen(sha256: Evidence) -> Response:
    """A picture that was fetched before is looked at now."""
    access_log.note("page_image", sha256)
    return Response(status=204)


@blueprint.get("/<evidence:sha256>/small")
@needs(Permission.APPLICANTS)
def small(sha256: Evidence) -> Response:
    """A picture so small that nothing written on it is read."""
    if not current_home().store.has(sha256):
        abort(404)
    drawn = document_picture(current_home(), sha256, longest=THUMBNAIL)
    if drawn is None:
        abort(404)
    access_log.note("thumbnail", sha256)
    return Response(drawn, mimetype="image/jpeg")


@blueprint.get("/<evidence:sha256>/<int:sheet>")
@needs(Permission.APPLICANTS)
def page(sha256: Evidence, sheet: int) -> Response:
    """A page of a PDF as a JPEG; `?covered`: only what of an ID card may be seen."""
    if not current_home().store.has(sha256):
        abort(404)
    if "covered" in request.args:
        return _covered(sha256, sheet)
    drawn = document_picture(current_home(), sha256, sheet)
    if drawn is None:
        abort(404, "แสดงหน้านี้เป็นภาพไม่ได้")
    access_log.note("page_image", sha256)
    return Response(drawn, mimetype="image/jpeg")


def _covered(sha256: str, sheet: int = 0) -> Response:
    """The covered page, whole where a person found no card on it; or a picture that says why it is hidden."""
    home, page = current_home(), CardPage(sha256, sheet)
    with reading(home.engine) as session:
        card = recorded.on_cards(session, {page.place}).get(page.place)
    drawn = document_picture(home, sha256, sheet) if card is False else covered_page.covered(home, page)
    if drawn is None:
        return Response(_HIDDEN.format(_SEEN if card else _UNSURE), mimetype="image/svg+xml")
    access_log.note("page_image" if card is False else "page_covered", sha256)
    return Response(drawn, mimetype="image/jpeg")


PAGE = Page(blueprint)
