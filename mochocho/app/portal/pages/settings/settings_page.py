"""ตั้งค่า: what stands in mochocho.toml, part by part; written by an administrator, whole or not at all."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for

from mochocho.app import access_chain
from mochocho.app.doctor import settings_checks
from mochocho.app.portal import followed_settings
from mochocho.app.portal.access.access_log import person_here
from mochocho.app.portal.access.signed_in import current_home, needs, now
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.settings import typed_settings
from mochocho.app.portal.pages.settings.settings_fields import (
    ASSESSORS,
    COMMITTEES_TH,
    PARTS,
    ROLES_TH,
    Field,
    Part,
)
from mochocho.app.portal.pages.settings.settings_told import placed, told
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.settings.config import Fault, Settings, variable_of
from mochocho.settings.settings_edit import Place
from mochocho.storage import settings_kept
from mochocho.storage.db import transaction
from mochocho.storage.settings_kept import Read, SettingsOvertakenError, SettingsRefusedError
from mochocho.words.errors import MochochoError, Terminal
from mochocho.words.sentences import Sentence
from processing.scope import Permission

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
MORE_ROWS = 4  # of assessors, to be filled in
_LOOKED_AT: Mapping[str, tuple[Place, ...]] = {  # by the checks of the doctor
    "standards": (("pack",),),
    "province": (("province",), ("presentation_order",)),
}
_SAVED = "บันทึกการตั้งค่าแล้ว พอร์ทัลใช้ทันที โปรแกรมอื่นที่เปิดอยู่ใช้เมื่อเริ่มใหม่"


@blueprint.get("")
@needs(Permission.SETTINGS_SEEN)
def index() -> Response:
    """Every part as it holds, what is to be considered, and what only the machine's file can change."""
    home = current_home()
    stands = _read()
    checks = [one for one in settings_checks.examine(home.settings) if one.state != "ok"]
    return render(
        "settings/settings.html",
        parts=[(part, _lines(part, stands.values)) for part in PARTS],
        pack=home.pack,
        checks=checks,
        unread=current_app.extensions[followed_settings.UNREAD],
        file=home.settings.file,
        settings=home.settings,
    )


@blueprint.get("/<key>")
@needs(Permission.SETTINGS)
def part(key: str) -> Response:
    """The form of one part, as the file stands."""
    one, stands = _known(key), _read()
    typed = {field.name: typed_settings.shown(field, stands.values) for field in one.fields}
    return _form(one, stands, typed, typed_settings.rows_shown(stands.values))


@blueprint.post("/<key>")
@needs(Permission.SETTINGS)
def save(key: str) -> Response:
    """Write what was changed, or say at its field what is wrong; nothing is written by half."""
    one, stands, form = _known(key), _read(), request.form
    rows = list(typed_settings.typed_rows(form)) if one.rows else []
    if stands.sha256 != form.get("seen", ""):
        return _form(one, stands, form, rows, 409, why=SettingsOvertakenError(stands).th)
    changes = typed_settings.changes(one, form, stands.values)
    if not changes:
        return go_on(url_for("settings.index"), "ไม่มีอะไรเปลี่ยน")
    if fixed := settings_kept.from_variables(changes):
        faults = tuple(Fault(place, _of_variable(variable)) for place, variable in fixed.items())
        return _form(one, stands, form, rows, 422, faults=faults)
    try:
        _write(one, stands, changes)
    except SettingsOvertakenError as error:
        return _form(one, error.now, form, rows, 409, why=error.th)
    except SettingsRefusedError as error:
        return _form(one, stands, form, rows, 422, faults=error.faults)
    except MochochoError as error:
        return _form(one, stands, form, rows, 422, why=error.th)
    return go_on(url_for("settings.index"), _SAVED)


def _write(one: Part, stands: Read, changes: Mapping[Place, Any]) -> None:
    home, words = current_home(), told(changes, stands.values)
    with transaction(home.engine, counted=False) as session:
        access_chain.append(session, person_here(), "settings", one.title, words, now())
        session.flush()  # written before the file is; taken back where the file cannot be
        settings_kept.change(
            settings_file(), changes, stands.sha256, lambda settings: _make_sense(settings, changes)
        )


def _make_sense(settings: Settings, changes: Collection[Place]) -> None:
    """Raises SettingsRefusedError where the doctor finds something that fails and did not fail before, at the
    setting that was changed.
    """
    known = {one.found.th for one in settings_checks.examine(current_home().settings) if one.state == "fail"}
    found = [one for one in settings_checks.examine(settings) if one.state == "fail"]
    new = [one for one in found if one.found.th not in known]
    if new:
        raise SettingsRefusedError(tuple(Fault(_changed(one.name, changes), one.found) for one in new))


def _changed(check: str, changes: Collection[Place]) -> Place:
    """Of the settings that a check looks at, the one that is being changed; () where it is none of them."""
    return next((place for place in _LOOKED_AT.get(check, ()) if place in changes), ())


def _form(
    one: Part,
    stands: Read,
    typed: Mapping[str, str],
    rows: list[dict[str, str]],
    status: int = 200,
    *,
    why: str = "",
    faults: tuple[Fault, ...] = (),
) -> Response:
    fixed = {field.name: variable for field in one.fields if (variable := variable_of(field.place))}
    if one.rows and (variable := variable_of(ASSESSORS)):
        fixed["rows"] = variable
    return render(
        "settings/part.html",
        status,
        part=one,
        seen=stands.sha256,
        typed={field.name: _typed(field, typed, stands.values) for field in one.fields},
        now=_differing(one, typed, stands.values) if status == 409 else {},
        rows=[*rows, *([_NOBODY] * MORE_ROWS)] if one.rows else [],
        committees=COMMITTEES_TH,
        roles=ROLES_TH,
        fixed=fixed,
        errors=FormErrors(whole=(why,)) if why else placed(one, faults),
    )


_NOBODY = {"name": "", "districts": "", "committee": "district", "role": "member"}


def _typed(field: Field, typed: Mapping[str, str], values: Mapping[str, Any]) -> str:
    return typed.get(field.name, typed_settings.shown(field, values))


def _differing(one: Part, typed: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the file now, of the fields in which something else was typed."""
    found = {field.name: typed_settings.shown(field, values) for field in one.fields}
    return {name: value for name, value in found.items() if typed.get(name, value).strip() != value}


def _lines(one: Part, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = [(field, typed_settings.shown(field, values)) for field in one.fields]
    lines = [(field.th, field.choices.get(value, value)) for field, value in said if value]
    if one.rows:
        lines.append(("กรรมการผู้ประเมิน", f"{len(typed_settings.rows_shown(values))} คน"))
    return lines


def _known(key: str) -> Part:
    found = next((one for one in PARTS if one.key == key), None)
    if found is None:
        abort(404)
    return found


def _read() -> Read:
    file = current_home().settings.file
    return settings_kept.read(file) if file else Read({}, "")


def settings_file() -> Path:
    """The file that this portal changes. Raises Terminal where it was opened without one."""
    file = current_home().settings.file
    if file is None:
        raise Terminal(
            "พอร์ทัลนี้เปิดโดยไม่มีไฟล์การตั้งค่า จึงเปลี่ยนที่นี่ไม่ได้", "this portal was opened without a settings file"
        )
    return file


def _of_variable(variable: str) -> Sentence:
    return Sentence(
        f"ค่านี้มาจากตัวแปร {variable} ของเครื่อง เปลี่ยนที่นี่ไม่ได้",
        f"this comes from the variable {variable} and cannot be changed here",
    )


PAGE = Page(blueprint, "ตั้งค่า", "settings.index", Permission.SETTINGS_SEEN)
