"""The list of applicants, and one applicant."""

from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from mochocho.app.portal.access.signed_in import (
    FRAGMENT,
    ApplicantKey,
    current_home,
    current_scope,
    needs,
)
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.days import moment
from mochocho.words.model import ApplicantType, Gate
from processing.decisions import recorded
from processing.meetings import packet_meeting
from processing.scope import Permission
from processing.standings.standing_list import Found, Waits, Wanted, listed
from reports.explaining.line_tree import SCREEN
from reports.explaining.read_case import of_key
from reports.screens.applicant_screen import applicant_screen, explained, part
from reports.view.applicant_names import NO_NAME
from reports.view.arrange import district_order
from reports.view.printed_words import TYPE
from sync.mirror import queries

blueprint = Blueprint("applicants", __name__, url_prefix="/applicants")
T = TypeVar("T", ApplicantType, Gate, Waits)
LONGEST = 200  # letters of what is searched for
MOST_PAGES = 100_000
WAITS_TH = {
    Waits.JUDGED: "มีเอกสารที่รอคนดู",
    Waits.TOLD_APART: "อาจสมัครซ้ำ",
    Waits.SETTLED: "กรรมการให้คะแนนต่างกันเกินเกณฑ์",
    Waits.DISTRICT: "รอมติคณะกรรมการอำเภอ",
    Waits.PROVINCE: "รอมติคณะกรรมการจังหวัด",
    Waits.CONFIRMED: "มติผ่านที่ขัดกับหลักฐาน",
}


@blueprint.get("")
@needs(Permission.APPLICANTS)
def index() -> Response:
    """The list. A key that is typed or read from a paper's QR leads to its applicant."""
    home, scope, wanted = current_home(), current_scope(), _wanted()
    districts = district_order(home.province, packet_meeting.order_of(home))
    with reading(home.engine) as session:
        found = listed(session, wanted, [code for _, code in districts], scope)
    if len(found.applicants) == 1 and wanted.text.strip().lower().endswith(found.applicants[0].key):
        return _to(found.applicants[0].key)
    return render(
        "applicants/applicants.html",
        found=found,
        wanted=wanted,
        districts=[(name, code) for name, code in districts if scope.covers_district(code)],
        district_names={code: name for name, code in districts},
        types=TYPE,
        gates={gate.code: gate.th for gate in home.pack.gates},
        waits=WAITS_TH,
        narrowed=_narrowed(home, wanted),
        link=lambda **changes: _link(replace(wanted, **changes)),
        said_of=_said_of(found),
        shown_name=lambda name: SCREEN.text(name) or NO_NAME,
    )


@blueprint.get("/<applicant:key>")
@needs(Permission.APPLICANTS)
def one(key: ApplicantKey) -> Response:
    """One applicant, with the explanation of the figure that was pressed."""
    home, scope = current_home(), current_scope()
    blind = Permission.OWN_SHEET in scope.may
    with reading(home.engine) as session:
        known = of_key(home, session, key)
        if known is None:
            return render("applicants/unassessed.html")
        every = recorded.about_applicant(session, key)
        versions = queries.versions(session, known.case.application.root_id)
    lines = explained(known, blind=blind)
    about = request.args.get("figure", "")[:LONGEST]
    found = part(lines, about) if about else ()
    if about and not found:
        abort(404)
    why: dict[str, Any] = {"why": found, "figure": about}
    if request.headers.get(FRAGMENT) == "why":
        return render("applicants/why.html", key=key, **why)
    district = home.province.district(known.case.application.district)
    name = district.name_th if district else known.case.application.district
    screen = applicant_screen(known, every, name, blind=blind)
    return render("applicants/applicant.html", screen=screen, versions=versions, moment=moment, **why)


def _wanted() -> Wanted:
    asked = request.args
    page = asked.get("page", "1")
    return Wanted(
        text=asked.get("q", "")[:LONGEST],
        district=asked.get("district", "")[:LONGEST],
        type=_of(ApplicantType, asked.get("type", "")),
        gate=_of(Gate, asked.get("gate", "")),
        waits=_of(Waits, asked.get("waits", "")),
        page=int(page) if page.isdecimal() and 0 < int(page) < MOST_PAGES else 1,
    )


def _of(kind: type[T], written: str) -> T | None:
    """The value of this kind that an address names; None where it names none."""
    return next((one for one in kind if one.value == written), None)


def _link(wanted: Wanted) -> str:
    named = {
        "q": wanted.text,
        "district": wanted.district,
        "type": wanted.type,
        "gate": wanted.gate,
        "waits": wanted.waits,
        "page": wanted.page if wanted.page > 1 else "",
    }
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{url_for('applicants.index')}?{query}"


def _narrowed(home: Home, wanted: Wanted) -> list[tuple[str, str]]:
    """(what the list is narrowed to, the address without that)."""
    district = home.province.district(wanted.district)
    gate = next((gate.th for gate in home.pack.gates if gate.code is wanted.gate), "")
    every = (
        (
            f"อำเภอ{district.name_th if district else wanted.district}" if wanted.district else "",
            {"district": ""},
        ),
        (TYPE[wanted.type] if wanted.type else "", {"type": None}),
        (f"อยู่ที่ขั้น {gate}" if gate else "", {"gate": None}),
        (WAITS_TH[wanted.waits] if wanted.waits else "", {"waits": None}),
    )
    return [(text, _link(replace(wanted, page=1, **less))) for text, less in every if text]


def _said_of(found: Found) -> str:
    if found.near:
        return f"ไม่พบชื่อที่พิมพ์ ชื่อที่ใกล้เคียง {found.total} ราย"
    return f"พบ {found.total} ราย" if found.total else "ไม่พบผู้สมัคร"


def _to(key: str) -> Response:
    return make_response(redirect(url_for("applicants.one", key=key), 303))


PAGE = Page(blueprint, "ผู้สมัคร", "applicants.index", Permission.APPLICANTS)
