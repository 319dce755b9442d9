"""ตรวจเอกสาร: one document after the other, with its decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import (
    ApplicantKey,
    current_home,
    current_person,
    current_scope,
    needs,
    now,
)
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.db import reading
from mochocho.words.model import ApplicantType, FileRef
from processing.decisions import recorded
from processing.decisions.decision import OF_DOCUMENTS, Decision, Kind
from processing.decisions.office.typed_rulings import undoing
from processing.decisions.recorder import Overtaken, Refused, record_decisions
from processing.documents import measure
from processing.documents.copies import where_else
from processing.documents.desk import typed_verdicts
from processing.documents.desk.desk_queue import Came, Matter, Order, Queue, Wanted, queue
from processing.documents.desk.desk_reasons import ORIGINAL_SEEN, REASONS, UNDONE, reason_of
from processing.documents.desk.on_desk import OnDesk, of_applicants
from processing.documents.desk.typed_verdicts import Typed
from processing.documents.desk.waiting_now import WaitingNow
from processing.meetings import packet_meeting
from processing.register.form_packs import Packs
from processing.rounds import set_calendar
from processing.rounds.calendar import Stage
from processing.scope import Permission
from processing.tables import DecisionRow
from reports.explaining.line_tree import SCREEN
from reports.notices.if_returned import if_returned
from reports.screens.pages_shown import findings_told, pages_shown
from reports.view.arrange import district_order
from reports.view.printed_words import TYPE

blueprint = Blueprint("document_queue", __name__, url_prefix="/documents")
VERDICTS = {"accept": Kind.DOCUMENT_ACCEPT, "waive": Kind.DOCUMENT_WAIVE, "return": Kind.DOCUMENT_RETURN}
DONE_TH = {
    Kind.DOCUMENT_ACCEPT: "รับแล้ว",
    Kind.DOCUMENT_WAIVE: "ตรวจสอบต้นฉบับแล้ว",
    Kind.DOCUMENT_RETURN: "ส่งกลับแล้ว",
}
AHEAD = 3  # documents whose first picture is fetched before they are looked at
LISTED = 12  # documents beside the one that is looked at
_UNDOABLE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What was chosen in the form and is not recorded."""

    reason: int | None = None
    own: str = ""
    told: str = ""  # the own words with which the message was shown


@blueprint.get("")
@needs(Permission.DOCUMENTS)
def index() -> Response:
    """The first document that waits."""
    waiting = _queue().waiting
    if not waiting:
        return _page(None)
    return _page(waiting[0].matter)


@blueprint.get("/<applicant:key>/<document>")
@needs(Permission.DOCUMENTS)
def one(key: ApplicantKey, document: str) -> Response:
    return _page((key, document))


@blueprint.post("/<applicant:key>/<document>")
@needs(Permission.DOCUMENTS)
def decide(key: ApplicantKey, document: str) -> Response:
    """Record the verdict on these pages, and go on to the next document."""
    matter = (str(key), document)
    kind = VERDICTS.get(request.form.get("verdict", ""))
    shown = request.form.get("shown", type=int)
    if kind is None or shown is None:
        abort(404)
    chosen = _chosen()
    reason = reason_of(chosen.reason, chosen.own)
    if kind is Kind.DOCUMENT_RETURN and not reason:
        return _page(matter, 422, chosen, errors=form_errors.at("why", "ส่งกลับเพราะ", "เลือกเหตุผลที่ส่งกลับก่อน"))
    if kind is Kind.DOCUMENT_RETURN and chosen.own != chosen.told:
        return _page(matter, 422, chosen, "ยังไม่บันทึก อ่านข้อความที่พื้นที่จะเห็น แล้วกดส่งกลับอีกครั้ง")
    following = next(_queue().after(matter), None)
    try:
        typed_verdicts.record(
            current_home(), [_typed(kind, matter, reason)], current_person().name, shown=shown
        )
    except (Overtaken, Refused) as refused:
        if isinstance(refused, Refused) and refused.part == "reason":
            return _page(matter, 422, chosen, errors=form_errors.at("own", "ถ้อยคำเพิ่มเติม", refused.message_th))
        conflict = isinstance(refused, Overtaken) or refused.part == "pages"
        told = f"{refused.message_th} สิ่งที่เลือกไว้ยังอยู่และยังไม่บันทึก"
        return _page(matter, 409 if conflict else 422, chosen, told)
    path = url_for(".one", key=following.key, document=following.document, **_query()) if following else ""
    return go_on(path or url_for(".index", **_query()), f"{DONE_TH[kind]}: {_named(matter)}")


@blueprint.post("/<applicant:key>/<document>/undo")
@needs(Permission.DOCUMENTS)
def undo(key: ApplicantKey, document: str) -> Response:
    """Revoke the own last verdict, by another decision; sent twice, it is done once."""
    number, path = (
        request.form.get("number", 0, type=int),
        url_for(".one", key=key, document=document, **_query()),
    )
    with reading(current_home().engine) as session:
        earlier = recorded.numbered(session, [number]).get(number)
        holding = [one.number for one in recorded.holding(session, OF_DOCUMENTS, [key])]
    if earlier is None or earlier.matter != ("document", key, document) or not _own(earlier):
        abort(404)
    if number in holding:
        record_decisions(
            current_home(), [undoing(Kind.REVOKE, number, earlier, UNDONE, current_person().name)]
        )
    return go_on(path, f"เลิกทำแล้ว: {_named((key, document))}")


def _typed(kind: Kind, matter: Matter, reason: str) -> Typed:
    waived = kind is Kind.DOCUMENT_WAIVE
    return Typed(
        kind,
        *matter,
        reason={Kind.DOCUMENT_RETURN: reason, Kind.DOCUMENT_WAIVE: ORIGINAL_SEEN}.get(kind, ""),
        seen_by=current_person().name if waived else "",
        pages=request.form.get("pages", ""),
    )


def _page(
    matter: Matter | None,
    status: int = 200,
    chosen: _Chosen | None = None,
    alert: str = "",
    errors: FormErrors = form_errors.NONE,
) -> Response:
    """One document with what surrounds it, all read in one transaction; None: nothing waits."""
    home, scope = current_home(), current_scope()
    chosen, districts = chosen or _Chosen(), _districts()
    with reading(home.engine) as session:
        last = recorded.last_number(session)
        every = _waiting_now().of(session, scope)
        found = _ordered(every, districts)
        ahead = [*islice(found.after(matter or ("", "")), LISTED)]
        lying = _documents(session, [each.matter for each in ahead[:AHEAD]] + ([matter] if matter else []))
        shown = lying.get(matter) if matter else None
        values = _of_document(session, shown, chosen) if shown else {}
        undoable = _undoable(session)
    if matter and shown is None:
        abort(404)
    return render(
        "document_queue/queue.html",
        status,
        last=last,
        place=found.place(matter) if matter else None,
        total=len(found.waiting),
        one=shown,
        chosen=chosen,
        alert=alert,
        errors=errors,
        ahead=ahead,
        following=ahead[0] if ahead else None,
        soon=[
            first.sha256
            for each in ahead[:AHEAD]
            if each.matter in lying and (first := _first_picture(lying[each.matter]))
        ],
        undoable=undoable,
        reasons=REASONS,
        wanted=_wanted(),
        due_th=SCREEN.date(due) if (due := _wanted().due) else "",
        query=_query(),
        types=TYPE,
        districts=[each for each in districts if scope.covers_district(each[1])],
        district_names={code: name for name, code in districts},
        labels=sorted({each.label for each in every}),
        done_th=DONE_TH,
        **values,
    )


def _of_document(session: Session, one: OnDesk, chosen: _Chosen) -> Mapping[str, Any]:
    by, key = current_person().name, one.application.key
    of_document = one.application, one.document, one.submitted
    pages = pages_shown(one.submitted, measure.of(session, [key]))
    view = min(max(request.args.get("view", 1, type=int), 1), max(len(pages), 1))
    holding = {each.about: each for each in recorded.holding(session, OF_DOCUMENTS, [key])}
    decided = holding.get(one.document.code)
    files = [page.sha256 for page in one.submitted.answer.pages if page.sha256]
    return {
        "pages": pages,
        "view": view,
        "covered": one.document.identifies and "whole" not in request.args,
        "findings": findings_told(one.submitted),
        "elsewhere": where_else.seen_with(session, current_scope(), key, files),
        "decided": decided if decided and decided.seen.files == one.submitted.pages else None,
        "messages": [
            if_returned(*of_document, reason_of(number, chosen.own), by)
            for number in range(1, len(REASONS) + 1)
        ],
        "own_message": if_returned(*of_document, chosen.own, by) if chosen.own else (),
    }


def _document(session: Session, matter: Matter) -> OnDesk | None:
    return _documents(session, [matter]).get(matter)


def _documents(session: Session, matters: Sequence[Matter]) -> dict[Matter, OnDesk]:
    """Those of these documents that are on the desk."""
    home, keys = current_home(), {key for key, _ in matters}
    every = of_applicants(home, Packs(home, session), session, keys)
    by_matter = {(each.application.key, each.document.code): each for each in every}
    return {matter: by_matter[matter] for matter in matters if matter in by_matter}


def _first_picture(one: OnDesk) -> FileRef | None:
    """What a browser may fetch before it is looked at: a PDF is drawn when its page is, a card on demand."""
    if one.document.identifies:
        return None
    first = next(iter(one.submitted.answer.pages), None)
    return None if first is None or first.sha256 is None or first.name.endswith(".pdf") else first


def _undoable(session: Session) -> Decision | None:
    """The own last verdict, while it is fresh and holds; None where there is none."""
    row = session.scalar(
        select(DecisionRow)
        .where(DecisionRow.recorded_by == current_person().name, DecisionRow.kind.in_(OF_DOCUMENTS))
        .order_by(DecisionRow.number.desc())
        .limit(1)
    )
    if row is None or row.recorded_at < now() - _UNDOABLE:
        return None
    standing = recorded.holding(session, OF_DOCUMENTS, [row.applicant_key])
    return next((each for each in standing if each.number == row.number), None)


def _own(decision: Decision) -> bool:
    return decision.kind in OF_DOCUMENTS and decision.recorded_by == current_person().name


def _named(matter: Matter) -> str:
    with reading(current_home().engine) as session:
        one = _document(session, matter)
    return f"{one.application.name} {one.document.th}" if one else ""


def _queue() -> Queue:
    with reading(current_home().engine) as session:
        return _ordered(_waiting_now().of(session, current_scope()), _districts())


def _ordered(every: list[Any], districts: Sequence[tuple[str, str]]) -> Queue:
    return queue(every, _wanted(), [code for _, code in districts])


def _districts() -> list[tuple[str, str]]:
    """Name and code of each, in the order of presentation, which is read from the meeting that is kept."""
    home = current_home()
    return list(district_order(home.province, packet_meeting.order_of(home)))


def _waiting_now() -> WaitingNow:
    made = current_app.extensions.setdefault("mochocho.waiting", WaitingNow(current_home()))
    return cast("WaitingNow", made)


def _wanted() -> Wanted:
    asked, term = request.args, set_calendar.of(current_home()).get(Stage.APPLICATION)
    return Wanted(
        district=asked.get("district", ""),
        type=next((each for each in ApplicantType if each.value == asked.get("type")), None),
        label=asked.get("label", ""),
        order=Order.DISTRICT if asked.get("order") == Order.DISTRICT else Order.AGE,
        came=next((each for each in Came if term and each.value == asked.get("came")), None),
        due=term.due if term else None,
    )


def _query() -> dict[str, Any]:
    """What the queue is narrowed to, for the address of every page that follows."""
    wanted = _wanted()
    named = {
        "district": wanted.district,
        "type": wanted.type.value if wanted.type else "",
        "label": wanted.label,
        "order": wanted.order.value if wanted.order is not Order.AGE else "",
        "came": wanted.came.value if wanted.came else "",
    }
    return {name: value for name, value in named.items() if value}


def _chosen() -> _Chosen:
    form = request.form
    return _Chosen(form.get("reason", type=int), form.get("own", "").strip(), form.get("told", "").strip())


PAGE = Page(blueprint, "ตรวจเอกสาร", "document_queue.index", Permission.DOCUMENTS)
