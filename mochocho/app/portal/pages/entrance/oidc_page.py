"""Signing in at the province's own provider: out, and back."""

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request

from mochocho.app.portal.access import oidc
from mochocho.app.portal.access.oidc import Journey
from mochocho.app.portal.access.signed_in import (
    caller,
    cookie_name,
    current_home,
    is_secure,
    now,
    open_to_all,
)
from mochocho.app.portal.pages.entrance.entrance_page import let_in
from mochocho.app.portal.portal_page import Page

blueprint = Blueprint("oidc", __name__)
_SECONDS = 600


@blueprint.get("/signin/provider")
@open_to_all
def away() -> Response:
    """To the provider, with a journey that this browser alone knows."""
    journey = Journey.begun()
    response = make_response(redirect(_provider().address(journey, _back()), 303))
    response.set_cookie(
        _cookie(), journey.cookie(), max_age=_SECONDS, httponly=True, secure=is_secure(), samesite="Lax"
    )
    return response


@blueprint.get("/signin/back")
@open_to_all
def back() -> Response:
    """From the provider: a session for whom it names, where an account was made for that subject."""
    provider, journey = _provider(), Journey.kept(request.cookies.get(_cookie(), ""))
    if journey is None:
        abort(404, "การเข้าสู่ระบบนี้หมดเวลา ให้เริ่มใหม่จากหน้าเข้าสู่ระบบ")
    state, code = request.args.get("state", ""), request.args.get("code", "")
    subject = provider.subject(journey, state, code, _back(), now())
    settings = current_home().settings.portal.oidc
    given = oidc.sign_in(current_home(), settings.issuer, subject, now(), caller()) if settings else None
    if given is None:
        abort(404, "ระบบยืนยันตัวตนของหน่วยงานไม่ได้ยืนยันบัญชีที่มีในพอร์ทัล ให้ผู้ดูแลระบบสร้างบัญชีก่อน")
    response = let_in(given, "/")
    response.delete_cookie(_cookie(), secure=is_secure(), samesite="Lax", httponly=True)
    return response


def _provider() -> oidc.Provider:
    provider: oidc.Provider | None = current_app.extensions["mochocho.provider"]
    if provider is None:
        abort(404)
    return provider


def _back() -> str:
    return f"{current_app.extensions['mochocho.origin']()}/signin/back"


def _cookie() -> str:
    return f"{cookie_name()}-journey"


PAGE = Page(blueprint)
