"""The page of the portal on which what the lint found is mended."""

from flask import url_for

from mochocho.app.portal.pages.meetings.meeting_parts import place_of
from processing.meetings.meeting import Meeting
from processing.standings.standing_list import Waits
from reports.lint.lint_entry import Found

_ANNEXES = "annexes"
_OTHERS = "rest"  # what only the meeting's workbook holds


def where_mended(found: Found, meeting: Meeting, *, kept: bool) -> str:
    """The address. `kept`: whether the meeting is; else it stands in the settings."""
    match found.code:
        case "papers.older":
            return url_for("packets.index")
        case "unit.twice":
            return url_for("arrivals.index")
        case "unit.against_evidence":
            return url_for("applicants.index", waits=Waits.CONFIRMED.value)
        case code if code.startswith("unit."):
            return url_for("applicants.index", q=dict(found.values).get("name"))
        case _ if not kept:
            return url_for("settings.part", key="meeting")
    if place := place_of(found.place.field):
        part, anchor = place
        return url_for("meeting_part.part", part=part.key, key=meeting.key, _anchor=anchor)
    anchor = _ANNEXES if found.place.field.startswith(_ANNEXES) else _OTHERS
    return url_for("meetings.one", key=meeting.key, _anchor=anchor)
