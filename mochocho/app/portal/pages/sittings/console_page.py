"""ประชุม: the console from which a committee's meeting is run, and the screen that is projected."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import (
    current_home,
    current_person,
    current_scope,
    needs,
    now,
    wants_fragment,
)
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.sittings import pressed
from mochocho.app.portal.pages.sittings.seen_meeting import known
from mochocho.app.portal.pages.sittings.shown_sitting import Shown, shown
from mochocho.app.portal.pages.sittings.turn_words import TURN_WORDS
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.excel.typed import Wrong
from mochocho.storage.db import reading, revision, transaction
from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.errors import BadInput
from processing.decisions.decision import resolution_of
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.office.told import LEVELS_TH
from processing.decisions.recorder import Overtaken, Refused
from processing.findings.entry import Audience
from processing.findings.saying import said as told_of
from processing.meetings import kept
from processing.meetings.day_plan import hour
from processing.meetings.meeting import Meeting
from processing.meetings.packet_meeting import committee_of
from processing.scope import Permission
from processing.sittings import kept_sittings
from processing.sittings.quorum import of_items
from processing.sittings.resolving import Said, resolve
from processing.sittings.sitting import Act, Sitting, What
from reports.view.letters.appointing_order import ROLES
from reports.view.printed_words import TYPE

_OF_UNIT = {
    "condition": "เงื่อนไข",
    "due": "วันครบกำหนด",
    "deferred_to": "เลื่อนไปครั้งที่",
    "reason": "เหตุผลของคณะกรรมการ",
}
blueprint = Blueprint("sittings", __name__, url_prefix="/sittings")


@blueprint.get("")
@needs(Permission.SCREENS)
def index() -> Response:
    """The meetings that this person sees: the province's, then by district, each committee's latest first."""
    with reading(current_home().engine) as session:
        latest_first = reversed(kept.meetings(session))
        states = kept_sittings.sittings(session)
    seen = [one for one in latest_first if current_scope().covers_district(one.district)]
    levels: dict[str, list[tuple[Meeting, str, Sitting, str]]] = {}
    for one in sorted(seen, key=lambda one: one.district):
        row = one, _whose(one), states.get(one.key, Sitting()), _day(one)
        levels.setdefault(LEVELS_TH[one.gate], []).append(row)
    return render("sittings/meetings.html", levels=levels)


@blueprint.get("/of/<path:key>")
@needs(Permission.MEETINGS)
def console(key: str) -> Response:
    """The console; a script that looks again is told in a few bytes that nothing changed."""
    return _looked_at(lambda: _console(known(key)))


@blueprint.get("/screen/<path:key>")
@needs(Permission.SCREENS)
def screen(key: str) -> Response:
    """What is projected: names and resolutions, scores only where an operator switched them on."""
    return _looked_at(lambda: _page("sittings/screen.html", known(key)))


@blueprint.post("/act/<path:key>")
@needs(Permission.MEETINGS)
def act(key: str) -> Response:
    """Record one act of the operator."""
    meeting = known(key)
    try:
        done = pressed.acts(_now(meeting), request.form, now())
        seen = int(request.form["seen"])
    except ValueError:
        abort(400)
    except Wrong as wrong:
        return _console(meeting, 422, _at_item([("resolved_at", str(wrong))]))
    if unsure := _unsure(meeting, done):
        return _console(meeting, 422, unsure=unsure)
    try:
        with transaction(current_home().engine) as session:
            kept_sittings.append(session, meeting, done, current_person().name, now(), seen=seen)
    except kept_sittings.NotNow as error:
        return _console(meeting, 422 if error.part else 409, _at_item([(error.part, error.th)]))
    except BadInput as error:
        return _console(meeting, 409, _whole(error.th))
    if done[-1].what is What.CLOSED:
        access_log.note("meeting", key, "ปิดประชุม")
    return go_on(url_for("sittings.console", key=key), _done(done[-1]))


@blueprint.post("/resolve/<path:key>")
@needs(Permission.MEETINGS)
def record(key: str) -> Response:
    """Record what was resolved about one unit, or about all that were confirmed at once."""
    meeting, home = known(key), current_home()
    before = _now(meeting)
    names = {row.unit.listed.key: row.unit.listed.name for row in before.rows if not row.own}
    try:
        said = pressed.said(request.form)
    except ValueError:
        abort(400)
    except Wrong as wrong:
        return _console(meeting, 422, _at_unit(before, [("due", str(wrong))]))
    if not said:
        abort(400)
    if before.current and not {one.key for one in said} <= names.keys():
        abort(404)
    try:
        with transaction(home.engine) as session:
            resolve(session, home.pack, meeting, committee_of(home, meeting), said, current_person().name)
    except Overtaken as error:
        return _console(meeting, 409, _whole(_overtaken(error, said[0], names)))
    except Refused as error:
        return _console(meeting, 422, _at_unit(before, [(one.part, one.said.th) for one in error.every]))
    except BadInput as error:
        return _console(meeting, 409, _whole(error.th))
    word = OUTCOMES[said[0].outcome]
    told = f"{names[said[0].key]}: {word}" if len(said) == 1 else f"{word} {len(said)} หน่วยงาน"
    return go_on(url_for("sittings.console", key=key), f"บันทึกมติแล้ว {told}")


@blueprint.after_request
def _with_clock(response: Response) -> Response:
    """The server's clock in milliseconds, from which every screen measures how far its own is off."""
    response.headers["X-Clock"] = str(_milliseconds())
    return response


def _console(
    meeting: Meeting, status: int = 200, errors: FormErrors = form_errors.NONE, unsure: str = ""
) -> Response:
    typed = request.form if status != 200 else {}
    return _page("sittings/console.html", meeting, status, errors=errors, unsure=unsure, typed=typed)


def _whole(said: str) -> FormErrors:
    return FormErrors(whole=(said,))


def _at_unit(before: Shown, refusals: Sequence[tuple[str, str]]) -> FormErrors:
    """What is wrong with a resolution, by part, at the fields of its unit's row."""
    places = {row.unit.listed.key: place for place, row in enumerate(before.rows)}
    field = f"u{places.get(request.form.get('unit', ''))}-{request.form.get('outcome')}"
    fields = {part: (f"{field}-{part}", words) for part, words in _OF_UNIT.items() if part in request.form}
    return form_errors.by_part(refusals, fields)


def _at_item(refusals: Sequence[tuple[str, str]]) -> FormErrors:
    """What is wrong with an act, by part; with an hour at its field, where it was sent with one."""
    field = f"i{request.form.get('about', '')}-resolved_at", "มีมติเวลา"
    return form_errors.by_part(refusals, {"resolved_at": field} if "resolved_at" in request.form else {})


def _page(template: str, meeting: Meeting, status: int = 200, **more: Any) -> Response:
    found = _now(meeting)
    last = found.sitting.last
    return render(
        template,
        status,
        shown=found,
        sitting=found.sitting,
        meeting=found.meeting,
        day=_day(meeting),
        clock_now=_milliseconds(),
        date_words=lambda day: thai.date_words(day, thai_digits=False),
        seen=lambda what, about="", unit="": last.get(Act(What(what), about, unit).matter, 0),
        hour=lambda minutes: hour(minutes).replace(":", "."),
        at=lambda moment: f"{moment.astimezone(THAILAND):%H.%M}",
        ms=lambda moment: round(moment.timestamp() * 1000),
        whose=_whose(meeting),
        words=TURN_WORDS[meeting.level],
        outcomes=OUTCOMES,
        types=TYPE,
        roles=ROLES,
        against=lambda finding: told_of(finding, Audience.COMMITTEE),
        quorums=of_items(found.meeting, found.sitting),
        items=[str(number) for number in range(1, meeting.agenda.items_count + 1)],
        **more,
    )


def _now(meeting: Meeting) -> Shown:
    home = current_home()
    with reading(home.engine) as session:
        return shown(home, session, meeting, current_scope(), now())


def _unsure(meeting: Meeting, done: Sequence[Act]) -> str:
    """What is to be confirmed before an item is closed; "" where nothing is, or it was."""
    if done[0].what is not What.ENDED or request.form.get("sure"):
        return ""
    waiting = len(_now(meeting).waiting)
    return f"ยังไม่มีมติ {waiting} หน่วยงาน เมื่อปิดวาระแล้วจะบันทึกมติจากหน้านี้ไม่ได้" if waiting else ""


def _overtaken(error: Overtaken, mine: Said, names: Mapping[str, str]) -> str:
    later, own = error.later, OUTCOMES[mine.outcome]
    theirs = OUTCOMES[resolution_of(later).outcome]
    told = f"{names[later.applicant_key]}: {later.recorded_by} บันทึกมติ{theirs}ไว้ก่อนแล้ว ท่านกด{own}"
    return f"{told} ซึ่งยังไม่ถูกบันทึก หากที่ประชุมมีมติตามที่ท่านกด ให้กดอีกครั้ง"


def _done(last: Act) -> str:
    return {What.CLOSED: "ปิดประชุมแล้ว เวลาและรายชื่อผู้มาประชุมอยู่ในรายงานการประชุมแล้ว"}.get(last.what, "บันทึกแล้ว")


def _looked_at(page: Callable[[], Response]) -> Response:
    """The page, or 304 where a script looks again and nothing was written since; times count in minutes.

    The mark is of before the page is read: what is written meanwhile is told at the next look.
    """
    number = revision(current_home().engine)
    mark = f"{number}-{_milliseconds() // 60_000}-{current_person().id}"
    if wants_fragment() and mark in request.if_none_match:
        return Response(status=304)
    response = page()
    response.set_etag(mark)
    return response


def _milliseconds() -> int:
    return round(now().timestamp() * 1000)


def _day(meeting: Meeting) -> str:
    return thai.date_words(meeting.day, thai_digits=False) if meeting.day else ""


def _whose(meeting: Meeting) -> str:
    """Before `ครั้งที่ 1/2568`: "อำเภอแม่จัน ", "" for the province's."""
    district = current_home().province.district(meeting.district)
    return f"อำเภอ{district.name_th} " if district else ""


PAGE = Page(blueprint, "ประชุม", "sittings.index", Permission.SCREENS)
