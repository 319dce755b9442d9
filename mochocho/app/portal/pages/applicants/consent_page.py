"""An applicant takes back the consent to photos or to being named: a decision with its reason."""

from flask import Blueprint, Response, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import current_home, current_person, needs
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.excel.cells import Cell
from mochocho.storage.db import reading
from mochocho.words.thai import NOTHING_SAID, normalise, says_something
from processing.decisions.office.typed_rulings import NO_NAME, NO_PHOTO, Typed, decision_of
from processing.decisions.recorder import Refused, record_decisions
from processing.scope import Permission
from processing.tables import ApplicantRow

blueprint = Blueprint("consents", __name__)
WHAT_TH = {NO_PHOTO: "ให้ใช้ภาพถ่าย", NO_NAME: "ให้เผยแพร่ชื่อ"}


@blueprint.get("/applicants/<applicant:key>/consent")
@needs(Permission.DOCUMENTS)
def ask(key: str) -> Response:
    return _page(key)


@blueprint.post("/applicants/<applicant:key>/consent")
@needs(Permission.DOCUMENTS)
def take_back(key: str) -> Response:
    """Record it; papers and lists that are made later follow it."""
    word, reason = request.form.get("what", ""), normalise(request.form.get("reason", ""))
    errors = dict[str, FieldError]()
    if word not in WHAT_TH:
        errors["what"] = FieldError("ความยินยอม", "ให้เลือกว่าถอนเรื่องใด")
    if not says_something(reason):
        errors["reason"] = FieldError("เลขที่คำขอหรือเหตุผล", NOTHING_SAID.th)
    if errors:
        return _page(key, 422, FormErrors(errors))
    try:
        typed = Typed(word, key, "", Cell(""), reason, current_person().name)
        recorded = record_decisions(current_home(), [decision_of(typed, {})])
    except Refused as refused:
        return _page(key, 409, FormErrors(whole=(refused.message_th,)))
    said = f"{word} บันทึกเป็นเลขที่ {recorded[0].decision.number} แล้ว" if recorded else "บันทึกไว้อย่างนี้อยู่แล้ว"
    return go_on(url_for("applicants.one", key=key), said)


def _page(key: str, status: int = 200, errors: FormErrors = form_errors.NONE) -> Response:
    with reading(current_home().engine) as session:
        name = session.get_one(ApplicantRow, key).name
    return render(
        "applicants/consent.html",
        status,
        key=key,
        name=name,
        whats=WHAT_TH,
        errors=errors,
        typed=request.form,
    )


PAGE = Page(blueprint)
