"""บัญชี: listed, made, given another role or password, signed out, closed; by the functions of the commands."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Response, abort, current_app, request, url_for

from mochocho.app.portal import asked_again, form_errors
from mochocho.app.portal.access import accounts, sessions
from mochocho.app.portal.access.access_log import person_here
from mochocho.app.portal.access.account_parts.account import Account
from mochocho.app.portal.access.account_parts.account_owner import owner
from mochocho.app.portal.access.account_parts.account_reach import Reach, end_of, last_day, reach_th
from mochocho.app.portal.access.roles import ROLES_TH, Role
from mochocho.app.portal.access.signed_in import current_home, current_person, needs, now
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, day_of
from mochocho.words import thai
from mochocho.words.days import moment
from mochocho.words.errors import MochochoError, Unfit
from mochocho.words.thai import normalise
from processing.scope import Permission

blueprint = Blueprint("accounts", __name__)
# The fields of an account by the parameters of `accounts.add`, with their words, in the order of the form.
_OWNER = {"name": ("name", "ชื่อ"), "login": ("login", "ชื่อบัญชี")}
_SUBJECT = {"subject": ("subject", "รหัสผู้ใช้")}
_REACH = {"role": "หน้าที่", "districts": "อำเภอที่เห็น", "applicants": "รหัสผู้สมัคร", "until": "วันหมดอายุ"}


@blueprint.get("/accounts")
@needs(Permission.ACCOUNTS)
def index() -> Response:
    return _list()


@blueprint.post("/accounts")
@needs(Permission.ACCOUNTS)
def add() -> Response:
    """Make an account and show its password, once."""
    home, form = current_home(), request.form
    asked = owner(form.get("login", ""), form.get("name", ""), form.get("subject", ""))
    reach, unread = _typed_reach()
    errors = _errors([*accounts.unfit(home, reach, asked), *unread], "new", asked_again.refused("new"))
    if errors or reach.role is None:
        return _list(422, errors)
    try:
        given = accounts.add(
            home,
            asked.login,
            asked.name,
            reach.role,
            reach.districts,
            applicants=reach.applicants,
            until=reach.until,
            subject=asked.subject,
            by=person_here(),
        )
    except MochochoError as error:
        return _list(422, _errors([error], "new"))
    made = next(one for one in accounts.every(home) if one.login == asked.login)
    return _given(made, given, f"สร้างบัญชี {asked.login} แล้ว")


@blueprint.get("/accounts/<int:number>")
@needs(Permission.ACCOUNTS)
def account(number: int) -> Response:
    return _one(_known(number))


@blueprint.post("/accounts/<int:number>/role")
@needs(Permission.ACCOUNTS)
def change_role(number: int) -> Response:
    """Another role, with whose matters it sees."""
    one = _known(number)
    reach, unread = _typed_reach()
    errors = _errors([*accounts.unfit(current_home(), reach), *unread], "one")
    if errors or reach.role is None:
        return _one(one, 422, errors)
    change = partial(
        accounts.change_role,
        current_home(),
        one.login,
        reach.role,
        reach.districts,
        applicants=reach.applicants,
        until=reach.until,
        by=person_here(),
    )
    return _changed(one, change, f"บันทึกหน้าที่ของ {one.name} แล้ว ต้องเข้าสู่ระบบใหม่")


@blueprint.post("/accounts/<int:number>/password")
@needs(Permission.ACCOUNTS)
def renew_password(number: int) -> Response:
    """A new password, shown once; an account that was closed is opened again, with a new second factor."""
    one = _known(number)
    if errors := asked_again.refused("renew"):
        return _one(one, 422, errors)
    renewed = accounts.reset if one.disabled else accounts.renew_password
    try:
        given = renewed(current_home(), one.login, person_here())
    except MochochoError as error:
        return _one(one, 422, FormErrors(whole=(error.th,)))
    return _given(one, given, f"เปิดบัญชีของ {one.name} แล้ว")


@blueprint.post("/accounts/<int:number>/second-factor")
@needs(Permission.ACCOUNTS)
def forget_second_factor(number: int) -> Response:
    """Let the second factor be set up again, as for a phone that was lost."""
    one = _known(number)
    if errors := asked_again.refused("factor"):
        return _one(one, 422, errors)
    return _changed(
        one,
        lambda: accounts.forget_second_factor(current_home(), one.login, person_here()),
        f"ล้างรหัสขั้นที่สองของ {one.name} แล้ว จะตั้งใหม่เมื่อเข้าสู่ระบบ",
    )


@blueprint.post("/accounts/<int:number>/sign-out")
@needs(Permission.ACCOUNTS)
def sign_out(number: int) -> Response:
    """End every session of the account."""
    one = _known(number)
    return _changed(
        one,
        lambda: accounts.sign_out(current_home(), one.login, person_here()),
        f"{one.name} ออกจากระบบทุกเครื่องแล้ว",
    )


@blueprint.post("/accounts/<int:number>/close")
@needs(Permission.ACCOUNTS)
def close(number: int) -> Response:
    """Let the account in no more."""
    one = _known(number)
    return _changed(
        one,
        lambda: accounts.disable(current_home(), one.login, person_here()),
        f"ปิดบัญชีของ {one.name} แล้ว สิ่งที่บันทึกไว้ยังอยู่",
    )


def _given(one: Account, password: str, said: str) -> Response:
    """The password, this once; or back where the account has none, since it signs in elsewhere."""
    if not password:
        return go_on(url_for("accounts.account", number=one.id), said)
    address = current_app.extensions["mochocho.origin"]() + url_for("entrance.show_form")
    return render("accounts/given.html", account=one, given=password, address=address)


def _changed(one: Account, change: Callable[[], None], said: str) -> Response:
    try:
        change()
    except MochochoError as error:
        return _one(one, 422, _errors([error], "one"))
    return go_on(url_for("accounts.account", number=one.id), said)


def _list(status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home = current_home()
    every = sorted(accounts.every(home), key=lambda one: (one.disabled, one.login))
    return render(
        "accounts/accounts.html",
        status,
        every=[(one, reach_th(home, one), _state(one)) for one in every],
        errors=errors,
        typed=request.form,
        chosen=request.form.getlist("district"),
        **_choices(),
    )


def _one(one: Account, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home, posted = current_home(), request.form if "role" in request.form else None
    opened = sessions.opened(home, one.id, now())
    until = thai.date_words(last_day(one.until), thai_digits=False) if one.until else ""
    stored = {"role": one.role.value, "until": until, "applicants": "\n".join(sorted(one.applicants))}
    return render(
        "accounts/account.html",
        status,
        account=one,
        own=one.id == current_person().id,
        state=_state(one),
        reach_th=reach_th(home, one),
        opened=len(opened),
        seen=moment(opened[0].seen_at) if opened else "",
        errors=errors,
        typed=posted or stored,
        chosen=posted.getlist("district") if posted else one.districts,
        **_choices(),
    )


def _errors(found: Sequence[MochochoError], form: str, asked: FormErrors = form_errors.NONE) -> FormErrors:
    """All of these at the fields of one of the forms, then what was asked again."""
    reach = {part: (f"{form}-{part}", words) for part, words in _REACH.items()}
    return form_errors.together(form_errors.of_all(found, _OWNER | reach | _SUBJECT), asked)


def _choices() -> dict[str, object]:
    home = current_home()
    return {"districts": home.province.districts, "roles": ROLES_TH}


def _state(one: Account) -> tuple[str, str]:
    """What stands beside an account, and how it is coloured."""
    if one.disabled:
        return "ปิดแล้ว", "no"
    if one.until is not None and one.until <= now():
        return "หมดอายุแล้ว", "no"
    return ("รอเปลี่ยนรหัสผ่าน", "warn") if one.must_change else ("ใช้งาน", "ok")


def _known(number: int) -> Account:
    found = next((one for one in accounts.every(current_home()) if one.id == number), None)
    if found is None:
        abort(404)
    return found


def _typed_reach() -> tuple[Reach, list[Unfit]]:
    """What is typed of whom an account sees, and what of it cannot be read."""
    form, unread = request.form, list[Unfit]()
    role = next((one for one in Role if one.value == form.get("role")), None)
    typed, until = normalise(form.get("until", "")), None
    try:
        until = end_of(day_of(Cell(typed))) if typed else None
    except Wrong as wrong:
        unread.append(Unfit(*wrong.said, part="until"))
    return Reach(role, form.getlist("district"), form.get("applicants", "").split(), until), unread


PAGE = Page(blueprint, "บัญชี", "accounts.index", Permission.ACCOUNTS)
