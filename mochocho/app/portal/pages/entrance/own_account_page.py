"""What everybody may change about their own account: the password, and whether keys press buttons."""

from flask import Blueprint, Response, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.signed_in import before_password, current_home, current_person, signed_in
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render, with_keys

blueprint = Blueprint("own_account", __name__)


@blueprint.get("/profile")
@signed_in
def profile() -> Response:
    return render("entrance/profile.html", districts=_districts())


@blueprint.get("/profile/password")
@before_password
def password() -> Response:
    return render("entrance/password.html", errors=form_errors.NONE)


@blueprint.post("/profile/password")
@before_password
def change_password() -> Response:
    """Another password; its owner signs in again."""
    before, after = request.form.get("before", ""), request.form.get("after", "")
    if after != request.form.get("again", ""):
        errors = form_errors.at("again", "รหัสผ่านใหม่อีกครั้ง", "รหัสผ่านใหม่สองช่องไม่ตรงกัน")
        return render("entrance/password.html", 400, errors=errors)
    if why := accounts.change_password(current_home(), current_person(), before, after):
        field = ("before", "รหัสผ่านเดิม") if why == accounts.WRONG_FORMER else ("after", "รหัสผ่านใหม่")
        return render("entrance/password.html", 400, errors=form_errors.at(*field, why))
    return go_on(url_for("entrance.show_form"), "เปลี่ยนรหัสผ่านแล้ว ให้เข้าสู่ระบบด้วยรหัสผ่านใหม่")


@blueprint.post("/profile/keys")
@signed_in
def change_keys() -> Response:
    """Single keys that press buttons, on or off in this browser: whoever speaks to it wants none."""
    on = request.form.get("keys") != "off"
    said = "เปิดปุ่มลัดแล้ว" if on else "ปิดปุ่มลัดแล้ว"
    return with_keys(go_on(url_for("own_account.profile"), said), on=on)


def _districts() -> list[str]:
    seen = current_person().districts
    return [one.name_th for one in current_home().province.districts if one.code in seen]


PAGE = Page(blueprint)
