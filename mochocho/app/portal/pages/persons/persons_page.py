"""A person's request about their data: where it stands, a copy of it, erasing it. Nothing before its row."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Response, request, send_file

from mochocho.app.access_chain import erasure_noted
from mochocho.app.backup import erased_file
from mochocho.app.erasing import erase_person
from mochocho.app.erasing.ledger_of_erasures import Receipt
from mochocho.app.erasing.receipt_told import lines
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.persons import person_archive
from mochocho.app.persons.found_places import Place, find
from mochocho.app.persons.gathered_data import gather
from mochocho.app.persons.place_words import BY, CERTAINTIES, kind_and_role
from mochocho.app.portal import asked_again, form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.files import private_dir
from mochocho.words.errors import MochochoError, Unfit
from mochocho.words.thai import normalise
from processing.persons.sought_person import Certainty, Sought, sought
from processing.scope import Permission
from reports.explaining.line_tree import SCREEN

blueprint = Blueprint("persons", __name__, url_prefix="/persons")
SHORTEST = 10  # letters of a reason
_FIELDS = {
    "key": ("key", "รหัสผู้สมัคร"),
    "national_id": ("national_id", "เลขประจำตัวประชาชน"),
    "name": ("name", "ชื่อและนามสกุล"),
    "telephone": ("telephone", "โทรศัพท์"),
}
_NOBODY = FormErrors(whole=("ไม่พบข้อมูลของบุคคลนี้ จึงไม่ได้ทำสิ่งใด",))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who asks, and why."""

    person: Sought
    reason: str


@blueprint.get("")
@needs(Permission.PERSONS)
def index() -> Response:
    """The form, from an applicant's page with their key in it."""
    return _page(typed=request.args)


@blueprint.post("/find")
@needs(Permission.PERSONS)
def search() -> Response:
    """Every place, and what may be done for the person."""
    wanted = _wanted()
    if isinstance(wanted, FormErrors):
        return _page(422, wanted)
    return _page(places=_logged_places(wanted))


@blueprint.post("/export")
@needs(Permission.PERSONS)
def export() -> Response:
    """The archive that is given to the person."""
    wanted, home = _wanted(), current_home()
    by = normalise(request.form.get("identified_by", ""))
    if isinstance(wanted, FormErrors):
        return _page(422, wanted)
    if not by:
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
    """What would go; with what was shown and the password again, it goes."""
    wanted, home = _wanted(), current_home()
    if isinstance(wanted, FormErrors):
        return _page(422, wanted)
    asked = Asked(current_person().name, wanted.reason, erasure_noted(access_log.person_here()))
    try:
        erase_person.refuse_serving(home, wanted.person)
        foreseen = erase_person.foreseen(home, wanted.person, asked)
        if foreseen is None:
            return _page(422, _NOBODY)
        seen = request.form.get("seen", "")
        if seen != _digest(foreseen):
            changed = ("สิ่งที่จะลบไม่เหมือนที่แสดงไว้ ให้ดูรายการใหม่แล้วกดอีกครั้ง",) if seen else ()
            return _page(409 if seen else 200, FormErrors(whole=changed), foreseen=foreseen)
        if errors := asked_again.refused("erase", with_code=True):
            return _page(422, errors, foreseen=foreseen)
        done = erase_person.erase(home, wanted.person, asked)
    except MochochoError as error:
        return _page(409, FormErrors(whole=tuple(error.th.splitlines())))
    assert done is not None  # noqa: S101 - it was foreseen
    noted = erased_file.noted_at_once(home)
    return render(
        "persons/erased.html",
        number=done.number,
        lines=[one.th for one in (*lines(done, done=True), *([noted] if noted else []))],
    )


def _page(
    status: int = 200,
    errors: FormErrors = form_errors.NONE,
    places: Sequence[Place] | None = None,
    foreseen: Receipt | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    return render(
        "persons/persons.html",
        status,
        errors=errors,
        typed=request.form if typed is None else typed,
        places=None if places is None else _told(places),
        count=len(places or ()),
        foreseen=[one.th for one in lines(foreseen, done=False)] if foreseen else [],
        seen=_digest(foreseen) if foreseen else "",
    )


def _wanted() -> Wanted | FormErrors:
    """Who is sought and why; what is wrong in it, each at its field."""
    form, errors = request.form, dict[str, FieldError]()
    given = {name: form.get(name, "") for name in _FIELDS}
    person = Sought()
    if any(map(normalise, given.values())):
        try:
            person = sought(**given)
        except Unfit as error:
            errors |= form_errors.of(error, _FIELDS).fields
    else:
        errors |= form_errors.at(*_FIELDS["name"], "ใส่อย่างน้อยหนึ่งอย่างที่บอกว่าเป็นผู้ใด").fields
    reason = normalise(form.get("reason", ""))
    if not SHORTEST <= len(reason) <= 500:
        said = f"ให้บอกเลขที่คำขอหรือเหตุผลอย่างน้อย {SHORTEST} ตัวอักษร"
        errors |= form_errors.at("reason", "เลขที่คำขอหรือเหตุผล", said).fields
    return FormErrors(errors) if errors else Wanted(person, reason)


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
    return kind_and_role(place).th, SCREEN.text(place.hit.written) or BY[place.hit.by].th, place.key


def _digest(foreseen: Receipt) -> str:
    """Of what is shown: when it would have begun says nothing of it."""
    content = [one.th for one in lines(foreseen, done=False)]
    return hashlib.sha256("\n".join([foreseen.about, *content]).encode()).hexdigest()


PAGE = Page(blueprint)
