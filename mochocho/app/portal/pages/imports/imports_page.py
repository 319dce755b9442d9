"""นำเข้าไฟล์: a filled-in file is handed in, what it would change is shown, and only then it is recorded."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, request
from sqlalchemy import select

from mochocho.app.asked_work import offered_files
from mochocho.app.asked_work.asked_works import Kind, Offer
from mochocho.app.asked_work.filled_kinds import KINDS, FilledKind
from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.packets.packets_page import begun
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from processing.chunks import batched
from processing.decisions import recorded, recorder
from processing.decisions.decision import Decision
from processing.decisions.office.filled_file import FilledFile
from processing.decisions.office.told import titles_of, what
from processing.scope import Permission
from processing.tables import ApplicantRow
from reports.explaining.line_tree import SCREEN
from reports.formats.file_names import safe
from reports.view.applicant_names import NO_NAME

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
LISTED = 500  # changes, and mistakes, on the page
AT_ONCE = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One decision that a file would have recorded: about whom, what, why, and what holds now."""

    name: str
    district: str
    becomes: str
    reason: str
    stands: str


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
    found, home = _known(kind), current_home()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(422, form_errors.at(kind, found.th, "ให้เลือกไฟล์ก่อน"))
    with reading(home.engine) as session:
        shown = recorded.last_number(session)
    name = offered_files.keep(home, sent.read(), ".xlsx")
    path = offered_files.path_of(home, name)
    try:
        filled = found.read(home, path, current_person().name)
    except MochochoError as error:
        path.unlink()
        return _page(422, form_errors.at(kind, found.th, error.th))
    if filled.mistakes:
        path.unlink()
        said = f"ไฟล์มีที่ผิด {len(filled.mistakes)} แห่ง ยังไม่ได้บันทึกอะไร"
        return _page(422, form_errors.at(kind, found.th, said), filled=filled)
    return _shown(found, filled, Offer(kind, name, shown))


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


def _shown(kind: FilledKind, filled: FilledFile, given: Offer) -> Response:
    home = current_home()
    with reading(home.engine) as session:
        changes = recorder.changes(session, filled.decisions, home.pack)
    return _page(
        filled=filled,
        offer=given,
        title=kind.th,
        count=len(changes),
        changes=_changes_shown(home, changes[:LISTED]),
    )


def _changes_shown(home: Home, changes: Sequence[tuple[Decision, Decision | None]]) -> list[ChangeShown]:
    people: dict[str, tuple[str, str]] = {}
    query = select(ApplicantRow.key, ApplicantRow.name, ApplicantRow.district)
    with reading(home.engine) as session:
        for chunk in batched({one.applicant_key for one, _ in changes}, AT_ONCE):
            rows = session.execute(query.where(ApplicantRow.key.in_(chunk)))
            people |= {key: (name, district) for key, name, district in rows}
    titles = titles_of(home.pack.standards)
    return [_change_shown(home, people, titles, one, before) for one, before in changes]


def _change_shown(
    home: Home,
    people: dict[str, tuple[str, str]],
    titles: Mapping[str, str],
    one: Decision,
    before: Decision | None,
) -> ChangeShown:
    name, code = people.get(one.applicant_key, ("", ""))
    district = home.province.district(code)
    return ChangeShown(
        SCREEN.text(name) or NO_NAME,
        district.name_th if district else "",
        SCREEN.text(what(one, titles)),
        SCREEN.text(one.reason),
        SCREEN.text(what(before, titles)) if before else "",
    )


def _known(kind: str) -> FilledKind:
    if kind not in KINDS:
        abort(404)
    return KINDS[kind]


def _page(status: int = 200, errors: FormErrors = form_errors.NONE, **values: object) -> Response:
    return render("imports/imports.html", status, kinds=KINDS, errors=errors, listed=LISTED, **values)


PAGE = Page(blueprint)
