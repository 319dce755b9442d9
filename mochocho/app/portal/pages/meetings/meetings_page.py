"""การประชุม: the kept meetings, begun, handed in as files, called off, by the commands' functions."""

import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, current_scope, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.meetings import typed_part
from mochocho.app.portal.pages.meetings.meeting_parts import parts_of
from mochocho.app.portal.pages.meetings.stored_meeting import Stands, as_typed, keep, known, seen_version
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.app.portal.sent_file import sent_file
from mochocho.excel.typed import arabic
from mochocho.storage.db import reading, transaction
from mochocho.words import thai
from mochocho.words.days import moment
from mochocho.words.errors import MochochoError
from mochocho.words.thai import normalise
from processing.annexes.attach_annex import TITLES
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Meeting
from processing.meetings.named_meeting import district_of, shown
from processing.meetings.new_meeting import begun
from processing.scope import Permission

blueprint = Blueprint("meetings", __name__, url_prefix="/settings/meetings")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@needs(Permission.MEETING_DATA)
def index() -> Response:
    """Every kept meeting that this person sees, and where one is begun or handed in."""
    return _list()


@blueprint.post("")
@needs(Permission.MEETING_DATA)
def begin() -> Response:
    """Begin a meeting; what is known of the committee is taken over."""
    home, number = current_home(), arabic(normalise(request.form.get("number", "")))
    try:
        named = request.form.get("district", "")
        where = district_of(home, named) if named else None
        if not current_scope().covers_district(where.code if where else ""):
            abort(404)
        with reading(home.engine) as session:
            made = begun(session, home.settings, number, where)
            if kept.meeting_of(session, made.key):
                said = f"มีการประชุมครั้งที่ {number} แล้ว เปิดจากรายการเพื่อแก้"
                return _list(422, form_errors.at("number", "ครั้งที่", said))
            version = kept.version_of(session, made.key)  # of one that was called off
        keep(made, version)
    except meeting_files.WrongMeeting as wrong:
        return _list(422, form_errors.at("number", "ครั้งที่", " ".join(one.said.th for one in wrong.parts)))
    except MochochoError as error:
        return _list(422, FormErrors(whole=(error.th,)))
    return go_on(url_for("meetings.one", key=made.key), f"เริ่มการประชุมครั้งที่ {made.number} แล้ว")


@blueprint.post("/file")
@needs(Permission.MEETING_DATA)
def hand_in() -> Response:
    """Keep the meeting of a filled-in workbook or YAML, or tell every mistake of it."""
    try:
        with sent_file() as path:
            if path is None:
                return _list(422, form_errors.at("sent", "ไฟล์", "ให้เลือกไฟล์ก่อน"))
            done = meeting_files.import_file(current_home(), path, current_person().name, current_scope())
    except MochochoError as error:
        status = 409 if isinstance(error, kept.Overtaken) else 422
        return _list(status, form_errors.at("sent", "ไฟล์", error.th))
    if done.meeting is None:
        return _list(422, FormErrors(whole=tuple(one.th for one in done.mistakes)))
    access_log.note("meeting", done.meeting.key, f"รับไฟล์ เป็นฉบับที่ {done.version}")
    said = f"บันทึกการประชุมครั้งที่ {done.meeting.number} ฉบับที่ {done.version} แล้ว"
    return go_on(url_for("meetings.one", key=done.meeting.key), said)


@blueprint.get("/of/<path:key>")
@needs(Permission.MEETING_DATA)
def one(key: str) -> Response:
    """One meeting: each part as it stands, its annexes and versions."""
    return overview(known(key))


@blueprint.post("/call-off/<path:key>")
@needs(Permission.MEETING_DATA)
def call_off(key: str) -> Response:
    """The meeting will not be held; its versions stay."""
    stands = known(key)
    try:
        with transaction(current_home().engine) as session:
            kept.call_off(session, stands.meeting, current_person().name, based_on=seen_version())
            access_log.note_beside(session, "meeting", key, "ยกเลิกการประชุม")
    except kept.Overtaken as error:
        said = f"{error.by} บันทึกการประชุมนี้ไว้ใหม่หลังจากที่ท่านเปิดดู ให้ดูค่าปัจจุบัน ถ้ายังยืนยันให้กดยกเลิกอีกครั้ง"
        return overview(known(key), 409, FormErrors(whole=(said,)))
    return go_on(url_for("meetings.index"), f"ยกเลิกการประชุมครั้งที่ {shown(current_home(), stands.meeting)} แล้ว")


@blueprint.get("/workbook/<path:key>")
@needs(Permission.MEETING_DATA)
def workbook(key: str) -> Response:
    """The meeting as a workbook to fill in."""
    meeting = known(key).meeting
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.xlsx"
        meeting_files.export(current_home(), meeting, path)
        answer = make_response(path.read_bytes())
    answer.mimetype = _XLSX
    name = meeting.key.replace("/", "-").replace(":", "-")
    answer.headers["Content-Disposition"] = f'attachment; filename="meeting-{name}.xlsx"'
    return answer


def overview(stands: Stands, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    """The page of one meeting, with what is wrong with what was sent from it."""
    meeting = stands.meeting
    typed = as_typed(meeting)
    return render(
        "meetings/meeting.html",
        status,
        meeting=meeting,
        shown=shown(current_home(), meeting),
        parts=[(one, typed_part.shown(one, typed)) for one in parts_of(meeting)],
        lines_of=typed_part.lines_of,
        annexes=[(number, title, _annex(meeting, number)) for number, title in TITLES.items()],
        versions=stands.versions,
        moment=moment,
        errors=errors,
        sent=request.form,
    )


def _annex(meeting: Meeting, number: int) -> object:
    return next((one for one in meeting.annexes if one.number == number), None)


def _list(status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home, sees = current_home(), current_scope().covers_district
    with reading(home.engine) as session:
        own = [one for one in kept.meetings(session) if sees(one.district)]
        every = [(one, kept.version_of(session, one.key)) for one in own]
    committees = {"": "จังหวัด"} | {one.code: f"อำเภอ{one.name_th}" for one in home.province.districts}
    return render(
        "meetings/meetings.html",
        status,
        every=[(one, shown(home, one), _day(one), version) for one, version in every],
        errors=errors,
        typed=request.form,
        districts={code: name for code, name in committees.items() if sees(code)},
    )


def _day(meeting: Meeting) -> str:
    return thai.date_words(meeting.day, thai_digits=False) if meeting.day else ""


PAGE = Page(blueprint)
