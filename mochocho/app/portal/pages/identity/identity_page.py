"""The national ID and telephone of an applicant in full: only here, only for a reason, each time logged."""

from flask import Blueprint, Response, request

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, needs
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.db import reading
from mochocho.words.thai import normalise
from processing.register.identities import identity_of
from processing.scope import Permission

blueprint = Blueprint("identity", __name__)


@blueprint.get("/applicants/<applicant:key>/identity")
@needs(Permission.UNMASK)
def ask(key: str) -> Response:
    return render("identity/identity.html", key=key, errors=form_errors.NONE)


@blueprint.post("/applicants/<applicant:key>/identity")
@needs(Permission.UNMASK)
def unmask(key: str) -> Response:
    """The identifiers, once the reason is in the log; an answer that no address leads to again."""
    reason = normalise(request.form.get("reason", ""))
    if said := access_log.wrong_reason(reason):
        errors = form_errors.at("reason", "เหตุผลที่ต้องดู", said)
        return render("identity/identity.html", 400, key=key, errors=errors, reason=reason)
    access_log.note("identity", key, reason)
    with reading(current_home().engine) as session:
        return render("identity/identity.html", key=key, identity=identity_of(session, key))


PAGE = Page(blueprint)
