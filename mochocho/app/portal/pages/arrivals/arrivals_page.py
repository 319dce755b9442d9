"""What comes in and cannot go on by itself. It is decided by the functions that the commands call."""

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import (
    current_home,
    current_person,
    current_scope,
    needs,
    now,
)
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.app.status import source_ages
from mochocho.app.status.status_figures import held_forms
from mochocho.app.terminal.ages import age
from mochocho.storage.db import reading
from mochocho.words.thai import normalise
from processing.decisions import recorder
from processing.decisions.decision import Decision, Ground, Kind, Merged
from processing.findings.value_words import known_as
from processing.likeness import open_questions
from processing.register import matching, register_forms
from processing.register.within_scope import sees_applicant
from processing.scope import Permission
from processing.standings.standing_list import Waits, waiting_keys
from reports.explaining.explained_case import FORMS
from reports.explaining.line_tree import SCREEN
from reports.view.printed_words import TYPE
from sync.mirror import queries

blueprint = Blueprint("arrivals", __name__, url_prefix="/arrivals")
AT_ONCE = 10  # pairs on the page
FORMS_AT_ONCE = 5  # to be matched: each is compared with every name of its district
LONGEST = 200


@blueprint.get("")
@needs(Permission.ARRIVALS)
def index() -> Response:
    """Sources, held forms, and what a person has to say of them."""
    return _page()


def _page(status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    home, scope, at = current_home(), current_scope(), now()
    decides = Permission.DOCUMENTS in scope.may
    with reading(home.engine) as session:
        sources = source_ages.look(home, session, at)
        held = [one for one in held_forms(session) if one.code != matching.UNMATCHED]
        missing = queries.missing_files(session, register_forms.FORMS)
        roots = matching.waiting_roots(session)
        twice = waiting_keys(session, Waits.TOLD_APART, scope) if decides else []
        pairs = open_questions.about(session, twice[: 2 * AT_ONCE])
    return render(
        "arrivals/arrivals.html",
        status,
        errors=errors,
        reason=request.form.get("reason", ""),
        sources=[(one, f"{age(one.last, at).th}ที่แล้ว" if one.last else "ยังไม่เคย") for one in sources],
        held=[(one, f"{age(one.since, at).th}" if one.since else "") for one in held],
        missing=missing,
        roots=len(roots),
        unmatched=matching.unmatched(home, roots[:FORMS_AT_ONCE]) if decides else [],
        pairs=pairs[:AT_ONCE],
        twice=len(twice),
        decides=decides,
        one_id=Ground.NATIONAL_ID,
        forms=FORMS,
        types=TYPE,
        districts={district.code: district.name_th for district in home.province.districts},
        text=SCREEN.text,
        known_as=known_as,
    )


@blueprint.post("/match")
@needs(Permission.DOCUMENTS)
def match() -> Response:
    """Whom a form is about that names its applicant by a typed name."""
    root, key = _asked("form"), _seen("key")
    new = matching.record(current_home(), root, key, current_person().name)
    return go_on(url_for("arrivals.index"), "จับคู่แล้ว" if new else "จับคู่ไว้อย่างนี้อยู่แล้ว")


@blueprint.post("/apart")
@needs(Permission.DOCUMENTS)
def apart() -> Response:
    """That two applicants are not the same."""
    one, other, person = _seen("one"), _seen("other"), current_person().name
    try:
        new = open_questions.answer_distinct(current_home(), one, other, _asked("reason"), person)
    except recorder.Refused as refused:
        return _page(422, _at_reason(refused, one, other))
    return go_on(url_for("arrivals.index"), "บันทึกว่าไม่ใช่รายเดียวกันแล้ว" if new else "บันทึกไว้อย่างนี้อยู่แล้ว")


@blueprint.post("/merge")
@needs(Permission.DOCUMENTS)
def merge() -> Response:
    """That the forms of one applicant count for another."""
    one, into = _seen("one"), _seen("into")
    decision = Decision(
        Kind.MERGE, one, content=Merged(into), reason=_asked("reason"), recorded_by=current_person().name
    )
    try:
        recorder.record_decisions(current_home(), [decision])
    except recorder.Refused as refused:
        return _page(422, _at_reason(refused, one, into))
    return go_on(url_for("arrivals.index"), "รวมใบสมัครแล้ว")


def _at_reason(refused: recorder.Refused, one: str, other: str) -> FormErrors:
    """Why nothing was recorded of two applicants, at the field that stands beside them."""
    return form_errors.of(refused, {"reason": (f"reason-{one}-{other}", "เหตุผล")})


def _asked(name: str) -> str:
    return normalise(request.form.get(name, ""))[:LONGEST]


def _seen(name: str) -> str:
    """The key of an applicant within the scope of whoever decides here, who sees the whole province."""
    key, scope = _asked(name), current_scope()
    if Permission.ARRIVALS not in scope.may:
        abort(404)
    with reading(current_home().engine) as session:
        if not sees_applicant(session, scope, key):
            abort(404)
    return key


PAGE = Page(blueprint, "การรับข้อมูล", "arrivals.index", Permission.ARRIVALS)
