"""The applicants of one district as points, where a phone noted a place; the same as a table."""

from typing import cast

from flask import Blueprint, Response, abort, current_app

from mochocho.app.portal.access.signed_in import current_home, current_scope, needs
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.db import reading
from processing.register.visits.visit_places import VisitPlaces
from processing.scope import Permission
from reports.screens.map_screen import HEIGHT, SHAPES, WIDTH, map_screen
from reports.view.printed_words import TYPE

blueprint = Blueprint("district_map", __name__, url_prefix="/map")
LABELLED = 80  # points with their number beside them; more would cover each other


@blueprint.get("/<district>")
@needs(Permission.APPLICANTS)
def one(district: str) -> Response:
    """The map of the district with this code."""
    home, scope = current_home(), current_scope()
    place = home.province.district(district)
    if place is None or not scope.covers_district(district):
        abort(404)
    with reading(home.engine) as session:
        screen = map_screen(_places().of(session, scope, district))
    return render(
        "applicants/map.html",
        screen=screen,
        place=place,
        width=WIDTH,
        height=HEIGHT,
        shapes=SHAPES,
        types=TYPE,
        labelled=len(screen.marks) <= LABELLED,
    )


def _places() -> VisitPlaces:
    made = current_app.extensions.setdefault("mochocho.places", VisitPlaces(current_home()))
    return cast("VisitPlaces", made)


PAGE = Page(blueprint)
