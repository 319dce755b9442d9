"""ฉบับกรรมการ: the committee's copy of the packet, all that an account for looking gets of it."""

from flask import Blueprint, Response, abort

from mochocho.app.portal.access.signed_in import current_home, needs
from mochocho.app.portal.pages.packets.packets_page import files_shown, given
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from processing.scope import Permission
from reports.packet import needed_sheets
from reports.packet.make_packet import MANIFEST
from reports.redaction.redacted_home import for_committee

blueprint = Blueprint("committee_copy", __name__, url_prefix="/committee-copy")


@blueprint.get("")
@needs(Permission.PACKETS)
def index() -> Response:
    """The copy's volumes; its manifest is for the office."""
    files = [one for one in files_shown(for_committee(current_home())) if one.name != MANIFEST]
    return render("packets/committee.html", files=files)


@blueprint.get("/<name>")
@needs(Permission.PACKETS)
def file(name: str) -> Response:
    """One volume of the copy; never of the full packet."""
    made = needed_sheets.made_files(for_committee(current_home()))
    path = next((one for one in made if one.name == name != MANIFEST), None)
    if path is None:
        abort(404)
    return given(path, "redacted")


PAGE = Page(blueprint, "ฉบับกรรมการ", "committee_copy.index", Permission.PACKETS, unless=Permission.LONG_WORK)
