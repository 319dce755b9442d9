"""Each district's deadlines with what is done and how late, the latest first; the letter to a late one."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, abort, send_file
from sqlalchemy import Engine

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_scope, needs, now
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.settings.config import DUE_TH, Calendar
from mochocho.storage.db import revision
from mochocho.storage.file_names import safe
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.errors import Terminal
from mochocho.words.places import District
from processing.deadlines.deadlines import deadlines_of
from processing.rounds.district_terms import DistrictTerm
from processing.scope import Permission
from reports.districts.district_home import reminder_of
from reports.single import letter_pages
from reports.view.districts.district_calendar import done, state

blueprint = Blueprint("calendar", __name__, url_prefix="/calendar")
_SOON = 7  # days
_Of = tuple[int, date, Calendar]
_Found = dict[tuple[str, ...], Sequence[DistrictTerm]]
# By home, with what it is true of, and by districts: a province's applicants take long to read.
_known: "WeakKeyDictionary[Engine, tuple[_Of, _Found]]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class TermShown:
    """One stage of a district. `mark`: the class of its tag; `note`: of a day of the district's own, why."""

    stage: str
    due: str
    done: str
    state: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class DistrictShown:
    """A district with its stages. `late`: how many days its latest stage is over, with something lacking.
    `reminded`: whether there is a letter that reminds it.
    """

    place: District
    late: int
    reminded: bool
    terms: Sequence[TermShown]


@blueprint.get("")
@needs(Permission.CALENDAR)
def index() -> Response:
    """The districts of this person's scope; of applicants only how many."""
    today, wrong = _today(), ""
    try:
        found = list(_districts(today))
    except Terminal as error:
        found, wrong = [], error.th
    return render(
        "calendar/calendar.html",
        districts=sorted(found, key=lambda one: (-one.late, one.place.code)),
        late=[one for one in found if one.late],
        wrong=wrong,
        today=thai.date_words(today, thai_digits=False),
        reminds=_reminds(),
    )


@blueprint.get("/reminder/<code>")
@needs(Permission.CALENDAR)
def reminder(code: str) -> Response:
    """The province's letter to a late district, logged before it goes: it names applicants."""
    home = current_home()
    place = home.province.district(code)
    paper = reminder_of(home, code, _today()) if place and _reminds() else None
    if place is None or paper is None:
        abort(404)
    content = letter_pages.pdf(home, [paper])
    name = f"{paper.name} อำเภอ{place.name_th}"
    access_log.note("letter", hashlib.sha256(content).hexdigest(), name)
    return send_file(io.BytesIO(content), "application/pdf", True, f"{safe(name)}.pdf")


def _today() -> date:
    return now().astimezone(THAILAND).date()


def _reminds() -> bool:
    """The letter is the province's."""
    return current_scope().districts is None


def _districts(today: date) -> Iterator[DistrictShown]:
    home = current_home()
    places = {one.code: one for one in home.province.districts}
    terms = _terms(home, today, current_scope().of(tuple(places)))
    for code, group in groupby(terms, key=lambda one: one.district):
        own = list(group)
        late = max((one.days_late for one in own if one.waits), default=0)
        reminded = any(one.reminded_of for one in own)
        yield DistrictShown(places[code], late, reminded, [_shown(one, today) for one in own])


def _terms(home: Home, today: date, districts: tuple[str, ...]) -> Sequence[DistrictTerm]:
    """As `deadlines_of`, read again once anything was recorded, the day is another or the settings are."""
    number = revision(home.engine)
    if number is None:
        return deadlines_of(home, today, districts)
    of = number, today, home.settings.calendar
    known = _known.get(home.engine)
    if known is None or known[0] != of:
        known = _known[home.engine] = of, {}
    if districts not in known[1]:
        known[1][districts] = deadlines_of(home, today, districts)
    return known[1][districts]


def _shown(one: DistrictTerm, today: date) -> TermShown:
    text, mark = _state(one, (one.due - today).days)
    was = f"เดิม {_day(one.set_due)} " if one.set_due else ""
    note = f"{was}เหตุผล: {one.reason}" if one.reason else ""
    return TermShown(DUE_TH[one.stage.value], _day(one.due), done(one), text, mark, note)


def _state(one: DistrictTerm, left: int) -> tuple[str, str]:
    if not one.waits:
        return state(one), "warn" if one.days_late else "ok" if one.all else "no"
    if left < 0:
        return state(one), "bad"
    return f"เหลือ {left} วัน" if left else "ครบกำหนดวันนี้", "warn" if left <= _SOON else "no"


def _day(day: date) -> str:
    return thai.date_short(day, thai_digits=False)


PAGE = Page(blueprint, "ปฏิทิน", "calendar.index", Permission.CALENDAR)
