"""Signing in and out."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import sessions, sign_in_links, signing_in, tokens
from mochocho.app.portal.access.signed_in import (
    before_password,
    caller,
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
from mochocho.app.reachability import only_this_machine

blueprint = Blueprint("entrance", __name__)
WHY = {
    Refused.WRONG: (403, "ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง"),
    Refused.WRONG_CODE: (403, "รหัสไม่ถูกต้องหรือใช้ไปแล้ว ให้รอรหัสถัดไป"),
    Refused.TOO_OFTEN: (429, "ลองหลายครั้งเกินไป ให้รอ 15 นาทีแล้วลองอีกครั้ง"),
}


@blueprint.get("/signin")
@open_to_all
def show_form() -> Response:
    """The form; whoever is signed in goes on."""
    onward = tokens.own_path(request.args.get("next", "/"))
    if visitor() is not None:
        return go_on(onward)
    return render("entrance/sign_in.html", onward=onward, errors=form_errors.NONE)


@blueprint.post("/signin")
@open_to_all
def sign_in() -> Response:
    """A session under a new id, or why there is none."""
    onward = tokens.own_path(request.form.get("next", "/"))
    login, password = request.form.get("login", ""), request.form.get("password", "")
    given = signing_in.sign_in(current_home(), login, password, caller(), now())
    if isinstance(given, Refused):
        status, why = WHY[given]
        errors = form_errors.at("password", "ชื่อบัญชีและรหัสผ่าน", why)
        return render("entrance/sign_in.html", status, onward=onward, errors=errors, login=login)
    if given.half:
        onward = f"{url_for('second_factor.question')}?next={quote(onward, safe='')}"
    return let_in(given.cookie, onward)


@blueprint.get("/signin/once")
@open_to_all
def once() -> Response:
    """A button that signs in with the code of a link; reading the link does nothing yet."""
    _only_here()
    return render("entrance/once.html", code=request.args.get("code", ""))


@blueprint.post("/signin/once")
@open_to_all
def sign_in_once() -> Response:
    """A session for the code of a link."""
    _only_here()
    given = sign_in_links.use(current_home(), request.form.get("code", ""), now(), caller())
    if given is None:
        abort(404, "ลิงก์นี้ใช้แล้วหรือหมดอายุแล้ว")
    return let_in(given, "/")


@blueprint.post("/signout")
@before_password
def sign_out() -> Response:
    """The end of this session."""
    sessions.end(current_home(), current_session())
    response = go_on(url_for("entrance.show_form"), "ออกจากระบบแล้ว")
    response.delete_cookie(cookie_name(), secure=is_secure(), samesite="Lax", httponly=True)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def let_in(cookie: str, onward: str, response: Response | None = None) -> Response:
    """The answer that gives a browser this session: on to a page, or with what it is shown."""
    response = response or go_on(onward)
    response.delete_cookie(f"{cookie_name()}-form", secure=is_secure(), samesite="Strict")
    response.set_cookie(cookie_name(), cookie, httponly=True, secure=is_secure(), samesite="Lax")
    return response


def _only_here() -> None:
    if is_secure() or not only_this_machine(request.remote_addr or ""):
        abort(404)


PAGE = Page(blueprint)
