"""The first page after signing in."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, url_for

from mochocho.app.portal.access.signed_in import current_home, current_scope, needs, now
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.app.status import source_ages
from mochocho.app.terminal.ages import age
from mochocho.settings.config import DUE_TH
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.days import THAILAND
from mochocho.words.model import ApplicantType, Gate
from processing.meetings.packet_meeting import meeting_of_packet, order_of
from processing.register import register_forms
from processing.rounds import set_calendar
from processing.scope import Permission, Scope
from processing.standings.standing_counts import count
from processing.standings.standing_figures import Counts
from processing.standings.standing_list import Waits
from reports.packet.assembly import sitting
from reports.screens.overview_screen import Waiting, deadlines, overview_screen
from reports.view.arrange import district_order
from sync.mirror import queries

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@needs(Permission.OVERVIEW)
def index() -> Response:
    """The figures of this person's scope."""
    home, scope, at = current_home(), current_scope(), now()
    today = at.astimezone(THAILAND).date()
    with reading(home.engine) as session:
        counts = count(session, scope)
        meeting = meeting_of_packet(session, home.settings)
        sources = source_ages.look(home, session, at)
        missing = queries.missing_files(session, register_forms.FORMS)
    screen = overview_screen(counts, _districts(home, scope, counts), home.pack, today)
    return render(
        "overview/overview.html",
        screen=screen,
        types_in_order=[type_.value for type_ in ApplicantType],
        waiting=[(one, _where(one)) for one in _waiting(counts, scope)],
        deadlines=list(deadlines(set_calendar.of(home), DUE_TH, sitting(meeting), counts, today)),
        sources=[(one, f"{age(one.last, at).th}ที่แล้ว" if one.last else "ยังไม่เคย") for one in sources],
        missing=missing,
        at=at.astimezone(THAILAND),
    )


def _districts(home: Home, scope: Scope, counts: Counts) -> Sequence[tuple[str, str]]:
    """(name, code) of the districts that are seen; of single applicants only those that they are in."""
    every = district_order(home.province, order_of(home))
    held = {code for code, _ in counts.by_place}
    return [
        (name, code)
        for name, code in every
        if scope.covers_district(code) and (scope.applicants is None or code in held)
    ]


def _waiting(counts: Counts, scope: Scope) -> Iterator[Waiting]:
    """What waits for this person, in the order in which it is best done; nothing that does not. Whoever sees
    no applicants decides nothing about them.
    """
    if Permission.APPLICANTS not in scope.may:
        return
    awaits = counts.whole.awaits
    every = (
        (Permission.DOCUMENTS, Waits.JUDGED, counts.to_judge, "เอกสารที่รอคนดู", "เปิดดูแล้วรับหรือส่งคืน"),
        (
            Permission.ARRIVALS,
            Waits.TOLD_APART,
            counts.twice,
            "ผู้สมัครที่อาจสมัครซ้ำ",
            "เทียบแล้วบอกว่าเป็นรายเดียวกันหรือไม่",
        ),
        (
            Permission.SCORES,
            Waits.SETTLED,
            counts.to_settle,
            "ข้อที่กรรมการให้คะแนนต่างกันเกินเกณฑ์",
            "ประมวลเป็นค่าเดียวพร้อมเหตุผล",
        ),
        (
            Permission.RESOLUTIONS,
            Waits.DISTRICT,
            awaits[Gate.DISTRICT],
            "รอมติคณะกรรมการอำเภอ",
            "ไม่มีอะไรขวางแล้ว เหลือมติ",
        ),
        (Permission.RESOLUTIONS, Waits.PROVINCE, awaits[Gate.PROVINCE], "รอมติคณะกรรมการจังหวัด", "ผ่านอำเภอแล้ว"),
        (
            Permission.RESOLUTIONS,
            Waits.CONFIRMED,
            counts.unconfirmed,
            "มติผ่านที่ขัดกับหลักฐาน",
            "ยังไม่มีเหตุผลที่คณะกรรมการยืนยัน",
        ),
    )
    for permission, kind, number, text, advice in every:
        if number and permission in scope.may and (kind is not Waits.PROVINCE or scope.districts is None):
            yield Waiting(kind.value, number, text, advice)


def _where(waiting: Waiting) -> str:
    """Where it is done; who it is about, where there is no page for it."""
    if waiting.kind == Waits.JUDGED:
        return url_for("document_queue.index")
    if waiting.kind in (Waits.DISTRICT, Waits.PROVINCE):
        return url_for("resolutions.districts", level=waiting.kind)
    if waiting.kind == Waits.SETTLED:
        return url_for("scores.index")
    if waiting.kind == Waits.TOLD_APART:
        return url_for("arrivals.index")
    return url_for("applicants.index", waits=waiting.kind)


PAGE = Page(blueprint, "ภาพรวม", "overview.index", Permission.OVERVIEW)
