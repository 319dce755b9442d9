"""Sessions, users, roles, audits, projects, app users, assignments."""

import re
from datetime import timedelta

from werkzeug.wrappers import Response

from tests.models.central import access, views
from tests.models.central.problems import (
    Problem,
    forbidden,
    missing,
    not_found,
    not_unique,
    short,
    unauthenticated,
)
from tests.models.central.roles import ADMIN, BY_ID, ROLES, role
from tests.models.central.state import NEVER, Actor, AppUser, Audit, Project, Session, User, stamp, token
from tests.models.central.web import Context, as_json, number_of, route, success

DAY = timedelta(hours=24)


@route("POST", "/sessions", of="site")
def log_in(ctx: Context) -> Response:
    given = {name: ctx.body.get(name) for name in ("email", "password")}
    if None in given.values():
        got = ", ".join(f"{k}: {v!r}" if v is not None else f"{k}: undefined" for k, v in given.items())
        message = f"Required parameters missing. Expected (email, password), got ({got})."
        details = {"expected": list(given), "got": {k: v for k, v in given.items() if v is not None}}
        raise Problem(400.3, message, details)
    held = next(
        (u for u in ctx.state.actors.values() if isinstance(u, User) and u.email == given["email"]), None
    )
    if held is None or held.password != given["password"]:
        raise unauthenticated()
    made, now = token(), ctx.state.clock()
    ctx.state.sessions[made] = Session(held.id, now + DAY)
    held.last_login = now
    dates = {"expiresAt": stamp(now + DAY), "createdAt": stamp(now)}
    response = as_json({"token": made, "csrf": token(), **dates})
    response.headers.add("Set-Cookie", f"session={made}; Path=/; HttpOnly; SameSite=Strict")
    return response


@route("DELETE", "/sessions/{t}", of="site")
def log_out(ctx: Context) -> Response:
    """Ends a session, or revokes an app user."""
    if ctx.actor is None:
        raise unauthenticated()
    given = ctx.words["t"]
    users = [u for p in ctx.state.projects.values() for u in p.app_users if u.token == given]
    if ctx.state.sessions.pop(given, None) is None and not users:
        raise forbidden()
    for one in users:
        one.token = None
    return success()


@route("GET", "/users/current", "user.self", of="self")
def current_user(ctx: Context) -> Response:
    if not isinstance(ctx.actor, User):
        raise not_found()
    body = {"preferences": {"site": {}, "projects": {}}, **views.user(ctx.actor)}
    if ctx.wide:
        body["verbs"] = BY_ID[ADMIN]["verbs"] if ctx.actor.id in ctx.state.admins else []
    return as_json(body)


@route("POST", "/users", "user.create", of="site")
def create_user(ctx: Context) -> Response:
    email = ctx.body.get("email")
    if not email:
        raise missing("email")
    made = add_user(ctx, str(email), str(ctx.body.get("password", "")))
    return as_json(views.user(made))


def add_user(ctx: Context, email: str, password: str) -> User:
    if any(isinstance(u, User) and u.email == email for u in ctx.state.actors.values()):
        raise not_unique("users", email=email)
    made = User(ctx.state.number("actor"), "user", email, ctx.state.clock(), email=email, password=password)
    ctx.state.actors[made.id] = made
    return made


@route("GET", "/roles", "self", of="self")
def roles(ctx: Context) -> Response:
    return as_json(ROLES)


@route("GET", "/config/public", of="site")
def config(ctx: Context) -> Response:
    return as_json({})


@route("GET", "/audits", "audit.read", of="site")
def audits(ctx: Context) -> Response:
    """Of an action, or of all that begin with its word; newest first."""
    wanted, start = ctx.request.args.get("action"), ctx.request.args.get("start")
    limit, offset = ctx.request.args.get("limit", type=int), ctx.request.args.get("offset", 0, type=int)
    found = [one for one in reversed(ctx.state.audits) if _matches(one, wanted)]
    if start:
        found = [one for one in found if (stamp(one.at) or "") >= start]
    return as_json([views.audit(ctx.state, one, ctx.wide) for one in found[offset:][:limit]])


def _matches(one: Audit, wanted: str | None) -> bool:
    if wanted in (None, "nonverbose"):
        return wanted is None or not re.match(r"(submission|entity)\.(?!purge)", one.action)
    return one.action == wanted or one.action.startswith(f"{wanted}.")


@route("GET", "/projects", "self", of="self")
def projects(ctx: Context) -> Response:
    seen = [p for p in ctx.state.projects.values() if _sees(ctx, p)]
    return as_json([views.listed_project(ctx.state, p, ctx.reader, ctx.wide) for p in seen])


def _sees(ctx: Context, project: Project) -> bool:
    return ctx.reader.id in ctx.state.admins or any(who == ctx.reader.id for who, _ in project.assigned)


@route("POST", "/projects", "project.create", of="site")
def create_project(ctx: Context) -> Response:
    if not ctx.body.get("name"):
        raise missing("name")
    made = Project(ctx.state.number("project"), str(ctx.body["name"]), ctx.state.clock())
    made.description = ctx.body.get("description")
    ctx.state.projects[made.id] = made
    return as_json(views.project(made) | {"acteeId": made.acting})


@route("GET", "/projects/{p}", "project.read")
def get_project(ctx: Context) -> Response:
    if ctx.wide:
        return as_json(views.wide_project(ctx.state, ctx.project, ctx.reader))
    return as_json(views.project(ctx.project))


@route("PATCH", "/projects/{p}", "project.update")
def patch_project(ctx: Context) -> Response:
    """Archived it is shown below the others; all goes on."""
    if "archived" in ctx.body:
        ctx.project.archived = bool(ctx.body["archived"])
    ctx.project.updated_at = ctx.state.clock()
    return as_json(views.project(ctx.project))


@route("DELETE", "/users/{u}", "user.delete", of="site")
def delete_user(ctx: Context) -> Response:
    found = ctx.state.actors.pop(int(ctx.words["u"]), None) if ctx.words["u"].isdigit() else None
    if found is None:
        raise not_found()
    return success()


@route("DELETE", "/projects/{p}", "project.delete")
def delete_project(ctx: Context) -> Response:
    del ctx.state.projects[ctx.project.id]
    return success()


@route("POST", "/projects/{p}/key", "project.update")
def encrypt(ctx: Context) -> Response:
    """Managed encryption, once and for ever."""
    ctx.project.key_id = ctx.state.number("key")
    ctx.project.updated_at = ctx.state.clock()
    return success()


@route("GET", "/projects/{p}/app-users", "field_key.list")
def app_users(ctx: Context) -> Response:
    live = [one for one in ctx.project.app_users if one.deleted_at is None]
    return as_json([views.app_user(ctx.state, one, ctx.wide) for one in live])


@route("POST", "/projects/{p}/app-users", "field_key.create")
def create_app_user(ctx: Context) -> Response:
    name = ctx.body.get("displayName")
    if name is None:
        raise missing("displayName")
    made = AppUser(
        ctx.state.number("actor"), "field_key", short(str(name)), ctx.state.clock(),
        project=ctx.project.id, token=token(), created_by=ctx.reader.id,
    )  # fmt: skip
    ctx.state.actors[made.id] = made
    ctx.project.app_users.append(made)
    session = {"csrf": token(), "expiresAt": stamp(NEVER)}
    return as_json(views.app_user(ctx.state, made) | session)


def _app_user(ctx: Context) -> AppUser:
    live = (one for one in ctx.project.app_users if one.deleted_at is None)
    held = next((one for one in live if str(one.id) == ctx.words["u"]), None)
    if held is None:
        raise not_found()
    return held


@route("GET", "/projects/{p}/app-users/{u}", "field_key.list")
def get_app_user(ctx: Context) -> Response:
    return as_json(views.app_user(ctx.state, _app_user(ctx), ctx.wide))


@route("PATCH", "/projects/{p}/app-users/{u}", "field_key.update")
def patch_app_user(ctx: Context) -> Response:
    access.set_values(ctx.project, _app_user(ctx), ctx.body.get("properties") or {})
    return as_json(views.app_user(ctx.state, _app_user(ctx), wide=True))


@route("GET", "/projects/{p}/actor-properties", "actor_property.list")
def actor_properties(ctx: Context) -> Response:
    return as_json([{"name": name} for name in sorted(ctx.project.actor_properties)])


@route("POST", "/projects/{p}/actor-properties", "actor_property.update")
def create_actor_property(ctx: Context) -> Response:
    access.add_property(ctx.project, ctx.body.get("name"))
    return success()


@route("DELETE", "/projects/{p}/app-users/{u}", "field_key.delete")
def delete_app_user(ctx: Context) -> Response:
    held = _app_user(ctx)
    held.deleted_at, held.token = ctx.state.clock(), None
    return success()


def _assigned(ctx: Context) -> set[tuple[int, int]]:
    return ctx.form.assigned if "f" in ctx.words else ctx.project.assigned


def _one(ctx: Context) -> tuple[int, int]:
    found: Actor | None = ctx.state.actors.get(number_of(ctx.words["u"]))
    number = role(ctx.words["r"])
    if found is None or number is None:
        raise not_found()
    return found.id, number


def _list(ctx: Context) -> Response:
    return as_json([{"actorId": who, "roleId": number} for who, number in sorted(_assigned(ctx))])


def _assign(ctx: Context) -> Response:
    one, held = _one(ctx), _assigned(ctx)
    if one in held:
        raise not_unique("assignments", actorId=one[0], roleId=one[1])
    held.add(one)
    return success()


def _unassign(ctx: Context) -> Response:
    one, held = _one(ctx), _assigned(ctx)
    if one not in held:
        raise not_found()
    held.discard(one)
    return success()


for _base in ("/projects/{p}", "/projects/{p}/forms/{f}"):
    route("GET", f"{_base}/assignments", "assignment.list")(_list)
    route("POST", f"{_base}/assignments/{{r}}/{{u}}", "assignment.create")(_assign)
    route("DELETE", f"{_base}/assignments/{{r}}/{{u}}", "assignment.delete")(_unassign)
