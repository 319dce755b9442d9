"""The first page: until the overview stands here, the pages that this account may open."""

from flask import Blueprint, Response

from mochocho.app.portal.access.signed_in import signed_in
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@signed_in
def index() -> Response:
    return render("front/front.html")


PAGE = Page(blueprint)
