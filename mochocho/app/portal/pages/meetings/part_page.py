"""One part of a meeting as a form: what was typed is kept, or refused at its fields."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import current_home, needs
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.pages.meetings import typed_part
from mochocho.app.portal.pages.meetings.meeting_parts import Part, parts_of
from mochocho.app.portal.pages.meetings.stored_meeting import Stands, as_typed, keep, known, seen_version
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.words.errors import Transient
from mochocho.words.thai import NOTHING_SAID, normalise, says_something
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.files.typed_meeting import TypedMeeting, read
from processing.meetings.named_meeting import shown
from processing.scope import Permission

blueprint = Blueprint("meeting_part", __name__, url_prefix="/settings/meetings/part")
_NO_REASON = FieldError("เหตุผลที่แก้", NOTHING_SAID.th)
_SINCE = "{} บันทึกส่วนนี้ไว้ใหม่หลังจากที่ท่านเปิดดู สิ่งที่พิมพ์ไว้ยังอยู่ครบ ให้ดูค่าที่บันทึกไว้ตอนนี้ ถ้ายืนยันตามที่พิมพ์ให้กดบันทึกอีกครั้ง"


@blueprint.get("/<part>/<path:key>")
@needs(Permission.MEETING_DATA)
def part(part: str, key: str) -> Response:
    """The form of one part."""
    found = known(key)
    return _form(_part(part, found), found, as_typed(found.meeting))


@blueprint.post("/<part>/<path:key>")
@needs(Permission.MEETING_DATA)
def save(part: str, key: str) -> Response:
    """Keep another version with this part as it was typed, or say at its fields what is wrong."""
    stands = known(key)
    form, reason = _part(part, stands), normalise(request.form.get("reason", ""))
    typed = typed_part.typed(form, request.form, as_typed(stands.meeting))
    back = url_for("meetings.one", key=key)
    if typed_part.same(form, typed, as_typed(stands.meeting)):
        return go_on(back, "ไม่มีอะไรเปลี่ยน")
    if _changed_since(form, stands):
        return _form(form, stands, typed, 409)
    new = read(typed, meeting_files.districts_of(current_home()))
    mistakes = typed.mistakes if new is None else meeting_files.wrong_parts(current_home(), new)
    errors = typed_part.errors(form, mistakes)
    if form.held and not says_something(reason):
        errors = replace(errors, fields={**errors.fields, "reason": _NO_REASON})
    if new is None or errors:
        return _form(form, stands, typed, 422, errors)
    try:
        keep(new, stands.version, form.title, reason)
    except kept.Overtaken:
        return _form(form, known(key), typed, 409)
    except Transient as error:
        return _form(form, stands, typed, 503, FormErrors(whole=(error.th,)))
    return go_on(back, f"บันทึก{form.title}แล้ว")


def _changed_since(part: Part, stands: Stands) -> bool:
    """Whether somebody kept this very part anew since the version from which its form was made."""
    seen = seen_version()
    if seen == stands.version:
        return False
    before = next((one.meeting for one in stands.versions if one.version == seen), None)
    return before is None or not typed_part.same(part, as_typed(before), as_typed(stands.meeting))


def _form(
    part: Part,
    stands: Stands,
    typed: TypedMeeting,
    status: int = 200,
    errors: FormErrors = form_errors.NONE,
) -> Response:
    form = typed_part.shown(part, typed)
    now: Mapping[str, str] = {}
    lists_now: Mapping[str, list[str]] = {}
    if status == 409:
        errors = FormErrors(whole=(_SINCE.format(stands.by or "ผู้อื่น"),))
        held = typed_part.shown(part, as_typed(stands.meeting))
        now = {name: value for name, value in held.values.items() if form.values[name] != value}
        pairs = zip(held.listings, form.listings, strict=True)
        lists_now = {one.part: typed_part.lines_of(one) for one, other in pairs if one != other}
    return render(
        "meetings/meeting_part.html",
        status,
        meeting=stands.meeting,
        shown=shown(current_home(), stands.meeting),
        part=part,
        form=form,
        reason=request.form.get("reason", ""),
        version=stands.version,
        errors=errors,
        now=now,
        lists_now=lists_now,
    )


def _part(key: str, stands: Stands) -> Part:
    found = next((one for one in parts_of(stands.meeting) if one.key == key), None)
    if found is None:
        abort(404)
    return found


PAGE = Page(blueprint)
