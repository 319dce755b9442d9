"""The page of the portal on which what the lint found is mended."""

from flask import url_for

from mochocho.app.portal.pages.meetings.meeting_parts import place_of
from processing.meetings.meeting import Meeting
from processing.meetings.passages import Written
from processing.standings.standing_list import Waits
from reports.lint.lint_entry import Found

_ANNEXES = "annexes"
_WHOLE = {
    "letter.paragraphs": Written.INVITATION,
    "circular.paragraphs": Written.CIRCULAR,
    "memo.paragraphs": Written.MEMO,
    "appointment.grounds": Written.ORDER,
}
_OTHERS = "rest"  # what only the meeting's workbook holds


def where_mended(found: Found, meeting: Meeting, *, kept: bool) -> str:
    """The address. `kept`: whether the meeting is; else it stands in the settings."""
    match found.code:
        case "papers.older":
            return url_for("packets.index")
        case "papers.garuda":
            return url_for("settings.part", key="papers")
        case "unit.twice":
            return url_for("arrivals.index")
        case "unit.against_evidence":
            return url_for("applicants.index", waits=Waits.CONFIRMED.value)
        case code if code.startswith("unit."):
            return url_for("applicants.index", q=dict(found.values).get("name"))
        case _ if not kept:
            return url_for("settings.part", key="meeting")
    if paper := _edited(found.place.field, meeting):
        return url_for("texts.editor", paper=paper.value, key=meeting.key)
    if place := place_of(found.place.field):
        part, anchor = place
        return url_for("meeting_part.part", part=part.key, key=meeting.key, _anchor=anchor)
    anchor = _ANNEXES if found.place.field.startswith(_ANNEXES) else _OTHERS
    return url_for("meetings.one", key=meeting.key, _anchor=anchor)


def _edited(field: str, meeting: Meeting) -> Written | None:
    """The paper whose text this field is."""
    name, *rest = field.split(".")
    if name == "texts":
        return meeting.texts[int(rest[0]) - 1].passage.paper
    return _WHOLE.get(".".join((name, *rest[:1])))
