"""The OpenRosa API of phones: the list of forms, their manifests and files, and submitting."""

import html
import re
from collections.abc import Iterable

from werkzeug.wrappers import Response

from tests.models.central import entities, submissions
from tests.models.central.access import content_of
from tests.models.central.problems import Crash, Problem, not_found, unparsed
from tests.models.central.roles import may
from tests.models.central.state import Blob, Entity, Form, FormFile, FormVersion
from tests.models.central.web import (
    OPENROSA,
    OPENROSA_TYPE,
    Context,
    answer,
    openrosa_message,
    route,
)

BOUNDARY = re.compile(r'boundary="?([^";]+)')
PART_NAME = re.compile(r'; name="([^"]*)"')
PART_TYPE = re.compile(r"(?im)^content-type:(.*)$")
LARGEST_FIELD = 1 << 20
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n  '


@route("GET", "/projects/{p}/formList", "self", of="self", openrosa=True)
def form_list(ctx: Context) -> Response:
    ctx.project  # noqa: B018  # 404 where there is none
    seen = [
        one
        for one in ctx.project.forms.values()
        if one.published and one.state == "open" and _opens(ctx, one)
    ]
    rows = [_listed(ctx, one, one.published[-1]) for one in sorted(seen, key=lambda f: f.shown.xform.title)]
    body = f'<xforms xmlns="http://openrosa.org/xforms/xformsList">\n{"".join(rows)}  </xforms>'
    return answer((HEAD + body).encode(), OPENROSA_TYPE, headers=OPENROSA)


def _opens(ctx: Context, form: Form) -> bool:
    roles = {role for who, role in form.assigned | ctx.project.assigned if who == ctx.reader.id}
    return ctx.reader.id in ctx.state.admins or any(may(role, "open_form.read") for role in roles)


def _listed(ctx: Context, form: Form, version: FormVersion) -> str:
    url = f"{_base(ctx)}/forms/{form.id}"
    lines = {
        "formID": form.id,
        "name": version.xform.title,
        "version": version.version,
        "hash": f"md5:{entities.digest(version.xml)}",
        "downloadUrl": f"{url}.xml",
    } | ({"manifestUrl": f"{url}/manifest"} if version.files else {})
    return "    <xform>\n" + "".join(_element(k, v, 6) for k, v in lines.items()) + "    </xform>\n"


def _base(ctx: Context) -> str:
    key = f"/key/{ctx.token}" if ctx.token else ""
    return f"{ctx.state.domain}/v1{key}/projects/{ctx.project.id}"


def _element(name: str, value: str, indent: int) -> str:
    return f"{' ' * indent}<{name}>{html.escape(value, quote=False)}</{name}>\n"


@route("GET", "/projects/{p}/forms/{f}/manifest", "open_form.read", of="form", openrosa=True)
def manifest(ctx: Context) -> Response:
    rows = [_media(ctx, one) for one in ctx.form.shown.files.values()]
    body = f'<manifest xmlns="http://openrosa.org/xforms/xformsManifest">\n{"".join(rows)}  </manifest>'
    return answer((HEAD + body).encode(), OPENROSA_TYPE, headers=OPENROSA)


def _media(ctx: Context, one: FormFile) -> str:
    """A file that is there; a list says where a phone asks which of its entities were deleted."""
    blob = content_of(ctx.project, one, ctx.reader)
    if blob is None:
        return ""
    lines = {
        "filename": one.name,
        "hash": f"md5:{blob.md5}",
        "downloadUrl": f"{_base(ctx)}/forms/{ctx.form.id}/attachments/{one.name}",
    }
    if one.dataset is not None:
        lines["integrityUrl"] = f"{_base(ctx)}/datasets/{one.dataset}/integrity"
    kind = ' type="entityList"' if one.dataset is not None else ""
    return (
        f"    <mediaFile{kind}>\n"
        + "".join(_element(k, v, 6) for k, v in lines.items())
        + "    </mediaFile>\n"
    )


@route("GET", "/projects/{p}/datasets/{d}/integrity", "self", of="self", openrosa=True)
def integrity(ctx: Context) -> Response:
    wanted = ctx.request.args.get("id")
    rows = [
        f'      <entity id="{one.uuid}">\n{_element("deleted", _word(one), 8)}      </entity>\n'
        for one in ctx.dataset.entities.values()
        if wanted is None or one.uuid in wanted.split(",")
    ]
    body = f"<data>\n    <entities>\n{''.join(rows)}    </entities>\n  </data>"
    return answer((HEAD + body).encode(), OPENROSA_TYPE, headers=OPENROSA)


def _word(one: Entity) -> str:
    return "false" if one.deleted_at is None else "true"


@route("HEAD", "/projects/{p}/submission", "self", of="self", openrosa=True)
def may_submit(ctx: Context) -> Response:
    response = answer(b"", OPENROSA_TYPE, 204, headers=OPENROSA)
    del response.headers["Content-Type"]
    return response


@route("POST", "/projects/{p}/submission", "self", of="self", openrosa=True)
def submit(ctx: Context) -> Response:
    parts = dict(_parts(ctx))
    sent = parts.pop("xml_submission_file", None)
    if sent is None:
        details = {"field": "xml_submission_file"}
        raise Problem(400.7, "Required multipart POST field xml_submission_file missing.", details)
    form = ctx.project.forms.get(submissions.read(sent.content).form_id)
    if form is None:
        raise not_found()
    if not _opens(ctx, form):
        raise Problem(403.1, "The authentication you provided does not have rights to perform that action.")
    submissions.receive(ctx.state, ctx.project, sent.content, parts, ctx.by)
    return openrosa_message("full submission upload was successful!", "", 201, OPENROSA)


def _parts(ctx: Context) -> Iterable[tuple[str, Blob]]:
    """The parts by their NAMES, which are what files are called; a library that knows forms would guess."""
    type_ = ctx.request.headers.get("Content-Type", "")
    if not type_.startswith("multipart/form-data"):
        return
    boundary = BOUNDARY.search(type_)
    if boundary is None:
        raise unparsed("Multipart: Boundary not found")
    *chunks, end = (b"\r\n" + ctx.request.get_data()).split(b"\r\n--" + boundary[1].encode())
    if not chunks or not end.startswith(b"--"):
        raise unparsed("Unexpected end of form")
    for chunk in chunks[1:]:
        head, _, content = chunk.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = head.decode("utf-8")
        name, kind = PART_NAME.search(lines), PART_TYPE.search(lines)
        if "; filename=" not in lines:  # a field, of which Central has none
            if len(content) > LARGEST_FIELD:
                raise Crash
        elif name is not None:
            yield name[1], Blob(content, kind[1].strip() if kind else "application/octet-stream")
