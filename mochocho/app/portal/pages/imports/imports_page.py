"""นำเข้าไฟล์: a filled-in file is handed in, what it would change is shown, and only then it is recorded."""

import hashlib
import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, request

from mochocho.app.asked_work import offered_files
from mochocho.app.asked_work.asked_works import Kind, Offer
from mochocho.app.asked_work.filled_kinds import KINDS, FilledKind
from mochocho.app.asked_work.previews.preview import Preview
from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.imports import handed_in
from mochocho.app.portal.pages.packets.packets_page import begun
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.file_names import safe
from mochocho.words.errors import MochochoError
from processing.scope import Permission

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@needs(Permission.LONG_WORK)
def index() -> Response:
    """What may be handed in, with the files to fill in."""
    return _page()


@blueprint.get("/blank/<kind>/<name>")
@needs(Permission.LONG_WORK)
def blank(kind: str, name: str) -> Response:
    """A file to fill in, logged before it goes: it names applicants."""
    write = _known(kind).blanks.get(name)
    if write is None:
        abort(404)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        write(current_home(), path)
        content = path.read_bytes()
    access_log.note("export", hashlib.sha256(content).hexdigest(), name)
    answer = make_response(content)
    answer.mimetype = _XLSX
    answer.headers.set("Content-Disposition", "attachment", filename=f"{safe(name)}.xlsx")
    return answer


@blueprint.post("/<kind>")
@needs(Permission.LONG_WORK)
def offer(kind: str) -> Response:
    """Every mistake of a file, or what it would change; nothing is recorded yet."""
    _known(kind)
    looked = handed_in.look(kind, "imports.looked_at")
    return looked if isinstance(looked, Response) else _shown(kind, *looked)


@blueprint.get("/looked/<int:number>")
@needs(Permission.LONG_WORK)
def looked_at(number: int) -> Response:
    """How far the look at a long file is; then what it would change."""
    work, offered = handed_in.work_of(number, KINDS)
    return (
        handed_in.waits(work, "imports.index")
        if work.alive
        else _shown(offered.kind, handed_in.found(work), offered.shown)
    )


@blueprint.post("/<kind>/take")
@needs(Permission.LONG_WORK)
def take(kind: str) -> Response:
    """Have recorded what was shown, if nobody decided any of it since."""
    found, form = _known(kind), request.form
    shown = form.get("shown", type=int)
    try:
        path = offered_files.path_of(current_home(), form.get("offered", ""))
    except MochochoError as error:
        return _page(422, form_errors.at(kind, found.th, error.th))
    if shown is None:
        abort(404)
    return begun(Kind.IMPORT, str(Offer(kind, path.name, shown)))


def _shown(kind: str, found: Preview, shown: int) -> Response:
    errors = handed_in.errors(found, kind, KINDS[kind].th)
    return _page(422 if errors else 200, errors, found=found, kind=kind, shown=shown)


def _known(kind: str) -> FilledKind:
    if kind not in KINDS:
        abort(404)
    return KINDS[kind]


def _page(status: int = 200, errors: FormErrors = form_errors.NONE, **values: object) -> Response:
    return render(
        "imports/imports.html", status, kinds=KINDS, errors=errors, left=handed_in.left(KINDS), **values
    )


PAGE = Page(blueprint)
