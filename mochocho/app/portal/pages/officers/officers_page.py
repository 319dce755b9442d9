"""เจ้าหน้าที่: officers of the scope; added, moved, given a new code, revoked."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import asked_again, form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_scope, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.app.publishing import officer_codes
from mochocho.app.publishing.officer_codes import Way
from mochocho.app.publishing.show_officers import (
    ADDED,
    RENEWED,
    REVOKED,
    Account,
    doubts,
    move_officer,
    moved_to,
    register_officer,
    renewed_way,
    revoke_officer,
    unfit_officer,
    unfit_sharing,
)
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Unfit
from mochocho.words.places import District
from mochocho.words.thai import normalise
from processing.scope import Permission
from sync import officers
from sync.officers import Officer
from sync.openrosa import qr
from sync.targets import servers_of

blueprint = Blueprint("officers", __name__)
SHOWN_SECONDS = 60
_ACCOUNT = "บัญชี KoboToolbox"
_SERVER = "ส่งข้อมูลไปที่"
_DISTRICTS = "อำเภอที่รับผิดชอบ"
_NEW = {
    "name": ("name", "ชื่อและนามสกุล"),
    "districts": ("new-districts", _DISTRICTS),
    "server": ("new-server", _SERVER),
    "account": ("new-account", _ACCOUNT),
}
_RENEWED = {"server": ("renew-server", _SERVER), "account": ("renew-account", _ACCOUNT)}
_MOVED = {"districts": ("move-districts", _DISTRICTS)}


@blueprint.get("/officers")
@needs(Permission.OFFICERS)
def index() -> Response:
    return _list()


@blueprint.post("/officers")
@needs(Permission.OFFICERS)
def add() -> Response:
    """Register an officer and show the code, once."""
    name, wanted, home = normalise(request.form.get("name", "")), _wanted(), current_home()
    found = unfit_officer(home, name, wanted, _server(), _account())
    errors = form_errors.together(
        form_errors.of_all([*found, *_unlike_another(name, wanted)], _NEW), asked_again.refused("new")
    )
    if errors:
        return _list(422, errors)
    access_log.note("officer", name, ADDED)
    return _code(
        lambda: register_officer(home, name, wanted, _server(), _account()),
        lambda error: _list(422, form_errors.of(error, _NEW)),
    )


@blueprint.get("/officers/<int:number>")
@needs(Permission.OFFICERS)
def officer(number: int) -> Response:
    return _one(_known(number))


@blueprint.post("/officers/<int:number>/renew")
@needs(Permission.OFFICERS)
def renew(number: int) -> Response:
    """Show a new code, once; the former one ends."""
    one, home = _changeable(number), current_home()
    found = unfit_sharing(home, _server(), _account())
    errors = form_errors.together(form_errors.of_all(list(found), _RENEWED), asked_again.refused("renew"))
    if errors:
        return _one(one, 422, errors)
    access_log.note("officer", f"เลขที่ {number}", RENEWED)
    return _code(
        lambda: renewed_way(home, number, _server(), _account()),
        lambda error: _one(one, 422, form_errors.of(error, _RENEWED)),
    )


@blueprint.post("/officers/<int:number>/move")
@needs(Permission.OFFICERS)
def move(number: int) -> Response:
    """Give an officer other districts."""
    one = _changeable(number)
    home, wanted = current_home(), _wanted()
    access_log.note("officer", f"เลขที่ {number}", moved_to(home, wanted))
    try:
        names = move_officer(home, number, wanted)
    except MochochoError as error:
        return _one(one, 422, form_errors.of(error, _MOVED))
    return go_on(url_for("officers.officer", number=number), f"{one.name} รับผิดชอบอำเภอ {names} แล้ว")


@blueprint.post("/officers/<int:number>/revoke")
@needs(Permission.OFFICERS)
def revoke(number: int) -> Response:
    """End an officer's access everywhere."""
    one = _changeable(number)
    access_log.note("officer", f"เลขที่ {number}", REVOKED)
    try:
        revoke_officer(current_home(), number)
    except MochochoError as error:
        return _one(_known(number), 422, FormErrors(whole=(error.th,)))
    return go_on(url_for("officers.index"), f"ยกเลิกรหัสเข้าใช้ของ {one.name} แล้ว สิ่งที่ส่งมาแล้วยังอยู่")


def _code(made: Callable[[], tuple[Officer, Way]], again: Callable[[MochochoError], Response]) -> Response:
    home = current_home()
    try:
        one, way = made()
        picture = b64encode(qr.png(officer_codes.content(home, way))).decode()
        said = [doubt.th for doubt in doubts(home, _server())]
    except MochochoError as error:
        return again(error)
    return render(
        "officers/code.html", officer=one, picture=picture, seconds=SHOWN_SECONDS, doubts=said, way=way
    )


def _list(status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home = current_home()
    every = sorted((one for one in officers.listing(home) if _seen(one)), key=_order)
    return render(
        "officers/officers.html",
        status,
        every=every,
        errors=errors,
        typed=request.form,
        **_choices(home),
    )


def _one(one: Officer, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home = current_home()
    return render(
        "officers/officer.html",
        status,
        officer=one,
        changeable=_within(one),
        wanted=request.form.getlist("district") if _MOVED["districts"][0] in errors.fields else one.districts,
        errors=errors,
        on=servers_of(home).get(one.id, ()),
        **_choices(home),
    )


def _choices(home: Home) -> dict[str, object]:
    """What forms offer: the districts of the scope, and the servers of the settings."""
    return {
        "districts": [one for one in home.province.districts if current_scope().covers_district(one.code)],
        "servers": home.settings.servers,
        "named": lambda codes: _names(home.province.districts, codes),
    }


def _names(districts: Sequence[District], codes: Sequence[str]) -> str:
    return " ".join(one.name_th for one in districts if one.code in codes)


def _order(one: Officer) -> tuple[bool, tuple[str, ...], int]:
    return one.revoked_at is not None, one.districts, one.id


def _seen(one: Officer) -> bool:
    return any(map(current_scope().covers_district, one.districts))


def _within(one: Officer) -> bool:
    """Whether an officer works nowhere else: whoever changes one must see all of it."""
    return all(map(current_scope().covers_district, one.districts))


def _known(number: int) -> Officer:
    found = next((one for one in officers.listing(current_home()) if one.id == number), None)
    if found is None or not _seen(found):
        abort(404)
    return found


def _changeable(number: int) -> Officer:
    one = _known(number)
    if not _within(one):
        abort(403, "เจ้าหน้าที่คนนี้รับผิดชอบอำเภออื่นด้วย ให้เจ้าหน้าที่จังหวัดเป็นผู้เปลี่ยน")
    return one


def _wanted() -> list[str]:
    codes = request.form.getlist("district")
    if not all(map(current_scope().covers_district, codes)):
        abort(404)
    return codes


def _server() -> str | None:
    return request.form.get("server") or None


def _account() -> Account | None:
    name = normalise(request.form.get("account", ""))
    return Account(name) if name else None


def _unlike_another(name: str, districts: Sequence[str]) -> Iterator[Unfit]:
    """A form that is sent twice, or an officer who lost the code, is no second officer."""
    for one in officers.listing(current_home()):
        if one.revoked_at is None and one.name == name and {*one.districts} & {*districts}:
            yield Unfit(
                f"มีเจ้าหน้าที่ชื่อ {name} ในอำเภอนี้แล้ว (เลขที่ {one.id}) ถ้าต้องการคิวอาร์โค้ดใหม่ ให้เปิดชื่อนั้นแล้วออกรหัสใหม่",
                f"officer {one.id} is called {name} in this district already",
                part="name",
            )


PAGE = Page(blueprint, "เจ้าหน้าที่", "officers.index", Permission.OFFICERS)
