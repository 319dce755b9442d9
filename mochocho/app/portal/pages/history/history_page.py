"""The two chains as a person reads them, the newest first."""

from collections.abc import Mapping
from typing import get_args

from flask import Blueprint, Response, request

from mochocho.app import access_chain
from mochocho.app.access_chain import Changed
from mochocho.app.access_rows import Access
from mochocho.app.portal.access.signed_in import current_home, needs
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.db import reading
from mochocho.words.days import moment
from processing.decisions import audit, recorded
from processing.decisions.chain import Fault
from processing.decisions.decision import Decision
from processing.decisions.office.told import titles_of
from processing.scope import Permission
from reports.explaining.documents_explained import decision_line
from reports.explaining.line_tree import SCREEN

blueprint = Blueprint("history", __name__, url_prefix="/history")
AT_ONCE = 50
LONGEST = 200

_FAULTS = {Fault.CHANGED: "ถูกแก้", Fault.MISSING: "หายไป", Fault.INSERTED: "ถูกแทรก"}


@blueprint.get("")
@needs(Permission.AUDIT)
def index() -> Response:
    """Decisions, or with `of=access` what was shown to whom; `check` looks at the whole chain."""
    home, access = current_home(), request.args.get("of") == "access"
    text, before = request.args.get("q", "").strip()[:LONGEST], request.args.get("before", type=int)
    with reading(home.engine) as session:
        if access:
            found = [_shown(one) for one in access_chain.searched(session, text, before, AT_ONCE + 1)]
        else:
            titles = titles_of(home.pack.standards)
            found = [_decided(one, titles) for one in recorded.searched(session, text, before, AT_ONCE + 1)]
    return render(
        "history/history.html",
        access=access,
        q=text,
        rows=found[:AT_ONCE],
        older=found[AT_ONCE - 1][0] if len(found) > AT_ONCE else None,
        checked=_checked(access) if "check" in request.args else None,
    )


def _decided(decision: Decision, titles: Mapping[str, str]) -> tuple[int, str, tuple[str, ...]]:
    line, about = decision_line(decision, titles), f"รหัสผู้สมัคร {decision.applicant_key}"
    return decision.number, line.text, (*(one.text for one in line.below), about)


def _shown(one: Access) -> tuple[int, str, tuple[str, ...]]:
    day = moment(one.at)
    text = (
        f"เลขที่ {one.number} {access_chain.SHOWN_TH.get(one.what, one.what)} {one.about} {day} โดย {one.name}"
    )
    told = one.reason if one.what in get_args(Changed) else f"เหตุผล: {one.reason}"
    reason = (told,) if one.reason else ()
    return one.number, SCREEN.text(text), tuple(SCREEN.text(line) for line in (*reason, one.page))


def _checked(access: bool) -> tuple[str, ...]:
    """What is wrong with the chain, a line each; none where it is whole."""
    home = current_home()
    if access:
        return tuple(f"เลขที่ {number} ไม่ตรงกับที่บันทึกไว้" for number in access_chain.broken(home))
    return tuple(
        f"เลขที่ {one.first}{f' ถึง {one.last}' if one.last != one.first else ''}: {_FAULTS[one.fault]}"
        for one in audit.examine(home).found
    )


PAGE = Page(blueprint, "ประวัติ", "history.index", Permission.AUDIT)
