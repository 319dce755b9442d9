"""A link to fill one form about an applicant in a browser, on trial: shown once."""

from base64 import b64encode

from flask import Blueprint, Response, request

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.app.web_forms.links import FORMS_TH, available, logged, make
from mochocho.storage.db import reading
from mochocho.words.errors import MochochoError
from mochocho.words.thai import NOTHING_SAID, normalise, says_something
from processing.scope import Permission
from processing.tables import ApplicantRow
from sync import officers
from sync.openrosa import qr
from xlsforms.names import APPLICATION

blueprint = Blueprint("web_forms", __name__)
LONGEST = 200  # letters of why a link is given
FORMS = {form: name for form, name in FORMS_TH.items() if form != APPLICATION}  # about somebody


@blueprint.get("/applicants/<applicant:key>/web-form")
@needs(Permission.OFFICERS)
def ask(key: str) -> Response:
    return _page(key)


@blueprint.post("/applicants/<applicant:key>/web-form")
@needs(Permission.OFFICERS)
def link(key: str) -> Response:
    """The address, once it is in the log; an answer that no address leads to again."""
    form, number = request.form.get("form", ""), request.form.get("officer", "")
    reason = normalise(request.form.get("reason", ""))[:LONGEST]
    if form not in FORMS:
        return _page(key, 422, form_errors.at("form", "แบบ", "ให้เลือกแบบ"))
    if not number.isdecimal():
        return _page(key, 422, form_errors.at("officer", "เจ้าหน้าที่", "ให้เลือกเจ้าหน้าที่"))
    if reason and not says_something(reason):
        return _page(key, 422, form_errors.at("reason", "เหตุที่ให้ลิงก์", NOTHING_SAID.th))
    try:
        address = make(current_home(), form, key, int(number), current_person().name)
    except MochochoError as error:
        return _page(key, 422, FormErrors(whole=(error.th,)))
    access_log.note("web_form", key, logged(form, reason))
    picture = b64encode(qr.link_png(address)).decode()
    return render("web_forms/link.html", key=key, address=address, picture=picture, form=FORMS[form])


def _page(key: str, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home = current_home()
    with reading(home.engine) as session:
        row = session.get_one(ApplicantRow, key)
        name, district = row.name, row.district
    theirs = [one for one in officers.listing(home) if one.revoked_at is None and district in one.districts]
    return render(
        "web_forms/ask.html",
        status,
        key=key,
        name=name,
        forms=FORMS,
        officers=theirs,
        installed=available(home),
        errors=errors,
        typed=request.form,
    )


PAGE = Page(blueprint)
