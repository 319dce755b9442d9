"""Form definitions by REST: create, draft, files, publish, read."""

from werkzeug.wrappers import Response

from tests.models.central import forms, views
from tests.models.central.access import content_of
from tests.models.central.problems import Problem, not_found
from tests.models.central.state import Blob, FormVersion
from tests.models.central.web import XML_TYPE, Context, answer, as_json, file, route, success
from tests.models.central.xforms import convert_xlsx

XLSX = views.XLSX
FORM = "/projects/{p}/forms/{f}"


def definition(ctx: Context) -> tuple[bytes, bytes | None]:
    """What was sent, as an XForm, and the workbook it was made from."""
    content = ctx.request.get_data()
    if not ctx.request.headers.get("Content-Type", "").startswith(XLSX):
        return content, None
    return convert_xlsx(content, ctx.flag("ignoreWarnings")), content


@route("GET", "/projects/{p}/forms", "form.list")
def list_forms(ctx: Context) -> Response:
    if ctx.flag("deleted"):
        return as_json([views.trashed_form(one) for one in ctx.project.trashed_forms])
    held = sorted(ctx.project.forms.values(), key=lambda f: f.shown.xform.title.casefold())
    if ctx.wide:
        return as_json([views.wide_form(ctx.state, one, notes=False) for one in held])
    return as_json([views.form(one) for one in held])


@route("POST", "/projects/{p}/forms", "form.create")
def create_form(ctx: Context) -> Response:
    xml, xlsx = definition(ctx)
    made = forms.create(
        ctx.state, ctx.project, xml, ctx.reader.id, xlsx, ignore_warnings="ignoreWarnings" in ctx.request.args
    )
    if ctx.flag("publish"):
        try:
            forms.publish(ctx.state, ctx.project, made, ctx.reader.id)
        except Problem:
            del ctx.project.forms[made.id]  # all or nothing
            raise
        made.updated_at = None
    return as_json(views.form(made))


@route("GET", FORM + ".xml", "open_form.read", of="form")
def form_xml(ctx: Context) -> Response:
    return answer(ctx.form.shown.xml, XML_TYPE)


@route("GET", FORM + ".xlsx", "form.read")
def form_xlsx(ctx: Context) -> Response:
    return _workbook(ctx.form.shown, ctx.form.id)


def _workbook(version: FormVersion, name: str) -> Response:
    if version.xlsx is None:
        raise not_found()
    return file(Blob(version.xlsx, XLSX), f"{name}.xlsx", "attachment")


@route("GET", FORM, "form.read")
def get_form(ctx: Context) -> Response:
    return as_json(views.wide_form(ctx.state, ctx.form) if ctx.wide else views.form(ctx.form))


@route("PATCH", FORM, "form.update")
def patch_form(ctx: Context) -> Response:
    if "state" in ctx.body:
        forms.set_state(ctx.state, ctx.form, ctx.body["state"])
    return as_json(views.form(ctx.form))


@route("DELETE", FORM, "form.delete")
def delete_form(ctx: Context) -> Response:
    forms.delete(ctx.state, ctx.project, ctx.form)
    return success()


@route("POST", FORM + "/restore", "form.restore")
def restore_form(ctx: Context) -> Response:
    """By its number, as several in the trash may have its name."""
    number = ctx.words["f"]
    found = [one for one in ctx.project.trashed_forms if str(one.number) == number]
    if not found:
        raise not_found()
    forms.restore(ctx.project, found[0])
    return success()


@route("GET", FORM + "/versions", "form.read")
def versions(ctx: Context) -> Response:
    newest = reversed(ctx.form.published)
    return as_json([views.form_version(ctx.state, ctx.form, one, ctx.wide) for one in newest])


def _named(ctx: Context) -> FormVersion:
    found = ctx.form.version(ctx.words["v"])
    if found is None:
        raise not_found()
    return found


@route("GET", FORM + "/versions/{v}.xml", "form.read")
def version_xml(ctx: Context) -> Response:
    return answer(_named(ctx).xml, XML_TYPE)


@route("GET", FORM + "/versions/{v}.xlsx", "form.read")
def version_xlsx(ctx: Context) -> Response:
    return _workbook(_named(ctx), ctx.form.id)


@route("GET", FORM + "/versions/{v}", "form.read")
def version(ctx: Context) -> Response:
    return as_json(views.form_version(ctx.state, ctx.form, _named(ctx), ctx.wide))


@route("GET", FORM + "/versions/{v}/fields", "form.read")
def version_fields(ctx: Context) -> Response:
    return as_json([one.json() for one in _named(ctx).xform.fields])


@route("GET", FORM + "/fields", "form.read")
def fields(ctx: Context) -> Response:
    return as_json([one.json() for one in ctx.form.shown.xform.fields])


@route("GET", FORM + "/attachments", "form.read")
def attachments(ctx: Context) -> Response:
    return as_json([views.form_file(one) for one in ctx.form.shown.files.values()])


@route("GET", FORM + "/attachments/{n}", "open_form.read", of="form")
def attachment(ctx: Context) -> Response:
    return form_file(ctx, ctx.form.shown)


def form_file(ctx: Context, version: FormVersion) -> Response:
    """A file of a definition; an entity list as the phones' CSV."""
    found = version.files.get(ctx.words["n"])
    content = None if found is None else content_of(ctx.project, found, ctx.reader)
    if found is None or content is None:
        raise not_found()
    return file(content, found.name, "attachment")


@route("GET", FORM + "/dataset-diff", "form.read")
def dataset_diff(ctx: Context) -> Response:
    return as_json(_diff(ctx, ctx.form.shown, draft=False))


def _diff(ctx: Context, version: FormVersion, draft: bool) -> list[views.JSON]:
    name = version.xform.dataset
    if name is None:
        return []
    held = ctx.project.datasets.get(name)
    known = set(held.properties) if held else set()
    properties: list[views.JSON] = [
        {"name": one} | ({"isNew": one not in known} if draft else {}) | {"inForm": True}
        for one in version.xform.saved.values()
    ]
    return [{"name": name} | ({"isNew": held is None} if draft else {}) | {"properties": properties}]


def _draft(ctx: Context) -> FormVersion:
    if ctx.form.draft is None:
        raise not_found()
    return ctx.form.draft


@route("POST", FORM + "/draft", "form.update")
def set_draft(ctx: Context) -> Response:
    xml, xlsx = definition(ctx) if ctx.request.get_data() else (None, None)
    ignored = "ignoreWarnings" in ctx.request.args
    forms.draft(ctx.state, ctx.project, ctx.form, xml, xlsx, ignore_warnings=ignored)
    return success()


@route("GET", FORM + "/draft", "form.read")
def get_draft(ctx: Context) -> Response:
    found = _draft(ctx)
    return as_json(views.wide_form(ctx.state, ctx.form, found) if ctx.wide else views.form(ctx.form, found))


@route("GET", FORM + "/draft.xml", "form.read")
def draft_xml(ctx: Context) -> Response:
    return answer(_draft(ctx).xml, XML_TYPE)


@route("DELETE", FORM + "/draft", "form.update")
def delete_draft(ctx: Context) -> Response:
    _draft(ctx)
    forms.drop_draft(ctx.form)
    return success()


@route("POST", FORM + "/draft/publish", "form.update")
def publish(ctx: Context) -> Response:
    forms.publish(ctx.state, ctx.project, ctx.form, ctx.reader.id, ctx.request.args.get("version"))
    return success()


@route("GET", FORM + "/draft/dataset-diff", "form.read")
def draft_diff(ctx: Context) -> Response:
    return as_json(_diff(ctx, _draft(ctx), draft=True))


@route("GET", FORM + "/draft/attachments", "form.read")
def draft_attachments(ctx: Context) -> Response:
    return as_json([views.form_file(one) for one in _draft(ctx).files.values()])


@route("GET", FORM + "/draft/attachments/{n}", "form.read")
def draft_attachment(ctx: Context) -> Response:
    return form_file(ctx, _draft(ctx))


@route("POST", FORM + "/draft/attachments/{n}", "form.update")
def upload(ctx: Context) -> Response:
    return as_json(views.form_file(forms.upload(ctx.state, _draft(ctx), ctx.words["n"], ctx.blob(), None)))


@route("PATCH", FORM + "/draft/attachments/{n}", "form.update")
def relink(ctx: Context) -> Response:
    name = ctx.words["n"].removesuffix(".csv")
    if ctx.body.get("dataset") and name not in ctx.project.datasets:
        raise not_found()
    linked = name if ctx.body.get("dataset") else None
    body = views.form_file(forms.upload(ctx.state, _draft(ctx), ctx.words["n"], None, linked))
    del body["hash"]  # here the answer has none
    return as_json(body)


@route("DELETE", FORM + "/draft/attachments/{n}", "form.update")
def clear(ctx: Context) -> Response:
    forms.upload(ctx.state, _draft(ctx), ctx.words["n"], None, None)
    return success()
