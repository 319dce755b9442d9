"""A person's request about their data: where it stands, a copy of it. Nothing before its row."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Response, request, send_file, url_for

from mochocho.app.asked_work import asked_erasure
from mochocho.app.asked_work.asked_erasure import AskedErasure
from mochocho.app.asked_work.asked_works import Kind
from mochocho.app.persons import person_archive
from mochocho.app.persons.found_places import Place, find
from mochocho.app.persons.gathered_data import gather
from mochocho.app.persons.place_words import BY, CERTAINTIES, kind_and_role
from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.packets.packets_page import begin
from mochocho.app.portal.pages.persons import erasures_page
from mochocho.app.portal.pages.persons.wanted import Wanted, wanted_here
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.files import private_dir
from mochocho.words.days import moment
from mochocho.words.thai import normalise, says_something
from processing.persons.sought_person import Certainty
from processing.scope import Permission
from reports.explaining.line_tree import SCREEN

blueprint = Blueprint("persons", __name__, url_prefix="/persons")
_NOBODY = FormErrors(whole=("ไม่พบข้อมูลของบุคคลนี้ จึงไม่ได้ทำสิ่งใด",))


@blueprint.get("")
@needs(Permission.PERSONS)
def index() -> Response:
    """The form, from an applicant's page with their key in it."""
    return _page(typed=request.args)


@blueprint.post("/find")
@needs(Permission.PERSONS)
def search() -> Response:
    """Every place, and what may be done for the person."""
    wanted = wanted_here()
    if isinstance(wanted, FormErrors):
        return _page(422, wanted)
    return _page(places=_logged_places(wanted))


@blueprint.post("/export")
@needs(Permission.PERSONS)
def export() -> Response:
    """The archive that is given to the person."""
    wanted, home = wanted_here(), current_home()
    by = normalise(request.form.get("identified_by", ""))
    if isinstance(wanted, FormErrors):
        return _page(422, wanted)
    if not says_something(by):
        said = "ให้ใส่ชื่อเจ้าหน้าที่ที่ดูบัตรตัวจริงของผู้ขอ"
        return _page(422, form_errors.at("identified_by", "ผู้พิสูจน์ตัวผู้ขอ", said), _logged_places(wanted))
    found = gather(home, wanted.person)
    if not found.rows and not found.mentions:
        return _page(422, _NOBODY)
    for key in found.keys or ("",):
        access_log.note("person", key, f"{wanted.reason} ผู้พิสูจน์ตัว {by}")
    with tempfile.TemporaryDirectory(dir=private_dir(home.settings.cache_dir)) as folder:
        target = Path(folder) / "person.zip"
        person_archive.write(home, found, target, by, wanted.reason)
        content = target.read_bytes()
    name = "ข้อมูลส่วนบุคคล.zip"
    return send_file(BytesIO(content), "application/zip", as_attachment=True, download_name=name)


@blueprint.post("/erase")
@needs(Permission.PERSONS)
def erase() -> Response:
    """Have looked at what would go, which `erasures_page` shows."""
    wanted = wanted_here()
    if isinstance(wanted, FormErrors):
        return _page(422, wanted)
    asked = AskedErasure(wanted.person, wanted.reason, access_log.person_here())
    number, _ = begin(Kind.ERASURE_LOOK, asked_erasure.hand_over(current_home(), asked))
    return go_on(url_for("erasures.one", number=number))


def _page(
    status: int = 200,
    errors: FormErrors = form_errors.NONE,
    places: Sequence[Place] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    return render(
        "persons/persons.html",
        status,
        errors=errors,
        typed=request.form if typed is None else typed,
        places=None if places is None else _told(places),
        count=len(places or ()),
        left=erasures_page.left(),
        moment=moment,
    )


def _logged_places(wanted: Wanted) -> list[Place]:
    places = find(current_home(), wanted.person)
    for key in sorted({one.key for one in places if one.hit.certainty is not Certainty.NEAR}) or [""]:
        access_log.note("person", key, wanted.reason)
    return places


def _told(places: Sequence[Place]) -> list[tuple[str, list[tuple[str, str, str, int]]]]:
    """By certainty: (what and where, as what it is written, whose, how often)."""
    return [
        (CERTAINTIES[certainty].th, [(*said, count) for said, count in Counter(map(_where, some)).items()])
        for certainty, some in groupby(places, key=lambda one: one.hit.certainty)
    ]


def _where(place: Place) -> tuple[str, str, str]:
    return (
        kind_and_role(place.kind, place.path).th,
        SCREEN.text(place.hit.written) or BY[place.hit.by].th,
        place.key,
    )


PAGE = Page(blueprint)
