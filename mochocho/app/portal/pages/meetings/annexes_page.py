"""The annexes of a meeting: the office's own PDFs, bound into the packet as the command does it."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs, takes_files
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.meetings.meetings_page import overview
from mochocho.app.portal.pages.meetings.stored_meeting import Stands, known
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on
from mochocho.app.portal.sent_file import sent_file
from mochocho.words.errors import BadInput, Transient
from mochocho.words.thai import normalise
from processing.annexes import attach_annex
from processing.decoding import jobs
from processing.meetings import kept
from processing.meetings.meeting import Annex
from processing.scope import Permission

blueprint = Blueprint("annexes", __name__, url_prefix="/settings/meetings/annex")


@blueprint.post("/<int:number>/<path:key>")
@needs(Permission.MEETING_DATA)
@takes_files(jobs.ANNEX_BYTES)
def attach_file(number: int, key: str) -> Response:
    """Put a PDF in place of this annex, or give the one that is there another title."""
    stands, title = _shown(number, key), normalise(request.form.get("title", ""))
    by = current_person().name

    def done() -> None:
        with sent_file() as path:
            if path is not None:
                attach_annex.attach(
                    current_home(), stands.meeting, number, path, title, by, based_on=stands.version
                )
            elif _annex(stands, number) is not None:
                attach_annex.entitle(
                    current_home(), stands.meeting, number, title, by, based_on=stands.version
                )
            else:
                raise BadInput("annex.no_file", "ให้เลือกไฟล์ก่อน", "choose a file first")

    return _changed(stands, number, done, f"แนบ {number}", f"บันทึกแนบ {number} แล้ว")


@blueprint.post("/<int:number>/remove/<path:key>")
@needs(Permission.MEETING_DATA)
def detach_file(number: int, key: str) -> Response:
    """Take this annex out of the meeting."""
    stands = _shown(number, key)

    def done() -> None:
        by = current_person().name
        attach_annex.detach(current_home(), stands.meeting, number, by, based_on=stands.version)

    return _changed(stands, number, done, f"เอาแนบ {number} ออก", f"เอาแนบ {number} ออกแล้ว")


def _shown(number: int, key: str) -> Stands:
    """The meeting; answers 404 where it has no such place for an annex."""
    if number not in attach_annex.TITLES:
        abort(404)
    return known(key)


def _changed(stands: Stands, number: int, change: Callable[[], None], what: str, said: str) -> Response:
    annex = _annex(stands, number)
    if (annex.sha256 if annex else "") != request.form.get("seen", ""):
        return _overtaken(stands, number)
    try:
        change()
    except kept.Overtaken:
        return _overtaken(known(stands.meeting.key), number)
    except (BadInput, Transient) as error:
        return _refused(stands, number, 422, error.th)
    access_log.note("meeting", stands.meeting.key, what)
    return go_on(url_for("meetings.one", key=stands.meeting.key, _anchor="annexes"), said)


def _overtaken(stands: Stands, number: int) -> Response:
    annex = _annex(stands, number)
    there = f"ตอนนี้เป็น {annex.title} จำนวน {annex.pages} หน้า" if annex else "ตอนนี้ไม่มีแนบนี้"
    said = f"{stands.by or 'ผู้อื่น'} บันทึกไว้ใหม่หลังจากที่ท่านเปิดดู {there} ถ้ายังยืนยันให้ส่งอีกครั้ง"
    return _refused(stands, number, 409, said)


def _refused(stands: Stands, number: int, status: int, said: str) -> Response:
    errors: FormErrors = form_errors.at(f"annex-{number}", f"แนบ {number}", said)
    return overview(stands, status, errors)


def _annex(stands: Stands, number: int) -> Annex | None:
    return next((one for one in stands.meeting.annexes if one.number == number), None)


PAGE = Page(blueprint)
