"""Pages of which the machine was not sure what to cover: a person says whether a card is on each."""

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.cards import judging
from mochocho.app.cards.unsure_pages import noted_so_far
from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import (
    ApplicantKey,
    current_home,
    current_person,
    current_scope,
    needs,
)
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.db import reading
from processing.decisions.recorder import Refused
from processing.scope import Permission

blueprint = Blueprint("card_pages", __name__, url_prefix="/documents/cards")
CARD = {"yes": True, "no": False}
DONE_TH = {True: "ปกปิดทั้งหน้าต่อไป", False: "ไม่มีบัตร แสดงได้ทั้งหน้า"}


@blueprint.get("")
@needs(Permission.DOCUMENTS)
def index() -> Response:
    return _page()


@blueprint.post("/<applicant:key>/<place>")
@needs(Permission.DOCUMENTS)
def decide(key: ApplicantKey, place: str) -> Response:
    """Record what a person saw on this page."""
    card = CARD.get(request.form.get("card", ""))
    if card is None:
        abort(404)
    home, reason = current_home(), request.form.get("reason", "")
    try:
        judging.judge(home, key, place, card=card, reason=reason, by=current_person().name)
    except Refused as refused:
        return _page(422, form_errors.at(f"reason-{place}", "เหตุผล", refused.message_th), reason)
    return go_on(url_for(".index"), f"บันทึกแล้ว: {DONE_TH[card]}")


def _page(status: int = 200, errors: FormErrors = form_errors.NONE, typed: str = "") -> Response:
    home = current_home()
    with reading(home.engine) as session:
        listed = noted_so_far(home, session, current_scope())
    return render("document_queue/cards.html", status, listed=listed, errors=errors, typed=typed)


PAGE = Page(blueprint)
