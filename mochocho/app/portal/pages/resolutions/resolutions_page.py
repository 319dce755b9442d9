"""มติ: the districts of a level with how far they have come, and the form of one district."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import current_home, current_person, current_scope, needs
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.resolutions import filled_form
from mochocho.app.portal.pages.resolutions.filled_form import Filled, Row
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.db import reading
from mochocho.words.model import Gate
from mochocho.words.places import District
from processing.decisions.committees import lying_before, resolved_so_far, typed_rows
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.record_resolutions import Listed, committees, listed, read_sheets
from processing.decisions.recorded import last_number
from processing.decisions.recorder import Overtaken
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.scope import Permission

blueprint = Blueprint("resolutions", __name__)
LEVELS: Mapping[str, tuple[Gate, str]] = {
    "district": (Gate.DISTRICT, "คณะกรรมการระดับอำเภอ"),
    "province": (Gate.PROVINCE, "คณะกรรมการระดับจังหวัด"),
}
AT_ONCE = 40  # units on a page


@blueprint.get("/resolutions")
@needs(Permission.RESOLUTIONS)
def index() -> Response:
    """The level at which this person works: whoever sees the whole province begins with its committee's."""
    level = "province" if current_scope().districts is None else "district"
    return redirect(url_for("resolutions.districts", level=level), 303)  # type: ignore[return-value]


@blueprint.get("/resolutions/<level>")
@needs(Permission.RESOLUTIONS)
def districts(level: str) -> Response:
    """Each district with its units and what is resolved of them."""
    home, gate = current_home(), _gate(level)
    with reading(home.engine) as session:
        found = resolved_so_far.of_districts(session, gate)
    rows = [
        (one, found[one.code]) for one in home.province.districts if one.code in found and _sees(one.code)
    ]
    waiting = sum(progress.waiting for _, progress in rows)
    return render(
        "resolutions/districts.html",
        level=level,
        levels=_levels(),
        rows=rows,
        outcomes=OUTCOMES,
        waiting=waiting,
    )


@blueprint.get("/resolutions/<level>/<district>")
@needs(Permission.RESOLUTIONS)
def district(level: str, district: str) -> Response:
    """The form of one district as recorded; `?rest=pass` chooses a pass where nothing is against it."""
    gate, place = _gate(level), _district(district)
    shown = _Shown.of(gate, place)
    rows = filled_form.recorded_rows(shown.units)
    proposed = 0
    if request.args.get("rest") == "pass":
        before, rows = rows, filled_form.with_rest_passed(rows)
        proposed = sum(row is not old for row, old in zip(rows, before, strict=True))
    meeting = filled_form.last_meeting(shown.units) or {"committee": shown.committee}
    return _form(level, place, shown, rows, meeting, proposed=proposed)


@blueprint.post("/resolutions/<level>/<district>")
@needs(Permission.RESOLUTIONS)
def record(level: str, district: str) -> Response:
    """Record what was typed, all of it or nothing."""
    gate, place = _gate(level), _district(district)
    filled, number = Filled.of(request.form), request.form.get("shown", type=int)
    names = {one.key: one.name for one in _listed(gate, place)}
    if number is None or not filled.rows or not set(filled.keys) <= set(names):
        abort(404)
    sheet = typed_rows.sheet(gate, filled.once(), filled.typed(names))
    try:
        read = read_sheets(current_home(), [sheet], current_person().name)
        report = read.record(current_home(), shown=number)
    except Overtaken as overtaken:
        return _again(level, place, filled, {}, overtaken=overtaken)
    if report.mistakes:
        return _again(level, place, filled, typed_rows.beside(report.mistakes))
    told = f"บันทึกมติ {report.recorded} รายแล้ว"
    told = " ".join((told, *report.unlike))
    if report.unchanged:
        told += f" มีอยู่แล้ว {report.unchanged} ราย"
    page = request.args.get("page", 1, type=int)
    return go_on(url_for("resolutions.district", level=level, district=place.code, page=page), told)


class _Shown:
    """One page of a district's units, and the number of the last decision when it was read."""

    def __init__(self, units: list[lying_before.Unit], last: int, pages: int, committee: str) -> None:
        self.units, self.last, self.pages, self.committee = units, last, pages, committee

    @classmethod
    def of(cls, gate: Gate, place: District, keys: Sequence[str] = ()) -> "_Shown":
        """The page that is asked for, or the units of these keys."""
        home = current_home()
        with reading(home.engine) as session:
            last = last_number(session)
            every = _seen(listed(home, session, gate, district=place.code), place)
            if not every:
                abort(404)
            pages = -(-len(every) // AT_ONCE)
            start = AT_ONCE * (min(max(request.args.get("page", 1, type=int), 1), pages) - 1)
            by_key = {one.key: one for one in every}
            rows = [by_key[key] for key in keys] if keys else every[start : start + AT_ONCE]
            called = committees(home, gate)(every[0].district)
            return cls(lying_before.units(session, rows, gate), last, pages, called)


def _again(
    level: str,
    place: District,
    filled: Filled,
    mistakes: Mapping[typed_rows.Place, tuple[str, ...]],
    overtaken: Overtaken | None = None,
) -> Response:
    """The form as it was typed, with what is to be put right, or with what a colleague recorded since."""
    shown = _Shown.of(_gate(level), place, filled.keys)
    rows = filled_form.typed_rows(filled, shown.units)
    errors = filled_form.errors(rows, mistakes)
    response = _form(level, place, shown, rows, filled.meeting, errors=errors, overtaken=overtaken)
    response.status_code = 409 if overtaken else 422
    return response


def _form(
    level: str,
    place: District,
    shown: _Shown,
    rows: Sequence[Row],
    meeting: Mapping[str, str],
    errors: FormErrors = form_errors.NONE,
    **more: Any,
) -> Response:
    return render(
        "resolutions/district.html",
        level=level,
        level_th=LEVELS[level][1],
        place=place,
        shown=shown,
        rows=rows,
        meeting=meeting,
        errors=errors,
        outcomes=[*OUTCOMES.items()],
        page=request.args.get("page", 1, type=int),
        against=lambda found: said(found, Audience.COMMITTEE),
        standard=current_home().pack.standard,
        **more,
    )


def _gate(level: str) -> Gate:
    if level not in _levels():
        abort(404)
    return LEVELS[level][0]


def _levels() -> dict[str, str]:
    """Those at which this person writes down resolutions; the province's are its own people's."""
    every = {level: told for level, (_, told) in LEVELS.items()}
    if current_scope().districts is not None:
        del every["province"]
    return every


def _sees(code: str) -> bool:
    return current_scope().covers_district(code)


def _district(code: str) -> District:
    found = current_home().province.district(code)
    if found is None or not _sees(code):
        abort(404)
    return found


def _listed(gate: Gate, place: District) -> list[Listed]:
    home = current_home()
    with reading(home.engine) as session:
        return _seen(listed(home, session, gate, district=place.code), place)


def _seen(every: Sequence[Listed], place: District) -> list[Listed]:
    return [one for one in every if current_scope().covers(place.code, one.key)]


PAGE = Page(blueprint, "มติ", "resolutions.index", Permission.RESOLUTIONS)
