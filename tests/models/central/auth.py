"""Authentication and permissions of a request."""

import base64
import binascii
import hmac

from werkzeug.wrappers import Request

from tests.models.central.problems import Problem, forbidden, unauthenticated
from tests.models.central.roles import may
from tests.models.central.state import Actor, AppUser, State, User
from tests.models.central.web import Context, Route

TOKEN_LENGTH = 64


def reader(state: State, request: Request, key: str | None) -> Actor | None:
    """Whose request it is; nobody's is None. Raises Problem for credentials that are wrong."""
    if key is not None:
        return _app_user(state, key)
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return _of_session(state, given)
    cookie = request.cookies.get("session")
    if kind.lower() != "basic" and not (cookie and request.method == "GET"):
        return None
    if request.headers.get("X-Forwarded-Proto") != "https":
        raise Problem(401.3, "This authentication method is only available over HTTPS")
    return _basic(state, given) if kind.lower() == "basic" else _of_session(state, str(cookie))


def _app_user(state: State, key: str) -> AppUser:
    if len(key) != TOKEN_LENGTH:
        raise unauthenticated()
    users = (user for project in state.projects.values() for user in project.app_users)
    found = next((user for user in users if user.token == key), None)
    if found is None:
        raise forbidden()
    return found


def _of_session(state: State, given: str) -> Actor:
    held = state.sessions.get(given)
    if held is None or held.expires_at <= state.clock():
        raise unauthenticated()
    return state.actors[held.actor]


def _basic(state: State, given: str) -> Actor:
    try:
        email, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise unauthenticated() from error
    users = (one for one in state.actors.values() if isinstance(one, User))
    found = next((one for one in users if one.email == email), None)
    if found is None or not hmac.compare_digest(found.password.encode(), password.encode()):
        raise unauthenticated()
    return found


def permit(ctx: Context, route: Route) -> None:
    """Raises Problem: 401 without credentials, 404 for what is not there, 403 for too few rights."""
    if route.verb is None:
        return
    if ctx.actor is None:
        raise unauthenticated()
    if route.of == "self" or ctx.actor.id in ctx.state.admins:
        return
    held: set[tuple[int, int]] = set()
    if route.of != "site":
        held |= ctx.project.assigned
        if "f" in ctx.words:
            held |= ctx.form.assigned
    roles = {role for who, role in held if who == ctx.actor.id}
    verbs = (route.verb, "form.read") if route.verb == "open_form.read" else (route.verb,)
    if not any(may(role, verb) for role in roles for verb in verbs):
        raise forbidden()
