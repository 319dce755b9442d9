"""Who is signed in, before any page runs: session, token, origin, permission, and the key asked for.

Every view says who may open it, by `needs`, `signed_in` or `open_to_all`; one that says nothing stops the
start. What a route takes of an applicant is written `<applicant:key>`, of a file `<evidence:sha256>`:
whatever is not within the person's scope is then unknown, before the page is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.routing import UnicodeConverter

from mochocho.app.portal.access import sessions, tokens
from mochocho.app.portal.access.account_parts.account import Account, of_row
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.access.scoping import scope
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.register.within_scope import sees_applicant, sees_file
from processing.scope import Permission, Scope

View = TypeVar("View", bound=Callable[..., Any])
SAFE = {"GET", "HEAD", "OPTIONS"}
FRAGMENT = "X-Fragment"  # the id of the element that a script puts in place
_NEEDS = "_mochocho_needs"
_TAKES = "takes_files"
_AROUND_FILES = 1 << 20  # bytes of the form that brings them
_ANYBODY, _SIGNED_IN, _BEFORE_PASSWORD = "anybody", "signed in", "with a password given by others"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is signed in, for the time of one request.

    `held`: the endpoint of what this person has to do first, '' = nothing.
    """

    account: Account
    scope: Scope
    id_hash: str
    held: str


class ApplicantKey(str):
    """An applicant's key from an address."""

    __slots__ = ()


class Evidence(str):
    """The sha256 of a file from an address."""

    __slots__ = ()


class ApplicantConverter(UnicodeConverter):
    """`<applicant:key>`: the key of an applicant within the person's scope."""

    def to_python(self, value: str) -> ApplicantKey:
        return ApplicantKey(value)


class EvidenceConverter(UnicodeConverter):
    """`<evidence:sha256>`: a file that came with an applicant within the person's scope."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> Evidence:
        return Evidence(value)


def needs(permission: Permission) -> Callable[[View], View]:
    """The view is for accounts that may do this."""
    return _marked(permission)


def signed_in(view: View) -> View:
    """The view is for everybody who is signed in."""
    return _marked(_SIGNED_IN)(view)


def before_password(view: View) -> View:
    """As `signed_in`, also while the account's password or second factor is still to be set."""
    return _marked(_BEFORE_PASSWORD)(view)


def open_to_all(view: View) -> View:
    """The view is for everybody who finds this address."""
    return _marked(_ANYBODY)(view)


def takes_files(most: int) -> Callable[[View], View]:
    """The view takes files of so many bytes together, from accounts that may open it."""

    def mark(view: View) -> View:
        setattr(view, _TAKES, most)
        return view

    return mark


def current_person() -> Account:
    """Whoever is signed in. Only in views that are not open to all."""
    return _visitor().account


def current_scope() -> Scope:
    """What this person sees, for the query of the page."""
    return _visitor().scope


def current_session() -> str:
    return _visitor().id_hash


def current_home() -> Home:
    return cast("Home", current_app.extensions["mochocho.home"])


def now() -> datetime:
    """The moment of this request, by the site's clock."""
    clock: Callable[[], datetime] = current_app.extensions["mochocho.clock"]
    return clock()


def caller() -> Caller:
    """From where this request comes."""
    return Caller(request.remote_addr or "", request.user_agent.string)


def visitor() -> Visitor | None:
    """Whoever is signed in; None for a stranger."""
    return cast("Visitor | None", g.get("visitor"))


def half_way() -> sessions.Found | None:
    """A session that waits for the second factor."""
    return cast("sessions.Found | None", g.get("half"))


def wants_fragment() -> bool:
    """Whether a script asks, which puts one element of the answer in place."""
    return FRAGMENT in request.headers


def cookie_name() -> str:
    """Of the session. `__Host-`: no other site of the domain can set it, and it never goes out in plain."""
    return "__Host-mochocho" if is_secure() else "mochocho-portal"


def is_secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def install(app: Flask) -> None:
    """Put this before every request of the site; its converters are for routes that are added later."""
    app.url_map.converters.update(applicant=ApplicantConverter, evidence=EvidenceConverter)
    app.before_request(_admit)


def every_view_says_who_may(app: Flask) -> None:
    """Raises RuntimeError for a view that does not say who may open it."""
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, _NEEDS)]
    if silent:
        raise RuntimeError(f"say who may open {', '.join(silent)}: needs, signed_in or open_to_all")


def need_of(view: Callable[..., Any]) -> str:
    """What a view asks of an account."""
    return str(getattr(view, _NEEDS))


def _marked(need: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _NEEDS, need)
        return view

    return mark


def _visitor() -> Visitor:
    found = visitor()
    if found is None:
        raise RuntimeError("this view is open to all")
    return found


def _admit() -> Response | None:
    g.visitor = _look()
    _let_files_in()
    if request.method not in SAFE:
        _refuse_what_others_sent()
    if request.endpoint is None:
        return None  # there is no such page, which is the answer to come
    need = getattr(current_app.view_functions[request.endpoint], _NEEDS)
    if need == _ANYBODY:
        return None
    if g.visitor is None:
        return _to_the_entrance()
    return _permit(g.visitor, need)


def _let_files_in() -> None:
    """Before anything of the request's body is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    person = visitor()
    if view is not None and person is not None and getattr(view, _NEEDS) in person.scope.may:
        most = getattr(view, _TAKES, 0)
        request.max_content_length = max(request.max_content_length or 0, most and most + _AROUND_FILES)


def _look() -> Visitor | None:
    cookie = request.cookies.get(cookie_name(), "")
    found = sessions.find(current_home(), cookie, now()) if cookie else None
    if found is None or found.half:
        g.half = found
        return None
    account = of_row(found.account)
    return Visitor(account, scope(account, current_home()), found.id_hash, _held(account))


def _held(account: Account) -> str:
    if account.must_change:
        return "own_account.password"
    asked = current_app.extensions["mochocho.second_factor"]
    if asked and account.role is not Role.VIEWER and not account.second_factor and not account.elsewhere:
        return "second_factor.setting_up"
    return ""


def _refuse_what_others_sent() -> None:
    if request.headers.get("Origin") != current_app.extensions["mochocho.origin"]():
        abort(403, "คำขอนี้ไม่ได้มาจากหน้าของระบบนี้ ให้เปิดหน้าใหม่แล้วลองอีกครั้ง")
    token = request.headers.get(tokens.HEADER) or request.form.get(tokens.FIELD, "")
    if not tokens.fits(token, request.cookies.get(token_cookie(), "")):
        abort(403, "หน้านี้เปิดไว้นานเกินไปหรือเปิดจากการเข้าระบบครั้งก่อน ให้เปิดหน้าใหม่แล้วลองอีกครั้ง")


def token_cookie() -> str:
    """The name of the cookie to which this browser's token belongs."""
    return cookie_name() if visitor() is not None else f"{cookie_name()}-form"


def _to_the_entrance() -> Response:
    if wants_fragment() or request.method not in SAFE:
        abort(401)
    path = request.full_path.rstrip("?")
    return cast("Response", redirect(f"{url_for('entrance.show_form')}?next={quote(path, safe='')}", 303))


def _permit(person: Visitor, need: str) -> Response | None:
    if person.held and need != _BEFORE_PASSWORD:
        return cast("Response", redirect(url_for(person.held), 303))
    if isinstance(need, Permission) and need not in person.scope.may:
        abort(403, "บัญชีของท่านไม่มีสิทธิ์เปิดหน้านี้")
    with reading(current_home().engine) as session:
        for value in (request.view_args or {}).values():
            unknown = (
                isinstance(value, ApplicantKey) and not sees_applicant(session, person.scope, value)
            ) or (isinstance(value, Evidence) and not sees_file(session, person.scope, value))
            if unknown:
                abort(404)
    return None
