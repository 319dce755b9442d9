"""The page of the portal on which what the lint found is mended."""

from flask import url_for

from mochocho.app.portal.pages.meetings.meeting_fields import FIELDS
from processing.meetings.meeting import Meeting
from processing.standings.standing_list import Waits
from reports.lint.lint_entry import Found

_FIELDS = {"schedule": "minutes", "contact": "contact.name"}  # the first field of a part
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
    field = _FIELDS.get(found.place.field, found.place.field)
    return url_for("meetings.one", key=meeting.key, _anchor=field if field in FIELDS else _OTHERS)
