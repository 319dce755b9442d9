"""Pages as HTML: whole, or without the frame where a script asks for an element; and what is said of them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from markupsafe import Markup

from mochocho.app.portal.access import signed_in, tokens
from mochocho.app.portal.access.roles import ROLES_TH
from mochocho.app.portal.portal_page import Page
from mochocho.standards.origins import is_official
from processing.scope import Permission

_SAID = "mochocho-said"
_SAID_SECONDS = 60
_KEYS = "mochocho-keys"
_KEYS_SECONDS = 365 * 24 * 3600
_OFF = "off"


def render(template: str, status: int = 200, **values: Any) -> Response:
    """The page of a template that begins with `{% extends layout %}`, as this request wants it."""
    layout = "fragment.html" if signed_in.wants_fragment() else "layout.html"
    response = make_response(render_template(template, layout=layout, said=_said(), **values), status)
    if _SAID in request.cookies:
        response.delete_cookie(_SAID, samesite="Lax")
    return response


def go_on(path: str, said: str = "") -> Response:
    """The answer to a form: 303 to a page of ours, which then says this sentence once."""
    response = make_response(redirect(path, 303))
    if said:
        response.set_cookie(
            _SAID,
            quote(said),
            max_age=_SAID_SECONDS,
            httponly=True,
            secure=signed_in.is_secure(),
            samesite="Lax",
        )
    return response


def with_keys(response: Response, *, on: bool) -> Response:
    """The same, after which single keys press buttons in this browser, or do not (WCAG 2.1.4)."""
    if on:
        response.delete_cookie(_KEYS, samesite="Lax")
    else:
        secure = signed_in.is_secure()
        response.set_cookie(_KEYS, _OFF, _KEYS_SECONDS, httponly=True, secure=secure, samesite="Lax")
    return response


def keys_are_on() -> bool:
    """Whether single keys press buttons in the browser that asks."""
    return request.cookies.get(_KEYS) != _OFF


def install(app: Flask, pages: Sequence[Page]) -> None:
    """What every template may use: `_values`."""
    app.extensions["mochocho.pages"] = pages
    app.context_processor(_values)
    app.after_request(_with_form_cookie)


def _values() -> dict[str, Any]:
    home, visitor = signed_in.current_home(), signed_in.visitor()
    settled = visitor is not None and not visitor.held
    may = visitor.scope.may if visitor and settled else frozenset[Permission]()
    pages: Sequence[Page] = current_app.extensions["mochocho.pages"]
    return {
        "csrf": _csrf,
        "csrf_field": _csrf_field,
        "keys": keys_are_on(),
        "person": visitor.account if visitor else None,
        "role_th": ROLES_TH[visitor.account.role] if visitor else "",
        "may": may,
        "menu": [page for page in pages if page.title and page.needs in may and page.unless not in may],
        "provider": current_app.extensions["mochocho.provider"],
        "province": home.province.name_th,
        "year": home.pack.fiscal_year_be,
        "sample": not is_official(home.pack),
    }


def _csrf() -> str:
    """The token that a form of this page sends back; a stranger's browser gets a cookie for it."""
    cookie = request.cookies.get(signed_in.token_cookie(), "")
    if not cookie and signed_in.visitor() is None:
        cookie = g.form_cookie = g.get("form_cookie") or tokens.new_cookie()
    return tokens.of_cookie(cookie)


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(tokens.FIELD, _csrf())


def _with_form_cookie(response: Response) -> Response:
    if cookie := g.get("form_cookie"):
        name = signed_in.token_cookie()
        secure = signed_in.is_secure()
        response.set_cookie(name, cookie, httponly=True, secure=secure, samesite="Strict")
    return response


def _said() -> str:
    return unquote(request.cookies.get(_SAID, ""))[:500]
