"""ประมวลคะแนน: whose assessors differ above the threshold, and one applicant's indicators to be settled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import (
    ApplicantKey,
    current_home,
    current_person,
    current_scope,
    needs,
)
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong
from mochocho.standards.schema import Indicator
from mochocho.storage.db import reading
from mochocho.words import thai
from mochocho.words.errors import BadInput
from mochocho.words.model import Round, Scores
from processing.assessment import close_sheets
from processing.decisions import recorded
from processing.decisions.decision import Decision, Kind, Reconciled
from processing.decisions.office.typed_rulings import ONSITE as SETTLE_ONSITE
from processing.decisions.office.typed_rulings import PROVINCIAL as SETTLE_PROVINCIAL
from processing.decisions.office.typed_rulings import Typed, decision_of
from processing.decisions.recorder import Overtaken, record_decisions
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.meetings import packet_meeting
from processing.scope import Permission
from processing.standings.standing_list import Waits, Wanted, listed
from reports.explaining.explained_case import ExplainedCase
from reports.explaining.line_tree import SCREEN
from reports.explaining.read_case import of_key
from reports.lists.disagreements_sheet import ROUNDS
from reports.view.applicant_names import NO_NAME
from reports.view.arrange import district_order
from reports.view.assessors.answers import answer_words, settled_words
from reports.view.assessors.projected import DotsRow, dots_rows, shown
from reports.view.printed_words import TYPE, Tone
from xlsforms.names import ONSITE

blueprint = Blueprint("scores", __name__)
SHEETS = "sheets"  # in place of an indicator: what is wrong is about the round's sheets
_WORD = {Round.ONSITE: SETTLE_ONSITE, Round.PROVINCIAL: SETTLE_PROVINCIAL}


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator to be settled. `choices`: the answers there are, with their words, none where a number is
    typed; `decided`: what was recorded since the assessment, in words; `value`, `reason`: what was typed.
    `id`: behind a letter that of each field.
    """

    id: str
    row: DotsRow
    choices: tuple[tuple[int, str], ...]
    unit: str
    open: bool
    decided: str = ""
    value: str = ""
    reason: str = ""
    errors: FormErrors = form_errors.NONE


@dataclass(frozen=True, slots=True)
class _RoundShown:
    """One round of an applicant. `awaited`, `closed`: what is said of its sheets, '' = nothing."""

    round: Round
    round_th: str
    assessors: int
    items: list[Item]
    awaited: str
    closed: str
    errors: FormErrors


@blueprint.get("/scores")
@needs(Permission.SCORES)
def index() -> Response:
    """Whose assessors differ above the threshold of the criteria."""
    home, page = current_home(), max(request.args.get("page", 1, type=int), 1)
    districts = district_order(home.province, packet_meeting.order_of(home))
    wanted = Wanted(waits=Waits.SETTLED, page=page)
    with reading(home.engine) as session:
        found = listed(session, wanted, [code for _, code in districts], current_scope())
    return render(
        "scores/waiting.html",
        found=found,
        page=page,
        types=TYPE,
        names={code: name for name, code in districts},
        shown_name=lambda name: SCREEN.text(name) or NO_NAME,
    )


@blueprint.get("/scores/<applicant:key>")
@needs(Permission.SCORES)
def one(key: ApplicantKey) -> Response:
    """The indicators of one applicant in which assessors differ too much."""
    return _page(key)


@blueprint.post("/scores/<applicant:key>/<round_>")
@needs(Permission.SCORES)
def settle(key: ApplicantKey, round_: str) -> Response:
    """Record what counts for one indicator, and why."""
    if round_ not in [each.value for each in _WORD]:
        abort(404)
    indicator, sent = request.form.get("indicator", ""), request.form
    typed = Typed(
        _WORD[Round(round_)],
        key,
        indicator,
        Cell(thai.normalise(sent.get("answer", ""))),
        sent.get("reason", ""),
        current_person().name,
    )
    number = sent.get("shown", type=int)
    if number is None:
        abort(404)
    try:
        record_decisions(current_home(), [decision_of(typed, {})], shown=number)
    except Overtaken as overtaken:
        return _page(key, 409, (round_, indicator), overtaken)
    except (Wrong, BadInput) as wrong:
        return _page(key, 422, (round_, indicator), wrong)
    return go_on(url_for("scores.one", key=key), f"บันทึกข้อ {indicator} แล้ว")


@blueprint.post("/scores/<applicant:key>/<round_>/close")
@needs(Permission.SCORES)
def close(key: ApplicantKey, round_: str) -> Response:
    """The chair waits for no more sheets of this round."""
    return _sheets(close_sheets.close, key, round_, "ปิดรับแบบให้คะแนนแล้ว เปิดเผยคำตอบเมื่อระบบประเมินรายนี้ครั้งต่อไป")


@blueprint.post("/scores/<applicant:key>/<round_>/reopen")
@needs(Permission.SCORES)
def reopen(key: ApplicantKey, round_: str) -> Response:
    """Sheets of this round are waited for again."""
    return _sheets(close_sheets.reopen, key, round_, "เปิดรับแบบให้คะแนนอีกครั้งแล้ว")


def _sheets(decide: Callable[..., int], key: str, round_: str, told: str) -> Response:
    if round_ not in [each.value for each in _WORD]:
        abort(404)
    try:
        decide(current_home(), [key], Round(round_), request.form.get("reason", ""), current_person().name)
    except BadInput as wrong:
        return _page(key, 422, (round_, SHEETS), wrong)
    return go_on(url_for("scores.one", key=key), told)


def _page(
    key: str, status: int = 200, at: tuple[str, str] = ("", ""), refused: Wrong | BadInput | None = None
) -> Response:
    home = current_home()
    with reading(home.engine) as session:
        known, last = of_key(home, session, key), recorded.last_number(session)
    if known is None:
        abort(404)
    application = known.case.application
    district = home.province.district(application.district)
    rounds = [
        _RoundShown(
            each,
            f"รอบ{ROUNDS[each]}",
            len(scores.assessors),
            _items(known, each, scores, at, refused),
            awaited=_awaited(known, each),
            closed=_closed(known, each),
            errors=_errors(refused if at == (each.value, SHEETS) else None, each.value),
        )
        for each, scores in (
            (Round.ONSITE, known.case.assessment.scores),
            (Round.PROVINCIAL, known.case.assessment.provincial),
        )
        if scores
    ]
    return render(
        "scores/reconcile.html",
        status,
        key=key,
        name=SCREEN.text(application.name) or NO_NAME,
        type_th=TYPE[application.type],
        district=district.name_th if district else application.district,
        rounds=rounds,
        left=sum(item.open and not item.decided for each in rounds for item in each.items),
        reason=request.form.get("reason", ""),
        shown=last,
        refused=refused is not None,
    )


def _awaited(known: ExplainedCase, round_: Round) -> str:
    """From whom sheets are awaited, in words; '' where from nobody."""
    for found in known.case.assessment.findings:
        if found.code == "sheet.awaited" and ("round" in dict(found.values)) == (round_ is Round.PROVINCIAL):
            return SCREEN.text(said(found, Audience.COMMITTEE))
    return ""


def _closed(known: ExplainedCase, round_: Round) -> str:
    """Who closed this round and why, in words; '' where it is open."""
    held = [one for one in known.decisions if one.kind is Kind.SHEETS_CLOSE and one.about == round_.value]
    return (
        SCREEN.text(f"ปิดรับแบบให้คะแนนแล้ว โดย {held[-1].recorded_by} เหตุผล: {held[-1].reason}") if held else ""
    )


def _errors(refused: Wrong | BadInput | None, name: str) -> FormErrors:
    """Why a form was not taken, at its fields, whose ids are a letter and this name."""
    answer, reason = (f"a-{name}", "มติร่วม"), (f"y-{name}", "เหตุผล")
    if refused is None:
        return form_errors.NONE
    if isinstance(refused, Wrong):
        return form_errors.at(*answer, str(refused))
    return form_errors.of(refused, {"answer": answer, "reason": reason})


def _items(
    known: ExplainedCase,
    round_: Round,
    scores: Scores,
    at: tuple[str, str],
    refused: Wrong | BadInput | None,
) -> list[Item]:
    pack = known.pack_of(ONSITE, scores.form_version)
    standard = pack.standard(known.case.application.type)
    asked = {SCREEN.text(one.code): one for one in standard.indicators}
    levels = {level.level: level.th for level in pack.rubric_levels}
    decided = {one.about: one for one in known.decisions if _settles(one, round_)}
    found = []
    for number, row in enumerate(dots_rows(scores, shown(scores, pack), standard, SCREEN)):
        indicator, name = asked[row.code], f"{round_.value}-{number}"
        here = at == (round_.value, indicator.code)
        found.append(
            Item(
                name,
                row,
                choices=_choices(indicator, levels),
                unit=indicator.measure.unit_th if indicator.measure.kind == "count" else "ร้อยละ",
                open=row.tone is Tone.BAD,
                decided=_told(decided.get(indicator.code), indicator, levels),
                value=request.form.get("answer", "") if here else "",
                reason=request.form.get("reason", "") if here else "",
                errors=_errors(refused if here else None, name),
            )
        )
    return found


def _settles(one: Decision, round_: Round) -> bool:
    return isinstance(one.content, Reconciled) and one.content.round is round_


def _choices(indicator: Indicator, levels: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    answers = {"rubric": tuple(sorted(levels)), "yes_no": (1, 0)}.get(indicator.measure.kind, ())
    return tuple((answer, answer_words(indicator, answer, levels)) for answer in answers)


def _told(one: Decision | None, indicator: Indicator, levels: Mapping[int, str]) -> str:
    if one is None or not isinstance(one.content, Reconciled):
        return ""
    answer = one.content.answer
    return settled_words(indicator, answer, levels, one.recorded_by, one.reason)


PAGE = Page(blueprint, "ประมวลคะแนน", "scores.index", Permission.SCORES)
