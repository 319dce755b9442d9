"""The endpoint's routes, as ODK Collect uses them (OpenRosa 1.0). Every address begins with a token."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple, cast
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, g, request
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from mochocho.storage.closed import Closed
from mochocho.storage.db import reading, refuse_closed
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from sync.openrosa import answer_xml, messages, officer_lists, pages
from sync.openrosa.admission import admitted, let_in
from sync.openrosa.browser import fill_page, programs
from sync.openrosa.browser.prefilled import about
from sync.openrosa.messages import problem
from sync.openrosa.offered_forms import OfferedForms
from sync.openrosa.receiving.intake import Intake, Post
from sync.tables import PublishedForm
from sync.web_links import WebLink

log = logging.getLogger(__name__)

_KEY = "mochocho"
# What a link that opens one form may ask for.
_OF_LINKS = frozenset(
    f"openrosa.{name}"
    for name in ("fill", "fill_file", "form_xml", "media", "submission", "submission_probe")
)
_pages = Blueprint("openrosa", __name__, url_prefix="/key/<token>")


class _Served(NamedTuple):
    """What the routes of one app need."""

    home: Home
    intake: Intake
    forms: OfferedForms


def make_app(home: Home) -> Flask:
    """The endpoint of one home, for a WSGI server that passes on complete, seekable bodies."""
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # a redirect would repeat the token
    app.extensions[_KEY] = _Served(home, Intake(home), OfferedForms(home.store))
    app.before_request(_admit)
    app.register_blueprint(_pages)
    app.register_error_handler(Exception, _answer_error)
    app.after_request(_with_headers)
    return app


def token_in(path: str) -> str | None:
    """The token in an address; None where there is none."""
    parts = path.split("/")
    return parts[2] if len(parts) > 2 and parts[:2] == ["", "key"] else None


def body_limit(home: Home) -> int:
    """The largest accepted request body, in bytes."""
    return home.settings.endpoint.max_body_mb << 20


def _programs() -> programs.Programs | None:
    return programs.of_home(_home().settings.home)


def _served() -> _Served:
    return cast("_Served", current_app.extensions[_KEY])


def _home() -> Home:
    return _served().home


def _admit() -> None:
    """Before any route: whose token it is.

    The database is asked every time, so a revocation works at once.
    """
    token = token_in(request.path)
    if token is None:
        raise NotFound
    found = admitted(_home(), token)
    if found is None:
        raise problem("token.unknown")
    g.officer, g.link = found.officer, found.link
    if g.link is not None and not _of_its_form(g.link):
        raise NotFound
    if (request.content_length or 0) > body_limit(_home()):
        raise problem("body.too_large")


def _of_its_form(link: WebLink) -> bool:
    """Whether a request by a link is about its form alone."""
    asked = request.view_args or {}
    return request.endpoint in _OF_LINKS and asked.get("form_id", link.form_id) == link.form_id


def _refuse_closed() -> None:
    with _home().engine.connect() as connection:
        try:
            refuse_closed(connection)
        except Closed:
            raise problem("cycle.closed") from None


def _with_headers(response: Response) -> Response:
    response.headers.update(answer_xml.headers(body_limit(_home())))
    return response


@_pages.get("")
@_pages.get("/")
def ready(token: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """An officer's address opened in a browser: whether a phone could send here."""
    return _html(messages.READY, *messages.READY_MEANS)


@_pages.get("/formList")
def form_list(token: str) -> Response:
    """The forms to fill in: the current version of each."""
    with reading(_home().engine) as session:
        rows = session.scalars(select(PublishedForm).where(PublishedForm.current)).all()
    ordered = sorted(rows, key=lambda row: row.form_id)
    return _xml(answer_xml.form_list(_offer_form(token, row) for row in ordered))


@_pages.get("/forms/<form_id>/<version>/form.xml")
def form_xml(token: str, form_id: str, version: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """The form; by a link about its applicant from the first screen on."""
    content = _home().store.read(_published(form_id, version).xform_sha256)
    return _xml(about(content, g.link.applicant) if g.link and g.link.applicant else content)


@_pages.get("/forms/<form_id>/<version>/manifest")
def manifest(token: str, form_id: str, version: str) -> Response:
    """The lists that a form reads."""
    used = _lists_of(form_id, version)
    return _xml(answer_xml.manifest(_offer_list(token, form_id, version, name) for name in used))


@_pages.get("/forms/<form_id>/<version>/media/<name>.csv")
def media(
    token: str,  # noqa: ARG001 - the token was read in _admit
    form_id: str,
    version: str,
    name: str,
) -> Response:
    """A list of the form, for the asking officer's districts, whatever else is in the address."""
    if name not in _lists_of(form_id, version):
        raise NotFound
    only = g.link.applicant if g.link else ""
    return Response(officer_lists.as_csv(_home(), g.officer, name, only), content_type=answer_xml.CSV)


@_pages.get("/fill")
def fill(token: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """The form of a link, in a browser; where the programs for it are not installed there is no such page."""
    if g.link is None or _programs() is None:
        raise NotFound
    with reading(_home().engine) as session:
        current = select(PublishedForm).where(PublishedForm.current, PublishedForm.form_id == g.link.form_id)
        row = session.scalars(current).one_or_none()
    if row is None:
        raise NotFound
    folder = f"forms/{quote(row.form_id, safe='')}/{quote(row.version, safe='')}"
    content, headers = fill_page.page(row.title, f"{folder}/form.xml", f"{folder}/media/")
    return Response(content, 200, headers, content_type=pages.HTML)


@_pages.get("/fill/<file>")
def fill_file(token: str, file: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """A program of the page."""
    known = _programs()
    files = {} if known is None else {**known.files, fill_page.SCRIPT: fill_page.script()}
    if file not in files:
        raise NotFound
    return Response(files[file], content_type=fill_page.JAVASCRIPT)


@_pages.get("/integrity")
def integrity(token: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """Which of the given ids a phone should forget; ids with invisible characters are ignored."""
    asked = [id_ for id_ in request.args.get("id", "").split(",") if id_ and id_.isprintable()]
    return _xml(answer_xml.integrity(officer_lists.deleted(_home(), g.officer, asked)))


@_pages.get("/submission")
def submission_probe(token: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """Collect sends HEAD before it posts, and requires 204."""
    if request.method != "HEAD":
        raise MethodNotAllowed
    return _xml(b"", 204)


@_pages.post("/submission")
def submission(token: str) -> Response:  # noqa: ARG001 - the token was read in _admit
    """Accept one post of an instance; the answer is sent when it is safe on disk."""
    _refuse_closed()
    post = Post(
        officer_id=g.officer.id,
        body=request.environ["wsgi.input"],
        size=request.content_length or 0,
        content_type=request.headers.get("Content-Type", ""),
        received_at=datetime.now(UTC),
    )
    if g.link is not None:
        post = replace(post, let_in=partial(let_in, _home(), g.link))
    taken = _served().intake.take(post)
    again = messages.RECEIVED if taken.new else messages.RECEIVED_AGAIN
    text = messages.RECEIVED_PART if taken.incomplete else again
    return _xml(answer_xml.message(text, "submit_success"), 201)


def _answer_error(error: Exception) -> Response:
    """Every error as a sentence for Collect or a browser. Requests are not logged: they hold the token."""
    known = error if isinstance(error, BadInput) else problem(_code_of(error))
    status = messages.status_of(known.code)
    if status >= 500:
        log.error("a request failed: %s", known.code, exc_info=error)
    if request.method != "POST" and "text/html" in request.headers.get("Accept", ""):
        return _html(messages.NOT_READY, known.message_th, status=status)
    return _xml(answer_xml.message(known.message_th, "error"), status)


def _code_of(error: Exception) -> str:
    if isinstance(error, HTTPException):
        return {404: "page.unknown", 405: "page.method"}.get(error.code or 0, "request.malformed")
    if isinstance(error, OSError | OperationalError):
        return "server.full"
    return "server.failed"


def _published(form_id: str, version: str) -> PublishedForm:
    with reading(_home().engine) as session:
        row = session.get(PublishedForm, (form_id, version))
    if row is None:
        raise NotFound
    return row


def _lists_of(form_id: str, version: str) -> tuple[str, ...]:
    return _served().forms.of(_published(form_id, version).xform_sha256).lists


def _offer_form(token: str, row: PublishedForm) -> answer_xml.Offer:
    offered = _served().forms.of(row.xform_sha256)
    fields = {
        "formID": row.form_id,
        "name": row.title,
        "version": row.version,
        "hash": offered.md5,
        "downloadUrl": _form_url(token, row.form_id, row.version, "form.xml"),
    }
    if offered.lists:
        fields["manifestUrl"] = _form_url(token, row.form_id, row.version, "manifest")
    return answer_xml.Offer(fields)


def _offer_list(token: str, form_id: str, version: str, name: str) -> answer_xml.Offer:
    fields = {
        "filename": f"{name}.csv",
        "hash": answer_xml.md5(officer_lists.as_csv(_home(), g.officer, name)),
        "downloadUrl": _form_url(token, form_id, version, f"media/{name}.csv"),
    }
    if name != officer_lists.ENTITIES:
        return answer_xml.Offer(fields)
    return answer_xml.Offer(fields | {"integrityUrl": _url(token, "integrity")}, type="entityList")


def _form_url(token: str, form_id: str, version: str, page: str) -> str:
    return _url(token, f"forms/{quote(form_id, safe='')}/{quote(version, safe='')}/{page}")


def _url(token: str, page: str) -> str:
    base = _home().settings.endpoint.public_url or request.url_root
    return f"{base.rstrip('/')}/key/{quote(token, safe='')}/{page}"


def _html(title: str, *paragraphs: str, status: int = 200) -> Response:
    return Response(pages.page(title, *paragraphs), status, pages.HEADERS, content_type=pages.HTML)


def _xml(content: bytes, status: int = 200) -> Response:
    return Response(content, status, content_type=answer_xml.XML)
