"""The second factor: its question after the password, and setting it up."""

import segno
from flask import Blueprint, Response, g, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import second_factor, sessions, signing_in, tokens
from mochocho.app.portal.access.signed_in import (
    before_password,
    caller,
    current_home,
    current_person,
    half_way,
    now,
    open_to_all,
)
from mochocho.app.portal.access.signing_in import Refused
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.entrance.entrance_page import WHY, let_in
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.db import transaction

blueprint = Blueprint("second_factor", __name__)


@blueprint.get("/signin/code")
@open_to_all
def question() -> Response:
    """The question for the code; who has not given a password is led to the entrance."""
    if half_way() is None:
        return go_on(url_for("entrance.show_form"))
    onward = tokens.own_path(request.args.get("next", "/"))
    return render("entrance/code.html", onward=onward, errors=form_errors.NONE)


@blueprint.post("/signin/code")
@open_to_all
def answer() -> Response:
    """The whole session, or why there is none."""
    half, onward = half_way(), tokens.own_path(request.form.get("next", "/"))
    if half is None:
        return go_on(url_for("entrance.show_form"), "หมดเวลา ให้เข้าสู่ระบบใหม่")
    given = signing_in.go_through(current_home(), half, request.form.get("code", ""), caller(), now())
    if isinstance(given, Refused):
        status, why = WHY[given]
        return render("entrance/code.html", status, onward=onward, errors=_at_code(why))
    return let_in(given.cookie, onward)


@blueprint.get("/profile/code")
@before_password
def setting_up() -> Response:
    """A new secret as a QR code; it counts once a code of it was typed."""
    return _form(second_factor.new_secret())


@blueprint.post("/profile/code")
@before_password
def set_up() -> Response:
    """The recovery codes, shown this once; whoever else uses the account is out."""
    secret, code = request.form.get("secret", ""), request.form.get("code", "")
    person, home = current_person(), current_home()
    with transaction(home.engine, counted=False) as session:
        codes = second_factor.set_up(session, person.id, secret, code.strip(), now())
        cookie = sessions.begin(session, person.id, now(), caller()) if codes else ""
    if not codes:
        usable = second_factor.SECRET.fullmatch(secret)
        errors = _at_code("รหัสไม่ตรง ให้ใช้รหัสที่แสดงอยู่ตอนนี้")
        return _form(secret if usable else second_factor.new_secret(), 400, errors)
    g.visitor = None  # of the session that has just ended
    return let_in(cookie, "/", render("entrance/recovery.html", codes=codes))


def _at_code(why: str) -> FormErrors:
    return form_errors.at("code", "รหัสขั้นที่สอง", why)


def _form(secret: str, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    person, province = current_person(), current_home().province.name_th
    picture = segno.make(second_factor.address(secret, person.login, province), error="m")
    data = picture.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return render("entrance/set_up_code.html", status, secret=secret, qr=data, errors=errors)


PAGE = Page(blueprint)
