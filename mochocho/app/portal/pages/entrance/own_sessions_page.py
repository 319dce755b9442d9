"""Where one's own account is signed in, and ending it elsewhere."""

from flask import Blueprint, Response, request, url_for

from mochocho.app.portal import asked_again, form_errors
from mochocho.app.portal.access import sessions
from mochocho.app.portal.access.signed_in import (
    current_home,
    current_person,
    current_session,
    now,
    signed_in,
)
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.words.days import moment

blueprint = Blueprint("own_sessions", __name__)
FORM, CHOSEN = "end", "chosen"


@blueprint.get("/profile/sessions")
@signed_in
def index() -> Response:
    return _page()


@blueprint.post("/profile/sessions")
@signed_in
def end() -> Response:
    """End the sessions that were chosen, once whoever sits here has given the password."""
    chosen = request.form.getlist(CHOSEN)
    none = form_errors.at(CHOSEN, "เครื่องอื่น", "ให้เลือกเครื่องที่จะให้ออกจากระบบ")
    if errors := form_errors.together(form_errors.NONE if chosen else none, asked_again.refused(FORM)):
        return _page(422, errors)
    sessions.end_own(current_home(), current_person().id, chosen)
    return go_on(url_for("own_sessions.index"), "เครื่องที่เลือกออกจากระบบแล้ว")


def _page(status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    every = sessions.opened(current_home(), current_person().id, now())
    return render(
        "entrance/own_sessions.html",
        status,
        here=next(one for one in every if one.id_hash == current_session()),
        others=[one for one in every if one.id_hash != current_session()],
        moment=moment,
        errors=errors,
        chosen=request.form.getlist(CHOSEN),
    )


PAGE = Page(blueprint)
