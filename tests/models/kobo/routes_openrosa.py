"""The OpenRosa API of phones: form lists, forms, their files, and posting."""

import hashlib
from xml.sax.saxutils import escape

from werkzeug import Response

from tests.models.kobo import changes
from tests.models.kobo.state import Asset, MediaFile, Refusal, crash
from tests.models.kobo.web import Call, Route

TEXT = "text/xml; charset=utf-8"
LIST = "http://openrosa.org/xforms/xformsList"
OVER_HTTP = (
    "Using basic authentication without HTTPS transmits credentials in clear text! "
    "You MUST connect via HTTPS to use basic authentication."
)
LARGEST_FIELD = 10 << 20
DUPLICATE = "Duplicate Instance"
CHALLENGE = 'Digest realm="DJANGO", qop="auth", nonce="0", opaque="0", algorithm="MD5", stale="false"'


def _xml(text: str, status: int = 200) -> Response:
    made = Response(f'<?xml version="1.0" encoding="utf-8"?>\n{text}', status, content_type=TEXT)
    return _openrosa(made) if status == 200 else made


def _openrosa(made: Response) -> Response:
    made.headers["X-OpenRosa-Version"] = "1.0"
    made.headers["X-OpenRosa-Accept-Content-Length"] = "10000000"
    return made


def _refused(tag: str, detail: str, status: int) -> Response:
    made = _xml(f"<{tag}><detail>{detail}</detail></{tag.split()[0]}>", status)
    if status == 401:
        made.headers["WWW-Authenticate"] = CHALLENGE
    return made


def _stranger(call: Call) -> Response | None:
    """What a reader of lists is told who must sign in first; Basic is refused without TLS."""
    if call.request.headers.get("Authorization", "").startswith("Basic "):
        return _refused(f'xforms xmlns="{LIST}"', OVER_HTTP, 401)
    if call.user is None:
        return _refused(f'xforms xmlns="{LIST}"', "Authentication credentials were not provided.", 401)
    return None


def form_list(call: Call) -> Response:
    stranger = _stranger(call)
    if stranger is not None:
        return stranger
    forms = [one for one in call.model.assets.values() if one.active and _may(call, one)]
    if "formID" in call.args:
        forms = [one for one in forms if one.uid == call.args["formID"]]
    return _xml(f'<xforms xmlns="{LIST}">{"".join(_item(call, one) for one in forms)}</xforms>')


def user_form_list(call: Call, user: str) -> Response:
    """Only what is open to everyone, whoever asks."""
    if call.request.headers.get("Authorization", "").startswith("Basic "):
        return _refused(f'xforms xmlns="{LIST}"', OVER_HTTP, 401)
    open_ = [one for one in call.model.assets.values() if one.owner == user and _open(call, one)]
    return _xml(f'<xforms xmlns="{LIST}">{"".join(_item(call, one) for one in open_)}</xforms>')


def _open(call: Call, asset: Asset) -> bool:
    return asset.active and call.model.can(None, asset, "add_submissions")


def _may(call: Call, asset: Asset) -> bool:
    return call.model.can(call.user, asset, "add_submissions")


def _item(call: Call, asset: Asset) -> str:
    assert asset.deployed is not None
    version, name = escape(asset.deployed.label), escape(asset.name)
    digest = hashlib.md5(_form(asset).encode()).hexdigest()
    return (
        f"<xform><formID>{asset.uid}</formID><name>{name}</name>"
        f"<majorMinorVersion>{version}</majorMinorVersion><version>{version}</version>"
        f"<hash>md5:{digest}</hash><descriptionText>{name}</descriptionText>"
        f"<downloadUrl>{call.base}/forms/{asset.pk}/form.xml</downloadUrl>"
        f"<manifestUrl>{call.base}/xformsManifest/{asset.pk}</manifestUrl></xform>"
    )


def _form(asset: Asset) -> str:
    one = asset.deployed
    assert one is not None
    return one.xform.as_deployed(asset.uid, one.label, str(asset.formhub), one.uid)


def _deployed(call: Call, pk: str) -> Asset | None:
    found = [one for one in call.model.assets.values() if str(one.pk) == pk and _may(call, one)]
    return found[0] if found else None


def _no_form() -> Response:
    return _refused(f'xforms xmlns="{LIST}"', "No XForm matches the given query.", 404)


def form_xml(call: Call, pk: str) -> Response:
    asset = _deployed(call, pk)
    if asset is None:
        return _stranger(call) or _no_form()
    return _openrosa(Response(_form(asset), content_type=TEXT))


def user_form_xml(call: Call, user: str, pk: str) -> Response:
    asset = _deployed(call, pk)
    return form_xml(call, pk) if asset and asset.owner == user and _open(call, asset) else _no_form()


def manifest(call: Call, pk: str) -> Response:
    """As of the last media task, which runs some time after a deployment."""
    asset = _deployed(call, pk)
    if asset is None:
        return _stranger(call) or _no_form()
    asset.looks += 1
    if call.model.media_looks is not None and asset.looks > call.model.media_looks:
        call.model.run_media_task(asset)
    items = "".join(
        f"<mediaFile><filename>{escape(one.name)}</filename><hash>{one.hash}</hash>"
        f"<downloadUrl>{call.base}{_media_path(asset, one)}</downloadUrl></mediaFile>"
        for one in asset.manifest
    )
    return _xml(f'<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{items}</manifest>')


def _media_path(asset: Asset, one: MediaFile) -> str:
    return f"/xformsMedia/{asset.pk}/{one.pk}.{one.name.rpartition('.')[2]}"


def media(call: Call, pk: str, media: str) -> Response:
    asset = _deployed(call, pk)
    found = next((one for one in asset.manifest if str(one.pk) == media), None) if asset else None
    if found is None:
        return _stranger(call) or _no_form()
    if found.redirect_url is not None:
        return Response(status=302, headers={"Location": found.redirect_url})
    made = Response(found.content)
    made.headers["Content-Type"] = found.mimetype
    return _openrosa(made)


def ready(call: Call, **_: str) -> Response:
    made = _openrosa(Response(b"", 204, content_type=TEXT))
    made.headers["Location"] = call.base + call.request.path
    return made


def submit(call: Call, **_: str) -> Response:
    """A post of a phone: 201, 202 when nothing in it is new, or why not."""
    if call.user is None:
        return _refused("root", "Authentication credentials were not provided.", 401)
    _refuse_unread(call)
    upload = call.request.files.get("xml_submission_file")
    if upload is None:
        raise crash()
    files = {
        str(one.filename): one.read()
        for name, one in call.request.files.items(multi=True)
        if name != "xml_submission_file"
    }
    xml = upload.read()
    try:
        received = changes.receive(call.model, call.user, xml, files)
    except Refusal as refused:
        if refused.page:
            raise
        if refused.detail == changes.NOWHERE:
            return _refused("root", changes.NOWHERE, 404)
        return _located(call, _message(str(refused.detail), refused.status), refused.status == 409)
    record = received.record
    call.model.posts[record.instance_id] = (xml, dict(files))
    if received.duplicate:
        return _located(call, _message(DUPLICATE, 202))
    text = (
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">\n'
        "    <message>Successful submission.</message>\n"
        '    <submissionMetadata xmlns="http://www.opendatakit.org/xforms" '
        f'id="{record.asset.uid}"  instanceID="uuid:{record.instance_id}" '
        f'submissionDate="{record.submitted_at.isoformat()}" isComplete="true" '
        f'markedAsCompleteDate="{record.changed_at.isoformat()}"/>\n'
        "</OpenRosaResponse>\n"
    )
    return _located(call, _openrosa(Response(text, 201, content_type=TEXT)))


def _refuse_unread(call: Call) -> None:
    """What Django refuses before kpi looks at it."""
    if call.request.mimetype != "multipart/form-data":
        return
    boundary = call.request.mimetype_params.get("boundary")
    if not boundary:
        raise Refusal(400, "", page=True)
    if not call.request.get_data().rstrip().endswith(f"--{boundary}--".encode()):
        raise crash()
    if any(len(value) > LARGEST_FIELD for value in call.request.form.values()):
        raise Refusal(400, "", page=True)


def _message(text: str, status: int) -> Response:
    body = (
        "<?xml version='1.0' encoding='UTF-8' ?>\n"
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">\n'
        f'        <message nature="">{escape(text)}</message>\n'
        "</OpenRosaResponse>"
    )
    return _openrosa(Response(body, status, content_type=TEXT))


def _located(call: Call, made: Response, known: bool = True) -> Response:
    if known:
        made.headers["Location"] = call.base + call.request.path
    return made


_USER = "/(?P<user>[^/]+)"
_READ = "GET, HEAD, OPTIONS"
_POST = "POST, HEAD, OPTIONS"
ROUTES = (
    Route("/formList", _READ, {"GET": form_list}),
    Route(r"/forms/(?P<pk>\d+)/form\.xml", _READ, {"GET": form_xml}),
    Route(r"/xformsManifest/(?P<pk>\d+)", _READ, {"GET": manifest}),
    Route(r"/xformsMedia/(?P<pk>\d+)/(?P<media>\d+)\.[^/]+", _READ, {"GET": media}),
    Route("/submission", _POST, {"POST": submit, "HEAD": ready}),
    Route(f"{_USER}/formList", _READ, {"GET": user_form_list}),
    Route(rf"{_USER}/forms/(?P<pk>\d+)/form\.xml", _READ, {"GET": user_form_xml}),
    Route(f"{_USER}/submission", _POST, {"POST": submit, "HEAD": ready}),
)
