"""Erasing a person as work that can be left: what would go is shown, confirmed, and goes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.asked_work import asked_erasure, asked_works
from mochocho.app.asked_work.asked_erasure import AskedErasure, Confirmed
from mochocho.app.asked_work.asked_works import Kind, State, Work
from mochocho.app.erasing import run_erasure
from mochocho.app.erasing.receipt_told import digest_of, lines
from mochocho.app.erasing.whose.mentions import applicants_in
from mochocho.app.portal import asked_again, form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.access_log import person_here
from mochocho.app.portal.access.signed_in import current_home, needs, now, wants_fragment
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.packets.packets_page import begin
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.db import reading
from mochocho.words.days import moment
from processing.scope import Permission
from processing.tables import ApplicantRow

blueprint = Blueprint("erasures", __name__, url_prefix="/persons/erasures")
_KINDS = (Kind.ERASURE_LOOK, Kind.ERASURE)
_FOUND_AGAIN = 5  # pieces of work, the newest
_GONE = "ไม่พบสิ่งที่แสดงไว้แล้ว อาจมีผู้ยืนยันไปแล้ว ให้ดูการลบที่สั่งไว้ หรือค้นใหม่"
_CUT_OFF = "โปรแกรมที่ทำอยู่หยุดไปก่อนเสร็จ ให้ค้นและกดดูว่าจะลบอะไรอีกครั้ง การลบที่ค้างอยู่จะทำต่อจนจบก่อน"
_ANOTHER = "กำลังลบตามคำขออื่นอยู่ ยังไม่ได้ลบของคำขอนี้ ให้รอจนเสร็จแล้วค้นใหม่"
_CHANGED = "สิ่งที่จะลบไม่เหมือนที่แสดงไว้ ให้ดูรายการใหม่แล้วกดอีกครั้ง"


@blueprint.get("/<int:number>")
@needs(Permission.PERSONS)
def one(number: int) -> Response:
    """How far it is; then what would go, or what went."""
    return _page(_work(number))


@blueprint.post("/<int:number>")
@needs(Permission.PERSONS)
def confirm(number: int) -> Response:
    """Have erased what was shown, after the password again."""
    work = _work(number)
    found = asked_erasure.shown(current_home(), number)
    if found is None or found.receipt is None:
        return _page(work, 409, FormErrors(whole=(_GONE,)))
    seen = digest_of(found.receipt)
    if request.form.get("seen") != seen:
        return _page(work, 409, FormErrors(whole=(_CHANGED,)))
    if errors := asked_again.refused("erase", with_code=True):
        return _page(work, 422, errors)
    asked = Confirmed(number, seen, person_here()).written
    begun, new = begin(Kind.ERASURE, content=asked)
    if not new and _work(begun).content != asked:
        return _page(work, 409, FormErrors(whole=(_ANOTHER,)))
    return go_on(url_for("erasures.one", number=begun))


@blueprint.post("/<int:number>/parts")
@needs(Permission.PERSONS)
def choose(number: int) -> Response:
    """Have looked at what would go of the parts that are ticked."""
    work, home = _work(number), current_home()
    found = asked_erasure.shown(home, number)
    if found is None:
        return _page(work, 409, FormErrors(whole=(_GONE,)))
    only = [one.id for one in found.parts if one.id in request.form.getlist("only")]
    if not only:
        return _page(work, 422, form_errors.at("only", "ส่วนที่เป็นของบุคคลนี้", "ให้เลือกอย่างน้อยหนึ่งส่วน"))
    asked = replace(found.asked, by=person_here(), only=tuple(only))
    begun, _ = begin(Kind.ERASURE_LOOK, asked_erasure.hand_over(home, asked))
    return go_on(url_for("erasures.one", number=begun))


def left() -> Sequence[Work]:
    """The newest, for whoever left one."""
    with reading(current_home().engine) as session:
        return asked_works.of_kinds(session, now(), _KINDS, _FOUND_AGAIN)


def _work(number: int) -> Work:
    with reading(current_home().engine) as session:
        work = asked_works.numbered(session, number, now())
    if work is None or work.kind not in _KINDS:
        abort(404)
    return work


def _page(work: Work, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    response = render("persons/erasure.html", status, work=work, errors=errors, moment=moment, **_shown(work))
    if wants_fragment():
        response.add_etag()
        response.make_conditional(request)
    return response


def _shown(work: Work) -> dict[str, Any]:
    """What the work came to: of whom and what would go, the receipt of what went, or why neither."""
    if work.alive:
        return {}
    if work.kind is Kind.ERASURE and work.state is State.DONE:
        receipt = run_erasure.receipt(current_home(), int(work.content))
        return {"gone": [line.th for line in lines(receipt, done=True)]}
    said = _CUT_OFF if work.state is State.CUT_OFF else work.said
    found = asked_erasure.shown(current_home(), work.number)
    if found is None:
        return {"why": (_GONE if work.state is State.DONE else said).splitlines()}
    if found.receipt is None:
        for key in applicants_in(found.parts) or [""]:
            access_log.note("person", key, found.asked.reason)
        return {"asked": found.asked, "parts": found.parts, "ticked": request.form.getlist("only")}
    return {
        "why": said.splitlines() if work.state is not State.DONE else [],
        "asked": found.asked,
        "whose": _whose(found.asked),
        "foreseen": [line.th for line in lines(found.receipt, done=False)],
        "seen": digest_of(found.receipt),
    }


def _whose(asked: AskedErasure) -> str:
    """As whoever confirms knows them: the name, which is logged first where the key alone was given."""
    person = asked.person
    if person.name or not person.key:
        return person.name
    with reading(current_home().engine) as session:
        row = session.get(ApplicantRow, person.key)
        name = row.name if row else ""
    if name:
        access_log.note("person", person.key, asked.reason)
    return name or person.key


PAGE = Page(blueprint)
