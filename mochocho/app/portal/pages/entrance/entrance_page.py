"""Signing in and out."""

from flask import Blueprint, Response, make_response, redirect, request, url_for

from mochocho.app.portal.access import sessions, signing_in, tokens
from mochocho.app.portal.access.signed_in import (
    before_password,
    cookie_name,
    current_home,
    current_session,
    is_secure,
    now,
    open_to_all,
    visitor,
)
from mochocho.app.portal.access.signing_in import Refused
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render

blueprint = Blueprint("entrance", __name__)
WHY = {
    Refused.WRONG: (403, "ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง"),
    Refused.TOO_OFTEN: (429, "ลองหลายครั้งเกินไป ให้รอ 15 นาทีแล้วลองอีกครั้ง"),
}


@blueprint.get("/signin")
@open_to_all
def show_form() -> Response:
    """The form; whoever is signed in goes on."""
    onward = tokens.own_path(request.args.get("next", "/"))
    if visitor() is not None:
        return go_on(onward)
    return render("entrance/sign_in.html", onward=onward)


@blueprint.post("/signin")
@open_to_all
def sign_in() -> Response:
    """A session under a new id, or why there is none."""
    onward = tokens.own_path(request.form.get("next", "/"))
    login, password = request.form.get("login", ""), request.form.get("password", "")
    given = signing_in.sign_in(current_home(), login, password, request.remote_addr or "", now())
    if isinstance(given, Refused):
        status, why = WHY[given]
        return render("entrance/sign_in.html", status, onward=onward, why=why, login=login)
    response = make_response(redirect(onward, 303))
    response.delete_cookie(f"{cookie_name()}-form", secure=is_secure(), samesite="Strict")
    response.set_cookie(cookie_name(), given, httponly=True, secure=is_secure(), samesite="Lax")
    return response


@blueprint.post("/signout")
@before_password
def sign_out() -> Response:
    """The end of this session."""
    sessions.end(current_home(), current_session())
    response = go_on(url_for("entrance.show_form"), "ออกจากระบบแล้ว")
    response.delete_cookie(cookie_name(), secure=is_secure(), samesite="Lax", httponly=True)
    return response


PAGE = Page(blueprint)
