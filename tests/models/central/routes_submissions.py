"""Submissions by REST and by OData."""

import urllib.parse

from werkzeug.wrappers import Response

from tests.models.central import odata, submissions, views
from tests.models.central.problems import Problem, missing, not_found, wrong_type
from tests.models.central.state import Blob, Submission
from tests.models.central.web import (
    ODATA,
    XML_TYPE,
    Context,
    answer,
    as_json,
    file,
    route,
    success,
)

FORM = "/projects/{p}/forms/{f}"
ALL = FORM + "/submissions"
ONE = ALL + "/{s}"
SERVICE = FORM + ".svc"


def event_tag(rows: list[Submission]) -> str:
    return f'W/"eventhash:{odata.event_hash(rows)}"'


@route("GET", ALL, "submission.list")
def listed(ctx: Context) -> Response:
    """Metadata, newest first; parameters that it does not know are passed over."""
    rows = [row for one in ctx.namesakes for row in views.shown(one, ctx.flag("deleted"))]
    offset, limit = _integer(ctx, "offset"), _integer(ctx, "limit")
    rows = rows[offset or 0 :]
    rows = rows if limit is None else rows[:limit]
    return as_json([views.submission(ctx.state, one, ctx.wide) for one in rows], tag=event_tag(rows))


def _integer(ctx: Context, name: str) -> int | None:
    written = ctx.request.args.get(name)
    if written is not None and not written.isdigit():
        raise wrong_type(name, "integer")
    return None if written is None else int(written)


@route("POST", ALL, "submission.create", of="form")
def create(ctx: Context) -> Response:
    made = submissions.create(ctx.state, ctx.form, ctx.request.get_data(), ctx.by)
    body = views.submission(ctx.state, made)
    del body["reviewState"], body["deletedAt"]  # not asked for yet
    return as_json(body)


@route("GET", ALL + "/submitters", "submission.list")
def submitters(ctx: Context) -> Response:
    numbers = dict.fromkeys(one.first.submitter for one in views.shown(ctx.form))
    return as_json([views.actor(ctx.state.actors[number]) for number in numbers])


@route("GET", ALL + "/keys", "submission.read")
def keys(ctx: Context) -> Response:
    return as_json([])


@route("GET", ONE + ".xml", "submission.read")
def xml(ctx: Context) -> Response:
    return answer(ctx.submission.current.xml, XML_TYPE)


@route("GET", ONE, "submission.read")
def one(ctx: Context) -> Response:
    """The id of a later version leads to that version."""
    held = ctx.form.roots.get(ctx.words["s"])
    if held is not None and held.deleted_at is None and held.instance_id != ctx.words["s"]:
        root = urllib.parse.quote(held.instance_id, safe="")
        path = ctx.request.path.rpartition("/")[0]
        location = f"{path}/{root}/versions/{ctx.words['s']}"
        moved = f"Moved Permanently. Redirecting to {location}".encode()
        return answer(moved, "text/plain; charset=utf-8", 301, "", {"Location": location})
    of_others = [s for f in ctx.namesakes for s in views.shown(f) if s.instance_id == ctx.words["s"]]
    found = ctx.submission if not of_others else of_others[0]
    return as_json(views.submission(ctx.state, found, ctx.wide))


@route("PUT", ONE, "submission.update")
def replace(ctx: Context) -> Response:
    made = submissions.replace(ctx.state, ctx.form, ctx.submission, ctx.request.get_data(), ctx.by)
    return as_json(views.submission(ctx.state, made))


@route("PATCH", ONE, "submission.update")
def review(ctx: Context) -> Response:
    if "reviewState" not in ctx.body:
        return as_json({})
    notes = ctx.request.headers.get("X-Action-Notes")
    submissions.review(ctx.state, ctx.form, ctx.submission, ctx.body.get("reviewState"), ctx.by, notes)
    return as_json(views.submission(ctx.state, ctx.submission, current=False))


@route("DELETE", ONE, "submission.delete")
def delete(ctx: Context) -> Response:
    submissions.delete(ctx.state, ctx.form, ctx.submission, ctx.by)
    return success()


@route("POST", ONE + "/restore", "submission.restore")
def restore(ctx: Context) -> Response:
    held = ctx.form.submissions.get(ctx.words["s"])
    if held is None or held.deleted_at is None:
        raise not_found()
    submissions.restore(ctx.state, ctx.form, held, ctx.by)
    return success()


@route("GET", ONE + "/comments", "submission.read")
def comments(ctx: Context) -> Response:
    return as_json([views.comment(ctx.state, c, ctx.wide) for c in reversed(ctx.submission.comments)])


@route("POST", ONE + "/comments", "submission.read")
def comment(ctx: Context) -> Response:
    if ctx.body.get("body") is None:
        raise missing("body")
    said = submissions.comment(ctx.state, ctx.submission, str(ctx.body["body"]), ctx.by)
    return as_json(views.comment(ctx.state, said))


@route("GET", ONE + "/audits", "submission.read")
def audits(ctx: Context) -> Response:
    number = ctx.submission.id
    found = [a for a in ctx.state.audits if (a.details or {}).get("submissionId") == number]
    return as_json([views.audit(ctx.state, one, ctx.wide) for one in reversed(found)])


@route("GET", ONE + "/versions", "submission.read")
def versions(ctx: Context) -> Response:
    return as_json(views.versions(ctx.state, ctx.submission, ctx.wide))


@route("GET", ONE + "/versions/{v}.xml", "submission.read")
def version_xml(ctx: Context) -> Response:
    return answer(ctx.version.xml, XML_TYPE)


@route("GET", ONE + "/versions/{v}", "submission.read")
def version(ctx: Context) -> Response:
    current = ctx.version is ctx.submission.current
    return as_json(views.version(ctx.state, ctx.version, current, ctx.wide))


def _files(ctx: Context) -> Response:
    return as_json(views.files(ctx.version))


def _file(ctx: Context) -> Response:
    blob = ctx.version.files.get(ctx.words["n"])
    if blob is None:
        raise not_found()
    return file(blob, ctx.words["n"])


for _base in (ONE, ONE + "/versions/{v}"):
    route("GET", _base + "/attachments", "submission.read")(_files)
    route("GET", _base + "/attachments/{n}", "submission.read")(_file)
    route("HEAD", _base + "/attachments/{n}", "submission.read")(_file)


@route("POST", ONE + "/attachments/{n}", "submission.update")
def put_file(ctx: Context) -> Response:
    blob: Blob = ctx.blob()
    submissions.put_file(ctx.state, ctx.form, ctx.submission.current, ctx.words["n"], blob, ctx.by)
    return success()


@route("DELETE", ONE + "/attachments/{n}", "submission.update")
def clear_file(ctx: Context) -> Response:
    submissions.clear_file(ctx.state, ctx.form, ctx.submission.current, ctx.words["n"], ctx.by)
    return success()


@route("GET", SERVICE, "form.read")
def service(ctx: Context) -> Response:
    repeats = [f.path[1:].replace("/", ".") for f in ctx.form.shown.xform.fields if f.type == "repeat"]
    names = ["Submissions", *(f"Submissions.{name}" for name in repeats)]
    value = [{"name": name, "kind": "EntitySet", "url": name} for name in names]
    body = {"@odata.context": f"{_service(ctx)}/$metadata", "value": value}
    minimal = {"Content-Type": "application/json; charset=utf-8; odata.metadata=minimal"}
    return as_json(body, headers=ODATA | minimal)


def _service(ctx: Context) -> str:
    return f"{ctx.state.domain}/v1/projects/{ctx.project.id}/forms/{ctx.form.id}.svc"


@route("GET", SERVICE + "/Submissions", "submission.list")
def feed(ctx: Context) -> Response:
    query = odata.Query(ctx.request.args)
    query.check()
    table = odata.submissions(ctx.form)
    page = table.page(query)
    held = list(page.rows)
    if query.number("$top") == 0:
        return as_json(odata.envelope(_service(ctx), "Submissions", query, page, [], table), headers=ODATA)
    tag = event_tag(held)
    try:
        odata.check_selected(query.select, odata.selectable(ctx.form))
    except Problem as problem:  # by then the ETag is on its way
        return as_json(problem.json(), problem.status, tag, ODATA)
    rows = [odata.submission_row(ctx.state, ctx.form, row, query) for row in held]
    return as_json(
        odata.envelope(_service(ctx), "Submissions", query, page, rows, table), tag=tag, headers=ODATA
    )


@route("GET", SERVICE + "/Submissions('{s}')", "submission.read")
def single(ctx: Context) -> Response:
    query = odata.Query(ctx.request.args)
    query.check()
    row = odata.submission_row(ctx.state, ctx.form, ctx.submission, query)
    body = {"value": [row], "@odata.context": f"{_service(ctx)}/$metadata#Submissions"}
    return as_json(body, headers=ODATA)
