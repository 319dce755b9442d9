"""การประชุม: the kept meetings, begun, changed by fields or by their workbook, by the commands' functions."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, request, url_for

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs
from mochocho.app.portal.pages.meetings.meeting_fields import FIELDS, changed, shown_in
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.excel.typed import Wrong, arabic
from mochocho.storage.db import reading, transaction
from mochocho.words import thai
from mochocho.words.errors import MochochoError
from mochocho.words.thai import normalise
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Meeting
from processing.meetings.named_meeting import district_of, shown
from processing.meetings.new_meeting import begun
from processing.scope import Permission

blueprint = Blueprint("meetings", __name__, url_prefix="/settings/meetings")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@needs(Permission.SETTINGS_SEEN)
def index() -> Response:
    """Every kept meeting, and where one is begun or handed in."""
    return _list()


@blueprint.post("")
@needs(Permission.SETTINGS_SEEN)
def begin() -> Response:
    """Begin a meeting; what is known of the committee is taken over."""
    home, number = current_home(), arabic(normalise(request.form.get("number", "")))
    try:
        named = request.form.get("district", "")
        where = district_of(home, named) if named else None
        with reading(home.engine) as session:
            made = begun(session, home.settings, number, where)
            if kept.meeting_of(session, made.key):
                return _list(422, [f"มีการประชุมครั้งที่ {number} แล้ว เปิดจากรายการเพื่อแก้"])
        if wrong := [one.said for one in meeting_files.mistakes_of(home, made)]:
            return _list(422, wrong)
        _keep(made, 0)
    except MochochoError as error:
        return _list(422, [error.th])
    return go_on(url_for("meetings.one", key=made.key), f"เริ่มการประชุมครั้งที่ {made.number} แล้ว")


@blueprint.post("/file")
@needs(Permission.SETTINGS_SEEN)
def hand_in() -> Response:
    """Keep the meeting of a filled-in workbook or YAML, or tell every mistake of it."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _list(422, ["ให้เลือกไฟล์ก่อน"])
    suffix = Path(sent.filename).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"meeting{suffix if suffix in meeting_files.YAML else '.xlsx'}"
        path.write_bytes(sent.read())
        try:
            done = meeting_files.import_file(current_home(), path, current_person().name)
        except MochochoError as error:
            return _list(409 if isinstance(error, kept.Overtaken) else 422, [error.th])
    if done.meeting is None:
        return _list(422, done.mistakes)
    access_log.note("meeting", done.meeting.key, f"รับไฟล์ เป็นฉบับที่ {done.version}")
    said = f"บันทึกการประชุมครั้งที่ {done.meeting.number} ฉบับที่ {done.version} แล้ว"
    return go_on(url_for("meetings.one", key=done.meeting.key), said)


@blueprint.get("/of/<path:key>")
@needs(Permission.SETTINGS_SEEN)
def one(key: str) -> Response:
    """One meeting with its fields."""
    return _form(_known(key))


@blueprint.post("/of/<path:key>")
@needs(Permission.SETTINGS_SEEN)
def save(key: str) -> Response:
    """Keep another version with these fields, or say what is wrong with them."""
    meeting, home = _known(key), current_home()
    try:
        new = changed(meeting, request.form)
    except Wrong as wrong:
        return _form(meeting, 422, [str(wrong)])
    if mistakes := meeting_files.mistakes_of(home, new):
        return _form(meeting, 422, [f"{one.heading}: {one.said}" for one in mistakes])
    version = request.form.get("version", "")
    try:
        _keep(new, int(version) if version.isascii() and version.isdecimal() else -1)
    except kept.Overtaken as error:
        return _form(meeting, 409, [error.th])
    return go_on(url_for("meetings.one", key=key), "บันทึกการประชุมแล้ว")


@blueprint.get("/workbook/<path:key>")
@needs(Permission.SETTINGS_SEEN)
def workbook(key: str) -> Response:
    """The meeting as a workbook to fill in."""
    meeting = _known(key)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.xlsx"
        meeting_files.export(current_home(), meeting, path)
        answer = make_response(path.read_bytes())
    answer.mimetype = _XLSX
    name = meeting.key.replace("/", "-").replace(":", "-")
    answer.headers["Content-Disposition"] = f'attachment; filename="meeting-{name}.xlsx"'
    return answer


def _keep(meeting: Meeting, based_on: int) -> None:
    with transaction(current_home().engine) as session:
        version = kept.keep(session, meeting, current_person().name, based_on=based_on)
    access_log.note("meeting", meeting.key, f"บันทึก เป็นฉบับที่ {version}")


def _list(status: int = 200, why: Sequence[str] = ()) -> Response:
    home = current_home()
    with reading(home.engine) as session:
        every = [(one, kept.version_of(session, one.key)) for one in kept.meetings(session)]
    return render(
        "meetings/meetings.html",
        status,
        every=[(one, shown(home, one), _day(one), version) for one, version in every],
        why=why,
        typed=request.form,
        districts=home.province.districts,
    )


def _form(meeting: Meeting, status: int = 200, why: Sequence[str] = ()) -> Response:
    home = current_home()
    with reading(home.engine) as session:
        versions = kept.history(session, meeting.key)
    stands = shown_in(meeting)
    typed = {name: request.form.get(name, value) for name, value in stands.items()}
    return render(
        "meetings/meeting.html",
        status,
        meeting=meeting,
        shown=shown(home, meeting),
        fields=FIELDS,
        typed=typed,
        now={name: value for name, value in stands.items() if status == 409 and typed[name] != value},
        versions=versions,
        why=why,
    )


def _day(meeting: Meeting) -> str:
    return thai.date_words(meeting.day, thai_digits=False) if meeting.day else ""


def _known(key: str) -> Meeting:
    with reading(current_home().engine) as session:
        found = kept.meeting_of(session, key)
    if found is None:
        abort(404)
    return found


PAGE = Page(blueprint)
